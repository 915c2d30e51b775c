// Runs nines status: what is at risk right now, and the next command to type.
#include <algorithm>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"
#include "nines/background.hpp"
#include "nines/incident/pages.hpp"
#include "nines/report/postmortem_pages.hpp"
#include "nines/slo/status_json.hpp"
#include "nines/slo/status_page.hpp"
#include "nines/top/situation_page.hpp"
#include "nines/top/standing_page.hpp"
#include "nines/top/verbs.hpp"
#include "usecases/incident/duties.hpp"

namespace nines::app::top {
namespace {

using nines::slo::Assessment;
using nines::slo::Exhaustion;
using nines::slo::Verdict;
using render::Cell;
using render::Tone;
using usecases::StatusRow;

struct Risk {
  const StatusRow* row;
  int rank;         ///< smaller is more urgent
  std::string why;  ///< the rule that put it here
};

/// The burn rates that page somebody by the usual multi-window rules, first that applies.
std::optional<std::string> burning(const Assessment& a) {
  if (a.burns.size() < 7 || a.budget.none) return std::nullopt;
  const auto over = [&](std::size_t longer, std::size_t shorter, double factor) {
    return a.burns[longer].rate.value_or(0) > factor && a.burns[shorter].rate.value_or(0) > factor;
  };
  if (over(2, 0, 14.4))
    return "burns " + slo::burn_text(a.burns[2].rate) + " times the budget's pace over 1h and 5m";
  if (over(4, 1, 6))
    return "burns " + slo::burn_text(a.burns[4].rate) + " times the budget's pace over 6h and 30m";
  return std::nullopt;
}

std::optional<Risk> risk_of(const StatusRow& row) {
  const auto& a = row.assessment;
  if (a.verdict == Verdict::not_started) return std::nullopt;
  if (const auto why = burning(a)) return Risk{&row, 0, *why};
  if (a.verdict == Verdict::missed) return Risk{&row, 1, "missed: the budget is overspent"};
  const auto& e = a.outlook.exhaustion;
  const bool soon = e.kind == Exhaustion::Kind::at && e.within_window && a.counted_to &&
                    e.when - *a.counted_to < std::chrono::days{3};
  if (soon)
    return Risk{
        &row, 2,
        "spent in " + slo::signed_duration(e.when - *a.counted_to) + " at the last day's pace"};
  if (a.budget.share && *a.budget.share < 0.25)
    return Risk{&row, 3, "less than a quarter of the budget is left"};
  if (a.verdict == Verdict::no_data) return Risk{&row, 4, a.sli_reason};
  if (a.freshness.stale && a.freshness.data_to)
    return Risk{&row, 5, "data ends " + slo::minute_text(*a.freshness.data_to)};
  return std::nullopt;
}

std::vector<Risk> risks_of(const usecases::Status& status) {
  std::vector<Risk> risks;
  for (const auto& row : status.rows)
    if (auto risk = risk_of(row)) risks.push_back(std::move(*risk));
  std::stable_sort(risks.begin(), risks.end(), [](const Risk& a, const Risk& b) {
    return std::pair(a.rank, a.row->assessment.budget.share.value_or(1)) <
           std::pair(b.rank, b.row->assessment.budget.share.value_or(1));
  });
  return risks;
}

render::Table risk_table(const std::vector<Risk>& risks, std::size_t limit) {
  render::Table table{{{"slo"},
                       {"verdict"},
                       {"left", render::Align::right},
                       {"why", render::Align::left, false, true}},
                      {}};
  for (std::size_t i = 0; i < risks.size() && i < limit; ++i) {
    const auto& a = risks[i].row->assessment;
    table.rows.push_back({slo::objective_name(a, !a.title.empty()),
                          Cell(slo::verdict_text(a), risks[i].rank < 2 ? Tone::bad : Tone::warn),
                          a.budget.none ? "none" : slo::share_text(a.budget.share), risks[i].why});
  }
  return table;
}

/// What burns, of the incident's own services first.
std::vector<BurnLine> burns_of(const std::vector<Risk>& risks,
                               const std::vector<std::string>& services) {
  std::vector<BurnLine> burns;
  for (const auto& risk : risks) {
    const auto& a = risk.row->assessment;
    const bool ours = std::find(services.begin(), services.end(), a.service) != services.end();
    if (risk.rank > 1 && !ours) continue;
    burns.push_back({slo::objective_name(a, !a.title.empty()), risk.why,
                     a.budget.none ? "none" : slo::share_text(a.budget.share), ours});
  }
  std::stable_sort(burns.begin(), burns.end(),
                   [](const BurnLine& a, const BurnLine& b) { return a.ours && !b.ours; });
  return burns;
}

/// The screen of the incident that burns; none while nothing is open.
void add_screen(Context& context, render::Output& output, const std::vector<Risk>& risks,
                const std::vector<incident::Incident>& open, std::size_t queued) {
  const auto incident = usecases::burning_incident(context.session(), open);
  if (!incident) {
    output.data.set("incident", Json());
    return;
  }
  const auto situation = usecases::situation_of(context.session(), *incident);
  Screen screen{situation, burns_of(risks, incident->services), {}, queued, context.now()};
  for (const auto& one : open)
    if (one.uid != incident->uid) screen.also_open.push_back(one.name);
  output.data.set("incident", situation_json(screen))
      .set("next", commands_for(situation, context.now()).front().command);
  output.page.push_back(
      render::Preformatted{situation_text(screen, context.time_rules().zone, context.style())});
}

/// The clocks that run, the earliest deadline first.
void add_clocks(render::Output& output, const std::vector<nines::incident::Duty>& duties,
                Instant now) {
  auto list = Json::array();
  render::Table table{{{"clock"}, {"incident"}, {"what", render::Align::left, false, true}}, {}};
  for (const auto& duty : duties) {
    list.push(duty_json(duty, now));
    const bool late = duty.due && *duty.due <= now;
    table.rows.push_back(
        {duty.kind, duty.incident, Cell(duty_text(duty, now), late ? Tone::bad : Tone::plain)});
  }
  output.data.set("clocks", std::move(list));
  if (!duties.empty() && output.page.empty()) output.page.push_back(std::move(table));
}

render::Next next_of(const usecases::Status& status, const std::vector<Risk>& risks) {
  if (!risks.empty() && risks.front().rank < 4)
    return render::Next{"nines slo budget " + risks.front().row->assessment.slo,
                        "what is spending it"};
  if (auto next = slo::next_step(status)) return *next;
  return render::Next{"nines slo status", "every SLO, one line each"};
}

void add_budgets(render::Output& output, const std::vector<Risk>& risks,
                 const slo::StatusCount& count, std::size_t limit) {
  const auto head =
      count_of(count.total, "objective") + ", " + std::to_string(risks.size()) + " at risk";
  output.page.push_back(
      render::Heading{risks.empty() && count.total > 0 ? head + ": all is well" : head});
  if (!risks.empty()) output.page.push_back(risk_table(risks, limit));
  if (risks.size() > limit)
    output.page.push_back(
        render::Paragraph{"and " + std::to_string(risks.size() - limit) + " more"});
}

/// A text that others wait for.
struct LatePostmortem {
  usecases::PostmortemView view;
  bool unpublished;                    ///< after its due day
  std::vector<std::string> reviewers;  ///< who have said nothing by theirs
};

/// Nothing while all are in time.
std::vector<LatePostmortem> late_postmortems(Context& context) {
  const auto now = context.now();
  std::vector<LatePostmortem> late;
  for (auto& row : usecases::list_postmortems(context.session())) {
    LatePostmortem one{std::move(row.view), false, {}};
    one.unpublished = report::is_overdue(one.view, now);
    for (const auto* review : nines::postmortem::waiting_reviews(one.view.postmortem))
      if (review->due && now >= Instant{*review->due + std::chrono::days{1}})
        one.reviewers.push_back(review->reviewer);
    if (one.unpublished || !one.reviewers.empty()) late.push_back(std::move(one));
  }
  return late;
}

Json late_json(const std::vector<LatePostmortem>& late) {
  auto list = Json::array();
  for (const auto& one : late) {
    auto reviewers = Json::array();
    for (const auto& name : one.reviewers) reviewers.push(name);
    list.push(Json::object({{"incident", one.view.incident.name},
                            {"title", one.view.incident.title},
                            {"state", to_string(one.view.state)},
                            {"due", one.view.due ? Json(format_day(*one.view.due)) : Json()},
                            {"overdue", one.unpublished},
                            {"late_reviewers", std::move(reviewers)}}));
  }
  return list;
}

void add_late_postmortems(render::Page& page, const std::vector<LatePostmortem>& late) {
  std::vector<std::string> names;
  for (const auto& one : late)
    names.push_back(one.view.incident.name + (one.reviewers.empty() ? "" : " (a review)"));
  if (!names.empty())
    page.push_back(render::Paragraph{
        "late postmortems: " + join(names, ", ") + "; nines report postmortem list shows them",
        Tone::warn});
}

/// What other machines cannot see yet, and why; a minute or so is what delivery takes.
void add_sync(Context& context, render::Output& output) {
  constexpr std::chrono::minutes kPatience{10};
  output.data.set("sync", Json());
  const auto place = configured_place(context);
  if (!place || place->kind == usecases::SyncPlace::Kind::folder) return;
  const auto standing = usecases::sync_standing(context.session(), *place);
  const auto time_json = [](const std::optional<Instant>& time) {
    return time ? Json(format_utc(*time)) : Json();
  };
  const auto name = usecases::to_string(*place);
  output.data.set(
      "sync",
      Json::object({{"place", name},
                    {"undelivered", standing.undelivered},
                    {"since", time_json(standing.since)},
                    {"contact", time_json(standing.contact)},
                    {"failed_at", time_json(standing.failed_at)},
                    {"problem", standing.problem.empty() ? Json() : Json(standing.problem)}}));
  const bool late =
      standing.undelivered > 0 && context.now() - *standing.since >= Micros{kPatience};
  if (!standing.known) {
    output.warnings.push_back("nothing is exchanged with " + name + " yet: nines sync begins");
  } else if (standing.failed_at || late) {
    std::string text = standing.undelivered == 0
                           ? "the exchange with " + name + " failed"
                           : count_of(standing.undelivered, "event") + " not delivered to " + name +
                                 " since " + format_utc(*standing.since);
    if (!standing.problem.empty()) text += ": " + standing.problem;
    output.warnings.push_back(text);
  }
}

}  // namespace

void declare_status(Options& options) {
  options.about(
      "While an incident is open: one screen of it, 24 lines of 80 columns. What it hurts and "
      "which "
      "budgets burn, who holds which role, who is on duty by the rota, the next escalation step "
      "and "
      "its time, the next duty, the last five entries, what changed in "
      "the last two hours, the most similar past incident and why, the runbook, three commands.");
  options.about(
      "Else: the clocks that run, freezes and overrides, changes under way, late actions, and "
      "budgets at risk, most urgent first: burning fast enough to "
      "page somebody, missed, spent within three days, nearly spent, without data, with stale "
      "data.");
  options.integer("limit", "N", "at most this many budgets; default 10");
  options.example("nines status", "what needs somebody now");
  options.example("nines status -o json", "the same for a program");
}

ExitCode run_status(Context& context) {
  const auto status = usecases::slo_status(context.session(), {});
  const auto risks = risks_of(status);
  const auto limit = static_cast<std::size_t>(
      std::max<std::int64_t>(1, context.args.integer("limit").value_or(10)));
  const auto count = slo::count_states(status);
  auto open = usecases::list_incidents(context.session(), {});
  // What was written down afterwards needs nobody now.
  std::erase_if(open, [](const nines::incident::Incident& one) {
    return one.mode == nines::incident::Mode::retrospective;
  });
  const auto queued = usecases::queued_lines(context.session_options());
  render::Output output;
  output.schema = "nines/status/v1";
  auto at_risk = Json::array();
  for (const auto& risk : risks)
    at_risk.push(Json::object({{"slo", risk.row->assessment.slo},
                               {"why", risk.why},
                               {"rank", risk.rank},
                               {"status", slo::status_json(*risk.row)}}));
  auto incidents = Json::array();
  for (const auto& one : open) incidents.push(incident::incident_json(one));
  output.data = Json::object({{"objectives", count.total},
                              {"missed", count.missed},
                              {"undecided", count.undecided},
                              {"stale", count.stale},
                              {"at_risk", std::move(at_risk)},
                              {"incidents", std::move(incidents)},
                              {"queued_lines", static_cast<std::int64_t>(queued)}});
  output.warnings = status.warnings;
  add_screen(context, output, risks, open, queued);
  const bool burns = !output.page.empty();
  add_clocks(output, usecases::running_duties(context.session()), context.now());
  const auto standing = usecases::standing_of(context.session());
  add_standing(output.data, standing);
  add_sync(context, output);
  const auto late = late_postmortems(context);
  output.data.set("late_postmortems", late_json(late));
  if (!burns) {
    add_budgets(output, risks, count, limit);
    add_standing(output.page, standing, context.now());
    if (queued > 0)
      output.page.push_back(
          render::Paragraph{count_of(queued, "logged line") +
                                " wait on this machine: nines incident open TITLE takes them in",
                            Tone::warn});
    add_late_postmortems(output.page, late);
    const auto next = next_of(status, risks);
    output.data.set("next", next.command);
    output.page.push_back(next);
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::top
