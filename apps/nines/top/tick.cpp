// Runs nines tick: what time has made due, once or again and again.
#include "usecases/tick/tick.hpp"

#include <algorithm>
#include <ostream>
#include <thread>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {
namespace {

using nines::incident::Happening;
using nines::incident::PageResult;
using usecases::TickReport;

Json due_json(const usecases::Due& due) {
  return Json::object({{"kind", due.kind},
                       {"about", due.about},
                       {"what", due.what},
                       {"who", due.who.empty() ? Json() : Json(due.who)},
                       {"due_at", format_utc(due.at)},
                       {"command", due.command}});
}

std::int64_t count_pages(const TickReport& report, PageResult result) {
  std::int64_t count = 0;
  for (const auto& one : report.escalations)
    count += std::count_if(one.pages.begin(), one.pages.end(),
                           [&](const auto& page) { return page.result == result; });
  return count;
}

Json report_json(const TickReport& report, bool dry_run) {
  auto escalations = Json::array();
  for (const auto& one : report.escalations) escalations.push(incident::advance_json(one));
  auto unresolved = Json::array();
  for (const auto& page : report.unresolved) unresolved.push(incident::page_json(page));
  auto reminders = Json::array();
  for (const auto& due : report.reminders) reminders.push(due_json(due));
  return Json::object({{"at", format_utc(report.at)},
                       {"dry_run", dry_run},
                       {"sending", report.off.empty()},
                       {"sending_off_because", report.off.empty() ? Json() : Json(report.off)},
                       {"sent", count_pages(report, PageResult::sent)},
                       {"failed", count_pages(report, PageResult::failed)},
                       {"simulated", count_pages(report, PageResult::simulated)},
                       {"escalations", std::move(escalations)},
                       {"unresolved", std::move(unresolved)},
                       {"reminders", std::move(reminders)},
                       {"reminded_before", report.reminded_before},
                       {"next_at", report.next ? Json(format_utc(*report.next)) : Json()}});
}

void add_escalations(render::Page& page, const TickReport& report) {
  for (const auto& one : report.escalations) {
    if (!one.problem.empty())
      page.push_back(render::Paragraph{one.incident.name + ": " + one.problem, render::Tone::bad});
    if (one.occurred.empty()) continue;
    page.push_back(render::Heading{one.incident.name + "  " +
                                   std::string(to_string(one.incident.severity)) + "  " +
                                   one.incident.title});
    if (!one.pages.empty()) page.push_back(incident::page_table(one.pages));
    for (const auto& occurred : one.occurred)
      if (occurred.what != Happening::paged)
        page.push_back(render::Paragraph{
            std::string(to_string(occurred.what)) + ": " + occurred.why,
            occurred.what == Happening::exhausted ? render::Tone::bad : render::Tone::plain});
  }
}

void add_unresolved(render::Page& page, const TickReport& report) {
  for (const auto& one : report.unresolved)
    page.push_back(render::Paragraph{"may have been sent, and is not sent again: " + one.person +
                                         " by " + one.channel + ", " + format_utc(one.at),
                                     render::Tone::bad});
}

void add_reminders(render::Page& page, const TickReport& report) {
  if (report.reminders.empty()) return;
  render::Table table{
      {{"due (UTC)"}, {"about"}, {"what", render::Align::left, false, true}, {"command"}}, {}};
  for (const auto& due : report.reminders)
    table.rows.push_back({format_utc(due.at).substr(0, 16), due.about, due.what, due.command});
  page.push_back(std::move(table));
}

std::string summary_of(const TickReport& report, bool dry_run) {
  const auto sent = count_pages(report, PageResult::sent);
  const auto failed = count_pages(report, PageResult::failed);
  const auto simulated = count_pages(report, PageResult::simulated);
  const auto would = count_pages(report, PageResult::intended);
  std::string text = dry_run ? "dry run: " + std::to_string(would) + " would be sent"
                             : std::to_string(sent) + " sent";
  if (failed > 0) text += ", " + std::to_string(failed) + " failed";
  text += ", " + std::to_string(simulated) + " simulated, " +
          count_of(report.reminders.size(), "reminder") + " shown here";
  return text;
}

render::Output output_of(Context& context, const TickReport& report) {
  const bool dry_run = context.dry_run();
  render::Output output;
  output.schema = "nines/tick/v1";
  output.data = report_json(report, dry_run);
  auto& page = output.page;
  add_unresolved(page, report);
  add_escalations(page, report);
  add_reminders(page, report);
  render::Facts facts;
  facts.items = {
      {"pages", summary_of(report, dry_run)},
      {"sending", incident::sending_text(report.off)},
      {"next", report.next ? incident::moment_text(context.time_rules().zone, *report.next)
                           : std::string("nothing by time alone")}};
  page.push_back(std::move(facts));
  page.push_back(render::Next{"nines tick --watch", "stay, and do this whenever something is due"});
  return output;
}

bool has_failed(const TickReport& report) {
  return count_pages(report, PageResult::failed) > 0 ||
         std::any_of(report.escalations.begin(), report.escalations.end(),
                     [](const auto& one) { return !one.problem.empty(); });
}

ExitCode watch(Context& context, Micros every, std::optional<std::int64_t> rounds) {
  if (incident::clock_is_set(context))
    throw Error(ExitCode::usage, "--watch needs the real clock", "leave --now and NINES_NOW out",
                "BAD_COMBINATION");
  auto code = ExitCode::done;
  for (std::int64_t round = 0; !rounds || round < *rounds; ++round) {
    if (round > 0) {
      // A command elsewhere may make something due before what is known here.
      std::this_thread::sleep_for(every);
    }
    const auto report =
        usecases::tick(context.session(), incident::paging_setup(context), context.dry_run());
    if (has_failed(report)) code = ExitCode::io;
    if (round == 0 || report.did_something()) {
      context.show(output_of(context, report));
      context.out.flush();
    }
  }
  return code;
}

}  // namespace

