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

using ResolvedTimes = std::map<Uid, Instant>;

/// Until it was closed, or resolved where it is not closed yet; else until now.
std::string incident_age(const Incident& one, const ResolvedTimes& resolved, Instant now) {
  auto end = one.closed_at.value_or(now);
  if (one.open() && one.status >= nines::incident::Status::resolved)
    if (const auto found = resolved.find(one.uid); found != resolved.end()) end = found->second;
  const auto lasted = end - one.opened_at;
  return format_duration(
      std::max(Micros{0}, Micros{std::chrono::floor<std::chrono::seconds>(lasted)}));
}

bool is_narrowed(const Context& context) {
  for (const auto* name : {"service", "severity", "from", "to", "mode", "tag", "status", "text"})
    if (context.args.given(name)) return true;
  return false;
}

std::string state_of(const Incident& one) {
  if (one.open()) return std::string(to_string(one.status));
  return one.into.empty() ? std::string(to_string(one.outcome))
                          : std::string(to_string(one.outcome)) + ", see " + one.into;
}

render::Page page_of(const std::vector<nines::incident::Incident>& found, bool narrowed,
                     const ResolvedTimes& resolved, Instant now) {
  if (found.empty())
    return {render::Paragraph{narrowed ? "no incident is like that" : "no incident is open"},
            render::Next{"nines incident list --all", "the closed ones too"}};
  render::Table table{{{"name"},
                       {"severity"},
                       {"state"},
                       {"opened (UTC)"},
                       {"lasts", render::Align::right},
                       {"commander"},
                       {"title", render::Align::left, false, true},
                       {"services", render::Align::left, true},
                       {"mode", render::Align::left, true}},
                      {}};
  table.rows.reserve(found.size());
  for (const auto& one : found) {
    auto& row = table.rows.emplace_back();
    row.reserve(table.columns.size());  // cells in braces would be copied, each with its text
    row.emplace_back(one.name);
    row.emplace_back(std::string(to_string(one.severity)));
    row.emplace_back(state_of(one));
    row.emplace_back(format_utc(std::chrono::floor<std::chrono::seconds>(one.opened_at)));
    row.emplace_back(incident_age(one, resolved, now));
    row.emplace_back(one.commander.empty() ? "-" : one.commander);
    row.emplace_back(one.title);
    row.emplace_back(join(one.services, ", "));
    row.emplace_back(std::string(to_string(one.mode)));
  }
  return {std::move(table)};
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
  const auto found = usecases::list_incidents(context.session(), query_of(context));
  render::Output output;
  output.schema = "nines/incident.list/v1";
  output.data = Json::array();
  if (context.shows_data())
    for (const auto& one : found) output.data.push(incident_json(one));
  if (context.shows_page())
    output.page = page_of(found, is_narrowed(context),
                          usecases::resolved_times(context.session(), found), context.now());
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
