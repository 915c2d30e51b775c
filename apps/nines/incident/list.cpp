// Runs nines incident list.
#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/incident/verbs.hpp"

namespace nines::app::incident {
namespace {

std::optional<Instant> instant_of(const Context& context, std::string_view name) {
  const auto given = context.args.instant(name, context.time_rules());
  return given ? std::optional(given->at) : std::nullopt;
}

usecases::IncidentQuery query_of(const Context& context) {
  usecases::IncidentQuery query;
  query.all = context.args.flag("all");
  query.service = context.args.text("service");
  query.from = instant_of(context, "from");
  query.to = instant_of(context, "to");
  if (query.from || query.to) query.all = true;
  query.tag = context.args.text("tag");
  query.text = context.args.text("text");
  if (const auto status = context.args.text("status")) {
    query.status = nines::incident::status_from(*status);
    query.all = true;
  }
  if (const auto mode = context.args.text("mode")) query.mode = nines::incident::mode_from(*mode);
  if (const auto text = context.args.text("severity")) {
    query.worst_of = nines::incident::severity_from(*text);
    if (!query.worst_of)
      throw Error(ExitCode::usage, "'" + *text + "' is no severity", "1 (worst) to 5", "BAD_VALUE");
  }
  return query;
}

using usecases::ListedIncident;

/// Until it was closed, or resolved where it is not closed yet; else until now.
std::string incident_age(const ListedIncident& one, Instant now) {
  const auto lasted = one.over_at.value_or(now) - one.opened_at;
  return format_duration(
      std::max(Micros{0}, Micros{std::chrono::floor<std::chrono::seconds>(lasted)}));
}

bool is_narrowed(const Context& context) {
  for (const auto* name : {"service", "severity", "from", "to", "mode", "tag", "status", "text"})
    if (context.args.given(name)) return true;
  return false;
}

std::string state_of(const ListedIncident& one) {
  if (one.open()) return std::string(to_string(one.status));
  return one.into.empty() ? std::string(to_string(one.outcome))
                          : std::string(to_string(one.outcome)) + ", see " + one.into;
}

/// "a,b" as people read it.
std::string spaced_list(std::string_view joined) {
  std::string text;
  for (const char c : joined) text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

/// In a narrow table, what only a wide one shows is not made.
render::LongTable list_table(bool wide) {
  std::vector<render::Column> columns{{"name"},
                                      {"severity"},
                                      {"state"},
                                      {"opened (UTC)"},
                                      {"lasts", render::Align::right},
                                      {"commander"},
                                      {"title", render::Align::left, false, true}};
  if (wide)
    for (const auto* title : {"services", "mode"})
      columns.push_back({title, render::Align::left, true});
  return render::LongTable(std::move(columns));
}

void add_row(render::LongTable& table, const ListedIncident& one, bool wide, Instant now) {
  table.add(one.name);
  table.add(to_string(one.severity));
  table.add(state_of(one));
  table.add(format_utc(std::chrono::floor<std::chrono::seconds>(one.opened_at)));
  table.add(incident_age(one, now));
  table.add(one.commander.empty() ? std::string_view("-") : one.commander);
  table.add(one.title);
  if (!wide) return;
  table.add(spaced_list(one.services));
  table.add(to_string(one.mode));
}

render::Page empty_page(bool narrowed) {
  return {render::Paragraph{narrowed ? "no incident is like that" : "no incident is open"},
          render::Next{"nines incident list --all", "the closed ones too"}};
}

}  // namespace

void declare_list(Options& options) {
  options.flag("all", "closed ones too, tests and drills as well");
  options.text("service", "NAME", "only those that hurt this service");
  options.text("severity", "S", "only this severity or worse").letter = 's';
  options.instant("from", "only those not over by then; closed ones too");
  options.instant("to", "only those opened before");
  options.choice("mode", {"standard", "retrospective", "test", "drill"}, "only those of this mode");
  options.text("tag", "WORD", "only those with this tag");
  options.choice("status", {"triage", "declared", "mitigated", "resolved", "learning", "closed"},
                 "only those in this state; closed ones too");
  options.text("text", "WORDS", "only those with it in the title, or the words in the timeline");
  options.example("nines incident list", "what is open");
  options.example("nines incident list --all --service checkout --from 2026-10-01",
                  "what hurt the checkout since October");
}

ExitCode run_list(Context& context) {
  render::Output output;
  output.schema = "nines/incident.list/v1";
  output.data = Json::array();
  const bool data = context.shows_data(), page = context.shows_page();
  const bool wide = context.format() != render::Format::table;
  const auto now = context.now();
  auto table = list_table(wide);
  usecases::each_listed_incident(
      context.session(), query_of(context), [&](const ListedIncident& one) {
        if (data) output.data.push(incident_json(one.head()));
        if (page) add_row(table, one, wide, now);
      });
  if (page && table.rows() == 0)
    output.page = empty_page(is_narrowed(context));
  else if (data)
    output.page.push_back(table.table());  // whose rows are chosen by their data
  else
    output.page.push_back(std::move(table));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
