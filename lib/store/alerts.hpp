// Alerts as their sources told of them: one row per episode, with everything that was said of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/alert.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "alert/<uid>"; alert.seen says once that it fires, is suppressed, or is resolved.
const Aggregate& alert_aggregate();

/// "firing", "suppressed" or "resolved".
std::string_view alert_status(const incident::Alert& alert);

struct RecordedAlert {
  incident::Alert alert;
  std::optional<Uid> group;  ///< the proposal it speaks for
  Instant first_seen;
  Instant last_seen;
};
struct AlertSighting {
  std::string status;
  Instant at;    ///< when it began to be so
  Instant seen;  ///< when nines was told
};

/// `group` is the proposal it speaks for; zeros: none.
log::NewEvent alert_seen(const incident::Alert& alert, const std::optional<Uid>& group);

std::optional<RecordedAlert> find_alert(const Store& store, const Uid& uid);
/// Whether this was said of it before.
bool has_sighting(const Store& store, const Uid& uid, std::string_view status);
/// Oldest first.
std::vector<AlertSighting> alert_sightings(const Store& store, const Uid& uid);
/// By start.
/// What the alerts of one name in a group come to.
struct AlertKind {
  std::string source, alertname;
  std::size_t count = 0, ended = 0;
  Instant first = {};                ///< start
  std::optional<Instant> last = {};  ///< end, of those that ended
};
/// Counted in the store, for groups that are too large to read; by source and name.
std::vector<AlertKind> alert_kinds_of_group(const Store& store, const Uid& group);
/// The alert of the group that ended last; nothing when none has.
std::optional<RecordedAlert> last_ended_of_group(const Store& store, const Uid& group);

/// Those that began at or after `from`, by start; only those of that name or with a label
/// `nines_watch` of that value, unless `name` is empty.
std::vector<RecordedAlert> alerts_since(const Store& store, Instant from, std::string_view name,
                                        std::string_view watch);
/// The latest moment up to `now` that any source told of.
std::optional<Instant> alerts_heard_until(const Store& store, Instant now);

std::vector<RecordedAlert> alerts_of_group(const Store& store, const Uid& group);
/// The groups that have an alert that ended at or after `ended`, or fires still since `started` at
/// the earliest.
std::vector<Uid> live_alert_groups(const Store& store, Instant ended, Instant started);

}  // namespace nines::store
