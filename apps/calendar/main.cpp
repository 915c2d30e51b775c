// The companion program nines-calendar: an .ics file on standard input, its days off as JSON out.
#include <sys/resource.h>

#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/exit_code.hpp"
#include "calendar/ics_days.hpp"

namespace nines::calendar {
namespace {

constexpr std::string_view kUsage =
    "usage: nines-calendar --from YYYY-MM-DD --to YYYY-MM-DD [--zone NAME] < FILE.ics\n"
    "Prints the days off between two days as JSON; nines runs it for a Calendar with 'ics'.\n";

/// The input is anybody's: it may cost some seconds and some memory, and never more.
void bound_costs() {
  const rlimit seconds{10, 12};  // the first says so: SIGXCPU, the second only kills
  const rlimit memory{rlim_t{1} << 30, rlim_t{1} << 30};
  const rlimit cores{0, 0};
  setrlimit(RLIMIT_CPU, &seconds);
#if !defined(__SANITIZE_ADDRESS__)
  setrlimit(RLIMIT_AS, &memory);
#endif
  setrlimit(RLIMIT_CORE, &cores);
}

std::optional<Day> day_from(const std::string& text) {
  const auto at = parse_rfc3339(text + "T00:00:00Z");
  if (!at) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(*at);
}

std::optional<IcsRequest> request_of(const std::vector<std::string>& words) {
  std::optional<Day> from, to;
  std::optional<Zone> zone;
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    if (words[i] == "--from") from = day_from(words[i + 1]);
    if (words[i] == "--to") to = day_from(words[i + 1]);
    if (words[i] == "--zone" && !(zone = Zone::find(words[i + 1]))) return std::nullopt;
  }
  if (!from || !to || *to < *from || words.size() % 2 != 0) return std::nullopt;
  return IcsRequest{.from = *from, .to = *to, .zone = zone};
}

/// One byte more than is allowed, so that a larger file shows.
std::string read_input(std::size_t limit) {
  std::string text(limit + 1, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  return text;
}

int run(const std::vector<std::string>& words) {
  if (words.size() == 1 && words[0] == "--version") {
    std::cout << "nines-calendar " << NINES_VERSION << "\n";
    return static_cast<int>(ExitCode::done);
  }
  const auto request = request_of(words);
  if (!request) {
    std::cerr << kUsage;
    return static_cast<int>(ExitCode::usage);
  }
  bound_costs();
  std::cout << to_json(days_of_ics(read_input(request->limits.bytes), *request)).dump() << "\n";
  std::cout.flush();
  return static_cast<int>(std::cout ? ExitCode::done : ExitCode::io);
}

}  // namespace
}  // namespace nines::calendar

int main(int argc, char** argv) {
  try {
    return nines::calendar::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(nines::ExitCode::bug);
  }
}
