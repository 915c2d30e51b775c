// What somebody asked somebody else to do for an incident, and how long it has waited.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/escalation.hpp"

namespace nines::incident {

enum class AskKind : std::uint8_t {
  handover,  ///< a person is to take the command over
  call,      ///< a role (executives, legal) is told that a threshold was passed
  team       ///< a team is to do something
};
std::string_view to_string(AskKind kind);
std::optional<AskKind> ask_kind_from(std::string_view text);

/// Everything that waits for one party's word has this shape, so that one clock runs for all.
struct Ask {
  Uid uid;
  std::string name;  ///< "ASK-3"
  Uid incident;
  AskKind kind = AskKind::team;
  std::string to;    ///< person or team that is asked now
  std::string role;  ///< of a call: in what role they are asked
  std::string key;   ///< what it comes from, once per incident: the threshold, the dependency
  std::string text;
  std::string by;  ///< who asked
  Instant at;
  std::optional<Instant> due;
  std::vector<std::string> next;              ///< who is asked after silence, in order
  std::vector<std::string> silent;            ///< who was asked and said nothing
  std::optional<Micros> patience;             ///< how long each of them has
  std::optional<EscalationState> escalation;  ///< of a team: where it stands in the team's policy
  std::optional<Instant> acknowledged_at;
  std::string acknowledged_by;
  std::optional<Instant> done_at;
  std::string outcome;  ///< what came of it; "withdrawn" where it was taken back

  bool open() const { return !done_at; }
  bool waiting() const { return open() && !acknowledged_at; }
};

/// "waiting", "overdue", "acknowledged", "done". Overdue is open and past its deadline, whether
/// somebody acknowledged it or not.
std::string_view state_of(const Ask& ask, Instant now);
/// How long it has waited for a word, or did until there was one.
Micros waited(const Ask& ask, Instant now);
/// Who was asked at first: the team, whoever of it is asked now.
const std::string& asked_first(const Ask& ask);
/// Whether silence sends it on to the next name now.
bool passes_on(const Ask& ask, Instant now);

/// A clock that runs: what is owed to an incident, by whom, until when.
struct Duty {
  std::string kind;      ///< "handover", "call", "ask", "update", "command"
  std::string incident;  ///< "INC-42"
  std::string what;      ///< "bo acknowledges the handover"
  std::string who;       ///< person, team or role; empty: nobody in particular
  std::optional<Instant> since;
  std::optional<Instant> due;  ///< none: no deadline was set
  std::string command;         ///< that discharges it
};

/// The earliest deadline first; those without one last.
void sort_by_due(std::vector<Duty>& duties);
/// The asks that wait for something, as clocks.
std::vector<Duty> duties_of(const std::vector<Ask>& asks, const std::string& incident);

}  // namespace nines::incident
