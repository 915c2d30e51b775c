// Zones from the system's compiled zone files, read one at a time.
#include "base/zone.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/zone_file.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;
using Periods = std::vector<ZonePeriod>;

constexpr const char* kZoneFolder = "/usr/share/zoneinfo";
/// The largest that tzdata has is below 4 KiB.
constexpr std::size_t kZoneFileLimit = 1 << 20;
constexpr std::string_view kMagic = "TZif";

/// Names that would leave the folder, mean "this machine", or count leap seconds are no zones.
bool is_zone_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> kNotZones{"localtime", "posixrules", "Factory", "posix",
                                                      "right"};
  for (const auto part : split(name, '/'))
    if (part.empty() || part.front() == '.') return false;
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  };
  return std::all_of(name.begin(), name.end(), plain) &&
         std::find(kNotZones.begin(), kNotZones.end(), split(name, '/').front()) == kNotZones.end();
}

/// Null when unknown. A zone is read once, and kept.
const Periods* load_zone(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, Periods, std::less<>> loaded;
  const std::lock_guard lock(guard);
  if (const auto found = loaded.find(name); found != loaded.end()) return &found->second;
  if (!fs::is_directory(kZoneFolder))
    throw Error(ExitCode::config, fmt::format("no time zone data in '{}'", kZoneFolder),
                "install the package tzdata", "NO_ZONE_DATA");
  const auto path = fs::path(kZoneFolder) / name;
  if (std::error_code problem; !is_zone_name(name) || !fs::is_regular_file(path, problem))
    return nullptr;
  const auto bytes = read_file(path, kZoneFileLimit);
  // Tables of countries and the like are beside the zones.
  if (!bytes.starts_with(kMagic)) return nullptr;
  auto periods = parse_zone_file(bytes);
  if (!periods)
    throw Error(
        ExitCode::config,
        fmt::format("cannot read time zone '{}': '{}' is no zone file of version 2 or later", name,
                    path.string()),
        "reinstall the package tzdata", "NO_ZONE_DATA");
  return &loaded.emplace(name, std::move(*periods)).first->second;
}

/// The names of all zones there are, sorted.
std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  std::error_code problem;
  fs::recursive_directory_iterator at(kZoneFolder, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    auto name = at->path().lexically_relative(kZoneFolder).string();
    std::error_code unknown;
    if (!is_zone_name(name)) {
      at.disable_recursion_pending();
    } else if (at->is_regular_file(unknown)) {
      std::array<char, kMagic.size()> start{};
      std::ifstream(at->path(), std::ios::binary).read(start.data(), start.size());
      if (std::string_view(start.data(), start.size()) == kMagic) names.push_back(std::move(name));
    }
  }
  std::ranges::sort(names);
  return names;
}

const Periods& periods_of(const void* tz) { return *static_cast<const Periods*>(tz); }

/// The period that `t` is in.
Periods::const_iterator period_at(const Periods& periods, sys_seconds t) {
  return std::prev(
      std::upper_bound(periods.begin() + 1, periods.end(), t,
                       [](sys_seconds at, const ZonePeriod& p) { return at < p.from; }));
}

/// "+02:00" as minutes east of UTC, at most a day.
std::optional<minutes> parse_offset(std::string_view text) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  for (const std::size_t i : {1, 2, 4, 5})
    if (!digit(text[i])) return std::nullopt;
  const int hour = (text[1] - '0') * 10 + text[2] - '0';
  const int minute = (text[4] - '0') * 10 + text[5] - '0';
  if (hour > 23 || minute > 59) return std::nullopt;
  return minutes{(text[0] == '-' ? -1 : 1) * (hour * 60 + minute)};
}

std::string offset_text(seconds offset) {
  const auto magnitude = offset.count() < 0 ? -offset.count() : offset.count();
  auto text = fmt::format("{}{:02}:{:02}", offset.count() < 0 ? '-' : '+', magnitude / 3600,
                          magnitude / 60 % 60);
  // Local mean times before about 1900 have seconds; without them the instant would be another.
  if (magnitude % 60 != 0) text += fmt::format(":{:02}", magnitude % 60);
  return text;
}

Instant utc_of(LocalTime local, seconds offset) {
  return Instant{local.time_since_epoch() - offset};
}

}  // namespace

Zone Zone::utc() {
  Zone zone;
  zone.name_ = "UTC";
  return zone;
}

Zone Zone::fixed(minutes offset) {
  if (offset == minutes{0}) return utc();
  Zone zone;
  zone.name_ = offset_text(offset);
  zone.fixed_ = offset;
  return zone;
}

std::optional<Zone> Zone::find(std::string_view name) {
  if (name == "UTC" || name == "Z" || name == "z") return utc();
  if (const auto offset = parse_offset(name)) return fixed(*offset);
  const auto* periods = load_zone(std::string(name));
  if (periods == nullptr) return std::nullopt;
  Zone zone;
  zone.name_ = name;
  zone.tz_ = periods;
  return zone;
}

std::vector<std::string> Zone::suggest(std::string_view name) {
  const auto names = zone_names();
  std::vector<std::string> cities;
  for (const auto& zone : names) {
    if (to_lower_ascii(zone) == to_lower_ascii(name)) return {zone};
    // "Paris" alone is what people try first.
    if (to_lower_ascii(split(zone, '/').back()) == to_lower_ascii(name)) cities.push_back(zone);
  }
  if (cities.empty())
    return did_you_mean(name, std::vector<std::string_view>(names.begin(), names.end()));
  cities.resize(std::min<std::size_t>(cities.size(), 3));
  return cities;
}

seconds Zone::offset_at(Instant t) const {
  if (tz_ == nullptr) return fixed_;
  return period_at(periods_of(tz_), std::chrono::floor<seconds>(t))->offset;
}

LocalTime Zone::to_local(Instant t) const { return LocalTime{t.time_since_epoch() + offset_at(t)}; }

Zone::Resolved Zone::resolve(LocalTime local) const {
  if (tz_ == nullptr) {
    const auto at = utc_of(local, fixed_);
    return {Kind::unique, at, at};
  }
  const auto& periods = periods_of(tz_);
  // Each period near by says what instant this would be; those that it holds are the answers.
  const auto whole = std::chrono::floor<seconds>(local.time_since_epoch());
  const auto last = period_at(periods, sys_seconds{whole + kMostZoneOffset});
  std::optional<Instant> first;
  std::optional<Instant> after_gap;
  for (auto period = period_at(periods, sys_seconds{whole - kMostZoneOffset});; ++period) {
    const sys_seconds at{whole - period->offset};
    const auto next = std::next(period);
    if (at < period->from) {
      if (!after_gap) after_gap = period->from;
    } else if (next == periods.end() || at < next->from) {
      const auto instant = utc_of(local, period->offset);
      if (first) return {Kind::overlap, *first, instant};
      first = instant;
    }
    if (period == last) break;
  }
  if (first) return {Kind::unique, *first, *first};
  return {Kind::gap, *after_gap, *after_gap};
}

std::string format_in(const Zone& zone, Instant t) {
  const auto offset = zone.offset_at(t);
  auto text = format_utc(t + offset);
  text.pop_back();
  return text + offset_text(offset);
}

std::string zone_data_version() {
  std::ifstream file(std::string(kZoneFolder) + "/tzdata.zi");
  std::string line;
  constexpr std::string_view kPrefix = "# version ";
  if (!std::getline(file, line) || line.compare(0, kPrefix.size(), kPrefix) != 0) return "unknown";
  return std::string(trim(std::string_view(line).substr(kPrefix.size())));
}

}  // namespace nines
