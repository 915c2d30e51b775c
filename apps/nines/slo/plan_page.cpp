// Plans and changes as JSON and as tables.
#include "nines/slo/plan_page.hpp"

#include <array>

#include <fmt/core.h>

namespace nines::app::slo {
namespace {

using usecases::ApplyAction;
using usecases::PlannedDefinition;

render::Tone tone_of(ApplyAction action) {
  switch (action) {
    case ApplyAction::created:
    case ApplyAction::restored:
      return render::Tone::good;
    case ApplyAction::retired:
      return render::Tone::bad;
    case ApplyAction::changed:
    case ApplyAction::renamed:
      return render::Tone::warn;
    case ApplyAction::unchanged:
      return render::Tone::dim;
  }
  return render::Tone::plain;
}

std::string headline(const PlannedDefinition& planned) {
  auto text = fmt::format("{} {}: {}", planned.kind, planned.name, to_string(planned.action));
  if (!planned.renamed_from.empty()) text += fmt::format(" from '{}'", planned.renamed_from);
  text += fmt::format(", revision {}", planned.revision);
  return planned.path.empty() ? text : text + ", " + planned.path;
}

/// What appears or goes as a whole needs no list of its fields, unless one asks for it.
bool has_details(const PlannedDefinition& planned, bool verbose) {
  const bool whole =
      planned.action == ApplyAction::created || planned.action == ApplyAction::retired;
  return !planned.changes.empty() && (!whole || verbose);
}

render::Table empty_table() {
  return {{{"kind"}, {"name"}, {"what"}, {"revision", render::Align::right}, {"file"}}, {}};
}

void add_row(render::Table& table, const PlannedDefinition& planned) {
  auto what = std::string(to_string(planned.action));
  if (!planned.renamed_from.empty()) what += " from '" + planned.renamed_from + "'";
  table.rows.push_back({planned.kind, planned.name, render::Cell(what, tone_of(planned.action)),
                        std::to_string(planned.revision), planned.path});
}

}  // namespace

Json changes_json(const std::vector<nines::slo::FieldChange>& changes) {
  Json list = Json::array();
  for (const auto& change : changes)
    list.push(Json::object({{"path", change.path},
                            {"before", change.before ? Json(*change.before) : Json()},
                            {"after", change.after ? Json(*change.after) : Json()}}));
  return list;
}

Json plan_json(const std::vector<PlannedDefinition>& plan) {
  Json list = Json::array();
  for (const auto& planned : plan) {
    if (!planned.changed()) continue;
    list.push(Json::object(
        {{"action", to_string(planned.action)},
         {"kind", planned.kind},
         {"name", planned.name},
         {"renamed_from", planned.renamed_from.empty() ? Json() : Json(planned.renamed_from)},
         {"revision", planned.revision},
         {"path", planned.path},
         {"reason_needed", planned.reason_needed},
         {"changes", changes_json(planned.changes)}}));
  }
  return list;
}

render::Table changes_table(const std::vector<nines::slo::FieldChange>& changes) {
  render::Table table{{{"", render::Align::left},
                       {"field", render::Align::left},
                       {"before", render::Align::left},
                       {"after", render::Align::left}},
                      {}};
  for (const auto& change : changes) {
    const char* mark = !change.before ? "+" : !change.after ? "-" : "~";
    const auto tone = !change.before  ? render::Tone::good
                      : !change.after ? render::Tone::bad
                                      : render::Tone::warn;
    table.rows.push_back({render::Cell(mark, tone), render::Cell(change.path),
                          render::Cell(change.before.value_or("")),
                          render::Cell(change.after.value_or(""))});
  }
  return table;
}

void add_plan(render::Page& page, const std::vector<PlannedDefinition>& plan, bool verbose) {
  auto whole = empty_table();
  for (const auto& planned : plan) {
    if (!planned.changed()) continue;
    if (!has_details(planned, verbose)) {
      add_row(whole, planned);
      continue;
    }
    page.push_back(render::Paragraph{headline(planned), tone_of(planned.action)});
    page.push_back(changes_table(planned.changes));
  }
  if (!whole.rows.empty()) page.push_back(std::move(whole));
}

std::string plan_summary(const std::vector<PlannedDefinition>& plan) {
  constexpr std::array kActions{ApplyAction::created, ApplyAction::changed,
                                ApplyAction::renamed, ApplyAction::restored,
                                ApplyAction::retired, ApplyAction::unchanged};
  std::string text;
  for (const auto action : kActions) {
    std::size_t count = 0;
    for (const auto& planned : plan) count += planned.action == action ? 1 : 0;
    if (count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, to_string(action));
  }
  return text;
}

}  // namespace nines::app::slo
