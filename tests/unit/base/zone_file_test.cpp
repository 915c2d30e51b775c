// Zone files: every zone of this machine as two other readers of the same files see it, and broken
// files.
#include "base/zone_file.hpp"

#include <date/tz.h>
#include <date/tz_private.h>
#include <time.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/read_file.hpp"
#include "base/zone.hpp"

using namespace nines;
using namespace std::chrono_literals;
using std::chrono::seconds;
using std::chrono::sys_seconds;

namespace {

const std::filesystem::path kFolder = "/usr/share/zoneinfo";

/// All zones there are, without what is no zone for us.
std::vector<std::string> names() {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kFolder)) {
    const auto name = entry.path().lexically_relative(kFolder).string();
    if (entry.is_regular_file() && Zone::find(name)) found.push_back(name);
  }
  return found;
}

std::string file_of(const std::string& name) { return read_file(kFolder / name); }

std::int64_t year(int y) {
  return std::chrono::sys_days{std::chrono::year{y} / 1 / 1}.time_since_epoch() / seconds{1};
}

/// Local time as the date library sees it, in our words.
Zone::Resolved by_library(const date::time_zone& zone, LocalTime local) {
  const auto info =
      zone.get_info(date::local_seconds{std::chrono::floor<seconds>(local.time_since_epoch())});
  const auto at = [&](const date::sys_info& period) {
    return Instant{local.time_since_epoch() - period.offset};
  };
  if (info.result == date::local_info::nonexistent)
    return {Zone::Kind::gap, info.first.end, info.first.end};
  if (info.result == date::local_info::unique)
    return {Zone::Kind::unique, at(info.first), at(info.first)};
  return {Zone::Kind::overlap, at(info.first), at(info.second)};
}

/// A whole file of version 2 with no 32-bit part: `times` and types of offsets in hours.
std::string make_file(const std::vector<std::pair<std::int64_t, int>>& times,
                      const std::vector<int>& types, const std::string& rule) {
  const auto number = [](std::int64_t value, int size) {
    std::string bytes;
    for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
  };
  const auto header = [&](std::size_t time_count, std::size_t type_count) {
    return "TZif2" + std::string(15, '\0') + number(0, 12) +
           number(static_cast<std::int64_t>(time_count), 4) +
           number(static_cast<std::int64_t>(type_count), 4) + number(0, 4);
  };
  auto file = header(0, 0) + header(times.size(), types.size());
  for (const auto& [time, type] : times) file += number(time, 8);
  for (const auto& [time, type] : times) file += number(type, 1);
  for (const int hours : types) file += number(hours * 3600, 4) + number(0, 2);
  return file + "\n" + rule + "\n";
}

}  // namespace

TEST_CASE("every zone is as the date library reads it") {
  const auto all = names();
  REQUIRE(all.size() > 300);
  for (const auto& name : all) {
    const auto zone = Zone::find(name).value();
    const date::time_zone library(name, date::detail::undocumented{});
    const auto periods = parse_zone_file(file_of(name)).value();
    std::size_t differences = 0;
    const auto compare = [&](Instant t) {
      const auto at = std::chrono::floor<seconds>(t);
      differences += zone.offset_at(t) != library.get_info(at).offset;
      const auto local = zone.to_local(t);
      const auto ours = zone.resolve(local);
      const auto theirs = by_library(library, local);
      differences +=
          ours.kind != theirs.kind || ours.first != theirs.first || ours.second != theirs.second;
    };
    for (const auto& period : periods) {
      // The library knows nothing of the rule at the end of the file.
      if (period.from == sys_seconds::min() || period.from > sys_seconds{seconds{year(2037)}})
        continue;
      for (const auto step : {-30h, -1h, 0h, 1h, 4000h})
        for (const auto second : {-1s, 0s, 1s}) compare(Instant{period.from} + step + second);
    }
    CAPTURE(name);
    CHECK(differences == 0);
  }
}

TEST_CASE("the years after a file's last change follow its rule, as the C library reads it") {
  const auto* const before = getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  for (const auto& name : names()) {
    const auto zone = Zone::find(name).value();
    setenv("TZ", name.c_str(), 1);
    tzset();
    std::size_t differences = 0;
    for (auto t = year(2030); t < year(kLastZoneYear); t += 86400 * 19 + 3607) {
      const auto time = static_cast<time_t>(t);
      tm local{};
      localtime_r(&time, &local);
      differences += local.tm_gmtoff != zone.offset_at(Instant{seconds{t}}).count();
    }
    CAPTURE(name);
    CHECK(differences == 0);
  }
  before == nullptr ? unsetenv("TZ") : setenv("TZ", kept.c_str(), 1);
  tzset();
}

TEST_CASE("rules are read in each of their forms") {
  const auto offset = [](const std::string& rule, int month, int day, int hour) {
    const auto periods = parse_zone_file(make_file({{0, 0}}, {1}, rule)).value();
    const auto at =
        std::chrono::sys_days{std::chrono::year{2100} / month / day} + std::chrono::hours{hour};
    seconds found{};
    for (const auto& p : periods)
      if (p.from <= at) found = p.offset;
    return found / 1h;
  };
  // The last Sundays of March and October 2100 are the 28th and the 31st.
  const std::string europe = "CET-1CEST,M3.5.0,M10.5.0/3";
  CHECK(offset(europe, 3, 28, 0) == 1);
  CHECK(offset(europe, 3, 28, 1) == 2);
  CHECK(offset(europe, 10, 31, 0) == 2);
  CHECK(offset(europe, 10, 31, 1) == 1);
  // 2100 has no 29 February: day 60 is 1 March either way.
  CHECK(offset("<+01>-1<+03>-3,J60/0,J70/0", 2, 28, 22) == 1);
  CHECK(offset("<+01>-1<+03>-3,J60/0,J70/0", 2, 28, 23) == 3);
  CHECK(offset("<+01>-1<+03>-3,59/0,69/0", 2, 28, 23) == 3);
  // The day before, by a negative time.
  CHECK(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 3, 28, 0) == -2);
  CHECK(offset("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 3, 28, 1) == -1);
  for (const auto* none :
       {"", "CET-1", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.1.0,M10.5.0",
        "C-1CEST,M3.5.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1",
        "CET-99CEST,M3.5.0,M10.5.0", "CET-999CEST,M3.5.0,M10.5.0"})
    CHECK(offset(none, 7, 1, 0) == 1);
}

TEST_CASE("what is no zone file, or half of one, is refused") {
  CHECK_FALSE(parse_zone_file(""));
  CHECK_FALSE(parse_zone_file(make_file({}, {}, "")));
  CHECK_FALSE(parse_zone_file(make_file({{0, 1}}, {1}, "")));          // no such type
  CHECK_FALSE(parse_zone_file(make_file({{9, 0}, {9, 0}}, {1}, "")));  // not in order
  CHECK_FALSE(parse_zone_file(make_file({}, {26}, "")));               // no such offset
  CHECK(parse_zone_file(make_file({}, {-11}, ""))->size() == 1);
  const auto whole = file_of("Europe/Paris");
  const auto rule = whole.rfind('\n', whole.size() - 2);
  for (std::size_t size = 0; size < rule; ++size)
    REQUIRE_FALSE(parse_zone_file(std::string_view(whole).substr(0, size)));
}
