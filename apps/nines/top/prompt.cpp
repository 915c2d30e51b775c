// Runs nines prompt: a few words for the prompt of a shell, and never an obstacle.
#include "usecases/incident/prompt.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using nines::incident::Incident;
using nines::incident::Mode;
using nines::incident::Severity;
using nines::incident::Status;
using usecases::PromptIncident;

/// Whole minutes, once there is one: a prompt is no stopwatch.
std::string age_of(const Incident& one, Instant now) {
  const auto lasts = std::max(Micros{0}, Micros{now - one.opened_at});
  if (lasts < std::chrono::minutes{1})
    return format_duration(std::chrono::floor<std::chrono::seconds>(lasts));
  return format_duration(std::chrono::floor<std::chrono::minutes>(lasts));
}

/// "INC-42 SEV-1 1h5m +2". No text of anybody, and no sign that bash or zsh would expand.
std::string text_of(const PromptIncident& prompt, Instant now) {
  const auto& head = prompt.head;
  std::vector<std::string> words{head.name};
  if (head.mode != Mode::standard) words.emplace_back(to_string(head.mode));
  if (head.severity != Severity::undetermined) words.emplace_back(to_string(head.severity));
  if (head.open()) words.push_back(age_of(head, now));
  if (head.status != Status::triage && head.status != Status::declared)
    words.emplace_back(to_string(head.status));
  if (prompt.others_open > 0) words.push_back("+" + std::to_string(prompt.others_open));
  return join(words, " ");
}

/// A prompt that fails would fail at every line somebody types: what is wrong is said when asked.
template <class Step>
void without_failing(Context& context, Step&& step) {
  try {
    step();
  } catch (const Error& error) {
    if (context.verbose()) context.warn(std::string(error.what()) + " (" + error.hint() + ")");
  } catch (const std::exception& error) {
    if (context.verbose()) context.warn(error.what());
  }
}

render::Output output_of(Context& context, const std::optional<PromptIncident>& prompt) {
  const auto text = prompt ? text_of(*prompt, context.now()) : std::string();
  render::Output output;
  output.schema = "nines/prompt/v1";
  output.data =
      Json::object({{"text", text},
                    {"in_use", prompt && prompt->in_use},
                    {"others_open", prompt ? static_cast<std::int64_t>(prompt->others_open) : 0},
                    {"incident", prompt ? incident::incident_json(prompt->head) : Json()}});
  if (prompt)
    output.page.push_back(render::Paragraph{context.args.text("prefix").value_or("") + text +
                                            context.args.text("suffix").value_or("")});
  return output;
}

}  // namespace

void declare_prompt(Options& options) {
  options.no_dry_run();
  options.about(
      "Number, severity and age of the incident in use, else of the worst that is open; its state "
      "once it is mitigated; +N for N others that are open. Nothing at all while nothing happens, "
      "where no store is, and where it cannot be read at once: it waits for no lock, writes "
      "nothing, and exits 0. --verbose says on standard error why nothing is shown.");
  options.about(
      "Budgets are left out: they take longer to work out than a prompt may take. What is printed "
      "holds no text that somebody wrote, so the shell has nothing to expand in it.");
  options.text("prefix", "TEXT", "put before it, when there is anything");
  options.text("suffix", "TEXT", "put after it, when there is anything");
  options.example("nines prompt", "what it would say now");
  options.example("nines prompt --prefix '[' --suffix '] '", "with what stands around it");
  options.example(R"(PS1='$(nines prompt --suffix " ")'"$PS1")", "in ~/.bashrc");
  options.example(R"(setopt prompt_subst; PS1='$(nines prompt --suffix " ")'"$PS1")",
                  "in ~/.zshrc");
}

ExitCode run_prompt(Context& context) {
  without_failing(context, [&] {
    const auto options = context.session_options();
    std::optional<PromptIncident> prompt;
    without_failing(context, [&] { prompt = usecases::prompt_incident(options); });
    context.show_alone(output_of(context, prompt));
  });
  return ExitCode::done;
}

}  // namespace nines::app::top
