// Shows who spent a budget: causes first, then days, then the picture.
#include "nines/slo/budget_page.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/slo/figures.hpp"
#include "nines/slo/status_detail.hpp"
#include "nines/slo/status_json.hpp"
#include "usecases/slo/status.hpp"

namespace nines::app::slo {
namespace {

using nines::slo::Account;
using nines::slo::LedgerRow;
using render::Align;
using render::Cell;
using render::Tone;
using usecases::BudgetReport;

constexpr std::size_t kRowsShown = 48;
constexpr std::size_t kStripLongest = 62;

std::string percent_of(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  return percent > 0 && percent < 1 ? "<1%" : fmt::format("{:.0f}%", percent);
}

std::string account_name(const Account& account) {
  return std::string(to_string(account.cause)) +
         (account.subject.empty() ? "" : " " + account.subject);
}

std::string spent(const BudgetReport& report, double share) {
  return report.assessment.budget.none ? "-" : share_text(share);
}

render::Table account_table(const BudgetReport& report) {
  render::Table table{{{"cause"},
                       {"bad", Align::right},
                       {"share", Align::right},
                       {"of budget", Align::right},
                       {"what", Align::left, false, true}},
                      {}};
  const auto& ledger = report.spending.ledger;
  for (std::size_t i = 0; i < ledger.accounts.size(); ++i) {
    const auto& account = ledger.accounts[i];
    table.rows.push_back({account_name(account), group_digits(account.bad),
                          percent_of(account.bad, ledger.bad),
                          spent(report, report.spending.by_account[i]), account.label});
  }
  table.rows.push_back({Cell("total", Tone::strong), group_digits(ledger.bad),
                        ledger.bad > 0 ? "100%" : "-", spent(report, report.spending.whole), ""});
  return table;
}

render::Table ledger_member_table(const BudgetReport& report) {
  render::Table table{{{"member"},
                       {"weight", Align::right},
                       {"total", Align::right},
                       {"bad", Align::right},
                       {"of budget", Align::right}},
                      {}};
  const bool weighted = report.assessment.method != nines::slo::BudgetingMethod::timeslices;
  for (const auto& member : report.spending.members)
    table.rows.push_back({member.name, weighted ? member.weight.to_string() : "-",
                          group_digits(member.total), group_digits(member.bad),
                          spent(report, member.spent)});
  return table;
}

std::string row_label(const BudgetReport& report, const LedgerRow& row, usecases::LedgerStep step) {
  const auto zone = Zone::find(report.zone).value_or(Zone::utc());
  const auto text = format_in(zone, row.period.from);
  return step == usecases::LedgerStep::day ? text.substr(0, 10)
                                           : text.substr(0, 10) + " " + text.substr(11, 5);
}

double row_spent(const BudgetReport& report, const LedgerRow& row) {
  return report.spending
      .by_row[static_cast<std::size_t>(&row - report.spending.ledger.rows.data())];
}

/// The cause that claims most of a row.
std::string main_cause(const BudgetReport& report, const LedgerRow& row) {
  if (row.bad == 0) return "";
  const auto most = std::max_element(row.by_account.begin(), row.by_account.end());
  const auto& account =
      report.spending.ledger.accounts[static_cast<std::size_t>(most - row.by_account.begin())];
  return account_name(account) + (*most == row.bad ? "" : " " + percent_of(*most, row.bad));
}

/// Days with events, hours with bad ones; the worst of them when there are many.
std::vector<const LedgerRow*> shown_rows(const BudgetReport& report, usecases::LedgerStep step) {
  std::vector<const LedgerRow*> rows;
  for (const auto& row : report.spending.ledger.rows)
    if (step == usecases::LedgerStep::day ? row.total > 0 : row.bad > 0) rows.push_back(&row);
  if (rows.size() <= kRowsShown) return rows;
  std::stable_sort(rows.begin(), rows.end(), [&](const LedgerRow* a, const LedgerRow* b) {
    return row_spent(report, *a) > row_spent(report, *b);
  });
  rows.resize(kRowsShown);
  std::sort(rows.begin(), rows.end(),
            [](const LedgerRow* a, const LedgerRow* b) { return a->period.from < b->period.from; });
  return rows;
}

render::Table row_table(const BudgetReport& report, usecases::LedgerStep step) {
  const auto title = (step == usecases::LedgerStep::day ? "day (" : "hour (") + report.zone + ")";
  render::Table table{{{title},
                       {"total", Align::right},
                       {"bad", Align::right},
                       {"of budget", Align::right},
                       {"mostly", Align::left, false, true}},
                      {}};
  for (const auto* row : shown_rows(report, step))
    table.rows.push_back({row_label(report, *row, step), group_digits(row->total),
                          group_digits(row->bad), spent(report, row_spent(report, *row)),
                          main_cause(report, *row)});
  return table;
}

/// One character for one row or, when there are many, for some: full when they spent three times
/// their even part of the whole budget.
std::string strip(const BudgetReport& report, bool utf8) {
  render::Points points;
  const auto& rows = report.spending.ledger.rows;
  const auto window = static_cast<double>(report.assessment.window->length().count());
  const auto step = (rows.size() + kStripLongest - 1) / kStripLongest;
  for (std::size_t i = 0; i < rows.size(); i += step) {
    double even = 0, bad = 0;
    bool any = false;
    for (auto r = i; r < std::min(i + step, rows.size()); ++r) {
      even += static_cast<double>(rows[r].period.length().count()) / window;
      bad += report.spending.by_row[r];
      any = any || rows[r].total > 0;
    }
    points.push_back(any && even > 0 ? std::optional(bad / even / 3) : std::nullopt);
  }
  return render::heat_strip(points, utf8);
}

std::string balance_text(const BudgetReport& report) {
  const auto& l = report.spending.ledger;
  if (!report.spending.balances()) return "DOES NOT BALANCE: please report this";
  const bool slices = l.in_slices;
  const auto unit = l.bad == 1 ? (slices ? "slice" : "event") : (slices ? "slices" : "events");
  const bool joined = !report.spending.members.empty() && !slices;
  auto text = fmt::format("balances: {} bad {} of {}, by cause{} by time", group_digits(l.bad),
                          unit, group_digits(l.total), joined ? ", by member, and" : " and");
  if (report.spending.members.empty() || joined) return text;
  return text + fmt::format("; {} bad for more than one member, and count{} once",
                            report.spending.shared == 1
                                ? "1 is"
                                : group_digits(report.spending.shared) + " are",
                            report.spending.shared == 1 ? "s" : "");
}

/// What the share of the budget is of, where it is not plain.
std::string weighing_text(const BudgetReport& report) {
  const auto& a = report.assessment;
  const bool members = !report.spending.members.empty();
  if (a.method == nines::slo::BudgetingMethod::ratio_timeslices)
    return std::string("'of budget': a bad event spends its part of its slice") +
           (members ? ", times its member's weight" : "") + "; events are what balances exactly";
  if (members && a.method == nines::slo::BudgetingMethod::occurrences)
    return "'of budget': a member's bad events over what its own budget allows, times its weight";
  return {};
}

Json ledger_rows_json(const BudgetReport& report) {
  auto rows = Json::array();
  for (const auto& row : report.spending.ledger.rows) {
    auto by = Json::object();
    for (std::size_t i = 0; i < row.by_account.size(); ++i)
      if (row.by_account[i] > 0)
        by.set(account_name(report.spending.ledger.accounts[i]), row.by_account[i]);
    rows.push(Json::object({{"from", format_utc(row.period.from)},
                            {"to", format_utc(row.period.to)},
                            {"total", row.total},
                            {"bad", row.bad},
                            {"spent", row_spent(report, row)},
                            {"by", std::move(by)}}));
  }
  return rows;
}

void add_nothing(render::Page& page, const BudgetReport& report) {
  const auto& a = report.assessment;
  page.push_back(render::Paragraph{"nothing to account for: " +
                                   (a.sli_reason.empty() ? "no data" : a.sli_reason)});
  if (a.freshness.data_to)
    page.push_back(render::Next{"nines slo budget " + a.slo + " --at last",
                                "look back from where the data ends"});
  else if (!report.source.empty())
    page.push_back(render::Next{usecases::data_command(report.source, report.source_type),
                                "bring in measurements"});
}

}  // namespace

Json budget_json(const BudgetReport& report) {
  const auto& a = report.assessment;
  const auto& l = report.spending.ledger;
  auto accounts = Json::array();
  for (std::size_t i = 0; i < l.accounts.size(); ++i) {
    const auto& account = l.accounts[i];
    accounts.push(Json::object({{"cause", to_string(account.cause)},
                                {"subject", account.subject},
                                {"label", account.label},
                                {"bad", account.bad},
                                {"spent", report.spending.by_account[i]}}));
  }
  auto members = Json::array();
  for (const auto& member : report.spending.members)
    members.push(Json::object({{"name", member.name},
                               {"weight", member.weight.to_double()},
                               {"bad", member.bad},
                               {"total", member.total},
                               {"spent", member.spent}}));
  auto down = Json::array();
  for (std::size_t i = 0; i < report.left.size(); ++i)
    down.push(Json::object({{"at", format_utc(report.plot_times[i])},
                            {"left", report.left[i] ? Json(*report.left[i]) : Json()}}));
  return Json::object(
      {{"slo", a.slo},
       {"objective", a.objective},
       {"target", a.target.to_double()},
       {"unit", l.in_slices ? "slices" : "events"},
       {"bad", l.bad},
       {"total", l.total},
       {"whole_budget", report.whole_budget > 0 ? Json(report.whole_budget) : Json()},
       {"spent", report.spending.whole},
       {"balanced", report.spending.balances()},
       {"members", std::move(members)},
       {"shared", report.spending.shared},
       {"rule", nines::slo::overlap_rule()},
       {"change_tail_seconds",
        std::chrono::floor<std::chrono::seconds>(report.change_tail).count()},
       {"accounts", std::move(accounts)},
       {"rows", ledger_rows_json(report)},
       {"burn_down", std::move(down)},
       {"status", assessment_json(a)}});
}

render::Plot budget_plot(const BudgetReport& report) {
  const auto& a = report.assessment;
  render::Plot plot;
  plot.title = "Error budget of " + a.slo +
               (a.members.empty() || a.sli ? ", target " + target_text(a) : ", composite");
  double lowest = 0;
  for (const auto& left : report.left) lowest = std::min(lowest, left.value_or(0));
  plot.low = lowest < 0 ? std::floor(lowest * 4) / 4 : 0;
  plot.y_labels = {{1, "100%"}, {0, "0%"}, {0.5, "50%"}};
  if (plot.low < 0) plot.y_labels.emplace_back(plot.low, share_text(plot.low));
  if (!a.window) return plot;
  const auto last = report.left.empty() ? std::nullopt : report.left.back();
  plot.description =
      fmt::format("Share of the budget left from {} to {}; {} at the end.",
                  minute_text(a.window->from), minute_text(*a.counted_to), share_text(last));
  auto points = report.left;
  // The part of the window that is still to come stays empty.
  const double done = static_cast<double>((*a.counted_to - a.window->from).count()) /
                      static_cast<double>(a.window->length().count());
  if (done > 0 && done < 1)
    points.resize(static_cast<std::size_t>(std::lround(static_cast<double>(points.size()) / done)));
  plot.lines.push_back({"spent evenly", {1.0, 0.0}, true});
  plot.lines.push_back({"budget left", std::move(points), false});
  const Instant middle =
      std::chrono::floor<std::chrono::minutes>(a.window->from + a.window->length() / 2);
  const auto zone = Zone::find(report.zone).value_or(Zone::utc());
  const bool hours = a.window->length() < std::chrono::days{4};
  for (const auto at : {a.window->from, middle, a.window->to}) {
    const auto text = format_in(zone, at);
    plot.x_labels.push_back(text.substr(0, 10) + (hours ? " " + text.substr(11, 5) : ""));
  }
  return plot;
}

render::Page budget_page(const BudgetReport& report, usecases::LedgerStep step,
                         const render::Style& style, bool with_plot) {
  const auto& a = report.assessment;
  render::Page page;
  page.push_back(render::Heading{fmt::format(
      "Error budget of {}, {}, {}", a.slo,
      a.members.empty() || a.sli ? "target " + target_text(a) : "composite", a.window_text)});
  if (report.spending.ledger.total == 0 && report.spending.ledger.lost == 0) {
    add_nothing(page, report);
    return page;
  }
  std::vector<std::pair<std::string, Cell>> facts = {
      {"window", Cell(minute_text(a.window->from) + " .. " + minute_text(*a.counted_to))},
      {"left", Cell(a.budget.none ? "no budget: a target of 100% allows nothing bad"
                                  : share_text(a.budget.share) + " of " + budget_basis(a))},
      {"verdict", Cell(verdict_text(a))}};
  add_outlook(facts, a);
  add_maintenance(facts, a);
  if (report.spending.ledger.rows.size() > 1)
    facts.emplace_back(step == usecases::LedgerStep::day ? "by day" : "by hour",
                       Cell(strip(report, style.utf8)));
  page.push_back(render::Facts{std::move(facts)});
  page.push_back(account_table(report));
  if (!report.spending.members.empty()) page.push_back(ledger_member_table(report));
  page.push_back(row_table(report, step));
  if (shown_rows(report, step).size() == kRowsShown)
    page.push_back(
        render::Paragraph{fmt::format("the {} {} that spent most; -o json has all", kRowsShown,
                                      step == usecases::LedgerStep::day ? "days" : "hours")});
  if (with_plot)
    page.push_back(render::Preformatted{render::draw_text(
        budget_plot(report), style.width > 0 ? style.width : 80, 14, style.utf8)});
  page.push_back(render::Paragraph{balance_text(report)});
  if (const auto weighing = weighing_text(report); !weighing.empty())
    page.push_back(render::Paragraph{weighing, Tone::dim});
  page.push_back(render::Paragraph{std::string("rule: ") + std::string(nines::slo::overlap_rule()) +
                                       "; a change claims until " +
                                       format_duration(report.change_tail) + " after its end",
                                   Tone::dim});
  if (report.spending.ledger.bad > 0 && !report.spending.ledger.accounts.empty() &&
      report.spending.ledger.accounts.front().cause == nines::slo::CauseClass::unexplained)
    page.push_back(
        render::Next{"nines rca changes import FILE", "tell the ledger what was going on"});
  return page;
}

}  // namespace nines::app::slo
