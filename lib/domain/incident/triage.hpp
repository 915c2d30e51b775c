// One step of a playbook in one incident: asked for, approved, run.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/uid.hpp"
#include "domain/incident/step_result.hpp"
#include "domain/log/attestation.hpp"

namespace nines::incident {

enum class TriageState : std::uint8_t {
  waiting,  ///< for somebody's approval
  refused,
  started,  ///< approved and begun; if it stays so, nines was stopped, and how it ended is unknown
  done,
};
std::string_view to_string(TriageState state);
std::optional<TriageState> triage_state_from(std::string_view text);

struct TriageStep {
  Uid uid;
  Uid incident;
  std::string playbook;
  std::string digest;  ///< of the playbook as it was, in hex
  std::string step;
  std::vector<std::string> argv;  ///< exactly what runs, or ran
  bool read_only = false;
  Approval approval = Approval::another;
  TriageState state = TriageState::waiting;
  std::string requested_by;
  Instant requested_at;
  std::string decided_by;     ///< who approved or refused it; empty for read-only steps
  std::string authenticated;  ///< how that person was known then: "claimed", "ssh-signature"
  log::Authentication proof = {};  ///< of that person, as it is known now
  std::optional<Instant> decided_at;
  StepOutcome outcome = StepOutcome::expected;  ///< once done
  std::string why;
  int exit_code = 0;
  int signal = 0;
  Micros lasted{0};
  std::optional<Instant> ended_at;
  std::optional<Uid> evidence;    ///< what it printed
  std::string output_hash;        ///< in hex
  std::int64_t output_bytes = 0;  ///< that it printed, kept or not
  bool truncated = false;
  std::vector<std::string> rules;  ///< of the conclusions that its output led to
};

}  // namespace nines::incident
