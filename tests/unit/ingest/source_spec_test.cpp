// DataSource documents of files: what they say, and every mistake with its path and a way out.
#include <catch2/catch.hpp>

#include <fmt/core.h>

#include "ingest/source_spec.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

slo::DataSource source_at(std::string_view connection) {
  slo::DataSource out;
  out.name = "web-access";
  out.type = "file";
  out.connection = Json::parse(connection);
  return out;
}

SourceSpec good_source(std::string_view connection) {
  Findings findings;
  auto spec = read_source(source_at(connection), findings);
  for (const Finding& finding : findings) UNSCOPED_INFO(finding.path << ": " << finding.message);
  REQUIRE(spec);
  return *spec;
}

/// "CODE path: message (hint)" of every finding.
std::vector<std::string> complaints(std::string_view connection) {
  Findings findings;
  read_source(source_at(connection), findings);
  std::vector<std::string> lines;
  for (const Finding& f : findings) {
    CHECK(f.object == "DataSource web-access");
    lines.push_back(fmt::format("{} {}: {} ({})", f.code, f.path, f.message, f.hint));
  }
  return lines;
}

}  // namespace

TEST_CASE("an access log needs nothing but its format") {
  const SourceSpec spec = good_source(R"({"format": "combined"})");
  CHECK(spec.format == Format::combined);
  CHECK(spec.time.kind == TimeKind::clf);
  CHECK(spec.time.columns == std::vector<std::string>{"time"});
  CHECK(spec.service == "web-access");
  CHECK(spec.zone == "UTC");
  CHECK(known_columns(spec)->back() == "agent");
}

TEST_CASE("all members are understood") {
  const SourceSpec spec = good_source(R"({
    "format": "csv", "delimiter": "semicolon",
    "time": {"column": "at", "format": "%d.%m.%Y %H:%M:%S", "ambiguous": "earlier"},
    "zone": "Europe/Paris", "service": {"column": "svc"}, "class": "real-user",
    "vantage": "probe-eu-1", "expectedInterval": "1m",
    "columns": {"latency": {"from": "took", "unit": "s"}, "status": "http.status"},
    "splits": ["region", {"label": "version", "column": "app.version", "top": 3},
               {"column": "tier", "values": ["gold", "free"]}]})");
  CHECK(spec.delimiter == ';');
  CHECK(spec.time.ambiguous == Ambiguous::earlier);
  CHECK(spec.service_column == "svc");
  CHECK(spec.service.empty());
  CHECK(spec.source_class == SourceClass::real_user);
  CHECK(spec.interval == std::chrono::minutes(1));
  CHECK(spec.resolve("status") == "http.status");
  CHECK(spec.resolve("latency") == "took");
  CHECK(spec.resolve("other") == "other");
  CHECK(spec.find_column("latency")->unit == "s");
  REQUIRE(spec.splits.size() == 3);
  CHECK(spec.splits[0].top == 10);
  CHECK(spec.splits[1].label == "version");
  CHECK(spec.splits[2].values.size() == 2);
  CHECK_FALSE(known_columns(spec));
}

TEST_CASE("fixed-width columns follow each other unless they say where they begin") {
  const SourceSpec spec = good_source(R"({"format": "fixed", "time": {"column": "t", "unit": "s"},
    "columns": [{"name": "t", "width": 10}, {"name": "status", "width": 3}, {"name": "x", "start": 20, "width": 1}]})");
  CHECK(spec.columns[1].start == 11);
  CHECK(spec.columns[2].start == 20);
}

TEST_CASE("epoch, syslog and two time columns") {
  CHECK(good_source(R"({"format": "jsonl", "time": {"column": "ts", "unit": "us"}})").time.kind ==
        TimeKind::microseconds);
  CHECK(good_source(R"({"format": "jsonl", "time": "ts"})").time.kind == TimeKind::iso8601);
  CHECK(good_source(R"({"format": "prometheus"})").time.kind == TimeKind::milliseconds);
  const SourceSpec syslog = good_source(
      R"({"format": "pattern", "pattern": "(?P<at>.{15}) (?P<status>\\d+) x", "zone": "UTC",
    "time": {"column": "at", "format": "syslog", "latest": "2026-11-23"}})");
  CHECK(syslog.time.latest);
  CHECK(good_source(R"({"format": "w3c"})").time.columns.size() == 2);
  CHECK(
      good_source(R"({"format": "csv", "time": {"column": ["day", "clock"], "format": "iso8601"}})")
          .time.columns.size() == 2);
}

