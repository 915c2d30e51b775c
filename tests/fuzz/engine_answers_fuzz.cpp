// What engines and the companion answer, URLs and queries as hostile bytes: refused or understood.
#include <algorithm>

#include "base/error.hpp"
#include "check.hpp"
#include "domain/series/whole_counts.hpp"
#include "domain/slo/engine_query.hpp"
#include "ingest/clickhouse.hpp"
#include "ingest/http.hpp"
#include "ingest/prometheus.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  if (const auto url = nines::ingest::parse_url(text)) {
    const auto again = nines::ingest::parse_url(url->base());
    check(again && again->base() == url->base(), "a URL that is written out reads the same");
  }
  const auto query = nines::slo::counters_of(text);
  check(query.terms.empty() != query.problem.empty(), "a query has terms or a reason");
  const auto line = nines::slo::one_line(text);
  check(nines::slo::one_line(line).size() <= line.size(), "one line stays one");
  try {
    for (const auto& answer : nines::ingest::decode_answers(text, 2))
      check(answer.body.size() <= size, "a body is part of the bytes");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data, "a bad answer is bad data");
  }
  try {
    const auto answer = nines::ingest::read_prometheus(text);
    for (const auto& column : answer.columns)
      check(std::is_sorted(column.points.begin(), column.points.end()), "times ascend");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data || error.kind() == nines::ExitCode::busy,
          "a bad answer is bad data, or too early");
  }
  try {
    const auto points = nines::ingest::read_clickhouse(text);
    check(std::is_sorted(points.begin(), points.end()), "minutes ascend");
    nines::ingest::read_version(text);
    nines::ingest::read_build_info(text);
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::bad_data, "a bad answer is bad data");
  }
  return 0;
}
