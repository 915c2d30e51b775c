// Runs nines incident show: everything on record about one incident.
#include <algorithm>

#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/brief.hpp"

namespace nines::app::incident {
namespace {

using usecases::IncidentView;

Json metrics_json(const IncidentView& view) {
  auto list = Json::array();
  for (const auto& metric : view.metrics)
    list.push(
        Json::object({{"name", metric.name},
                      {"from", metric.from},
                      {"to", metric.to},
                      {"least_s", metric.least ? Json(metric.least->count() / 1'000'000) : Json()},
                      {"most_s", metric.most ? Json(metric.most->count() / 1'000'000) : Json()},
                      {"missing", metric.missing.empty() ? Json() : Json(metric.missing)}}));
  return list;
}

Json impact_json(const IncidentView& view) {
  auto list = Json::array();
  for (const auto& span : view.impact)
    list.push(Json::object({{"service", span.service},
                            {"region", span.region.empty() ? Json() : Json(span.region)},
                            {"level", to_string(span.level)},
                            {"weight", span.weight ? Json(span.weight->to_string()) : Json()},
                            {"from", format_utc(span.period.from)},
                            {"to", format_utc(span.period.to)},
                            {"stated", span.stated}}));
  return list;
}

Json record_json(const IncidentView& view) {
  const auto& record = view.record;
  auto data = incident_json(record.head);
  auto milestones = Json::object();
  for (const auto& [name, when] : record.milestones) milestones.set(name, time_json(when));
  auto roles = Json::array();
  for (const auto& span : record.roles)
    roles.push(Json::object({{"role", span.role},
                             {"person", span.person},
                             {"since", format_utc(span.since)},
                             {"until", span.until ? Json(format_utc(*span.until)) : Json()}}));
  auto facts = Json::array();
  for (const auto& fact : record.facts)
    facts.push(Json::object({{"name", fact.name},
                             {"value", fact.value ? Json(*fact.value) : Json()},
                             {"estimate", fact.estimate},
                             {"as_of", format_utc(fact.as_of)},
                             {"said_by", fact.said_by},
                             {"visibility", to_string(fact.visibility)}}));
  auto links = Json::array();
  for (const auto& link : record.links)
    links.push(Json::object({{"target", link.target}, {"relation", link.relation}}));
  auto entries = Json::array();
  for (const auto& entry : record.entries) entries.push(entry_json(entry));
  return data.set("milestones", std::move(milestones))
      .set("metrics", metrics_json(view))
      .set("roles", std::move(roles))
      .set("impact", impact_json(view))
      .set("facts", std::move(facts))
      .set("links", std::move(links))
      .set("entries", std::move(entries));
}

std::string span_text(const nines::incident::Metric& metric) {
  if (!metric.least) return "not known: " + metric.missing + " is not set";
  using std::chrono::floor, std::chrono::seconds;
  const auto least = format_duration(floor<seconds>(*metric.least));
  const auto most = format_duration(floor<seconds>(*metric.most));
  return least == most ? least : least + " to " + most;
}

render::Facts head_facts(const IncidentView& view) {
  const auto& head = view.record.head;
  render::Facts facts;
  facts.items = {{"severity", std::string(to_string(head.severity))},
                 {"state", std::string(to_string(head.status)) +
                               (head.open() ? "" : " as " + std::string(to_string(head.outcome)))}};
  if (!head.into.empty()) facts.items.emplace_back("goes on as", head.into);
  if (head.mode != nines::incident::Mode::standard)
    facts.items.emplace_back("mode", std::string(to_string(head.mode)));
  if (!head.services.empty()) facts.items.emplace_back("services", join(head.services, ", "));
  if (!head.priority.empty()) facts.items.emplace_back("priority", head.priority);
  if (!head.tags.empty()) facts.items.emplace_back("tags", join(head.tags, ", "));
  for (const auto& span : view.record.roles)
    if (!span.until) facts.items.emplace_back(span.role, span.person);
  for (const auto& fact : view.record.facts)
    facts.items.emplace_back(
        fact.name, fact.value.value_or("not known") + (fact.estimate ? " (estimate)" : ""));
  return facts;
}

void add_milestones(render::Page& page, const IncidentView& view, const Zone& zone) {
  if (view.record.milestones.empty()) return;
  render::Table table{{{"milestone"}, {"time (" + zone.name() + ")"}}, {}};
  for (const auto name : nines::incident::milestone_names())
    if (const auto found = view.record.milestones.find(std::string(name));
        found != view.record.milestones.end())
      table.rows.push_back({std::string(name), time_text(found->second, zone, true)});
  for (const auto& [name, when] : view.record.milestones) {
    const auto known = nines::incident::milestone_names();
    if (std::ranges::find(known, name) == known.end())
      table.rows.push_back({name, time_text(when, zone, true)});
  }
  page.push_back(std::move(table));
  render::Facts spans;
  for (const auto& metric : view.metrics)
    spans.items.emplace_back(
        std::string(metric.name),
        render::Cell(span_text(metric), metric.least ? render::Tone::plain : render::Tone::dim));
  page.push_back(std::move(spans));
}

void add_impact(render::Page& page, const IncidentView& view) {
  if (view.impact.empty()) return;
  render::Table table{{{"hurt"}, {"how"}, {"from (UTC)"}, {"to (UTC)"}, {"share"}}, {}};
  for (const auto& span : view.impact)
    table.rows.push_back({span.service + (span.region.empty() ? "" : "@" + span.region),
                          std::string(to_string(span.level)) + (span.stated ? "" : " (assumed)"),
                          format_utc(std::chrono::floor<std::chrono::seconds>(span.period.from)),
                          format_utc(std::chrono::floor<std::chrono::seconds>(span.period.to)),
                          span.weight ? span.weight->to_string() : "not known"});
  page.push_back(std::move(table));
}

render::Next next_step_for(const Incident& head) {
  using nines::incident::Status;
  switch (head.status) {
    case Status::triage:
    case Status::declared:
      return {"nines log TEXT", "what you see and do; nines incident mitigate once the harm stops"};
    case Status::mitigated:
      return {"nines incident resolve " + head.name, "when nothing is left to do at once"};
    case Status::resolved:
    case Status::learning:
      return {"nines incident close " + head.name, "once it is written up"};
    case Status::closed:
      break;
  }
  return {"nines incident timeline " + head.name + " --check", "does the record hold together"};
}

ExitCode show_brief(Context& context, const std::string& audience) {
  const auto briefed = usecases::brief_incident(context.session(), id_of(context),
                                                *nines::incident::audience_from(audience),
                                                context.time_rules().zone);
  render::Output output;
  output.schema = "nines/incident.brief/v1";
  output.data = Json::object({{"incident", briefed.incident.name},
                              {"audience", audience},
                              {"lines", names_json(briefed.lines)}});
  output.page.push_back(render::Preformatted{join(briefed.lines, "\n")});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_show(Options& options) {
  declare_id(options);
  options.flag("retracted", "lines that were taken back too");
  options.choice("for", {"chat", "exec", "vendor"},
                 "ten lines for one audience instead: privileged text for nobody, names of people "
                 "only in chat, vendors see public lines only");
  options.example("nines incident show", "the current incident");
  options.example("nines incident show --for exec", "impact, money, decided, needed");
  options.example("nines incident show 42 -o md", "as Markdown, to paste");
}

ExitCode run_show(Context& context) {
  if (const auto audience = context.args.text("for")) return show_brief(context, *audience);
  const auto view =
      usecases::show_incident(context.session(), id_of(context), context.args.flag("retracted"));
  const auto zone = context.time_rules().zone;
  render::Output output;
  output.schema = "nines/incident.show/v1";
  output.data = record_json(view);
  auto& page = output.page;
  page.push_back(render::Heading{view.record.head.name + "  " + view.record.head.title});
  page.push_back(head_facts(view));
  add_milestones(page, view, zone);
  add_impact(page, view);
  page.push_back(timeline_table(view.record.entries, zone));
  page.push_back(next_step_for(view.record.head));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
