// Any text as a layout and any text as a time: an answer or a named problem, the same when asked
// twice.
#include <cstring>

#include "check.hpp"
#include "ingest/timestamp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines::ingest;
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  const std::size_t newline = text.find('\n');
  const auto layout = text.substr(0, newline);
  const auto time = newline == std::string_view::npos ? text : text.substr(newline + 1);
  const auto compiled = TimeLayout::compile(layout);
  check(compiled.layout.has_value() == compiled.error.empty(), "a layout or an error, never both");
  for (const auto kind :
       {TimeFormat::Kind::epoch, TimeFormat::Kind::rfc3339, TimeFormat::Kind::iso8601,
        TimeFormat::Kind::clf, TimeFormat::Kind::layout}) {
    if (kind == TimeFormat::Kind::layout && !compiled.layout) continue;
    TimeFormat format;
    format.kind = kind;
    format.layout = compiled.layout;
    format.year = 2026;
    TimeParser parser(format);
    std::int64_t first = 0, second = 0;
    const auto problem = parser.parse(time, first);
    check(problem == parser.parse(time, second), "asked twice, the same problem");
    if (problem != TimeProblem::none) continue;
    check(first == second, "asked twice, the same instant");
    check(first >= 0 && first < 7'258'118'401'000'000, "instants lie in 1970 to 2199");
  }
  return 0;
}
