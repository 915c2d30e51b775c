// Rows into counts and samples, by change and metric.
#include "ingest/cohorts.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/table_rows.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kMostCohortRows = 5'000'000;

class CohortReader {
 public:
  CohortReader(std::string_view text, std::string_view file) : rows_(text, file) {}

  Cohorts read() {
    if (!rows_.next()) refuse(0, "the table is empty");
    const auto change = column({"change", "version", "reference"});
    const auto cohort = column({"cohort", "group", "arm"});
    const auto metric = column({"metric"});
    const auto value = column({"value"});
    const auto bad = column({"bad", "errors", "failed"});
    const auto total = column({"total", "events", "requests"});
    const bool counts = bad && total;
    if (!change || !cohort || (!counts && !value))
      refuse(0, "the table names no change, cohort and value");
    const auto width = rows_.cells().size();
    std::size_t count = 0;
    while (rows_.next()) {
      const auto& cells = rows_.cells();
      if (cells.size() != width) refuse(0, "a row of another length than the header");
      if (++count > kMostCohortRows) refuse(0, "more rows than are read");
      const bool exposed = is_exposed(*cohort);
      auto& one = metric_of(cells[*change], metric ? cells[*metric] : std::string_view());
      if (counts) {
        (exposed ? one.exposed_bad : one.control_bad) += number_at(*bad);
        (exposed ? one.exposed_total : one.control_total) += number_at(*total);
        continue;
      }
      if (is_missing(cells[*value])) continue;
      double sample = 0;
      if (!read_number(cells[*value], sample)) refuse(*value, "the value is not a number");
      (exposed ? one.exposed : one.control).push_back(sample);
    }
    for (const auto& [name, metrics] : cohorts_)
      for (const auto& one : metrics)
        if (one.exposed_bad > one.exposed_total || one.control_bad > one.control_total)
          refuse(0, "more bad events than events of '" + name + "'");
    return std::move(cohorts_);
  }

 private:
  std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const {
    const auto& header = rows_.cells();
    for (const auto name : names)
      for (std::size_t i = 0; i < header.size(); ++i)
        if (to_lower_ascii(header[i]) == name) return i;
    return std::nullopt;
  }
  bool is_exposed(std::size_t cell) const {
    const auto word = to_lower_ascii(rows_.cells()[cell]);
    for (const std::string_view known : {"canary", "exposed", "treatment", "new"})
      if (word == known) return true;
    for (const std::string_view known : {"control", "baseline", "stable", "old"})
      if (word == known) return false;
    refuse(cell, "'" + bounded(word, 60) + "' is no cohort");
  }
  std::uint64_t number_at(std::size_t cell) const {
    const auto text = rows_.cells()[cell];
    std::uint64_t number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size() || number > (1ULL << 50))
      refuse(cell, "a count of events is a whole number");
    return number;
  }
  rca::CohortMetric& metric_of(std::string_view change, std::string_view metric) {
    if (change.empty()) refuse(0, "a row without a change");
    auto& metrics = cohorts_[bounded(change, 200)];
    const auto name = metric.empty() ? std::string("cohorts") : bounded(metric, 100);
    const auto found = std::find_if(metrics.begin(), metrics.end(),
                                    [&](const auto& one) { return one.name == name; });
    if (found != metrics.end()) return *found;
    metrics.push_back({});
    metrics.back().name = name;
    return metrics.back();
  }
  [[noreturn]] void refuse(std::size_t cell, std::string what) const {
    throw Error(ExitCode::bad_data, std::move(what),
                "change,cohort,bad,total or change,cohort,metric,value; cohort is canary or control",
                "BAD_TABLE")
        .at(rows_.place(cell));
  }

  TableRows rows_;
  Cohorts cohorts_;
};

}  // namespace

Cohorts read_cohorts(std::string_view text, std::string_view file) {
  return CohortReader(text, file).read();
}

}  // namespace nines::ingest
