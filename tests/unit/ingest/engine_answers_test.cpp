// Answers of engines and of the companion: what they say, and everything else refused.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "ingest/http.hpp"
#include "ingest/prometheus.hpp"

using namespace nines;
using namespace nines::ingest;

TEST_CASE("URLs of engines, strictly") {
  const auto url = parse_url("HTTPS://Prom.Example:9090/a/b/");
  REQUIRE(url);
  CHECK(url->base() == "https://prom.example:9090/a/b");
  CHECK(url->origin() == "https://prom.example:9090");
  CHECK(parse_url("https://x:443")->origin() == "https://x");
  CHECK(parse_url("http://[::1]:9090")->is_loopback());
  CHECK(parse_url("http://127.0.0.1")->is_loopback());
  CHECK_FALSE(parse_url("http://127.evil.example")->is_loopback());
  CHECK_FALSE(parse_url("http://localhost.evil.example")->is_loopback());
  for (const auto* bad : {"", "prom", "ftp://x", "http://", "http://u:p@x", "http://x/?q=1", "http://x#f", "http://x:0",
                          "http://x:99999", "http://x y", "http://x\n", "http://-x", "http://[::1", "http://x\\@y",
                          "file:///etc/passwd"})
    CHECK_FALSE(parse_url(bad));
}

TEST_CASE("forms keep every byte") {
  CHECK(form_of({{"q", "a b&c=\"1\""}, {"t", "5"}}) == "q=a%20b%26c%3D%221%22&t=5");
}

TEST_CASE("the companion's answers, whole and each once") {
  const std::string one = R"({"index":1,"status":200,"type":"t","problem":"","tries":1,"bytes":3})" "\na\nb\n";
  const std::string two = R"({"index":0,"status":0,"type":"","problem":"gone","tries":4,"bytes":0})" "\n\n";
  const auto answers = decode_answers(one + two, 2);
  CHECK(answers[1].body == "a\nb");
  CHECK(answers[0].problem == "gone");
  CHECK(answers[0].tries == 4);
  for (const std::string& broken :
       {one, one + one, two + R"({"index":2,"bytes":0})" "\n\n", two + R"({"index":1,"bytes":99})" "\nx\n",
        two + R"({"index":1,"bytes":-1})" "\nx\n", two + "{\n\n", std::string()})
    CHECK_THROWS_AS(decode_answers(broken, 2), Error);
}

namespace {

std::string matrix(const std::string& values, const std::string& more = "") {
  return R"({"status":"success")" + more + R"(,"data":{"resultType":"matrix","result":[{"metric":{"nines":"total0"},"values":[)" +
         values + "]}]}}";
}

}  // namespace

TEST_CASE("an answer of query_range") {
  const auto answer = read_prometheus(matrix(R"([120,"5"],[180,"NaN"],[240.0,"1e3"])"));
  REQUIRE(answer.columns.size() == 1);
  CHECK(answer.columns[0].label("nines") == "total0");
  CHECK(answer.columns[0].points == std::vector<std::pair<std::int64_t, double>>{{1, 5}, {3, 1000}});
  CHECK_FALSE(answer.partial);
  CHECK(read_prometheus(matrix("", R"(,"warnings":["store\ngone"])")).partial);
  CHECK(read_prometheus(matrix("", R"(,"warnings":["store\ngone"])")).warnings.at(0) == "store gone");
  CHECK(read_prometheus(matrix("", R"(,"isPartial":true)")).partial);
}

TEST_CASE("what is no such answer") {
  for (const std::string& broken :
       {std::string("<html>"), std::string("{}"), std::string(R"({"status":"success"})"),
        std::string(R"({"status":"success","data":{"resultType":"vector","result":[]}})"),
        std::string(R"({"status":"success","data":{"resultType":"matrix","result":[1]}})"), matrix("[1]"),
        matrix(R"([120,5])"), matrix(R"([180,"1"],[120,"1"])"), matrix(R"([1e99,"1"])"), matrix("[120,\"1\"")})
    CHECK_THROWS_AS(read_prometheus(broken), Error);
  try {
    read_prometheus(R"({"status":"error","errorType":"timeout","error":"query timed out"})");
    FAIL("an error is no answer");
  } catch (const Error& error) {
    CHECK(error.kind() == ExitCode::busy);
  }
}

TEST_CASE("each increment once, in the query") {
  const PrometheusCounters counters{{{false, "bad"}}, {{false, "a"}, {true, "b"}}, std::chrono::minutes{1},
                                    std::chrono::minutes{60}};
  const auto query = increments_query(counters);
  CHECK(query.find("((last_over_time(a[1m]) - (last_over_time(a[60m] offset 1m) <= min_over_time(a[1m]))) "
                   "unless (resets(a[1m]) > 0))") != std::string::npos);
  CHECK(query.find("\"total1\"") != std::string::npos);
  const auto fields = range_fields("q", 10, 12);
  CHECK(fields[1].second == "660");
  CHECK(fields[2].second == "720");
}
