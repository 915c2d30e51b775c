// Any text read as a time gives an instant that reads back the same, or an error with a hint.
#include <array>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/time_input.hpp"
#include "check.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  using Fold = nines::TimeInputRules::Fold;
  // 2026-10-25T00:30:00Z: clocks in Paris stand in the hour that happens twice.
  const auto now = nines::from_epoch_micros(1'792'888'200'000'000);
  static const std::array kZones{nines::Zone::utc(), *nines::Zone::find("Europe/Paris"),
                                 *nines::Zone::find("Australia/Lord_Howe"),
                                 nines::Zone::fixed(std::chrono::minutes(-210))};
  if (size == 0) return 0;
  const auto text = nines::fuzz::text_of(data + 1, size - 1);
  const nines::TimeInputRules rules{.now = now,
                                    .zone = kZones[data[0] % kZones.size()],
                                    .allow_future = (data[0] & 4) != 0,
                                    .fold = static_cast<Fold>((data[0] >> 3) % 3)};
  try {
    const auto input = nines::parse_time_input(text, rules);
    check(input.at >= nines::Instant{}, "no time before 1970");
    check(rules.allow_future || input.at <= now, "no time in the future");
    check(!nines::echo_time(text, input, rules).empty(), "a time is echoed");
    const auto again = nines::parse_time_input(nines::format_utc(input.at), rules);
    check(again.at == input.at, "a time is read back equal");
  } catch (const nines::Error& error) {
    check(error.kind() == nines::ExitCode::usage, "a bad time is bad usage");
    check(!error.hint().empty(), "a bad time has a hint");
  }
  return 0;
}
