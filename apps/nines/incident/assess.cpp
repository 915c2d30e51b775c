// Runs nines incident assess: is it an incident, how severe, is a war room due, who must be told.
#include "usecases/incident/assess.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/ask.hpp"
#include "nines/incident/assess_pages.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::Condition;
using nines::incident::Subject;
using usecases::Assessed;

constexpr int kMostQuestions = 3;

std::optional<Decimal> count_of_option(const Context& context, std::string_view name) {
  const auto value = context.args.integer(name);
  if (value && *value < 0)
    throw Error(ExitCode::usage, fmt::format("--{} {} is less than 0", name, *value),
                "give a number that is 0 or more", "BAD_VALUE");
  return value ? std::optional(Decimal(*value, 0)) : std::nullopt;
}

usecases::AssessRequest assess_request(const Context& context) {
  usecases::AssessRequest request;
  request.policy = context.args.text("policy");
  request.slo = context.args.text("slo");
  request.incident = context.args.text("incident");
  request.burn = context.args.decimal("burn");
  if (request.burn && *request.burn < Decimal(0, 0))
    throw Error(ExitCode::usage, "--burn is less than 0",
                "1 is the pace that spends the budget exactly", "BAD_VALUE");
  request.reach = count_of_option(context, "reach");
  request.tier = count_of_option(context, "tier");
  if (const auto exposure = context.args.text("data-exposure")) {
    if (*exposure == "unknown")
      request.data_exposure_unknown = true;
    else
      request.data_exposure = *exposure == "yes";
  }
  return request;
}

std::string question_about(const Condition& fact) {
  if (fact.subject == Subject::data_exposure)
    return "may personal data have got out? (yes, no, empty: not known)";
  return describe_subject(fact) + "? (a number, empty: not known)";
}

std::optional<Decimal> answer_to(const Condition& fact, const std::string& text) {
  const auto word = to_lower_ascii(text);
  if (fact.subject != Subject::data_exposure) return Decimal::parse(text);
  if (word == "yes" || word == "y") return Decimal(1, 0);
  if (word == "no" || word == "n") return Decimal(0, 0);
  return std::nullopt;
}

/// Asks about what would decide, most decisive first; each fact once, three in all.
void ask_what_decides(Context& context, Assessed& assessed) {
  std::vector<Condition> asked;
  for (int i = 0; i < kMostQuestions; ++i) {
    const Condition* next = nullptr;
    for (const auto& fact : assessed.judgement.deciding) {
      const auto again = std::any_of(asked.begin(), asked.end(), [&](const Condition& other) {
        return describe_subject(other) == describe_subject(fact);
      });
      if (next == nullptr && !again) next = &fact;
    }
    if (next == nullptr) return;
    const auto fact = *next;
    asked.push_back(fact);
    const auto text = ask(context, question_about(fact));
    if (!text) return;
    if (text->empty()) continue;
    if (const auto value = answer_to(fact, *text))
      usecases::answer(assessed, fact, *value);
    else
      context.say("'" + *text + "' is not understood: taken as not known");
  }
}

ExitCode replay(Context& context) {
  for (const auto* name : {"slo", "burn", "reach", "tier", "data-exposure", "incident", "record"})
    if (context.args.given(name))
      throw Error(ExitCode::usage, fmt::format("--{} does not go with --replay", name),
                  "nines incident assess --replay [--from TIME] [--policy NAME]",
                  "BAD_COMBINATION");
  std::optional<Instant> from;
  if (const auto given = context.args.instant("from", context.time_rules())) from = given->at;
  const auto replay = usecases::replay_policy(context.session(), context.args.text("policy"), from);
  context.show(replay_output(replay));
  return ExitCode::done;
}

}  // namespace

void declare_assess(Options& options) {
  options.about(
      "Judges by the rules of an AssessmentPolicy, and shows each rule with its inputs and where "
      "they come from. Burn rates, budget, tier, reach, exposure and money come from the store "
      "where "
      "they are not given; on a terminal at most three questions are asked. What is unknown is "
      "never assumed: where it matters the answer is 'undecided', with the facts that would "
      "decide, "
      "and exit code 6.");
  options.text("slo", "NAME", "judge this SLO; default those of the incident's services");
  options.text("incident", "ID", "judge this incident; default the current one");
  options.decimal("burn", "X", "burn rate, over every window");
  options.integer("reach", "N", "users affected");
  options.integer("tier", "T", "of the service: 0 (most important) to 4");
  options.choice("data-exposure", {"yes", "no", "unknown"}, "may personal data have got out");
  options.text("policy", "NAME", "the policy; default the one called 'default', or the only one");
  options.flag("record", "add the result to the incident's timeline, as a decision");
  options.flag("replay", "judge the incidents and breaches of the last year instead");
  options.instant("from", "with --replay: since then");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines incident assess", "the current incident");
  options.example(
      "nines incident assess --slo checkout-availability --reach 1200 --data-exposure no",
      "a breach, before anything is declared");
  options.example("nines incident assess --replay", "what the policy would have called in a year");
}

ExitCode run_assess(Context& context) {
  if (context.args.flag("replay")) return replay(context);
  if (context.args.given("from"))
    throw Error(ExitCode::usage, "--from goes with --replay",
                "nines incident assess --replay --from 2026-01-01", "BAD_COMBINATION");
  auto assessed = usecases::assess_incident(context.session(), assess_request(context));
  if (assessed.judgement.undecided()) ask_what_decides(context, assessed);
  std::optional<nines::incident::Entry> entry;
  if (context.args.flag("record") && !context.dry_run())
    entry = usecases::record_assessment(context.session(), assessed);
  context.show(assess_output(assessed, entry));
  return assessed.judgement.undecided() ? ExitCode::undecided : ExitCode::done;
}

}  // namespace nines::app::incident
