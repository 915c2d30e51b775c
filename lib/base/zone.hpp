// Time zones by name, with gaps and overlaps of local time made visible.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines {

using LocalTime = std::chrono::local_time<Micros>;

/// One zone of the system's IANA database, or a fixed offset. Cheap to copy.
class Zone {
 public:
  static Zone utc();
  static Zone fixed(std::chrono::minutes offset);
  /// "Europe/Paris", "UTC", "Z", "+02:00". Empty when unknown; "Local" and "" are unknown.
  /// Throws Error{config} when this machine has no zone data.
  static std::optional<Zone> find(std::string_view name);
  /// Close names for a hint, best first, at most three.
  static std::vector<std::string> suggest(std::string_view name);

  const std::string& name() const { return name_; }
  LocalTime to_local(Instant t) const;
  std::chrono::seconds offset_at(Instant t) const;

  enum class Kind { unique, gap, overlap };
  struct Resolved {
    Kind kind;
    Instant first;   ///< unique: the instant; gap: first instant after it; overlap: the earlier
    Instant second;  ///< overlap: the later; otherwise equal to `first`
  };
  Resolved resolve(LocalTime local) const;

 private:
  std::string name_;
  const void* tz_ = nullptr;  ///< entry of the zone database, which lives as long as the program
  std::chrono::minutes fixed_{0};
};

/// "2026-11-23T09:14:00+01:00".
std::string format_in(const Zone& zone, Instant t);

/// Version of the zone data, such as "2025b"; "unknown" when the system does not say.
std::string zone_data_version();

}  // namespace nines
