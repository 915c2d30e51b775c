// Who is told about an incident, in which order, and how long each has to answer.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/incident/hours.hpp"
#include "domain/incident/model.hpp"

namespace nines::incident {

enum class TargetKind : std::uint8_t { person, rota, team, role };
enum class AckMode : std::uint8_t { first, all };
/// When something holds, by the policy's hours.
enum class When : std::uint8_t { always, inside, outside };

std::string_view to_string(TargetKind kind);
std::string_view to_string(AckMode mode);
std::string_view to_string(When when);
std::optional<TargetKind> target_kind_from(std::string_view text);
std::optional<When> when_from(std::string_view text);

/// Somebody to tell: a person, who is on duty in a rota, a team, who holds a role in the incident.
struct Target {
  TargetKind kind = TargetKind::person;
  std::string name;
  std::string rota_role = {};  ///< of a rota: which of its roles; empty: the first
  std::string channel = {};    ///< empty: the step's

  friend bool operator==(const Target&, const Target&) = default;
};

/// "rota shop, secondary".
std::string describe(const Target& target);

/// At least `count` triggers (the opening, and alerts that came in) in the last `within`.
struct TriggerThreshold {
  std::int64_t count = 1;
  Micros within{0};

  friend bool operator==(const TriggerThreshold&, const TriggerThreshold&) = default;
};

struct EscalationStep {
  std::string name;                  ///< unique in its policy: what round robin remembers by
  std::vector<Severity> severities;  ///< empty: all
  When hours = When::always;         ///< a branch: otherwise the step is passed over
  Micros delay{0};                   ///< before it, from the end of the step before
  When wait_until = When::always;    ///< and then until the hours open, or close
  Micros answer_within{0};           ///< how long those told have before the next step's delay
  std::vector<Target> notify;
  std::string channel;       ///< empty: the policy's
  bool round_robin = false;  ///< one of those told, the next one each time
  std::optional<TriggerThreshold> threshold;

  bool applies_to(Severity severity) const;
};

struct EscalationPolicy {
  std::string name;
  std::string display_name;
  std::string description;
  std::vector<std::string> services;  ///< whose incidents it is for; empty: those of no other
  std::string channel = "page";       ///< where neither target nor step names one
  std::optional<Hours> hours;
  std::vector<EscalationStep> steps;
  std::int64_t repeat = 0;  ///< times that all steps are gone through again
  bool repeat_until_acknowledged = false;
  Micros repeat_delay{0};
  AckMode ack_mode = AckMode::first;
  std::optional<Micros> ack_timeout;   ///< after which an answer no longer counts
  std::vector<Severity> low_urgency;   ///< wait for the hours to open
  bool raise_when_hours_open = false;  ///< and are urgent from then on
  std::string low_channel;             ///< of what stays low; empty: as for the others
  std::string handoff;                 ///< policy that goes on once this one is exhausted
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;

  bool is_low(Severity severity) const;
};

}  // namespace nines::incident
