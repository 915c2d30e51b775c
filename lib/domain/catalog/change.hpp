// Changes and announced maintenance: what was going on around a measurement, as recorded facts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::catalog {

enum class ChangeKind : std::uint8_t {
  deploy,
  configuration,
  flag,
  infrastructure,
  schema,
  vendor
};
inline constexpr std::size_t kChangeKinds = 6;

std::string_view to_string(ChangeKind kind);  ///< "deploy", "configuration", ...
std::optional<ChangeKind> change_kind_from(std::string_view text);
std::vector<std::string_view> change_kind_names();

/// What names a change has touched is kept up to this many, and this long each.
inline constexpr std::size_t kMostTouched = 200;
inline constexpr std::size_t kLongestTouched = 300;

struct Change {
  Uid uid;
  std::string name;  ///< "CHG-7"; given by the store
  ChangeKind kind = ChangeKind::deploy;
  std::string service;
  std::string version;      ///< "v1.4.2"
  std::string config_hash;  ///< of the configuration in force afterwards
  Instant start;
  std::optional<Instant> end;  ///< empty: a moment, or not known
  std::string author;          ///< the system or person that made it: "github-actions"
  std::string system;          ///< that `reference` belongs to: "git", "ci"
  std::string reference;       ///< names the change there for ever: a commit, a run, a ticket
  std::string summary;
  std::optional<std::uint64_t> size = {};  ///< lines added and deleted
  std::vector<std::string> touched = {};  ///< files, or keys of configuration: at most kMostTouched
  std::string reverts = {};               ///< the reference, version or name of what it takes back

  friend bool operator==(const Change&, const Change&) = default;
};

/// The body of the event that records it; `change_from` reads it back (empty when not a change).
Json to_json(const Change& change);
std::optional<Change> change_from(const Json& body);

/// "deploy of checkout v1.4.2".
std::string describe(const Change& change);

/// The identity of a change that another system names: the same on every machine, so that what two
/// of them import is one record.
Uid change_uid(std::string_view system, std::string_view reference);

/// How often maintenance comes back, in local wall time of `zone` from its first start.
struct Recurrence {
  std::int64_t count = 1;
  std::string unit;              ///< "day", "week", "month"
  std::string anchor;            ///< first start, local: "2026-11-23 02:00:00"
  std::string zone;              ///< IANA name
  std::optional<Instant> until;  ///< no start after this

  friend bool operator==(const Recurrence&, const Recurrence&) = default;
};

struct Maintenance {
  Uid uid;
  std::string name;  ///< "MNT-1"; given by the store
  std::string summary;
  std::vector<std::string> services;  ///< empty: all
  std::string audience;               ///< who was told: "customers", "internal"
  std::optional<Instant> announced_at;
  Instant start;
  Instant end;
  std::optional<Recurrence> every;
  std::optional<Instant> cancelled_from;  ///< no start from here on

  bool touches(std::string_view service) const;
  friend bool operator==(const Maintenance&, const Maintenance&) = default;
};

Json to_json(const Maintenance& maintenance);
std::optional<Maintenance> maintenance_from(const Json& body);

}  // namespace nines::catalog
