// Calendar files as hostile bytes: refused, or days in order within the limits.
#include <algorithm>

#include "base/text.hpp"
#include "calendar/ics_days.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono;
  using nines::fuzz::check;
  nines::calendar::IcsRequest request{.from = nines::Day{year{2024} / January / 1},
                                      .to = nines::Day{year{2031} / December / 31},
                                      .zone = nines::Zone::utc()};
  request.limits.repeats = 20'000;  // many cases a second, and the same rules
  request.limits.days = 500;
  const auto result = nines::calendar::days_of_ics(nines::fuzz::text_of(data, size), request);
  if (result.refusal) {
    check(!result.refusal->what.empty() && !result.refusal->hint.empty(), "a refusal says why");
    check(result.days.empty() && result.times.empty(), "a refused file gives nothing");
    return 0;
  }
  check(result.days.size() + result.times.size() <= request.limits.days, "no more than allowed");
  check(std::is_sorted(result.days.begin(), result.days.end()), "days are in order");
  check(std::is_sorted(result.times.begin(), result.times.end()), "times are in order");
  for (const auto& one : result.days) {
    check(one.from <= one.to, "days end after they begin");
    check(one.to >= request.from && one.from <= request.to, "days touch what was asked for");
    check(nines::is_valid_utf8(one.name), "names are text");
  }
  for (const auto& one : result.times) check(one.from < one.to, "times end after they begin");
  for (const auto& one : result.problems) check(!one.what.empty(), "a problem says what it is");
  nines::Json::parse(to_json(result).dump());
  return 0;
}
