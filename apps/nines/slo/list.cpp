// Runs nines slo list: what is applied, one line each.
#include "base/text.hpp"
#include "nines/slo/describe.hpp"
#include "nines/slo/verbs.hpp"
#include "usecases/slo/browse.hpp"

namespace nines::app::slo {
namespace {

Json row_json(const usecases::ListedDefinition& listed) {
  const auto& record = listed.record;
  Json row =
      Json::object({{"name", listed.slo ? listed.slo->name : record.name}, {"kind", record.kind}});
  if (listed.slo) {
    Json objectives = Json::array();
    for (const auto& objective : listed.slo->objectives) objectives.push(objective_json(objective));
    row.set("service", listed.slo->service)
        .set("window", window_text(listed.slo->window))
        .set("budgeting_method", method_text(listed.slo->method))
        .set("objectives", std::move(objectives));
  }
  row.set("owner", record.owner)
      .set("revision", record.revision)
      .set("retired", record.retired)
      .set("applied_at", format_utc(record.at))
      .set("because", record.because)
      .set("path", record.path);
  return row;
}

std::vector<render::Cell> row_cells(const usecases::ListedDefinition& listed) {
  const auto& record = listed.record;
  const auto name = listed.slo ? listed.slo->name : record.name;
  const auto day = format_utc(record.at).substr(0, 10);
  const auto tone = record.retired ? render::Tone::dim : render::Tone::plain;
  return {render::Cell(name, tone),
          render::Cell(record.retired ? record.kind + " (retired)" : record.kind, tone),
          listed.slo ? listed.slo->service : "",
          listed.slo ? targets_text(*listed.slo) : "",
          listed.slo ? window_text(listed.slo->window) : "",
          record.owner,
          day,
          std::to_string(record.revision),
          listed.slo ? method_text(listed.slo->method) : "",
          record.path};
}

}  // namespace

void declare_list(Options& options) {
  options.text("kind", "KIND", "definitions of this kind instead of SLOs; 'all' for every kind");
  options.text("service", "NAME", "only SLOs of this service");
  options.text("owner", "NAME", "only what this team owns");
  options.flag("retired", "retired definitions too");
  options.example("nines slo list", "every SLO with target and window");
  options.example("nines slo list --kind all", "services, sources, indicators as well");
}

ExitCode run_list(Context& context) {
  usecases::ListQuery query;
  query.kind = context.args.text("kind").value_or("");
  query.service = context.args.text("service").value_or("");
  query.owner = context.args.text("owner").value_or("");
  query.retired = context.args.flag("retired");
  const auto listed = usecases::list_definitions(context.session(), query);
  render::Output output;
  output.schema = "nines/slo.list/v1";
  output.data = Json::array();
  render::Table table{{{"name", render::Align::left},
                       {"kind", render::Align::left, query.kind.empty() && !query.retired},
                       {"service", render::Align::left},
                       {"target", render::Align::right},
                       {"window", render::Align::left},
                       {"owner", render::Align::left},
                       {"since", render::Align::left},
                       {"rev", render::Align::right, true},
                       {"method", render::Align::left, true},
                       {"file", render::Align::left, true, true}},
                      {}};
  for (const auto& one : listed) {
    output.data.push(row_json(one));
    table.rows.push_back(row_cells(one));
  }
  if (listed.empty()) {
    output.page.push_back(render::Paragraph{"nothing is applied"});
    output.page.push_back(
        render::Next{"nines slo apply FILE --because TEXT", "record a first definition"});
  } else {
    output.page.push_back(std::move(table));
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::slo
