// Runs nines rca stop, conclude and reopen: whether to go on looking, and the recorded end.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::Worth;

Json hour_json(const usecases::StopView& stop) {
  const auto& [inputs, hour] = std::pair(stop.inputs, stop.hour);
  auto missing = Json::array();
  for (const auto& one : hour.missing) missing.push(one);
  const auto span_amount = [](const stats::Interval& one) {
    return Json::object({{"low", one.low}, {"high", one.high}});
  };
  const auto span = [](const stats::Interval& one) {
    return Json::object({{"low", probability_json(one.low)}, {"high", probability_json(one.high)}});
  };
  return Json::object({{"worth", to_string(hour.worth)},
                       {"known", probability_json(inputs.known)},
                       {"open_bits", probability_json(inputs.open_bits)},
                       {"look_bits", probability_json(inputs.look_bits)},
                       {"like_incidents", inputs.like},
                       {"recurrences_a_year", inputs.years > 0 ? span(hour.yearly) : Json()},
                       {"recurrence_cost", inputs.incident_cost ? span_amount(*inputs.incident_cost) : Json()},
                       {"recurrence_cost_from", text_or_null(stop.cost_from)},
                       {"saving", hour.saving ? span(*hour.saving) : Json()},
                       {"missing", std::move(missing)}});
}

std::string hour_text(const usecases::StopView& stop) {
  const auto& [inputs, hour] = std::pair(stop.inputs, stop.hour);
  if (hour.share == 0) return "another hour: not worth it, no open hypothesis is left to look into";
  std::string text =
      fmt::format("another hour would answer about {:.0f}% of what is open", hour.share * 100);
  if (inputs.years > 0)
    text += fmt::format("; {} in a year, {:.1f} to {:.1f} to expect (95 %)",
                        count_of(inputs.like, "like incident"), hour.yearly.low, hour.yearly.high);
  if (hour.saving)
    text += fmt::format("; it saves {:.0f} to {:.0f} a year and costs {:.0f}: {}", hour.saving->low,
                        hour.saving->high, *inputs.hour_cost,
                        hour.worth == Worth::yes  ? "worth it"
                        : hour.worth == Worth::no ? "not worth it"
                                                  : "undecided");
  else
    text += "; undecided without " + join(hour.missing, ", ");
  if (!stop.cost_from.empty()) text += "; " + stop.cost_from + ", and so would the next";
  return text;
}

ExitCode show_stop(Context& context, const usecases::StopView& stop, const std::string& ended) {
  render::Output output;
  output.schema = "nines/rca.stop/v1";
  output.data =
      Json::object({{"analysis", ended_analysis_json(stop.view.file.analysis, stop.view.incident.name)},
                    {"may_close", stop.may_close()},
                    {"rules", rules_json(stop.rules)},
                    {"another_hour", hour_json(stop)}});
  output.page.push_back(render::Heading{case_headline(stop.view)});
  output.page.push_back(render::Preformatted{rules_text(stop.rules)});
  if (!ended.empty()) {
    output.page.push_back(render::Paragraph{ended});
    output.page.push_back(
        render::Paragraph{"said by " + context.actor() + ": " +
                          authentication_text(stop.view.file.analysis.proof)});
  } else {
    output.page.push_back(render::Paragraph{hour_text(stop)});
    output.page.push_back(render::Paragraph{
        stop.may_close() ? "all rules are met: it may close"
                         : "it may not close yet; --risk, --owner and --review stop it on record"});
    for (const auto& rule : stop.rules)
      if (!rule.mend.empty()) {
        output.page.push_back(render::Next{rule.mend, "rule " + std::to_string(rule.number)});
        break;
      }
    if (stop.may_close())
      output.page.push_back(render::Next{"nines rca conclude TEXT", "say what was found"});
  }
  context.show(output);
  if (!ended.empty()) return ExitCode::done;
  return stop.may_close() ? ExitCode::done : ExitCode::no;
}

}  // namespace