void declare_tick(Options& options) {
  options.about(
      "Does what time has made due, once: the next steps of escalations, reminders of reviews, "
      "contracts and data that grew old. Run it every minute from a timer or cron, or leave it "
      "running with --watch. Running it twice, or two at once, does nothing twice: what is to be "
      "sent is recorded before it is sent. If a run ends between the two, the page is reported as "
      "one that may have been sent, and is not sent again.");
  options.about(
      "Pages go out only if your own channels.yaml says 'send: true'; until then, and for drills "
      "and tests always, they are only simulated. Reminders are shown here and sent to nobody. See "
      "nines-channels(5).");
  options.flag("watch", "stay in the foreground and look again and again");
  options.duration("every", "with --watch: how often to look; default 15s");
  options.integer("rounds", "N", "with --watch: stop after N looks");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines tick", "what is due now");
  options.example("nines tick --dry-run", "what would be done, and who would be paged");
  options.example("nines tick --watch --every 30s", "in a terminal, or as a service");
  options.see_also("nines-channels(5)");
}

ExitCode run_tick(Context& context) {
  const auto& args = context.args;
  if (!args.flag("watch") && (args.given("every") || args.given("rounds")))
    throw Error(ExitCode::usage, "--every and --rounds go with --watch", "nines tick --watch",
                "BAD_COMBINATION");
  if (args.flag("watch")) {
    const auto every = args.duration("every").value_or(std::chrono::seconds{15});
    if (every < std::chrono::milliseconds{100})
      throw Error(ExitCode::usage, "--every is too short", "1s or more", "BAD_VALUE");
    return watch(context, every, args.integer("rounds"));
  }
  const auto report =
      usecases::tick(context.session(), incident::paging_setup(context), context.dry_run());
  context.show(output_of(context, report));
  return has_failed(report) ? ExitCode::io : ExitCode::done;
}

}  // namespace nines::app::top
