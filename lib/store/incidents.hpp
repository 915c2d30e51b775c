// Reading incidents: heads by filter, and everything about one.
#pragma once

#include <cstdint>
#include <functional>
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

class Query;

struct IncidentFilter {
  bool open_only = false;
  std::optional<std::string> service = {};
  std::optional<incident::Severity> worst_of = {};  ///< this severity or a worse one
  std::optional<Instant> from = {};                 ///< not over by then
  std::optional<Instant> to = {};                   ///< opened before
};

/// A head where it lies: each part is read when it is asked for, and its texts are valid until the
/// next one.
class IncidentRow {
 public:
  /// `clashing`: the numbers that several incidents have; without it, names are sought.
  IncidentRow(Db& db, const Query& row, const std::set<std::int64_t>* clashing = nullptr)
      : db_(db), row_(row), clashing_(clashing) {}

  Uid uid() const;
  std::string name() const;
  std::string_view title() const;
  incident::Mode mode() const;
  incident::Status status() const;
  incident::Outcome outcome() const;
  incident::Severity severity() const;
  std::string_view services() const;  ///< joined by commas
  std::string_view tags() const;      ///< the same
  std::string_view commander() const;
  std::string into() const;
  Instant opened_at() const;
  std::optional<Instant> closed_at() const;
  incident::Incident head() const;

 private:
  Db& db_;
  const Query& row_;
  const std::set<std::int64_t>* clashing_;
};

/// Newest first, none of them held.
void each_incident(const Store& store, const IncidentFilter& filter,
                   const std::function<void(const IncidentRow&)>& take);
/// Newest first.
std::vector<incident::Incident> incidents(const Store& store, const IncidentFilter& filter = {});
/// When it reached the milestone.
std::optional<Instant> time_of_milestone(const Store& store, const Uid& incident,
                                         std::string_view milestone);
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
/// What somebody wrote, or another system said.
struct ToldLine {
  std::string text;
  bool from_elsewhere = false;
};
/// The first `most` that stand and that all may read, by time.
std::vector<ToldLine> told_lines(const Store& store, const Uid& uid, int most);
bool has_entry(const Store& store, const Uid& incident, const Uid& entry);
/// The entry that "7", "#7" or "7-4K" names. Throws Error{not_found}, with the candidates when
/// there are several.
incident::Entry get_entry(const Store& store, const Uid& incident, const std::string& name);
/// Whether an entry with this origin is in the timeline already.
bool has_entry_from(const Store& store, const Uid& uid, const incident::Origin& origin);
/// The origins of all entries of the timeline that came from elsewhere, as (system, reference).
std::set<std::pair<std::string, std::string>> entry_origins(const Store& store, const Uid& uid);

}  // namespace nines::store
