// Runs nines remediate gate and gate override: may this change go out, and who said so.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "nines/top/evidence.hpp"
#include "usecases/remediate/gate.hpp"

namespace nines::app::remediate {
namespace {

using nines::remediate::GateEffect;
using nines::remediate::GateOutcome;
using nines::remediate::GateOverride;
using nines::remediate::GateReason;
using nines::remediate::GateState;
using render::Tone;
using usecases::GateResult;

Json texts(const std::vector<std::string>& list) {
  auto json = Json::array();
  for (const auto& one : list) json.push(one);
  return json;
}

Json override_json(const GateOverride& one) {
  return Json::object({{"name", text_or_null(one.name)},
                       {"policy", one.policy},
                       {"rules", texts(one.rules)},
                       {"services", texts(one.services)},
                       {"by", one.by},
                       {"because", one.because},
                       {"at", format_utc(one.at)},
                       {"until", format_utc(one.until)},
                       {"authentication", nines::log::to_json(one.proof)}});
}

Json gate_json(const GateResult& result) {
  auto reasons = Json::array();
  for (const auto& one : result.verdict.reasons)
    reasons.push(Json::object({{"rule", text_or_null(one.rule)},
                               {"about", one.about},
                               {"effect", to_string(one.effect)},
                               {"state", to_string(one.state)},
                               {"text", one.text},
                               {"why", text_or_null(one.why)},
                               {"override", text_or_null(one.override_by)}}));
  auto overrides = Json::array();
  for (const auto& one : result.overrides) overrides.push(override_json(one));
  return Json::object({{"outcome", to_string(result.verdict.outcome)},
                       {"policy", result.policy.name},
                       {"type", text_or_null(result.request.type)},
                       {"services", texts(result.request.services)},
                       {"when_unknown", to_string(result.policy.when_unknown)},
                       {"by_rule_of_unknown", result.verdict.by_rule_of_unknown},
                       {"facts_at", format_utc(result.facts_at)},
                       {"snapshot_key", text_or_null(result.signer)},
                       {"snapshot_too_old", text_or_null(result.too_old)},
                       {"reasons", std::move(reasons)},
                       {"overrides", std::move(overrides)},
                       {"notes", texts(result.verdict.notes)}});
}

Tone tone_of(GateState state, GateEffect effect) {
  if (state == GateState::fired) return effect == GateEffect::block ? Tone::bad : Tone::warn;
  return state == GateState::unknown ? Tone::warn : Tone::plain;
}

/// What the rule does to the change, in one word or two.
std::string says(const GateReason& one) {
  if (one.state == GateState::fired)
    return one.effect == GateEffect::block ? "blocks" : "needs approval";
  if (one.state == GateState::overridden) return "overridden, " + one.override_by;
  return std::string(to_string(one.state));
}

std::string headline(const GateResult& result) {
  const auto what = result.request.type.empty() ? std::string("this change")
                                                : "a change of type " + result.request.type;
  switch (result.verdict.outcome) {
    case GateOutcome::allow:
      return "allowed: " + what + " may go out";
    case GateOutcome::approval:
      return "needs approval: " + what + " may go out once somebody answers for it";
    case GateOutcome::blocked:
      return "blocked: " + what + " may not go out";
    case GateOutcome::undecided:
      break;
  }
  return "undecided: the data does not tell whether " + what + " may go out";
}

void add_reasons(render::Page& page, const GateResult& result) {
  render::Facts facts;
  std::size_t passed = 0;
  std::vector<std::string> whys;
  for (const auto& one : result.verdict.reasons) {
    if (one.state == GateState::passed) {
      ++passed;
      continue;
    }
    facts.items.emplace_back(
        one.rule.empty() ? "policy" : one.rule,
        render::Cell(fmt::format("{}: {}, {}", says(one), one.about, one.text),
                     tone_of(one.state, one.effect)));
    auto why = one.rule + ": " + one.why;
    if (!one.why.empty() && std::find(whys.begin(), whys.end(), why) == whys.end())
      whys.push_back(std::move(why));
  }
  if (!facts.items.empty()) page.push_back(std::move(facts));
  for (auto& why : whys) page.push_back(render::Paragraph{std::move(why)});
  if (passed > 0)
    page.push_back(render::Paragraph{fmt::format(
        "{} of the policy '{}' passed", count_of(passed, "check"), result.policy.name)});
}

render::Next after_gate(const GateResult& result) {
  const auto& v = result.verdict;
  if (v.outcome == GateOutcome::undecided || v.by_rule_of_unknown)
    return {"nines slo status", "what is not known, and since when"};
  if (v.outcome == GateOutcome::allow)
    return {"nines remediate change request TITLE", "where changes are approved, ask for this one"};
  const auto& first = v.reasons.front();
  const bool one_word = first.rule.find(' ') == std::string::npos;
  const auto rule = one_word ? first.rule : "'" + first.rule + "'";
  return {fmt::format("nines remediate gate override --rule {} --until TIME --because TEXT", rule),
          "if somebody answers for it"};
}

GateResult result_of(Context& context, const usecases::GateQuery& query) {
  if (const auto snapshot = context.args.text("snapshot")) {
    std::vector<PublicKey> keys;
    if (const auto key = context.args.text("key"))
      keys.push_back(usecases::parse_public_key(*key, context.cwd()));
    else
      keys = usecases::trusted_keys(context.session_options(), top::key_file_of(context));
    return usecases::run_gate_on(context.resolve(*snapshot), keys, query, context.now());
  }
  if (context.args.given("key"))
    throw Error(ExitCode::usage, "--key is for a snapshot",
                "nines remediate gate --snapshot FILE --key KEY", "BAD_COMBINATION");
  return usecases::run_gate(usecases::Session::open(context.session_options()), query);
}

}  // namespace

void declare_gate(Options& options) {
  options.about(
      "Holds the rules of the applied ErrorBudgetPolicy (nines-slo(5)) and the freezes that are in "
      "force against the budgets, open incidents and late actions of the services, and says of "
      "each rule why. Exits 0 allowed, 5 needs approval, 1 blocked, 6 undecided: what too little "
      "or too old data means is for the policy to say. '-o md' is a comment for a pull request. The "
      "type is what the caller says it is: let a pipeline take it from a label that people set.");
  options.list("service", "NAME", "what the change touches; default: all the policy is about");
  options.text("type", "TYPE", "of the change: feature, security, as the policy's exemptions say");
  options.text("policy", "NAME", "which policy; default: 'default', or the only one");
  options.path("snapshot", "FILE", "judge by what 'nines status export' wrote, without a store");
  options.text("key", "KEY", "public key that the snapshot must be signed by, or a file of it");
  options.example("nines remediate gate --service checkout --type feature", "in a pipeline");
  options.example("nines remediate gate --snapshot status.txt --key status.key -o md",
                  "where there is no store, as a comment");
}

ExitCode run_gate(Context& context) {
  usecases::GateQuery query{context.args.text("policy"),
                            {context.args.list("service"), context.args.text("type").value_or("")}};
  const auto result = result_of(context, query);
  render::Output output;
  output.schema = "nines/remediate.gate/v1";
  output.data = gate_json(result);
  output.warnings = result.verdict.notes;
  output.page.push_back(render::Heading{headline(result)});
  if (!result.too_old.empty())
    output.page.push_back(render::Paragraph{result.too_old, Tone::warn});
  if (result.verdict.by_rule_of_unknown)
    output.page.push_back(render::Paragraph{
        fmt::format("what is not known counts as '{}': the policy '{}' says so",
                    to_string(result.policy.when_unknown), result.policy.name),
        Tone::warn});
  add_reasons(output.page, result);
  for (const auto& one : result.overrides)
    output.page.push_back(render::Paragraph{fmt::format(
        "{} by {} ({}) until {}: {}", one.name, one.by, authentication_text(one.proof),
        format_utc(one.until), one.because)});
  if (!result.signer.empty())
    output.page.push_back(render::Paragraph{
        fmt::format("as of {}, signed by {}", format_utc(result.facts_at), result.signer)});
  output.page.push_back(after_gate(result));
  context.show(output);
  switch (result.verdict.outcome) {
    case GateOutcome::allow:
      return ExitCode::done;
    case GateOutcome::approval:
      return ExitCode::needs_approval;
    case GateOutcome::blocked:
      return ExitCode::no;
    case GateOutcome::undecided:
      break;
  }
  return ExitCode::undecided;
}

void declare_gate_override(Options& options) {
  options.about(
      "Lets changes through for some time although a rule stops them, or a freeze: with the "
      "reason, "
      "under your name, on record, and never for ever. Where the rule names approvers it counts "
      "only if you are one of them. 'nines undo' takes it back.");
  options.list("rule", "RULE", "what it lifts, \"freeze NAME\" too; default: every rule");
  options.list("service", "NAME", "for these services alone; default: all");
  options.instant("until", "when it ends").required = true;
  options.text("policy", "NAME", "which policy; default: 'default', or the only one");
  options.text("because", "TEXT", "the reason, for the record");
  options.example(
      "nines remediate gate override --rule over-budget --service checkout --until \"2026-11-24 "
      "18:00\" --because \"the fix of INC-4 is behind this release\"",
      "for a day");
  options.example(
      "nines remediate gate override --rule \"freeze christmas\" --until 2026-12-24T12:00Z "
      "--because \"a security fix\"",
      "a freeze");
}

ExitCode run_gate_override(Context& context) {
  auto rules = context.time_rules();
  rules.allow_future = true;
  usecases::GateOverrideRequest request;
  request.policy = context.args.text("policy");
  request.rules = context.args.list("rule");
  request.services = context.args.list("service");
  request.until = context.args.instant("until", rules)->at;
  const auto one = usecases::override_gate(context.session(), request, context.dry_run());
  render::Output output;
  output.schema = "nines/remediate.gate.override/v1";
  output.data = override_json(one);
  output.page.push_back(
      render::Heading{context.dry_run() ? "would override" : one.name + "  recorded"});
  render::Facts facts;
  facts.items.emplace_back("policy", one.policy);
  facts.items.emplace_back("rules", one.rules.empty() ? "all of it" : join(one.rules, ", "));
  facts.items.emplace_back("services", one.services.empty() ? "all" : join(one.services, ", "));
  facts.items.emplace_back("until", format_utc(one.until));
  facts.items.emplace_back("by", one.by);
  facts.items.emplace_back("proof", authentication_text(one.proof));
  facts.items.emplace_back("because", one.because);
  output.page.push_back(std::move(facts));
  output.page.push_back(render::Next{"nines remediate gate", "what stops a change now"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
