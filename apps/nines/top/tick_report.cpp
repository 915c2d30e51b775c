// What a look at the time brought about, for people and as JSON.
#include "nines/top/tick_report.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "nines/incident/escalation_pages.hpp"
#include "nines/rca/watch_pages.hpp"

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

Json unresolved_json(const usecases::GivenReminder& given) {
  return Json::object({{"kind", given.due.kind},
                       {"about", given.due.about},
                       {"what", given.due.what},
                       {"due_at", format_utc(given.due.at)},
                       {"person", given.notice->person},
                       {"channel", given.notice->channel}});
}

Json problem_json(const usecases::Problem& problem) {
  const auto& error = problem.error;
  return Json::object({{"stage", problem.stage},
                       {"about", problem.about.empty() ? Json() : Json(problem.about)},
                       {"code", error.code()},
                       {"what", error.what()},
                       {"hint", error.hint().empty() ? Json() : Json(error.hint())}});
}

Json report_json(const TickReport& report, bool dry_run) {
  auto escalations = Json::array();
  for (const auto& one : report.escalations) escalations.push(incident::advance_json(one));
  auto unresolved = Json::array();
  for (const auto& page : report.unresolved) unresolved.push(incident::page_json(page));
  auto reminders = Json::array(), unresolved_reminders = Json::array(), problems = Json::array();
  for (const auto& one : report.unresolved_reminders)
    unresolved_reminders.push(unresolved_json(one));
  for (const auto& one : report.problems) problems.push(problem_json(one));
  for (const auto& given : report.reminders) reminders.push(reminder_json(given));
  auto calls = Json::array(), asks = Json::array(), injects = Json::array();
  for (const auto& line : report.calls) calls.push(line);
  for (const auto& one : report.asks) asks.push(ask_advance_json(one));
  for (const auto& one : report.injects) injects.push(inject_json(one));
  auto watches = Json::array();
  for (const auto& one : report.watches) watches.push(rca::watch_news_json(one));
  return Json::object(
      {{"at", format_utc(report.at)},
       {"dry_run", dry_run},
       {"sending", report.off.empty()},
       {"sending_off_because", report.off.empty() ? Json() : Json(report.off)},
       {"sent", count_pages(report, PageResult::sent)},
       {"failed", count_pages(report, PageResult::failed)},
       {"simulated", count_pages(report, PageResult::simulated)},
       {"escalations", std::move(escalations)},
       {"calls", std::move(calls)},
       {"calls_off_because", report.calls_off.empty() ? Json() : Json(report.calls_off)},
       {"asks", std::move(asks)},
       {"injects", std::move(injects)},
       {"watches", std::move(watches)},
       {"unresolved", std::move(unresolved)},
       {"unresolved_reminders", std::move(unresolved_reminders)},
       {"reminders", std::move(reminders)},
       {"reminded_before", report.reminded_before},
       {"problems", std::move(problems)},
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
  for (const auto& [due, notice] : report.unresolved_reminders)
    page.push_back(render::Paragraph{
        "may have been told, and is not told again: " + notice->person + " by " + notice->channel +
            ", " + due.about + ", " + due.what + ", due " + format_utc(due.at),
        render::Tone::bad});
}

/// Last, where they are seen: everything else was done all the same.
void add_problems(render::Page& page, const TickReport& report) {
  for (const auto& [stage, about, error] : report.problems)
    page.push_back(render::Paragraph{
        "not done, everything else was: " + stage + (about.empty() ? "" : " of " + about) + ": " +
            error.what() + (error.hint().empty() ? "" : "; " + error.hint()),
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
    case PageResult::unresolved:
      return {begin + who + " may have been told by " + notice.channel + ": " + notice.why,
              render::Tone::bad};
    case PageResult::simulated:
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

}  // namespace

std::int64_t count_pages(const TickReport& report, PageResult result) {
  std::int64_t count = 0;
  const auto is = [&](const auto& page) { return page.result == result; };
  for (const auto& one : report.escalations)
    count += std::count_if(one.pages.begin(), one.pages.end(), is);
  for (const auto& one : report.asks)
    count += std::count_if(one.pages.begin(), one.pages.end(), is);
  return count;
}

render::Output tick_output(Context& context, const TickReport& report) {
  const bool dry_run = context.dry_run();
  render::Output output;
  output.schema = "nines/tick/v1";
  output.data = report_json(report, dry_run);
  output.warnings = report.unusable;
  auto& page = output.page;
  add_unresolved(page, report);
  add_escalations(page, report);
  add_calls(page, report);
  add_asks(page, report);
  add_injects(page, report, dry_run);
  for (const auto& line : rca::watch_news_lines(report.watches, dry_run))
    page.push_back(render::Paragraph{line});
  add_reminders(page, report);
  add_problems(page, report);
  render::Facts facts;
  facts.items = {
      {"pages", summary_of(report, dry_run)},
      {"sending", incident::sending_text(report.off)},
      {"next", report.next ? incident::moment_text(context.time_rules().zone, *report.next)
                           : std::string("nothing by time alone")}};
  if (!report.calls_off.empty())
    facts.items.push_back({"calls", "none are made: " + report.calls_off});
  page.push_back(std::move(facts));
  page.push_back(render::Next{"nines tick --watch", "stay, and do this whenever something is due"});
  return output;
}

}  // namespace nines::app::top
