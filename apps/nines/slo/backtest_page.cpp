// What a backtest found, as a page and as data.
#include "nines/slo/backtest_page.hpp"

#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "base/time.hpp"

namespace nines::app::slo {
namespace {

using render::Align;
using render::Table;
using usecases::Backtest;
using usecases::BacktestFigures;

std::string percent_text(double share) {
  const double percent = share * 100;
  return percent < 10 ? fmt::format("{:.1f} %", percent) : fmt::format("{:.0f} %", percent);
}
std::string percent_text(const std::optional<double>& share) {
  return share ? percent_text(*share) : "-";
}

std::string minutes_text(const std::optional<double>& minutes) {
  if (!minutes) return "-";
  return format_duration(std::chrono::seconds{std::llround(*minutes * 60)});
}

/// "4 of 6 (30-90 %)".
std::string tested_share_text(std::size_t part, std::size_t whole,
                              const std::optional<stats::Interval>& interval) {
  if (!interval) return "-";
  return fmt::format("{} of {} ({:.0f}-{:.0f} %)", part, whole, interval->low * 100,
                     interval->high * 100);
}

std::string tested_name(const std::string& slo, const std::string& objective, bool several) {
  return several ? slo + "/" + objective : slo;
}

Table summary_table(const Backtest& result) {
  const bool several = !result.all.empty() && result.all.front().policy != result.all.back().policy;
  Table table{{{"alert", Align::left, false, several},
               {"alerts", Align::right},
               {"a week", Align::right},
               {"precision"},
               {"recall"},
               {"detected", Align::right},
               {"unseen", Align::right},
               {"spent at detection", Align::right, true},
               {"spent before", Align::right, true},
               {"firing", Align::right, true}},
              {}};
  for (const auto& alert : result.all) {
    const auto& f = alert.figures;
    const auto name = several ? alert.severity + " " + alert.policy : alert.severity;
    table.rows.push_back({name, group_digits(f.alerts), fmt::format("{:.2f}", f.per_week),
                          tested_share_text(f.true_alerts, f.alerts, f.precision),
                          tested_share_text(f.caught, f.incidents, f.recall),
                          minutes_text(f.detected_after), percent_text(f.unseen_share),
                          percent_text(f.spent_at_detection), percent_text(f.spent_before),
                          percent_text(f.firing_share)});
  }
  return table;
}

/// Of the standard policy, which comes first.
const BacktestFigures* figures_of(const usecases::BacktestRow& row, std::string_view severity) {
  for (const auto& alert : row.alerts)
    if (alert.severity == severity && alert.policy == row.alerts.front().policy)
      return &alert.figures;
  return nullptr;
}

Table slo_table(const Backtest& result) {
  Table table{{{"slo", Align::left, false, true},
               {"days", Align::right},
               {"spent", Align::right},
               {"pages", Align::right},
               {"tickets", Align::right},
               {"caught", Align::right},
               {"detected", Align::right},
               {"unseen", Align::right},
               {"observed", Align::right, true}},
              {}};
  for (const auto& row : result.rows) {
    const auto name = tested_name(row.slo, row.objective, row.several);
    const auto* page = figures_of(row, "page");
    const auto* ticket = figures_of(row, "ticket");
    if (page == nullptr) continue;
    table.rows.push_back(
        {name, fmt::format("{:.0f}", static_cast<double>(row.minutes) / 1440),
         percent_text(row.budget_spent), group_digits(page->alerts),
         ticket != nullptr ? group_digits(ticket->alerts) : "-",
         page->incidents > 0 ? fmt::format("{}/{}", page->caught, page->incidents) : "-",
         minutes_text(page->detected_after), percent_text(page->unseen_share),
         percent_text(static_cast<double>(row.observed) / static_cast<double>(row.minutes))});
  }
  return table;
}

Table unseen_table(const Backtest& result) {
  Table table{{{"day"},
               {"slo", Align::left, false, true},
               {"of a budget", Align::right},
               {"failed", Align::right}},
              {}};
  for (const auto& day : result.unseen)
    table.rows.push_back({format_utc(day.day).substr(0, 10), day.slo,
                          percent_text(day.budget_share),
                          fmt::format("{:.3g} %", day.ratio * 100)});
  return table;
}

constexpr std::size_t kMostCandidates = 14;

bool is_kept(std::size_t index, std::size_t count) {
  if (count <= kMostCandidates) return true;
  const auto rank = [&](std::size_t i) { return i * (kMostCandidates - 1) / (count - 1); };
  return index == 0 || rank(index) != rank(index - 1);
}

Table frontier_table(const Backtest& result) {
  const bool judged = !result.frontier.empty() && result.frontier.front().figures.judged;
  Table table{{{"page when the budget goes"},
               {"a week", Align::right},
               {judged ? "recall" : "unseen", Align::right},
               {judged ? "precision" : "firing", Align::right},
               {"detected", Align::right},
               {judged ? "spent by then" : "spent before", Align::right}},
              {}};
  std::size_t index = 0;
  for (const auto& candidate : result.frontier) {
    // A long frontier is thinned; its ends and the current alert stay.
    const bool kept = candidate.current || is_kept(index++, result.frontier.size());
    if (!kept) continue;
    const auto& f = candidate.figures;
    std::string text;
    for (const auto& pair : candidate.pairs) text += (text.empty() ? "" : " or ") + pair;
    if (candidate.current) text = candidate.beaten ? "as now (beaten)" : "as now";
    table.rows.push_back(
        {render::Cell(text, candidate.current ? render::Tone::strong : render::Tone::plain),
         fmt::format("{:.2f}", f.per_week),
         judged ? fmt::format("{}/{}", f.caught, f.incidents) : percent_text(f.unseen_share),
         judged ? fmt::format("{}/{}", f.true_alerts, f.alerts) : percent_text(f.firing_share),
         minutes_text(f.detected_after),
         percent_text(judged ? f.spent_at_detection : f.spent_before)});
  }
  return table;
}

/// One line per SLO and reason.
void add_left_out(render::Page& page, const Backtest& result) {
  std::string last;
  for (const auto& row : result.rows) {
    if (row.problem.empty()) continue;
    auto text = "Not replayed: " + row.slo + ": " + row.problem + ".";
    if (text == last) continue;
    page.push_back(render::Paragraph{text, render::Tone::warn});
    last = std::move(text);
  }
}

void add_truth(render::Page& page, const Backtest& result) {
  const auto count = count_of(result.incidents, "incident");
  if (result.incidents >= usecases::kLeastIncidents) {
    page.push_back(render::Paragraph{count + " on record hurt these services in that time."});
    return;
  }
  page.push_back(render::Paragraph{
      fmt::format("{} on record hurt these services in that time: too few to tell precision and "
                  "recall, {} are needed.",
                  result.incidents == 0 ? "No incident" : count, usecases::kLeastIncidents),
      render::Tone::warn});
}

// ---- data -----------------------------------------------------------------------------------

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json share_json(std::size_t part, std::size_t whole, const std::optional<stats::Interval>& i) {
  if (!i) return {};
  return Json::object({{"value", static_cast<double>(part) / static_cast<double>(whole)},
                       {"low", i->low},
                       {"high", i->high}});
}

Json tested_figures_json(const BacktestFigures& f) {
  return Json::object({{"alerts", f.alerts},
                       {"alerts_per_week", f.per_week},
                       {"true_alerts", f.true_alerts},
                       {"incidents", f.incidents},
                       {"caught", f.caught},
                       {"precision", share_json(f.true_alerts, f.alerts, f.precision)},
                       {"recall", share_json(f.caught, f.incidents, f.recall)},
                       {"minutes_to_detect", number(f.detected_after)},
                       {"spent_at_detection", number(f.spent_at_detection)},
                       {"spent_before", number(f.spent_before)},
                       {"firing_share", f.firing_share},
                       {"unseen_share", number(f.unseen_share)}});
}

Json alerts_json(const std::vector<usecases::BacktestAlert>& alerts) {
  Json list = Json::array();
  for (const auto& alert : alerts) {
    auto one = tested_figures_json(alert.figures);
    one.set("alert", alert.severity);
    one.set("policy", alert.policy);
    list.push(std::move(one));
  }
  return list;
}

Json instant_json(const std::optional<Instant>& at) { return at ? Json(format_utc(*at)) : Json(); }

}  // namespace

render::Page backtest_page(const Backtest& result) {
  render::Page page;
  if (result.rows.empty()) {
    page.push_back(render::Paragraph{"no SLO is applied"});
    page.push_back(render::Next{"nines slo apply FILE --because TEXT", "record a first SLO"});
    return page;
  }
  if (result.minutes > 0) {
    add_truth(page, result);
    page.push_back(summary_table(result));
    page.push_back(render::Heading{"By SLO"});
    page.push_back(slo_table(result));
  }
  add_left_out(page, result);
  if (!result.unseen.empty()) {
    page.push_back(render::Heading{"Burned outside the reach of every alert"});
    page.push_back(unseen_table(result));
  }
  if (!result.frontier.empty()) {
    page.push_back(render::Heading{
        fmt::format("Of {} page alerts, those that no other beats", result.candidates)});
    page.push_back(frontier_table(result));
    if (result.frontier.size() > kMostCandidates)
      page.push_back(render::Paragraph{
          fmt::format("{} in all: -o json has the others.", result.frontier.size())});
  }
  return page;
}

Json backtest_json(const Backtest& result) {
  Json rows = Json::array();
  for (const auto& row : result.rows)
    rows.push(Json::object({{"slo", row.slo},
                            {"objective", row.objective},
                            {"service", row.service},
                            {"problem", row.problem.empty() ? Json() : Json(row.problem)},
                            {"from", instant_json(row.from)},
                            {"to", instant_json(row.to)},
                            {"minutes", row.minutes},
                            {"observed_minutes", row.observed},
                            {"budget_spent", number(row.budget_spent)},
                            {"alerts", alerts_json(row.alerts)}}));
  Json unseen = Json::array();
  for (const auto& day : result.unseen)
    unseen.push(Json::object({{"slo", day.slo},
                              {"objective", day.objective},
                              {"day", format_utc(day.day).substr(0, 10)},
                              {"budget_share", day.budget_share},
                              {"error_ratio", day.ratio}}));
  Json frontier = Json::array();
  for (const auto& candidate : result.frontier) {
    auto one = tested_figures_json(candidate.figures);
    Json pairs = Json::array();
    for (const auto& pair : candidate.pairs) pairs.push(pair);
    one.set("pairs", std::move(pairs));
    one.set("current", candidate.current);
    one.set("beaten", candidate.beaten);
    frontier.push(std::move(one));
  }
  return Json::object({{"minutes", result.minutes},
                       {"incidents", result.incidents},
                       {"least_incidents", usecases::kLeastIncidents},
                       {"all", alerts_json(result.all)},
                       {"rows", std::move(rows)},
                       {"unseen", std::move(unseen)},
                       {"candidates", result.candidates},
                       {"frontier", std::move(frontier)}});
}

}  // namespace nines::app::slo
