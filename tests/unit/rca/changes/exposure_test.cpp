// Cohorts of a change: those it reached against those it did not.
#include "domain/rca/changes/exposure.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "ingest/cohorts.hpp"

using namespace nines;
using namespace nines::rca;
using Answer = Exposure::Answer;

namespace {

CohortMetric counts(std::uint64_t bad, std::uint64_t total, std::uint64_t other_bad,
                    std::uint64_t other_total) {
  return {"errors", bad, total, other_bad, other_total, {}, {}};
}

CohortMetric samples(const std::string& name, double exposed, double control, std::size_t count) {
  CohortMetric metric;
  metric.name = name;
  for (std::size_t i = 0; i < count; ++i) {
    metric.exposed.push_back(exposed + static_cast<double>(i % 7));
    metric.control.push_back(control + static_cast<double>(i % 7));
  }
  return metric;
}

}  // namespace

TEST_CASE("counts of cohorts are worse, the same, or do not tell", "[rca]") {
  CHECK(judge_cohorts(counts(50, 1000, 20, 4000)).answer == Answer::worse);
  CHECK(judge_cohorts(counts(1000, 100000, 4000, 400000)).answer == Answer::same);
  CHECK(judge_cohorts(counts(1, 10, 0, 10)).answer == Answer::unknown);
  CHECK(judge_cohorts(counts(0, 0, 5, 10)).answer == Answer::unknown);
  CHECK(judge_cohorts(counts(50, 1000, 20, 4000)).because.starts_with(
      "errors: 50 of 1000 bad where it was, 20 of 4000 elsewhere, x9.8"));
}

TEST_CASE("samples of cohorts are told by ranks, in the harmful direction", "[rca]") {
  CHECK(judge_cohorts(samples("latency", 130, 100, 50)).answer == Answer::worse);
  CHECK(judge_cohorts(samples("latency", 70, 100, 50)).answer == Answer::same);
  CHECK(judge_cohorts(samples("latency", 101, 100, 50)).answer == Answer::same);
  CHECK(judge_cohorts(samples("availability", 70, 100, 50)).answer == Answer::worse);
  CHECK(judge_cohorts(samples("latency", 130, 100, 5)).answer == Answer::unknown);
  // Long cohorts are thinned, evenly.
  CHECK(judge_cohorts(samples("latency", 130, 100, 20'000)).answer == Answer::worse);
  CHECK(judge_exposure({samples("latency", 100, 100, 50), samples("errors", 9, 1, 50)}).answer ==
        Answer::worse);
  CHECK(judge_exposure({}).answer == Answer::unknown);
}

TEST_CASE("a table of cohorts is added up, or refused by place", "[rca]") {
  const auto cohorts = ingest::read_cohorts(
      "change,cohort,metric,bad,total\r\nCHG-1,canary,errors,1,10\nCHG-1,control,errors,2,20\n"
      "CHG-1,Canary,errors,4,10\n",
      "c.csv");
  REQUIRE(cohorts.at("CHG-1").size() == 1);
  CHECK(cohorts.at("CHG-1")[0].exposed_bad == 5);
  CHECK(cohorts.at("CHG-1")[0].control_total == 20);
  const auto values = ingest::read_cohorts("version;cohort;value\nv2;new;1.5\nv2;old;\n", "c.csv");
  CHECK(values.at("v2")[0].control.empty());
  for (const char* text :
       {"", "a,b\n1,2\n", "change,cohort,bad,total\nx,other,1,2\n",
        "change,cohort,bad,total\nx,canary,3,2\n", "change,cohort,bad,total\nx,canary,-1,2\n",
        "change,cohort,value\n,canary,1\n", "change,cohort,value\nx,canary,abc\n"})
    CHECK_THROWS_AS(ingest::read_cohorts(text, "c.csv"), Error);
}
