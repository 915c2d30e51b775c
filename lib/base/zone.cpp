// Zones by the date library, read from the system's compiled zone files one at a time.
#include "base/zone.hpp"

#include <date/tz.h>
#include <date/tz_private.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;

/// Where the date library looks as well.
constexpr const char* kZoneFolder = "/usr/share/zoneinfo";

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

bool is_zone_file(const fs::path& path) {
  std::error_code problem;
  if (!fs::is_regular_file(path, problem)) return false;
  std::array<char, 4> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  return std::string_view(magic.data(), magic.size()) == "TZif";
}

/// The library's own look-up lists all 1 800 zone files first (3 ms); its zone type by itself reads
/// one file (0.1 ms), so the zones asked for are kept here.
const date::time_zone* load_zone(const std::string& name) {
  static std::mutex guard;
  static std::map<std::string, std::unique_ptr<date::time_zone>, std::less<>> loaded;
  const std::lock_guard lock(guard);
  if (const auto found = loaded.find(name); found != loaded.end()) return found->second.get();
  if (!fs::is_directory(kZoneFolder))
    throw Error(ExitCode::config, fmt::format("no time zone data in '{}'", kZoneFolder),
                "install the package tzdata", "NO_ZONE_DATA");
  if (!is_zone_name(name) || !is_zone_file(fs::path(kZoneFolder) / name)) return nullptr;
  try {
    auto zone = std::make_unique<date::time_zone>(name, date::detail::undocumented{});
    (void)zone->get_info(std::chrono::sys_seconds{});  // reads the file now, so it fails here
    return loaded.emplace(name, std::move(zone)).first->second.get();
  } catch (const std::exception& e) {
    throw Error(ExitCode::config, fmt::format("cannot read time zone '{}': {}", name, e.what()),
                "reinstall the package tzdata", "NO_ZONE_DATA");
  }
}

const date::time_zone& entry(const void* tz) { return *static_cast<const date::time_zone*>(tz); }

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
  const auto* tz = load_zone(std::string(name));
  if (tz == nullptr) return std::nullopt;
  Zone zone;
  zone.name_ = name;
  zone.tz_ = tz;
  return zone;
}

std::vector<std::string> Zone::suggest(std::string_view name) {
  std::vector<std::string_view> names;
  std::vector<std::string> cities;
  for (const auto& zone : date::get_tzdb().zones) {
    if (!is_zone_name(zone.name())) continue;
    if (to_lower_ascii(zone.name()) == to_lower_ascii(name)) return {zone.name()};
    names.emplace_back(zone.name());
    // "Paris" alone is what people try first.
    if (to_lower_ascii(split(zone.name(), '/').back()) == to_lower_ascii(name))
      cities.push_back(zone.name());
  }
  if (cities.empty()) return did_you_mean(name, names);
  cities.resize(std::min<std::size_t>(cities.size(), 3));
  return cities;
}

seconds Zone::offset_at(Instant t) const {
  if (tz_ == nullptr) return fixed_;
  return entry(tz_).get_info(std::chrono::floor<seconds>(t)).offset;
}

LocalTime Zone::to_local(Instant t) const { return LocalTime{t.time_since_epoch() + offset_at(t)}; }

Zone::Resolved Zone::resolve(LocalTime local) const {
  if (tz_ == nullptr) {
    const auto at = utc_of(local, fixed_);
    return {Kind::unique, at, at};
  }
  const date::local_time<seconds> whole{std::chrono::floor<seconds>(local.time_since_epoch())};
  const auto info = entry(tz_).get_info(whole);
  if (info.result == date::local_info::nonexistent)
    return {Kind::gap, Instant{info.first.end}, Instant{info.first.end}};
  const auto first = utc_of(local, info.first.offset);
  if (info.result == date::local_info::unique) return {Kind::unique, first, first};
  return {Kind::overlap, first, utc_of(local, info.second.offset)};
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
