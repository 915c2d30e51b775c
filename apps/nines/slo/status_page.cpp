// Says of every objective where it stands, and what to do next.
#include "nines/slo/status_page.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/slo/status_detail.hpp"
#include "render/plot.hpp"

namespace nines::app::slo {
namespace {

using nines::slo::Evidence;
using nines::slo::Verdict;
using render::Align;
using render::Cell;
using render::Tone;

bool counts(const Assessment& a) {
  return a.verdict == Verdict::met || a.verdict == Verdict::missed;
}

bool several_objectives(const usecases::Status& status, std::size_t i) {
  const auto& rows = status.rows;
  const auto same = [&](std::size_t j) { return rows[j].assessment.slo == rows[i].assessment.slo; };
  return (i > 0 && same(i - 1)) || (i + 1 < rows.size() && same(i + 1));
}

std::string data_text(const nines::slo::Freshness& fresh) {
  if (!fresh.age) return "none";
  const auto whole = std::chrono::floor<std::chrono::minutes>(*fresh.age);
  return (fresh.stale ? "stale " : "") + (whole.count() < 1 ? "now" : format_duration(whole));
}

Tone share_tone(const std::optional<double>& share) {
  if (!share) return Tone::plain;
  return *share <= 0 ? Tone::bad : *share < 0.25 ? Tone::warn : Tone::plain;
}

std::string spark(const usecases::StatusRow& row, bool utf8) {
  double peak = 1;
  for (const auto& burn : row.trend) peak = std::max(peak, burn.value_or(0));
  return render::sparkline(row.trend, 0, peak, utf8);
}

std::vector<Cell> list_row(const usecases::StatusRow& row, bool several, bool utf8) {
  const auto& a = row.assessment;
  const auto evidence = counts(a) ? std::string(to_string(a.inference.evidence)) : "-";
  const auto day = a.burns.size() > 5 ? burn_text(a.burns[5].rate) : "-";
  const auto hour = a.burns.size() > 2 ? burn_text(a.burns[2].rate) : "-";
  return {objective_name(a, several),
          target_text(a),
          sli_text(a),
          Cell(verdict_text(a), verdict_tone(a.verdict)),
          Cell(evidence,
               a.inference.evidence == Evidence::refuted && counts(a) ? Tone::bad : Tone::plain),
          Cell(a.budget.none ? "none" : share_text(a.budget.share), share_tone(a.budget.share)),
          hour,
          day,
          Cell(data_text(a.freshness), a.freshness.stale ? Tone::warn : Tone::plain),
          a.service,
          a.window_text,
          a.counted.total > 0 ? group_digits(a.counted.total) : "-",
          fmt::format("{:.0f}%", a.counted.coverage() * 100),
          spark(row, utf8)};
}

std::string summary(const StatusCount& count) {
  auto text = count_of(count.total, "objective") + ": ";
  if (count.missed + count.undecided + count.stale == 0) return text + "all met";
  std::vector<std::string> parts;
  if (count.missed > 0) parts.push_back(std::to_string(count.missed) + " missed");
  if (count.undecided > 0) parts.push_back(std::to_string(count.undecided) + " undecided");
  if (count.stale > 0) parts.push_back(std::to_string(count.stale) + " with stale data");
  return text + join(parts, ", ");
}

/// Smaller is more urgent.
int urgency(const Assessment& a) {
  if (a.verdict == Verdict::missed) return 0;
  if (a.verdict == Verdict::no_data) return 1;
  return 2;
}

}  // namespace

bool is_undecided(const Assessment& a) {
  if (a.verdict == Verdict::not_started) return false;
  return !counts(a) || !a.settled || a.inference.evidence == Evidence::undecided;
}

StatusCount count_states(const usecases::Status& status) {
  StatusCount count;
  for (const auto& row : status.rows) {
    const auto& a = row.assessment;
    ++count.total;
    if (a.verdict == Verdict::missed) ++count.missed;
    if (is_undecided(a)) ++count.undecided;
    if (a.freshness.stale && a.verdict != Verdict::not_started) ++count.stale;
  }
  return count;
}

std::optional<render::Next> next_step(const usecases::Status& status) {
  if (status.rows.empty())
    return render::Next{"nines slo apply FILE --because TEXT", "record a first SLO"};
  const auto worst =
      std::min_element(status.rows.begin(), status.rows.end(), [](const auto& x, const auto& y) {
        return std::pair(urgency(x.assessment), x.assessment.budget.share.value_or(1)) <
               std::pair(urgency(y.assessment), y.assessment.budget.share.value_or(1));
      });
  const auto& a = worst->assessment;
  if (a.verdict == Verdict::missed)
    return render::Next{"nines slo budget " + a.slo, "what spent the budget"};
  if (a.verdict != Verdict::no_data) return std::nullopt;
  if (a.freshness.data_to)
    return render::Next{"nines slo status " + a.slo + " --at last", "judge it where its data ends"};
  if (!worst->source.empty())
    return render::Next{usecases::data_command(worst->source, worst->source_type),
                        "measurements for " + a.slo};
  return render::Next{"nines slo show " + a.slo, "what it is measured by"};
}

render::Page list_page(const usecases::Status& status, bool utf8) {
  render::Page page;
  if (status.rows.empty()) {
    page.push_back(render::Paragraph{"no SLO is applied"});
  } else {
    render::Table table{{{"slo"},
                         {"target", Align::right},
                         {"sli", Align::right},
                         {"verdict"},
                         {"evidence"},
                         {"left", Align::right},
                         {"burn 1h", Align::right},
                         {"1d", Align::right},
                         {"data"},
                         {"service", Align::left, true},
                         {"window", Align::left, true},
                         {"counted", Align::right, true},
                         {"coverage", Align::right, true},
                         {"burn", Align::left, true}},
                        {}};
    for (std::size_t i = 0; i < status.rows.size(); ++i)
      table.rows.push_back(list_row(status.rows[i], several_objectives(status, i), utf8));
    page.push_back(std::move(table));
    page.push_back(render::Paragraph{summary(count_states(status))});
  }
  if (const auto next = next_step(status)) page.push_back(*next);
  return page;
}

}  // namespace nines::app::slo
