// Runs nines slo show: one definition as it stands.
#include "base/text.hpp"
#include "nines/slo/describe.hpp"
#include "nines/slo/verbs.hpp"
#include "usecases/slo/browse.hpp"

namespace nines::app::slo {
namespace {

void add_fact(render::Facts& facts, const char* name, const std::string& value) {
  if (!value.empty()) facts.items.emplace_back(name, render::Cell(value));
}

render::Facts record_facts(const nines::slo::DefinitionRecord& record) {
  render::Facts facts;
  add_fact(facts, "kind", record.kind + ", " + record.api_version);
  add_fact(facts, "owner", record.owner);
  add_fact(facts, "file", record.path);
  facts.items.emplace_back(
      record.retired ? "retired" : "applied",
      render::Cell(format_utc(std::chrono::floor<std::chrono::seconds>(record.at)) + " by " +
                   record.actor + ", revision " + std::to_string(record.revision)));
  add_fact(facts, "because", record.because);
  add_fact(facts, "approver", record.approver);
  add_fact(facts, "renamed from", record.renamed_from);
  return facts;
}

std::string metric_text(const nines::slo::MetricSource& metric) {
  std::string text = metric.ref;
  if (!metric.spec.text("where").empty()) text += (text.empty() ? "" : ": ") + metric.where();
  if (!metric.sum().empty()) text += " sum of " + metric.sum();
  if (!metric.value().empty()) text += " value " + metric.value();
  return text;
}

void add_slo(render::Page& page, const nines::slo::Slo& slo) {
  render::Facts facts;
  add_fact(facts, "SLO", slo.name);
  add_fact(facts, "title", slo.display_name);
  add_fact(facts, "description", std::string(trim(slo.description)));
  add_fact(facts, "service", slo.service);
  add_fact(facts, "window", window_text(slo.window));
  add_fact(facts, "method", method_text(slo.method));
  add_fact(facts, "indicator", slo.indicator_ref);
  if (slo.indicator) {
    add_fact(facts, "counts", metric_text(slo.indicator->first));
    if (slo.indicator->total) add_fact(facts, "of", metric_text(*slo.indicator->total));
  }
  page.push_back(std::move(facts));
  render::Table table{{{"objective", render::Align::left}, {"promise", render::Align::left}}, {}};
  for (const auto& objective : slo.objectives)
    table.rows.push_back({objective.display_name.empty() ? objective.id : objective.display_name,
                          objective_text(objective)});
  page.push_back(std::move(table));
}

}  // namespace

void declare_show(Options& options) {
  options.positional("name", "a definition: 'checkout', or 'Service/checkout'");
  options.example("nines slo show checkout-availability",
                  "what the SLO promises, since when, and why");
  options.example("nines slo show DataSource/web-access -o yaml",
                  "a definition of another kind, as it was applied");
}

ExitCode run_show(Context& context) {
  const auto shown = usecases::show_definition(context.session(), context.args.required("name"));
  const auto& record = shown.record;
  render::Output output;
  output.schema = "nines/slo.show/v1";
  Json used_by = Json::array();
  for (const auto& user : shown.used_by) used_by.push(user);
  output.data = Json::object({{"kind", record.kind},
                              {"name", record.name},
                              {"revision", record.revision},
                              {"retired", record.retired},
                              {"applied_at", format_utc(record.at)},
                              {"actor", record.actor},
                              {"because", record.because},
                              {"approver", record.approver},
                              {"owner", record.owner},
                              {"renamed_from", record.renamed_from},
                              {"path", record.path},
                              {"used_by", std::move(used_by)},
                              {"document", record.document}});
  output.page.push_back(render::Heading{record.name});
  output.page.push_back(record_facts(record));
  for (const auto& slo : shown.slos) add_slo(output.page, slo);
  if (shown.slos.empty()) {
    render::Table fields{{{"field", render::Align::left}, {"value", render::Align::left}}, {}};
    for (const auto& field : nines::slo::fields_of(record.document))
      fields.rows.push_back({field.path, field.value});
    output.page.push_back(std::move(fields));
  }
  if (!shown.used_by.empty())
    output.page.push_back(render::Paragraph{"used by " + join(shown.used_by, ", ")});
  output.page.push_back(
      render::Next{"nines slo history " + record.name, "who set each number, when and why"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::slo