TEST_CASE("each mistake is one finding with its path and a hint") {
  const std::pair<const char*, const char*> cases[] = {
      {R"([])",
       "WRONG_TYPE spec.connectionDetails: a file source needs a map here, not a list "
       "(connectionDetails: {format: combined, service: web})"},
      {R"({"fromat": "csv"})",
       "UNKNOWN_FIELD spec.connectionDetails.fromat: unknown field 'fromat' (did you mean "
       "'format'?)"},
      {R"({"zone": "UTC"})",
       "MISSING_FIELD spec.connectionDetails.format: 'format' is missing (one of common, combined, "
       "w3c, csv, tsv, jsonl, openmetrics, prometheus, pattern, fixed)"},
      {R"({"format": "combned"})",
       "BAD_ENUM spec.connectionDetails.format: 'combned' is not a known format (did you mean "
       "'combined'?)"},
      {R"({"format": 1})",
       "WRONG_TYPE spec.connectionDetails.format: 'format' must be text, not a number (put it in "
       "quotes)"},
      {R"({"format": "combined", "serivce": "x"})",
       "UNKNOWN_FIELD spec.connectionDetails.serivce: unknown field 'serivce' (did you mean "
       "'service'?)"},
      {R"({"format": "csv"})",
       "MISSING_FIELD spec.connectionDetails.time: 'time' is missing: no column holds the time "
       "(time: {column: timestamp, format: rfc3339})"},
      {R"({"format": "csv", "time": {"column": "t", "format": "epoch"}})",
       "MISSING_FIELD spec.connectionDetails.time.unit: 'unit' is missing (s, ms, us or ns)"},
      {R"({"format": "csv", "time": {"column": "t", "format": "rfc339"}})",
       "BAD_ENUM spec.connectionDetails.time.format: 'rfc339' is not a known time format (did you "
       "mean 'rfc3339'?)"},
      {R"({"format": "csv", "time": {"column": "t", "format": "%Y-%m"}})",
       "BAD_TIME_LAYOUT spec.connectionDetails.time.format: the layout has no date (%m and %d, or "
       "%j) (see nines-slo(5), TIME LAYOUTS)"},
      {R"({"format": "csv", "zone": "UTC", "time": {"column": "t", "format": "syslog"}})",
       "MISSING_FIELD spec.connectionDetails.time: the times have no year and no rule gives one "
       "(state 'year: 2026', or 'latest: 2026-11-23' for the twelve months up to that day)"},
      {R"({"format": "csv", "time": {"column": "t", "format": "%F %T"}})",
       "BAD_TIME_ZONE spec.connectionDetails.time: the times have no zone and none is stated: they "
       "are read as UTC (state 'zone: UTC', or the zone the program logs in)"},
      {R"({"format": "combined", "zone": "Europe/Pariss"})",
       "BAD_TIME_ZONE spec.connectionDetails.zone: 'Europe/Pariss' is not a known time zone"},
      {R"({"format": "combined", "class": "client"})",
       "BAD_ENUM spec.connectionDetails.class: 'client' is not a known class (one of server, "
       "balancer, synthetic, real-user, vendor)"},
      {R"({"format": "combined", "expectedInterval": "often"})",
       "BAD_DURATION spec.connectionDetails.expectedInterval: 'often' is not a duration (a number "
       "with a unit: 30s, 5m, 1h)"},
      {R"({"format": "combined", "splits": [{"column": "metod"}]})",
       "REF_UNRESOLVED spec.connectionDetails.splits[0].column: 'metod' is not a column of this "
       "format (did you mean 'method'?)"},
      {R"({"format": "combined", "splits": [{"column": "method", "top": 0}]})",
       "OUT_OF_RANGE spec.connectionDetails.splits[0].top: 'top' is 0 (between 1 and 100)"},
      {R"({"format": "combined", "delimiter": ";"})",
       "ONE_OF spec.connectionDetails.delimiter: 'delimiter' only goes with the format 'csv' ()"},
      {R"({"format": "csv", "time": "t", "header": false})",
       "MISSING_FIELD spec.connectionDetails.columns: files without a header line need 'columns' "
       "(columns: [time, service, status])"},
      {R"({"format": "fixed", "time": "t", "columns": [{"name": "t"}]})",
       "MISSING_FIELD spec.connectionDetails.columns[0].width: column 't' has no width (columns: "
       "[{name: status, start: 28, width: 3}])"},
      {R"({"format": "pattern", "time": "t", "pattern": "(\\d+"})",
       "BAD_PATTERN spec.connectionDetails.pattern: the pattern is not valid: missing ): (\\d+ "
       "(RE2 syntax: no look-around, no back-references)"},
      {R"({"format": "pattern", "time": "t", "pattern": "(?P<time>\\d+) x"})",
       "BAD_PATTERN spec.connectionDetails.time.column: the pattern has no group 't' (columns: "
       "time)"},
      {R"({"format": "pattern", "time": "t"})",
       "MISSING_FIELD spec.connectionDetails.pattern: 'pattern' is missing"},
  };
  for (const auto& [connection, expected] : cases) {
    INFO(connection);
    const auto lines = complaints(connection);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].substr(0, std::string_view(expected).size()) == expected);
  }
}

TEST_CASE("all mistakes are reported at once") {
  CHECK(
      complaints(
          R"({"format": "csv", "time": {"colum": "t"}, "zone": 3, "class": "x", "splits": 1, "header": "no"})")
          .size() == 6);
}

TEST_CASE("a source that is no file is not read as one") {
  slo::DataSource other = source_at("{}");
  other.type = "Prometheus";
  Findings findings;
  CHECK_FALSE(read_source(other, findings));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].path == "spec.type");
  CHECK_THROWS_AS(require_source(other), Error);
}