void declare_stop(Options& options) {
  options.about(
      "Whether to go on looking: the eight closing rules, each with what it saw, and whether "
      "another hour is worth it: its expected information against the expected cost of a "
      "recurrence. Exits 1 while a rule is not met. With --risk, --owner and --review the looking "
      "ends on record although not all is known.");
  declare_analysis(options);
  options.decimal("cost", "AMOUNT", "what one recurrence costs; default what this one did");
  options.decimal("hour-cost", "AMOUNT", "what an hour of those who look costs");
  options.text("risk", "TEXT", "stop: the systemic risk that stays");
  options.text("owner", "NAME", "stop: who carries that risk");
  options.duration("review", "stop: how far ahead it is looked at again, 30d");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca stop", "may it close, and is an hour more worth it");
  options.example("nines rca stop --cost 12000 --hour-cost 400", "with what is at stake");
  options.example(
      "nines rca stop --risk \"the race is not reproduced\" --owner payments --review 30d",
      "end it with a known risk");
}

ExitCode run_stop(Context& context) {
  usecases::StopRequest request;
  request.analysis = analysis_of(context);
  request.incident_cost = context.args.decimal("cost");
  request.hour_cost = context.args.decimal("hour-cost");
  const bool decides =
      context.args.given("risk") || context.args.given("owner") || context.args.given("review");
  if (!decides) return show_stop(context, usecases::weigh_stop(context.session(), request), "");
  const auto ahead = context.args.duration("review");
  if (!ahead)
    throw Error(ExitCode::usage, "a stop says when the risk is looked at again", "add --review 30d",
                "MISSING_ARGUMENT");
  const auto stop = usecases::stop_analysis(
      context.session(),
      {request, context.args.text("risk").value_or(""), context.args.text("owner").value_or(""),
       std::chrono::floor<std::chrono::days>(context.now() + *ahead)},
      context.dry_run());
  const auto& one = stop.view.file.analysis;
  return show_stop(context, stop,
                   fmt::format("{}  {}: '{}' stays, {} carries it, review on {}", one.name,
                               context.dry_run() ? "would stop" : "stopped", one.conclusion,
                               one.owner, format_utc(*one.review).substr(0, 10)));
}

void declare_conclude(Options& options) {
  options.about(
      "Ends an analysis with what was found, if all eight closing rules are met; else it says "
      "which are not and exits 1.");
  options.positionals_required("text", "what was found");
  options.text("analysis", "ID", "another analysis than the current incident's newest");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca conclude \"the pool had no limit per tenant\"",
                  "the current incident");
  options.example("nines rca conclude no limit per tenant --analysis RCA-2 --dry-run",
                  "whether it would close");
}

ExitCode run_conclude(Context& context) {
  const auto stop = usecases::conclude_analysis(context.session(), context.args.text("analysis"),
                                                words_of(context, "text"), context.dry_run());
  if (!stop.may_close()) return show_stop(context, stop, "");
  return show_stop(context, stop,
                   stop.view.file.analysis.name +
                       (context.dry_run() ? "  would be concluded: " : "  concluded: ") +
                       stop.view.file.analysis.conclusion);
}

void declare_reopen(Options& options) {
  options.about("Opens an ended analysis again: something new was found.");
  declare_analysis(options);
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca reopen RCA-2 --because \"it happened again\"", "a recurrence");
  options.example("nines rca reopen RCA-2 --dry-run", "what would change");
}

ExitCode run_reopen(Context& context) {
  const auto view =
      usecases::reopen_analysis(context.session(), analysis_of(context), context.dry_run());
  render::Output output;
  output.schema = "nines/rca.reopen/v1";
  output.data = Json::object({{"analysis", analysis_json(view.file.analysis, view.incident.name)}});
  output.page.push_back(render::Paragraph{
      view.file.analysis.name + (context.dry_run() ? "  would be open again" : "  is open again")});
  output.page.push_back(render::Next{"nines rca why " + view.file.analysis.name, "where it stood"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
