// Drafts for unknown files: the right format, time, service, good and latency, and what is unsure.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "domain/series/predicate.hpp"
#include "ingest/infer.hpp"
#include "support/shared_data.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

/// A draft must describe itself: its document reads back without findings, its predicate parses.
Draft drafted(std::string_view sample, std::string_view file = "logs/web_access.log") {
  const Draft draft = infer(sample, true, file);
  slo::DataSource source;
  source.name = draft.name;
  source.type = "file";
  source.connection = draft.connection;
  Findings findings;
  INFO(draft.connection.pretty());
  const auto spec = read_source(source, findings);
  for (const Finding& finding : findings) UNSCOPED_INFO(finding.path << ": " << finding.message);
  REQUIRE(spec);
  CHECK(spec->time.columns == draft.spec.time.columns);
  CHECK(spec->time.kind == draft.spec.time.kind);
  if (!draft.where.empty()) CHECK(series::parse_predicate(draft.where).predicate);
  CHECK(series::parse_predicate(draft.total).predicate);
  return draft;
}

bool mentions(const Draft& draft, std::string_view text) {
  for (const std::string& note : draft.notes)
    if (note.find(text) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a request CSV is drafted with service, status and latency") {
  const Draft draft = drafted(
      "timestamp_ms,service,status,latency_ms\n1764000000000,checkout,200,12.5\n1764000000100,cart,"
      "503,9\n");
  CHECK(draft.spec.format == Format::csv);
  CHECK(draft.spec.time.kind == TimeKind::milliseconds);
  CHECK(draft.spec.service_column == "service");
  CHECK(draft.where == "status < 500");
  CHECK(draft.latency == "latency_ms");
  CHECK(draft.name == "web-access");
  CHECK(draft.confidence() == 1);
  CHECK(draft.indicators().size() == 2);
}

TEST_CASE("aggregates are drafted as sums") {
  const Draft draft = drafted(
      "minute;service;good;total\n2026-11-23T09:14:00Z;a;9;10\n2026-11-23T09:15:00Z;b;10;10\n");
  CHECK(draft.spec.delimiter == ';');
  CHECK(draft.good_sum == "good");
  CHECK(draft.total_sum == "total");
  CHECK(draft.where.empty());
  CHECK(draft.indicators().size() == 1);
}

TEST_CASE("other formats are told by their content") {
  CHECK(drafted("h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1\n").spec.format ==
        Format::common);

  const Draft nginx =
      drafted("h - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl\" 0.125\n");
  CHECK(nginx.spec.format == Format::combined);
  CHECK(nginx.latency == "request_time");
  CHECK(mentions(nginx, "'request_time' is taken as a duration in s"));

  const Draft iis = drafted(
      "#Software: IIS\n#Fields: date time cs-method cs-uri-stem sc-status time-taken\n2026-11-23 "
      "09:14:00 GET / 200 31\n");
  CHECK(iis.spec.format == Format::w3c);
  CHECK(iis.where == "sc-status < 500");
  CHECK(iis.latency == "time-taken");

  const Draft json = drafted(
      "{\"ts\":\"2026-11-23T09:14:00Z\",\"http\":{\"status\":200},\"svc\":\"a\",\"duration_ms\":3}"
      "\n{\"ts\":\"2026-11-23T09:15:00Z\",\"http\":{\"status\":500},\"svc\":\"b\",\"duration_ms\":"
      "3}\n");
  CHECK(json.spec.format == Format::jsonl);
  CHECK(json.where == "http.status < 500");
  CHECK(json.spec.service_column == "svc");

  const Draft metrics = drafted(
      "# TYPE http_requests_total counter\nhttp_requests_total{code=\"200\",service=\"a\"} 5 "
      "1764000000\nhttp_requests_total{code=\"500\",service=\"a\"} 1 1764000000\n");
  CHECK(metrics.spec.format == Format::openmetrics);
  CHECK(metrics.good_sum == "value");
  CHECK(metrics.where == "metric = \"http_requests_total\" and code < 500");
  CHECK(metrics.total == "metric = \"http_requests_total\"");
  CHECK(drafted("up 1 1764000000000\nup 1 1764000060000\n").spec.format == Format::prometheus);

  const Draft app =
      drafted("2026-11-23 09:14:00,123 INFO started\n2026-11-23 09:15:00,001 ERROR failed: x\n");
  CHECK(app.spec.format == Format::pattern);
  CHECK(app.where == "not level =~ \"(?i)^(error|fatal|critical)\"");

  const Draft bare = drafted("2026-11-23 09:14:00,a,true\n2026-11-23 09:15:00,b,false\n");
  CHECK_FALSE(bare.spec.header);
  CHECK(mentions(bare, "no header"));
}

TEST_CASE("what is assumed is said") {
  const Draft draft = drafted("date,value\n01/02/2026 10:00:00,1\n03/04/2026 10:00:00,2\n");
  CHECK(mentions(draft, "day and month"));
  CHECK(mentions(draft, "no column tells good from bad"));
  const Draft holes = drafted(
      "time,status\n2026-11-23T09:14:00Z,200\nrubbish,200\n2026-11-23T09:15:00Z,200\n"
      "2026-11-23T09:16:00Z,200\n2026-11-23T09:17:00Z,200\n2026-11-23T09:18:00Z,200\n"
      "2026-11-23T09:19:00Z,200\n2026-11-23T09:20:00Z,200\n2026-11-23T09:21:00Z,200\n2026-11-23T09:"
      "22:00Z,200\n");
  CHECK(holes.rejected == 1);
  CHECK(mentions(holes, "1 of 10 lines"));
}

TEST_CASE("files that suggest nothing are refused with a way out") {
  for (const char* sample : {"", "\n\n", "hello\nworld\n", "a,b\nc,d\n", "{\"a\":1}\n",
                             "\x7f"
                             "ELF\n"}) {
    INFO(sample);
    CHECK_THROWS_AS(infer(sample, true, "x"), Error);
  }
}

TEST_CASE("a real access log is drafted") {
  const auto path = test::shared_data("access/apache_access.log");
  if (!path) return;
  const Draft draft = drafted(test::read_file(*path).substr(0, kSampleBytes), path->string());
  CHECK(draft.spec.format == Format::combined);
  CHECK(draft.where == "status < 500");
  CHECK(draft.spec.columns.empty());
}
