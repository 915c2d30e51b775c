// Runs nines incident oncall export: the shifts to come as a calendar to subscribe to.
#include "base/error.hpp"
#include "nines/incident/oncall_pages.hpp"
#include "nines/incident/verbs.hpp"
#include "usecases/incident/oncall.hpp"
#include "usecases/slo/draft.hpp"

namespace nines::app::incident {

void declare_oncall_export(Options& options) {
  options.about(
      "Writes iCalendar (RFC 5545) with times in UTC. Serve the file by any web server and "
      "subscribe to it; identifiers stay the same from one export to the next.");
  declare_rota(options);
  options.flag("ics", "iCalendar; the only form so far, and the default");
  options.instant("from", "where it begins; default now");
  options.integer("days", "N", "how far it goes; default 120, at most 1100");
  options.path("out", "FILE",
               "write a new file; an existing one is left alone; '-' is standard output");
  options.text("person", "NAME", "only what this person has");
  options.formats({"ics"});
  options.example("nines incident oncall export --ics --rota payments", "the next four months");
  options.example("nines incident oncall export --person ada --out ada.ics",
                  "all duties of one person");
}

ExitCode run_oncall_export(Context& context) {
  const auto book = usecases::load_rotas(context.session());
  const auto rotas = chosen_rotas(context, book);
  const auto length = context.args.integer("days").value_or(120);
  if (length < 1 || length > 1100)
    throw Error(ExitCode::usage, "--days is out of range", "use 1 to 1100", "BAD_VALUE");
  const auto from = time_ahead(context, "from");
  const auto text = usecases::export_calendar(book, rotas, {from, from + std::chrono::days{length}},
                                              context.args.text("person"), context.now());
  const auto out = context.args.text("out");
  if (!out || *out == "-" || context.dry_run()) {
    context.out << text;
    return ExitCode::done;
  }
  usecases::write_new_file(context.resolve(*out), text);
  context.say("wrote '" + *out + "'");
  return ExitCode::done;
}

}  // namespace nines::app::incident
