// Reading incidents: the list, one record, the current one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/clock_skew.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/model.hpp"
#include "domain/incident/timeline_check.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct IncidentQuery {
  bool all = false;  ///< closed ones too
  std::optional<std::string> service = {};
  std::optional<incident::Severity> worst_of = {};
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
  std::optional<incident::Mode> mode = {};
  std::optional<std::string> tag = {};
  std::optional<incident::Status> status = {};
  std::optional<std::string> text = {};  ///< in the title, or words found in its lines
};

/// Newest first; drills and tests only when their mode is asked for or `all` is set.
NINES_EXPORT std::vector<incident::Incident> list_incidents(const Session& session,
                                                            const IncidentQuery& query);

/// One of a list; its texts are valid until the next one.
struct ListedIncident {
  std::string name;
  std::string_view title;
  incident::Mode mode;
  incident::Status status;
  incident::Outcome outcome;
  incident::Severity severity;
  std::string_view services;  ///< joined by commas
  std::string_view commander;
  std::string into;
  Instant opened_at;
  std::optional<Instant> over_at;            ///< closed; resolved, while it is not closed
  std::function<incident::Incident()> head;  ///< reads the rest too

  bool open() const { return status != incident::Status::closed; }
};
/// The same in the same order, none of them held: for lists of any length.
NINES_EXPORT void each_listed_incident(const Session& session, const IncidentQuery& query,
                                       const std::function<void(const ListedIncident&)>& take);

struct IncidentView {
  incident::Record record;
  std::vector<incident::Metric> metrics;
  std::vector<incident::ImpactSpan> impact;
  std::optional<std::string> current;  ///< name of the current incident
};
/// `with_retracted` shows the lines that were taken back, marked.
NINES_EXPORT IncidentView show_incident(const Session& session,
                                        const std::optional<std::string>& word,
                                        bool with_retracted = false);

/// What the record contradicts, from the store alone.
NINES_EXPORT incident::TimelineFindings check_incident(const Session& session,
                                                       const std::optional<std::string>& word);

/// How far the clocks of its sources are apart.
NINES_EXPORT std::vector<incident::ClockSkew> clock_skews(const Session& session,
                                                          const std::optional<std::string>& word);

/// Makes it the current one.
NINES_EXPORT incident::Incident use_incident(Session& session, const std::string& word);

struct CorrectionRequest {
  std::optional<std::string> incident = {};
  std::string entry;  ///< "7"
  std::optional<std::string> text = {};
  std::optional<incident::StatedTime> when = {};
  std::optional<incident::EntryKind> kind = {};
  std::optional<incident::Visibility> visibility = {};
  bool retract = false;
  bool accept = false;  ///< a proposed line is right
};
struct Corrected {
  incident::Incident incident;
  incident::Entry before;
  incident::Entry after;  ///< as it would be, in a dry run
};
/// A new event that names the old line, which stays in the log; none when the line says so already.
/// Throws Error{not_found}, and
/// Error{usage} when nothing is asked to change.
NINES_EXPORT Corrected correct_entry(Session& session, const CorrectionRequest& request,
                                     bool dry_run);

}  // namespace nines::usecases
