// Runs nines rca advise and start: which way of looking fits, and the beginning of an analysis.
#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/verbs.hpp"

namespace nines::app::rca {
namespace {

void declare_about(Options& options) {
  options.positional_optional("incident", "INC-4, 4, or @; default the current one");
  options.flag("persists", "the trigger is gone, and the failure stayed");
  options.flag("no-persists", "the failure went with its trigger");
}

usecases::AdviceRequest about_of(const Context& context) {
  usecases::AdviceRequest request;
  request.incident = context.args.text("incident");
  if (context.args.flag("persists")) request.persists = true;
  if (context.args.flag("no-persists")) request.persists = false;
  return request;
}

Json known_json(const std::optional<bool>& value) { return value ? Json(*value) : Json(); }

Json advice_json(const usecases::AdviceView& view) {
  const auto& signs = view.signs;
  auto turns = Json::array();
  for (const auto& one : view.advice.would_change) turns.push(one);
  return Json::object(
      {{"incident", view.incident.name},
       {"method", view.advice.method ? Json(to_string(*view.advice.method)) : Json()},
       {"situation", view.advice.situation},
       {"why", view.advice.why},
       {"signs", Json::object({{"burning", signs.burning},
                               {"services", signs.services},
                               {"teams", signs.teams},
                               {"changes_near_onset", signs.changes},
                               {"factor_layers", signs.layers},
                               {"timeline_entries", signs.entries},
                               {"onset_known", signs.onset_known},
                               {"cyclic", known_json(signs.cyclic)},
                               {"persists", known_json(signs.persists)}})},
       {"would_change", std::move(turns)}});
}

std::string known_text(const std::optional<bool>& value) {
  return !value ? "not known" : *value ? "yes" : "no";
}

void add_advice(render::Page& page, const usecases::AdviceView& view) {
  const auto& [advice, signs] = std::pair(view.advice, view.signs);
  page.push_back(render::Paragraph{fmt::format(
      "{}: {}", advice.method ? to_string(*advice.method) : "no analysis yet", advice.why)});
  page.push_back(
      render::Facts{{{"situation", std::string(advice.situation)},
                     {"services hurt", std::to_string(signs.services)},
                     {"teams that own them", std::to_string(signs.teams)},
                     {"changes in the 6 h before", std::to_string(signs.changes)},
                     {"timeline entries", std::to_string(signs.entries)},
                     {"start of the impact", signs.onset_known ? "on record" : "not known"},
                     {"need one another in a ring", known_text(signs.cyclic)},
                     {"stays without its trigger", known_text(signs.persists)}}});
  if (advice.would_change.empty()) return;
  std::string lines = "Would turn the advice:\n";
  for (const auto& one : advice.would_change) lines += "  " + one + "\n";
  page.push_back(render::Preformatted{lines});
}

}  // namespace

void declare_advise(Options& options) {
  options.about(
      "Which way of looking for causes fits the incident: its timeline, five whys, change "
      "analysis, a fault tree, a causal graph or a review of the control structure. The signs are "
      "counted from the record, and the smallest change of each that would turn the advice is "
      "shown.");
  declare_about(options);
  options.example("nines rca advise", "the current incident");
  options.example("nines rca advise INC-4 --persists", "the failure stayed without its trigger");
}

ExitCode run_advise(Context& context) {
  const auto view = usecases::advise_method(context.session(), about_of(context));
  render::Output output;
  output.schema = "nines/rca.advise/v1";
  output.data = advice_json(view);
  output.page.push_back(render::Heading{view.incident.name + "  " + view.incident.title});
  add_advice(output.page, view);
  output.page.push_back(
      view.advice.method
          ? render::Next{"nines rca start " + view.incident.name, "begin with this method"}
          : render::Next{"nines incident mitigate " + view.incident.name,
                         "once the bleeding stops"});
  context.show(output);
  return ExitCode::done;
}

void declare_start(Options& options) {
  options.about(
      "Begins the analysis of an incident, by the method that rca advise finds unless one is "
      "named. There is one open analysis per incident.");
  declare_about(options);
  options.choice("method", choices_of(nines::rca::method_names()), "another method than advised");
  options.text("question", "TEXT", "what is to be explained; default: why the incident happened");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca start INC-4", "by the method that fits");
  options.example("nines rca start 4 --method five-whys --question \"why no alert fired\"",
                  "a narrower question");
}

ExitCode run_start(Context& context) {
  usecases::StartRequest request;
  request.about = about_of(context);
  if (const auto method = context.args.text("method"))
    request.method = nines::rca::method_from(*method);
  request.question = context.args.text("question").value_or("");
  const auto started = usecases::start_analysis(context.session(), request, context.dry_run());
  const auto& one = started.analysis;
  render::Output output;
  output.schema = "nines/rca.start/v1";
  output.data = Json::object({{"analysis", analysis_json(one, started.advice.incident.name)},
                              {"advice", advice_json(started.advice)}});
  output.page.push_back(
      render::Paragraph{(context.dry_run() ? "would begin " : one.name + "  begun: ") +
                        std::string(to_string(one.method)) + ", " + one.question});
  if (request.method && request.method != started.advice.advice.method)
    output.page.push_back(render::Paragraph{
        "rca advise would have said " + (started.advice.advice.method
                                             ? std::string(to_string(*started.advice.advice.method))
                                             : std::string("to stabilise first"))});
  output.page.push_back(render::Next{"nines rca hypothesis add TEXT", "what could explain it"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::rca
