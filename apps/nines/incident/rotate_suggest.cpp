// Runs nines incident rotate suggest: who takes which role in the next incident, and why.
#include "base/text.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/rotation.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::RoleSuggestion;

Json suggestion_json(const RoleSuggestion& suggestion) {
  auto reasons = Json::array();
  for (const auto& reason : suggestion.reasons) reasons.push(reason);
  auto records = Json::array();
  for (const auto& record : suggestion.records) {
    auto one = Json::object({{"person", record.person}, {"times", record.times}});
    one.set("last", record.last ? Json(format_utc(*record.last)) : Json());
    records.push(one.set("recent_roles", record.recent));
  }
  return Json::object({{"role", suggestion.role},
                       {"person", suggestion.person.empty() ? Json() : Json(suggestion.person)},
                       {"reasons", std::move(reasons)},
                       {"records", std::move(records)}});
}

/// By name, a column per role: what is on record, no ranking.
render::Table record_table(const usecases::Rotation& rotation) {
  render::Table table{{{"person"}}, {}};
  for (const auto& suggestion : rotation.suggestions)
    table.columns.push_back({suggestion.role, render::Align::right});
  table.columns.push_back({"roles in 90 days", render::Align::right});
  table.columns.push_back({"away"});
  for (std::size_t i = 0; i < rotation.candidates.size(); ++i) {
    std::vector<render::Cell> row{rotation.suggestions.front().records[i].person};
    for (const auto& suggestion : rotation.suggestions)
      row.emplace_back(std::to_string(suggestion.records[i].times));
    row.emplace_back(std::to_string(rotation.suggestions.front().records[i].recent));
    row.emplace_back(rotation.candidates[i].away);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void declare_rotate_suggest(Options& options) {
  options.about(
      "For each role: whoever held it least often in incidents that count (no tests, no drills); "
      "of "
      "equals the one for whom it is longest ago, then the one with fewest roles in 90 days, then "
      "by "
      "name. Nobody gets two roles; who is away gets none. It is a suggestion for the team to talk "
      "about.");
  options.text("team", "NAME", "only members of this team");
  options.list("role", "NAME", "the roles; default commander, deputy, scribe");
  options.example("nines incident rotate suggest --team payments",
                  "who commands, who is deputy, who writes next time");
  options.example("nines incident rotate suggest --role commander -o json",
                  "one role, for a program");
}

ExitCode run_rotate_suggest(Context& context) {
  const auto rotation = usecases::suggest_rotation(
      context.session(), {context.args.text("team").value_or(""), context.args.list("role")});
  render::Output output;
  output.schema = "nines/incident.rotate.suggest/v1";
  auto rows = Json::array();
  render::Table table{{{"role"}, {"suggested"}, {"because", render::Align::left, false, true}}, {}};
  for (const auto& suggestion : rotation.suggestions) {
    rows.push(suggestion_json(suggestion));
    const bool nobody = suggestion.person.empty();
    table.rows.push_back({suggestion.role, nobody ? "-" : suggestion.person,
                          nobody ? "nobody is left" : join(suggestion.reasons, "; ")});
  }
  output.data = Json::object({{"incidents", rotation.incidents}, {"rows", std::move(rows)}});
  output.page.push_back(std::move(table));
  output.page.push_back(render::Paragraph{
      "times each role was held in " + std::to_string(rotation.incidents) +
          (rotation.incidents == 1 ? " incident" : " incidents") + " on record, by name:",
      render::Tone::dim});
  output.page.push_back(record_table(rotation));
  output.page.push_back(
      render::Next{"nines incident set --role ROLE=NAME", "give the roles in an incident"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::incident
