// Runs nines doctor: is the store healthy, and the ways to mend, keep and restore it.
#include "usecases/log/doctor.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using usecases::Health;

render::Tone tone_of(Health health) {
  return health == Health::ok        ? render::Tone::good
         : health == Health::warning ? render::Tone::warn
                                     : render::Tone::bad;
}

usecases::Session open(const Context& context, bool write) {
  auto options = context.session_options();
  options.write = write;
  options.log_alone = !write;
  return usecases::Session::open(options);
}

ExitCode show_checks(Context& context, const usecases::DoctorReport& report) {
  render::Output output;
  output.schema = "nines/doctor/v1";
  auto checks = Json::array();
  render::Table table{{{"check"}, {"state"}, {"says", render::Align::left, false, true}}, {}};
  for (const auto& check : report.checks) {
    checks.push(Json::object({{"name", check.name},
                              {"state", usecases::to_string(check.health)},
                              {"says", check.says},
                              {"hint", check.hint}}));
    table.rows.push_back(
        {check.name,
         render::Cell(std::string(usecases::to_string(check.health)), tone_of(check.health)),
         check.says});
  }
  output.data = Json::object({{"store", report.store.string()},
                              {"state", usecases::to_string(report.worst())},
                              {"checks", std::move(checks)}});
  output.page.push_back(std::move(table));
  for (const auto& check : report.checks)
    if (!check.hint.empty())
      output.page.push_back(render::Paragraph{check.name + ": " + check.hint});
  context.show(output);
  return report.worst() == Health::failed ? ExitCode::no : ExitCode::done;
}

ExitCode rebuild(Context& context) {
  auto session = open(context, true);
  const auto report = usecases::doctor_rebuild(session);
  render::Output output;
  output.schema = "nines/doctor.rebuild/v1";
  auto changed = Json::array();
  for (const auto& table : report.changed) changed.push(table);
  output.data = Json::object({{"events", report.events}, {"changed", std::move(changed)}});
  output.page.push_back(
      render::Paragraph{"made the tables anew from " + count_of(report.events, "event")});
  output.page.push_back(render::Paragraph{report.changed.empty()
                                              ? "they said what the log says already"
                                              : "mended: " + join(report.changed, ", ")});
  context.show(output);
  return ExitCode::done;
}

ExitCode show_copy(Context& context, const usecases::BackupReport& report, const char* schema,
                   const std::string& says) {
  render::Output output;
  output.schema = schema;
  output.data = Json::object({{"path", report.path.string()},
                              {"events", report.events},
                              {"bytes", report.bytes},
                              {"root", to_hex(report.root)}});
  output.page.push_back(
      render::Paragraph{says + ": " + count_of(report.events, "event") + ", every hash holds"});
  context.show(output);
  return ExitCode::done;
}

}  // namespace

void declare_doctor(Options& options) {
  options.no_dry_run();
  options.flag("full", "also every hash of the history, and every table against the log");
  options.flag("rebuild", "make the tables anew from the log");
  options.about(
      "Checks permissions, the schema, the structure of the file, the end of the log, clocks, and "
      "kinds "
      "of events this version does not know. Exits 1 when a check failed.");
  options.about(
      "--rebuild copies the log into a new file beside the store, makes the tables there, and puts "
      "the file in the store's place: a crash leaves the old one or the new one, whole. Others may "
      "work meanwhile; while they keep the store open at the end, it exits 75 and changes "
      "nothing.");
  options.example("nines doctor", "the quick checks");
  options.example("nines doctor --full", "everything, history and tables included");
  options.example("nines doctor --rebuild --lock-timeout 1m",
                  "the tables anew, once the others are done");
  options.see_also("nines audit verify");
}

ExitCode run_doctor(Context& context) {
  if (context.args.flag("rebuild")) return rebuild(context);
  const auto session = open(context, false);
  return show_checks(context, usecases::doctor(session, context.args.flag("full")));
}

void declare_doctor_backup(Options& options) {
  options.no_dry_run();
  options.positional("file", "the new file");
  options.about(
      "A consistent copy, also while others write, then opened and verified hash by hash.");
  options.example("nines doctor backup /backup/nines-monday.db", "keep a copy");
  options.example("nines doctor backup nines-copy.db -o json",
                  "the same, with the figures for a program");
}

ExitCode run_doctor_backup(Context& context) {
  const auto session = open(context, false);
  const auto file = context.args.required("file");
  return show_copy(context, usecases::doctor_backup(session, context.resolve(file)),
                   "nines/doctor.backup/v1", "wrote " + file);
}

void declare_doctor_restore(Options& options) {
  options.no_dry_run();
  options.positional("file", "a backup");
  options.about(
      "Verifies the backup and puts a copy where the store belongs; no store may be there. The "
      "restored "
      "store writes as a new replica, for the lost one may have shared events that the backup "
      "lacks: "
      "'nines sync' brings those back.");
  options.example("nines doctor restore /backup/nines-monday.db", "bring a backup back");
  options.example("nines doctor restore nines-copy.db --db .nines/nines.db",
                  "into a store that is named");
}

ExitCode run_doctor_restore(Context& context) {
  const auto file = context.args.required("file");
  const auto report = usecases::doctor_restore(context.session_options(), context.resolve(file));
  return show_copy(context, report, "nines/doctor.restore/v1", "restored " + file);
}

}  // namespace nines::app::top
