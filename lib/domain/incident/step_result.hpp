// How a step of a playbook ended, judged against what was expected of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/playbook.hpp"

namespace nines::incident {

enum class StepOutcome : std::uint8_t {
  expected,      ///< it ended as expected
  unexpected,    ///< it ran, and its exit code or output is another one
  timed_out,     ///< stopped with all that it had started
  killed,        ///< by a signal that was not ours
  tool_missing,  ///< no such program on this machine
  not_started,   ///< the system refused
  interrupted,   ///< somebody stopped nines meanwhile
};
std::string_view to_string(StepOutcome outcome);  ///< "tool-missing"
std::optional<StepOutcome> step_outcome_from(std::string_view text);

/// What the program did, as the rim saw it.
struct StepRun {
  StepOutcome ended = StepOutcome::expected;  ///< `expected`: it exited by itself
  int exit_code = 0;
  int signal = 0;
  std::string_view output;
};

struct StepJudgement {
  StepOutcome outcome = StepOutcome::expected;
  std::string why;  ///< the rule and its inputs: "exit code 2, expected 0"
  std::vector<const Conclusion*> conclusions;
};

/// Conclusions are drawn from whatever was printed, also by a step that failed.
StepJudgement judge_step(const PlaybookStep& step, const StepRun& run);

/// What is wrong with a pattern; nothing when RE2 takes it.
std::optional<std::string> pattern_problem(std::string_view pattern);
/// Whether the pattern is found in the text; a broken pattern is found nowhere.
bool pattern_found(std::string_view pattern, std::string_view text);

}  // namespace nines::incident
