// What a playbook is: steps to run while an incident burns, and what may follow from their output.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

/// A word that is filled in before a step runs: "{service}" as a whole argument.
struct PlaybookParameter {
  std::string name;
  std::string description = {};
  std::optional<std::string> fallback = {};

  friend bool operator==(const PlaybookParameter&, const PlaybookParameter&) = default;
};

/// What a step's output suggests; a proposal, never a change.
struct Conclusion {
  std::string rule;   ///< "disk-full": the acceptance rate is counted by it
  std::string match;  ///< RE2, searched in the output
  std::optional<Severity> severity = {};
  std::string service = {};
  std::string hypothesis = {};

  friend bool operator==(const Conclusion&, const Conclusion&) = default;
};

/// Who may let a step run that changes things.
enum class Approval : std::uint8_t { another, anyone };
std::string_view to_string(Approval approval);
std::optional<Approval> approval_from(std::string_view text);

/// Who may read what a step printed.
enum class EvidenceClass : std::uint8_t { normal, personal, privileged };
std::string_view to_string(EvidenceClass sort);
std::optional<EvidenceClass> evidence_class_from(std::string_view text);

struct PlaybookStep {
  std::string name;
  std::string description = {};
  std::vector<std::string> command;  ///< program and arguments; no shell ever sees them
  bool read_only = false;
  Micros timeout{0};
  std::vector<int> exit_codes = {0};  ///< the expected ones
  std::string match = {};             ///< RE2 the output is expected to hold; empty: anything
  std::vector<std::string> environment =
      {};  ///< variables handed on beside the few that always are
  Approval approval = Approval::another;
  EvidenceClass keep = EvidenceClass::normal;
  std::vector<Conclusion> on_match = {};

  friend bool operator==(const PlaybookStep&, const PlaybookStep&) = default;
};

struct Playbook {
  std::string name;
  std::string display_name = {};
  std::string description = {};
  std::vector<std::string> services = {};  ///< for incidents of one of these; empty: of any
  std::vector<std::string> tags = {};
  std::vector<PlaybookParameter> parameters = {};
  std::vector<PlaybookStep> steps = {};

  friend bool operator==(const Playbook&, const Playbook&) = default;
};

/// Parameters every incident fills: "incident", "region", "service", "severity".
bool is_incident_parameter(std::string_view name);

/// "service" of "{service}"; nothing when the argument is no placeholder as a whole.
std::optional<std::string_view> placeholder_in(std::string_view argument);
/// The first "{name}" inside a longer argument, for names that are parameters of the playbook.
std::optional<std::string> placeholder_inside(const Playbook& playbook, std::string_view argument);

/// Whether its filter lets it in.
bool applies_to(const Playbook& playbook, const Incident& incident);

using ParameterValues = std::map<std::string, std::string, std::less<>>;
/// What is filled in from the incident; `region` is that of its impact, when there is one.
ParameterValues values_from(const Incident& incident, const std::vector<ImpactStep>& impact);

/// Why a step cannot run.
struct Unfilled {
  std::string parameter;
  std::string why;  ///< "has no value", "begins with '-'"
};
/// The exact argument vector. A value that a program could take for an option, or that holds
/// control characters, is refused.
std::variant<std::vector<std::string>, Unfilled> fill_command(const Playbook& playbook,
                                                              const PlaybookStep& step,
                                                              const ParameterValues& values);

/// The vector as a shell would have to be given it: for people to read, never to be run.
std::string shown_command(const std::vector<std::string>& argv);

}  // namespace nines::incident
