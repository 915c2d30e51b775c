// Compares exit code and output with what the playbook expects.
#include "domain/incident/step_result.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "base/enum_names.hpp"

namespace nines::incident {
namespace {

constexpr EnumNames<StepOutcome, 7> kStepOutcomes{{"expected", "unexpected", "timed-out", "killed",
                                                   "tool-missing", "not-started", "interrupted"}};
constexpr std::size_t kLongestPattern = 4096;

RE2::Options options() {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(8 << 20);
  // Output may hold any bytes; bytes above 0x7f then match one by one instead of not at all.
  options.set_encoding(RE2::Options::EncodingLatin1);
  return options;
}

std::string listed(const std::vector<int>& codes) {
  std::string text;
  for (const int code : codes) text += (text.empty() ? "" : " or ") + std::to_string(code);
  return text;
}

}  // namespace

std::string_view to_string(StepOutcome outcome) { return kStepOutcomes.of(outcome); }
std::optional<StepOutcome> step_outcome_from(std::string_view text) {
  return kStepOutcomes.find(text);
}

std::optional<std::string> pattern_problem(std::string_view pattern) {
  if (pattern.size() > kLongestPattern) return "longer than 4096 bytes";
  const RE2 expression(re2::StringPiece(pattern.data(), pattern.size()), options());
  if (expression.ok()) return std::nullopt;
  return expression.error();
}

bool pattern_found(std::string_view pattern, std::string_view text) {
  const RE2 expression(re2::StringPiece(pattern.data(), pattern.size()), options());
  return expression.ok() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

StepJudgement judge_step(const PlaybookStep& step, const StepRun& run) {
  StepJudgement judged{run.ended, {}, {}};
  const bool code_fits = std::find(step.exit_codes.begin(), step.exit_codes.end(), run.exit_code) !=
                         step.exit_codes.end();
  switch (run.ended) {
    case StepOutcome::timed_out:
      judged.why = "no end within " + format_duration(step.timeout);
      break;
    case StepOutcome::killed:
      judged.why = "ended by signal " + std::to_string(run.signal);
      break;
    case StepOutcome::tool_missing:
      judged.why = "no program '" + step.command.front() + "' on this machine";
      return judged;
    case StepOutcome::not_started:
      judged.why = "the system would not start it";
      return judged;
    case StepOutcome::interrupted:
      judged.why = "stopped by hand";
      break;
    default:
      judged.why = "exit code " + std::to_string(run.exit_code);
      if (!code_fits) {
        judged.outcome = StepOutcome::unexpected;
        judged.why += ", expected " + listed(step.exit_codes);
      } else if (!step.match.empty() && !pattern_found(step.match, run.output)) {
        judged.outcome = StepOutcome::unexpected;
        judged.why += ", and nothing matches '" + step.match + "'";
      }
  }
  for (const auto& conclusion : step.on_match)
    if (pattern_found(conclusion.match, run.output)) judged.conclusions.push_back(&conclusion);
  return judged;
}

}  // namespace nines::incident
