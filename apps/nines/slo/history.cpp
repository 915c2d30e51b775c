// Runs nines slo history: the revisions of a definition, and who set each field.
#include "nines/slo/plan_page.hpp"
#include "nines/slo/verbs.hpp"
#include "usecases/slo/browse.hpp"

namespace nines::app::slo {
namespace {

std::string act_of(const usecases::RevisionEntry& entry) {
  if (entry.record.retired) return "retired";
  if (!entry.record.renamed_from.empty()) return "renamed from " + entry.record.renamed_from;
  return "applied";
}

Json revision_json(const usecases::RevisionEntry& entry) {
  const auto& record = entry.record;
  return Json::object({{"revision", record.revision},
                       {"name", record.name},
                       {"action", record.retired ? "retired" : "applied"},
                       {"renamed_from", record.renamed_from},
                       {"at", format_utc(record.at)},
                       {"actor", record.actor},
                       {"because", record.because},
                       {"approver", record.approver},
                       {"owner", record.owner},
                       {"path", record.path},
                       {"tx", record.tx.to_string()},
                       {"changes", changes_json(entry.changes)}});
}

Json field_json(const usecases::FieldOrigin& origin, const usecases::DefinitionHistory& history) {
  const auto& record = history.revisions[origin.entry].record;
  return Json::object({{"path", origin.field.path},
                       {"value", origin.field.value},
                       {"revision", record.revision},
                       {"at", format_utc(record.at)},
                       {"actor", record.actor},
                       {"because", record.because}});
}

render::Table revisions_table(const usecases::DefinitionHistory& history) {
  render::Table table{{{"rev", render::Align::right},
                       {"when", render::Align::left},
                       {"who", render::Align::left},
                       {"what", render::Align::left},
                       {"fields", render::Align::right},
                       {"approver", render::Align::left, true},
                       {"because", render::Align::left, false, true}},
                      {}};
  for (auto it = history.revisions.rbegin(); it != history.revisions.rend(); ++it)
    table.rows.push_back({std::to_string(it->record.revision),
                          format_utc(std::chrono::floor<std::chrono::seconds>(it->record.at)),
                          it->record.actor, act_of(*it), std::to_string(it->changes.size()),
                          it->record.approver, it->record.because});
  return table;
}

render::Table blame_table(const usecases::DefinitionHistory& history) {
  render::Table table{{{"field", render::Align::left},
                       {"value", render::Align::left, false, true},
                       {"rev", render::Align::right},
                       {"when", render::Align::left},
                       {"who", render::Align::left},
                       {"because", render::Align::left, false, true}},
                      {}};
  for (const auto& origin : history.fields) {
    const auto& record = history.revisions[origin.entry].record;
    table.rows.push_back({origin.field.path, origin.field.value, std::to_string(record.revision),
                          format_utc(record.at).substr(0, 10), record.actor, record.because});
  }
  return table;
}

}  // namespace

void declare_history(Options& options) {
  options.positional("name", "a definition: 'checkout', or 'Service/checkout'");
  options.example("nines slo history checkout-availability",
                  "every revision, and who set each field last");
  options.example("nines slo history checkout-availability -o json",
                  "with all changes of all revisions");
}

ExitCode run_history(Context& context) {
  const auto history =
      usecases::definition_history(context.session(), context.args.required("name"));
  render::Output output;
  output.schema = "nines/slo.history/v1";
  Json revisions = Json::array();
  for (const auto& entry : history.revisions) revisions.push(revision_json(entry));
  Json fields = Json::array();
  for (const auto& origin : history.fields) fields.push(field_json(origin, history));
  output.data = Json::object({{"kind", history.kind},
                              {"name", history.name},
                              {"revisions", std::move(revisions)},
                              {"fields", std::move(fields)}});
  output.page.push_back(render::Heading{history.kind + " " + history.name});
  output.page.push_back(revisions_table(history));
  output.page.push_back(blame_table(history));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::slo
