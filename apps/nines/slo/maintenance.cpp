// Runs nines slo maintenance add, list and cancel: planned work, announced.
#include "usecases/slo/maintenance.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/slo/verbs.hpp"

namespace nines::app::slo {
namespace {

using usecases::MaintenanceItem;

std::optional<Instant> instant_of(const Context& context, std::string_view name) {
  auto rules = context.time_rules();
  rules.allow_future = true;
  const auto given = context.args.instant(name, rules);
  return given ? std::optional(given->at) : std::nullopt;
}

Json item_json(const MaintenanceItem& item) {
  const auto& m = item.maintenance;
  auto json = catalog::to_json(m);
  auto out = Json::object();
  out.set("name", m.name.empty() ? Json() : Json(m.name)).set("uid", m.uid.to_string());
  for (auto& [key, value] : json.as_object()) out.set(key, std::move(value));
  if (m.cancelled_from) out.set("cancelled_from", format_utc(*m.cancelled_from));
  auto next = Json::array();
  for (const auto& period : item.next)
    next.push(Json::object({{"from", format_utc(period.from)}, {"to", format_utc(period.to)}}));
  return out.set("next", std::move(next));
}

std::string how_often(const MaintenanceItem& item) {
  const auto& every = item.maintenance.every;
  if (!every) return "once";
  const auto unit =
      every->count == 1 ? every->unit : std::to_string(every->count) + " " + every->unit + "s";
  return "every " + unit + ", " + every->zone;
}

render::Table table_of(const std::vector<MaintenanceItem>& items) {
  render::Table table{{{"name"},
                       {"next start (UTC)"},
                       {"lasts"},
                       {"how often"},
                       {"services"},
                       {"audience"},
                       {"summary", render::Align::left, false, true}},
                      {}};
  for (const auto& item : items) {
    const auto& m = item.maintenance;
    const auto when = !item.next.empty() ? format_utc(item.next[0].from)
                      : m.cancelled_from ? "cancelled"
                                         : "over since " + format_utc(m.end);
    table.rows.push_back({m.name.empty() ? "-" : m.name, when, format_duration(m.end - m.start),
                          how_often(item), m.services.empty() ? "all" : join(m.services, ", "),
                          m.audience, m.summary});
  }
  return table;
}

void show_one(Context& context, const MaintenanceItem& item, const std::string& done) {
  render::Output output;
  output.schema = "nines/slo.maintenance/v1";
  output.data = item_json(item);
  output.page.push_back(render::Paragraph{context.dry_run() ? "would be " + done : done});
  output.page.push_back(table_of({item}));
  context.show(output);
}

}  // namespace

void declare_maintenance_add(Options& options) {
  options.about(
      "Announced work. The ledger attributes bad events inside it to the maintenance before "
      "anything "
      "else; the events still count against the budget.");
  options.instant("start", "when it begins").required = true;
  options.instant("end", "when it ends");
  options.duration("for", "how long it lasts, instead of --end");
  options.list("service", "NAME", "services it touches; default all");
  options.text("summary", "TEXT", "one line for people");
  options.text("audience", "TEXT", "who was told");
  options.instant("announced", "when they were told; default now");
  options.text("every", "COUNT", "comes back every 1d, 2w or 1M, at the same local time");
  options.instant("until", "with --every: no start after this");
  options.text("because", "TEXT", "why, for the history");
  options.example(
      "nines slo maintenance add --start \"2026-12-01 02:00\" --for 2h --service checkout "
      "--audience customers",
      "one night of work");
  options.example(
      "nines slo maintenance add --start \"2026-12-06 03:00\" --for 1h --every 1w --tz "
      "Europe/Paris",
      "each Sunday, by the clocks of Paris");
}

ExitCode run_maintenance_add(Context& context) {
  catalog::Maintenance m;
  m.start = *instant_of(context, "start");
  const auto end = instant_of(context, "end");
  const auto length = context.args.duration("for");
  if (end.has_value() == length.has_value())
    throw Error(ExitCode::usage,
                end ? "--end and --for exclude each other" : "how long does it last?",
                "give --for 2h, or --end");
  m.end = end ? *end : m.start + *length;
  m.services = context.args.list("service");
  m.summary = context.args.text("summary").value_or("");
  m.audience = context.args.text("audience").value_or("");
  m.announced_at = instant_of(context, "announced").value_or(context.now());
  if (const auto every = context.args.text("every"))
    m.every = usecases::read_recurrence(*every, m.start, context.time_rules().zone.name(),
                                        instant_of(context, "until"));
  const auto item =
      usecases::announce_maintenance(context.session(), std::move(m), context.dry_run());
  show_one(context, item, "announced");
  return ExitCode::done;
}

void declare_maintenance_list(Options& options) {
  options.flag("all", "also what is over or cancelled");
  options.example("nines slo maintenance list", "what is announced");
  options.example("nines slo maintenance list -o json", "the same for a program");
}

ExitCode run_maintenance_list(Context& context) {
  const auto items = usecases::list_maintenance(context.session(), context.args.flag("all"));
  render::Output output;
  output.schema = "nines/slo.maintenance.list/v1";
  output.data = Json::array();
  for (const auto& item : items) output.data.push(item_json(item));
  if (items.empty()) {
    output.page.push_back(render::Paragraph{"no maintenance is announced"});
    output.page.push_back(
        render::Next{"nines slo maintenance add --start TIME --for 2h", "announce some"});
  } else {
    output.page.push_back(table_of(items));
  }
  context.show(output);
  return ExitCode::done;
}

void declare_maintenance_cancel(Options& options) {
  options.positional("name", "the maintenance, such as MNT-1");
  options.instant("from", "nothing that starts from here on takes place; default now");
  options.text("because", "TEXT", "why, for the history");
  options.example("nines slo maintenance cancel MNT-1", "call off what has not begun");
  options.example("nines slo maintenance cancel MNT-1 --dry-run", "what that would call off");
}

ExitCode run_maintenance_cancel(Context& context) {
  const auto from = instant_of(context, "from").value_or(context.now());
  const auto item = usecases::cancel_maintenance(context.session(), context.args.required("name"),
                                                 from, context.dry_run());
  show_one(context, item, "cancelled from " + format_utc(from));
  return ExitCode::done;
}

}  // namespace nines::app::slo
