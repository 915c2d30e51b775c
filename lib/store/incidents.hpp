// Reading incidents: heads by filter, and everything about one.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/incident/milestones.hpp"
#include "domain/incident/model.hpp"
#include "store/store.hpp"

namespace nines::store {

struct IncidentFilter {
  bool open_only = false;
  std::optional<std::string> service = {};
  std::optional<incident::Severity> worst_of = {};  ///< this severity or a worse one
  std::optional<Instant> from = {};                 ///< not over by then
  std::optional<Instant> to = {};                   ///< opened before
};

/// Newest first.
std::vector<incident::Incident> incidents(const Store& store, const IncidentFilter& filter = {});
/// When each incident reached one milestone, by its uid: one walk for a whole list.
std::map<Uid, Instant> times_of_milestone(const Store& store, std::string_view milestone);
std::optional<incident::Incident> find_incident(const Store& store, const Uid& uid);
/// The incident that another system knows by this name.
std::optional<Uid> find_incident_from(const Store& store, const incident::Origin& origin);

/// The incident that this document or export was taken into.
std::optional<Uid> find_incident_with_source(const Store& store, const incident::Origin& origin);

/// The zones that people said documents of this system are in, the last first, each once.
std::vector<std::string> zones_answered_for(const Store& store, std::string_view system);

/// The zone that the times of this document were read in; nothing when it is not known.
std::optional<std::string> zone_of_source(const Store& store, const incident::Origin& origin);

enum class Lines { none, standing, all };  ///< `all`: retracted ones too
/// Throws Error{not_found}.
incident::Record incident_record(const Store& store, const Uid& uid, Lines lines = Lines::standing);
/// The last `count` entries by time, oldest first.
std::vector<incident::Entry> last_entries(const Store& store, const Uid& uid, int count);
bool has_entry(const Store& store, const Uid& incident, const Uid& entry);
/// The entry that "7", "#7" or "7-4K" names. Throws Error{not_found}, with the candidates when
/// there are several.
incident::Entry get_entry(const Store& store, const Uid& incident, const std::string& name);
/// Whether an entry with this origin is in the timeline already.
bool has_entry_from(const Store& store, const Uid& uid, const incident::Origin& origin);
/// The origins of all entries of the timeline that came from elsewhere, as (system, reference).
std::set<std::pair<std::string, std::string>> entry_origins(const Store& store, const Uid& uid);

}  // namespace nines::store
