// How incidents, times and timeline lines look, for people and for programs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nines/command.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/duties.hpp"

namespace nines::app::incident {

using nines::incident::Entry;
using nines::incident::Incident;
using nines::incident::StatedTime;
using nines::incident::TimelineFinding;
using nines::incident::TimelineFindings;

/// Declares ID and --at, as most verbs take them.
void declare_id(Options& options);
void declare_at(Options& options);
void declare_note(Options& options);

std::optional<std::string> id_of(const Context& context);
/// A time somebody typed, with its words, its zone and its precision; echoed to standard error.
/// Throws Error{usage}.
StatedTime stated_time(const Context& context, std::string_view text);
/// The same, for the value of an option. A trailing "~10m" says how far off it may be.
std::optional<StatedTime> stated_option(Context& context, std::string_view name);

Json incident_json(const Incident& incident);
Json time_json(const StatedTime& time);
Json entry_json(const Entry& entry);
Json names_json(const std::vector<std::string>& names);
Json ask_json(const nines::incident::Ask& ask, Instant now);

/// "INC-42  SEV-2  declared  checkout is down".
std::string headline(const Incident& incident);
/// In the zone: "02:14:03", "02:14" to the minute, "~02:14" about, "?" unknown; with the day where
/// `with_day`.
std::string time_text(const StatedTime& time, const Zone& zone, bool with_day);
/// Where "corrected", "proposed", "estimate" stand: behind the text, or with the kind, so that the
/// text is what it is and every time has its day.
enum class Marks { in_text, in_kind };
render::Table timeline_table(const std::vector<Entry>& entries, const Zone& zone,
                             Marks marks = Marks::in_text);

/// "INC-1 #4: warning[CODE] message" for each, and how many there are of which severity.
std::string finding_line(const std::string& incident, const TimelineFinding& finding);
Json findings_json(const TimelineFindings& findings);
std::string findings_summary(const TimelineFindings& findings);

/// The result of a verb that changed one incident: what happened, and the next useful command.
render::Output changed(std::string schema, const Incident& incident, std::string what,
                       render::Next next);

}  // namespace nines::app::incident
