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

Json notice_json(const std::optional<usecases::Notice>& notice) {
  if (!notice) return {};
  const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  return Json::object({{"person", or_null(notice->person)},
                       {"channel", or_null(notice->channel)},
                       {"result", to_string(notice->result)},
                       {"why", or_null(notice->why)}});
}

Json reminder_json(const usecases::GivenReminder& given) {
  const auto& due = given.due;
  return Json::object({{"kind", due.kind},
                       {"about", due.about},
                       {"what", due.what},
                       {"who", due.who.empty() ? Json() : Json(due.who)},
                       {"due_at", format_utc(due.at)},
                       {"command", due.command},
                       {"told", notice_json(given.notice)}});
}

Json ask_advance_json(const usecases::AskAdvance& one) {
  auto occurred = Json::array(), pages = Json::array();
  for (const auto& happened : one.occurred) occurred.push(incident::occurrence_json(happened));
  for (const auto& page : one.pages) pages.push(incident::page_json(page));
  return Json::object({{"ask", one.ask.name},
                       {"incident", one.incident},
                       {"team", asked_first(one.ask)},
                       {"to", one.ask.to},
                       {"occurred", std::move(occurred)},
                       {"pages", std::move(pages)},
                       {"next_at", one.wake ? Json(format_utc(*one.wake)) : Json()},
                       {"problem", one.problem.empty() ? Json() : Json(one.problem)}});
}

Json inject_json(const usecases::GivenInject& given) {
  return Json::object({{"drill", given.drill},
                       {"incident", given.incident},
                       {"from", given.inject.from.empty() ? Json() : Json(given.inject.from)},
                       {"text", given.inject.text},
                       {"line", given.line.empty() ? Json() : Json(given.line)}});
}

std::int64_t count_pages(const TickReport& report, PageResult result) {
  std::int64_t count = 0;
  const auto is = [&](const auto& page) { return page.result == result; };
  for (const auto& one : report.escalations)
    count += std::count_if(one.pages.begin(), one.pages.end(), is);
  for (const auto& one : report.asks)
    count += std::count_if(one.pages.begin(), one.pages.end(), is);
  return count;
}

Json report_json(const TickReport& report, bool dry_run) {
  auto escalations = Json::array();
  for (const auto& one : report.escalations) escalations.push(incident::advance_json(one));
  auto unresolved = Json::array();
  for (const auto& page : report.unresolved) unresolved.push(incident::page_json(page));
  auto reminders = Json::array();
  for (const auto& given : report.reminders) reminders.push(reminder_json(given));
  auto calls = Json::array(), asks = Json::array(), injects = Json::array();
  for (const auto& line : report.calls) calls.push(line);
  for (const auto& one : report.asks) asks.push(ask_advance_json(one));
  for (const auto& one : report.injects) injects.push(inject_json(one));
  return Json::object({{"at", format_utc(report.at)},
                       {"dry_run", dry_run},
                       {"sending", report.off.empty()},
                       {"sending_off_because", report.off.empty() ? Json() : Json(report.off)},
                       {"sent", count_pages(report, PageResult::sent)},
                       {"failed", count_pages(report, PageResult::failed)},
                       {"simulated", count_pages(report, PageResult::simulated)},
                       {"escalations", std::move(escalations)},
                       {"calls", std::move(calls)},
                       {"asks", std::move(asks)},
                       {"injects", std::move(injects)},
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

void add_calls(render::Page& page, const TickReport& report) {
  for (const auto& line : report.calls) page.push_back(render::Paragraph{line});
}

void add_asks(render::Page& page, const TickReport& report) {
  for (const auto& one : report.asks) {
    const auto about = one.incident + " " + one.ask.name + " to " + asked_first(one.ask);
    if (!one.problem.empty())
      page.push_back(render::Paragraph{about + ": nobody else can be asked: " + one.problem,
                                       render::Tone::warn});
    if (!one.pages.empty()) {
      page.push_back(render::Heading{about + ": no word in time"});
      page.push_back(incident::page_table(one.pages));
    }
    for (const auto& occurred : one.occurred)
      if (occurred.what != Happening::paged)
        page.push_back(render::Paragraph{
            about + ": " + std::string(to_string(occurred.what)) + ": " + occurred.why,
            occurred.what == Happening::exhausted ? render::Tone::bad : render::Tone::plain});
  }
}

void add_injects(render::Page& page, const TickReport& report, bool dry_run) {
  for (const auto& one : report.injects)
    page.push_back(render::Paragraph{
        "drill " + one.drill + ", " + one.incident + (dry_run ? ": would give: " : ": ") +
        (one.inject.from.empty() ? "" : one.inject.from + ": ") + one.inject.text});
}

/// "INC-1: ada was told by mail", or why it is only shown here.
render::Paragraph told_line(const usecases::GivenReminder& given) {
  const auto& notice = *given.notice;
  const auto who = notice.person.empty() ? std::string("nobody") : notice.person;
  const auto begin = given.due.about + ", " + given.due.what + ": ";
  switch (notice.result) {
    case PageResult::sent:
      return {begin + who + " was told by " + notice.channel};
    case PageResult::intended:
      return {begin + "would tell " + who + " by " + notice.channel};
    case PageResult::failed:
      return {begin + "telling " + who + " by " + notice.channel + " failed: " + notice.why,
              render::Tone::bad};
    case PageResult::simulated:
    case PageResult::unresolved:
      break;
  }
  return {begin + "only shown here, " + who +
              (notice.person.empty() ? " is told: " : " is not told: ") + notice.why,
          render::Tone::warn};
}

void add_reminders(render::Page& page, const TickReport& report) {
  if (report.reminders.empty()) return;
  render::Table table{
      {{"due (UTC)"}, {"about"}, {"what", render::Align::left, false, true}, {"command"}}, {}};
  for (const auto& [due, notice] : report.reminders)
    table.rows.push_back({format_utc(due.at).substr(0, 16), due.about, due.what, due.command});
  page.push_back(std::move(table));
  for (const auto& given : report.reminders)
    if (given.notice) page.push_back(told_line(given));
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
  add_calls(page, report);
  add_asks(page, report);
  add_injects(page, report, dry_run);
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
  const auto untold = [](const auto& given) {
    return given.notice && given.notice->result == PageResult::failed;
  };
  return count_pages(report, PageResult::failed) > 0 ||
         std::any_of(report.reminders.begin(), report.reminders.end(), untold) ||
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
      "Does what time has made due, once: the next steps of escalations, calls of roles and asks "
      "to "
      "teams that nobody answered, injects of drills that run, reminders of updates, reviews, "
      "contracts and data that grew old. Run it every minute from a timer or cron, or leave it "
      "running with --watch. Running it twice, or two at once, does nothing twice: what is to be "
      "sent is recorded before it is sent. If a run ends between the two, the page is reported as "
      "one that may have been sent, and is not sent again.");
  options.about(
      "Pages go out only if your own channels.yaml says 'send: true'; until then, and for drills "
      "and tests always, they are only simulated. Reminders are shown here; under the same "
      "conditions "
      "that of an incident's next update also goes to whoever holds communications, else command. "
      "See nines-channels(5).");
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
