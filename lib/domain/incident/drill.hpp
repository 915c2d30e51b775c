// Drills: a scenario with what is expected of the people in it, and the score of one that was run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/time.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

/// Something that is given to the participants at its time.
struct DrillInject {
  Micros at{0};      ///< from the beginning
  std::string from;  ///< who or what says it: "alertmanager"; empty: the exercise
  std::string text;
};

/// The five spans that are compared. None: nothing is expected.
struct DrillTimes {
  std::optional<Micros> detect;
  std::optional<Micros> acknowledge;
  std::optional<Micros> diagnose;
  std::optional<Micros> mitigate;
  std::optional<Micros> communicate;
};

struct DrillParticipant {
  std::string role;
  std::string person;  ///< may be empty
};

struct RunbookStep {
  std::string step;
  std::string match;  ///< RE2: the lines of the timeline that say it was done
};

struct DrillScenario {
  std::string name;
  std::string objective;
  std::string hypothesis;
  std::string blast_radius;
  std::string abort_condition;
  std::string source;  ///< the incident it was made from
  std::vector<std::string> services;
  Severity severity = Severity::undetermined;
  std::vector<DrillParticipant> participants;
  std::vector<DrillInject> injects;
  DrillTimes expected;
  std::string diagnosis;  ///< RE2: a line that holds the right diagnosis
  std::vector<RunbookStep> runbook;
};

/// Reads a document of kind Drill as the store keeps it; nothing when it is none.
std::optional<DrillScenario> drill_from(const Json& document);
/// The document of a scenario, for a file.
Json document_of(const DrillScenario& scenario);

/// A scenario from what once happened: what was seen and said from outside becomes injects, names
/// become roles, and the times that were reached then are what is expected.
DrillScenario draft_drill(const Record& past, std::string_view name);

/// A drill that was started.
struct Drill {
  Uid uid;
  std::string name;  ///< "DRL-3"
  DrillScenario scenario;
  Uid incident;
  std::string incident_name;
  Instant started_at;
  std::int64_t speed = 1;  ///< how many seconds of the scenario pass in one of the clock
  std::int64_t given = 0;  ///< injects that were given out
  std::optional<Instant> scored_at;
};

/// When the inject of this index is due.
Instant due_at(const Drill& drill, std::size_t index);

struct DrillMeasure {
  std::string name;    ///< "detect"
  std::string method;  ///< how the actual time was found
  std::optional<Micros> expected;
  std::optional<Micros> actual;  ///< on the scenario's clock; none: not observed, which is not zero
};

struct RunbookUse {
  std::string step;
  std::string state;  ///< "used", "missing", "wrong"
  std::string line;   ///< number of the line that says so
};

struct DrillFinding {
  std::string rule;  ///< "drill-late", "drill-not-observed", "drill-runbook", "drill-surprise"
  std::string text;
};

struct DrillScore {
  std::vector<DrillMeasure> measures;
  std::vector<RunbookUse> runbook;
  std::vector<std::string> surprises;  ///< lines that begin with "surprise:"
  std::vector<DrillFinding> findings;
};

/// Lines of the timeline that begin with "surprise:" are surprises; "wrong: STEP" says that a step
/// of the runbook is wrong.
DrillScore score_drill(const Drill& drill, const Record& record);

}  // namespace nines::incident
