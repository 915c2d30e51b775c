// Lays one assessment out as facts, each with the arithmetic behind it.
#include "nines/slo/status_detail.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/text.hpp"
#include "nines/slo/status_page.hpp"
#include "render/plot.hpp"

namespace nines::app::slo {
namespace {

using nines::slo::BudgetingMethod;
using nines::slo::Evidence;
using nines::slo::Exhaustion;
using nines::slo::Verdict;
using render::Cell;
using render::Tone;

using Items = FactItems;

void add_verdict(Items& items, const Assessment& a) {
  items.emplace_back("verdict", Cell(verdict_text(a), verdict_tone(a.verdict)));
  if (!a.sli) {
    items.emplace_back("", Cell(a.sli_reason));
    if (a.members.empty()) return;
  }
  if (a.sli && a.inference.spent) {
    items.emplace_back("sli", Cell(sli_text(a) + "  1 - sum of weight x (1 - mean ratio)"));
    items.emplace_back("rule", Cell(fmt::format("met when that is >= {}, compared exactly",
                                                a.target.to_string())));
  } else if (a.inference.spent) {
    items.emplace_back("rule",
                       Cell("met when the weighted shares sum to 1 at most, compared exactly"));
  }
  if (!a.settled && a.inference.spent)
    items.emplace_back("", Cell("data is missing that could turn it", Tone::warn));
  if (a.counted.total == 0) return;
  items.emplace_back(
      "sli", Cell(fmt::format("{}  {} of {} good", sli_text(a), number_text(a.counted.good_units()),
                              unit_text(a, a.counted.total))));
  const auto rule =
      a.method == BudgetingMethod::ratio_timeslices ? "mean of slice ratios" : "good / total";
  items.emplace_back(
      "rule", Cell(fmt::format("met when {} >= {}, compared exactly", rule, a.target.to_string())));
  if (!a.settled)
    items.emplace_back("", Cell(fmt::format("data is missing that could turn it: about {}",
                                            unit_text(a, a.counted.missing_units())),
                                Tone::warn));
}

/// How many independent units the evidence rests on, and why.
std::string independence_text(const Assessment& a) {
  const auto& clustering = a.inference.clustering;
  const auto real = a.counted.total - a.counted.imputed;
  const auto unit = a.counted.in_slices ? "slices" : "events";
  if (!clustering)
    return a.budget.bad > 0 ? fmt::format("{} taken as independent: too few hours to compare", unit)
                            : fmt::format("{} taken as independent: none was bad", unit);
  const bool days = clustering->block >= std::chrono::hours{24};
  if (clustering->effective >= static_cast<double>(real))
    return fmt::format("{} {} compared: bad {} do not come in bursts", clustering->blocks,
                       days ? "days" : "hours", unit);
  return fmt::format(
      "bad {} come in bursts ({} {} compared): worth {} independent ones", unit, clustering->blocks,
      days ? "days" : "hours",
      group_digits(std::max<std::uint64_t>(1, static_cast<std::uint64_t>(clustering->effective))));
}

void add_weighted_evidence(Items& items, const Assessment& a) {
  const auto& i = a.inference;
  if (!i.spent) return;
  items.emplace_back("evidence", Cell(std::string(to_string(i.evidence)),
                                      i.evidence == Evidence::refuted ? Tone::bad : Tone::plain));
  items.emplace_back(
      "", Cell(fmt::format("95% interval of what is spent: {} .. {} of the budget",
                           share_text(std::max(0.0, i.spent->low)), share_text(i.spent->high))));
  items.emplace_back("", Cell("from each member's interval, widened where members fail together"));
}

void add_evidence(Items& items, const Assessment& a) {
  if (!a.sli || a.inference.spent) return add_weighted_evidence(items, a);
  const auto& i = a.inference;
  const auto n = std::max<std::uint64_t>(a.counted.total, 1000);
  items.emplace_back("evidence", Cell(std::string(to_string(i.evidence)),
                                      i.evidence == Evidence::refuted ? Tone::bad : Tone::plain));
  items.emplace_back("", Cell(fmt::format("95% interval {} .. {} ({})", ratio_text(i.sli.low, n),
                                          ratio_text(i.sli.high, n), to_string(i.method))));
  const auto* why = i.evidence == Evidence::supported ? "all of it lies at or above the target"
                    : i.evidence == Evidence::refuted ? "all of it lies below the target"
                                                      : "the target lies inside it";
  items.emplace_back("", Cell(independence_text(a)));
  auto text = std::string(why);
  if (i.units_needed) text += "; about " + unit_text(a, *i.units_needed) + " more would decide";
  items.emplace_back("", Cell(text));
}

void add_budget(Items& items, const Assessment& a) {
  if (a.budget.none) {
    items.emplace_back("budget", Cell("none: a target of 100% allows nothing bad"));
    return;
  }
  if (!a.budget.share) return;
  const Tone tone = *a.budget.share <= 0     ? Tone::bad
                    : *a.budget.share < 0.25 ? Tone::warn
                                             : Tone::plain;
  items.emplace_back("budget left",
                     Cell(share_text(a.budget.share) + " of " + budget_basis(a), tone));
  if (a.counted.total > 0) {
    const auto left = (a.budget.remaining < 0 ? "-" : "") +
                      unit_text(a, static_cast<std::uint64_t>(std::abs(a.budget.remaining)));
    items.emplace_back("",
                       Cell(fmt::format("{} of {} ({} bad)", left, group_digits(a.budget.allowed),
                                        number_text(a.budget.bad))));
  }
  if (a.budget.time_left)
    items.emplace_back(
        "", Cell(fmt::format("{} of {} of full outage", signed_duration(*a.budget.time_left),
                             signed_duration(a.budget.whole))));
}

void add_burn(Items& items, const Assessment& a) {
  const auto known = [](const nines::slo::Burn& burn) { return burn.rate.has_value(); };
  if (a.budget.none || std::none_of(a.burns.begin(), a.burns.end(), known)) return;
  std::string names, rates;
  for (const auto& burn : a.burns) {
    const auto name = format_duration(burn.window);
    const auto rate = burn_text(burn.rate);
    const auto width = std::max(name.size(), rate.size()) + 2;
    names += fmt::format("{:<{}}", name, width);
    rates += fmt::format("{:<{}}", rate, width);
  }
  items.emplace_back("burn over", Cell(names, Tone::dim));
  items.emplace_back("rate", Cell(rates));
}

std::string figures_text(const Assessment& a, const nines::slo::Figures& f) {
  using nines::slo::Verdict;
  if (f.verdict == Verdict::no_data) return "nothing is left to count";
  auto text = f.sli ? ratio_text(*f.sli, f.total > 0 ? f.total : 1000) + " good, " : std::string();
  text += f.verdict == Verdict::met ? "met" : "missed";
  if (f.budget_share) text += ", " + share_text(f.budget_share) + " of the budget left";
  if (f.total > 0)
    text += fmt::format(" ({} bad of {})", number_text(f.bad), unit_text(a, f.total));
  return text;
}

std::string exhaustion_text(const Assessment& a) {
  const auto& e = a.outlook.exhaustion;
  switch (e.kind) {
    case Exhaustion::Kind::unknown:
      return "unknown";
    case Exhaustion::Kind::no_budget:
      return "no budget";
    case Exhaustion::Kind::exhausted:
      return "now: it is spent";
    case Exhaustion::Kind::never:
      return "not at this pace";
    case Exhaustion::Kind::at:
      break;
  }
  const auto when =
      minute_text(e.when) + ", in " + signed_duration(e.when - a.counted_to.value_or(e.when));
  return e.within_window ? when : when + ": after the window ends";
}

void add_data(Items& items, const usecases::StatusRow& row) {
  const auto& a = row.assessment;
  if (a.window)
    items.emplace_back("window", Cell(minute_text(a.window->from) + " .. " +
                                      minute_text(a.window->to) + ", " + a.window_text));
  const auto& fresh = a.freshness;
  if (fresh.data_to) {
    items.emplace_back("data",
                       Cell(minute_text(*fresh.data_from) + " .. " + minute_text(*fresh.data_to) +
                            (row.source.empty() ? "" : ", " + row.source)));
    items.emplace_back(
        "age",
        Cell(fmt::format("{}, stale after {}",
                         format_duration(std::chrono::floor<std::chrono::minutes>(*fresh.age)),
                         format_duration(fresh.limit)),
             fresh.stale ? Tone::warn : Tone::plain));
  }
  if (a.counted.expected > 0)
    items.emplace_back(
        "coverage",
        Cell(fmt::format("{:.1f}%: {} of {} {} observed", a.counted.coverage() * 100,
                         group_digits(a.counted.known), group_digits(a.counted.expected),
                         a.counted.in_slices ? "slices" : "minutes") +
             (a.inference.spent ? " of all members" : "")));
  if (a.counted.imputed > 0)
    items.emplace_back("", Cell(unit_text(a, a.counted.imputed) + " stand for missing data"));
}

void add_trend(Items& items, const usecases::StatusRow& row, bool utf8) {
  const auto known = [](const std::optional<double>& burn) { return burn.has_value(); };
  if (std::none_of(row.trend.begin(), row.trend.end(), known)) return;
  double peak = 0;
  for (const auto& burn : row.trend) peak = std::max(peak, burn.value_or(0));
  items.emplace_back("burn", Cell(render::sparkline(row.trend, 0, std::max(peak, 1.0), utf8)));
  items.emplace_back("", Cell("over the window; the tallest is " + burn_text(peak)));
}

render::Table status_member_table(const Assessment& a) {
  using render::Align;
  render::Table table{{{"member"},
                       {"weight", Align::right},
                       {"target", Align::right},
                       {"sli", Align::right},
                       {"verdict"},
                       {"spent of its budget", Align::right}},
                      {}};
  for (const auto& member : a.members)
    table.rows.push_back(
        {member.name, member.weight.to_string(), target_text(member.assessment),
         sli_text(member.assessment),
         Cell(verdict_text(member.assessment), verdict_tone(member.assessment.verdict)),
         share_text(member.consumed)});
  return table;
}

}  // namespace

Tone verdict_tone(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return Tone::good;
    case Verdict::missed:
      return Tone::bad;
    case Verdict::no_data:
      return Tone::warn;
    case Verdict::not_started:
      return Tone::dim;
  }
  return Tone::plain;
}

void add_outlook(Items& items, const Assessment& a) {
  if (!a.outlook.forecast || a.budget.none) return;
  const auto& f = *a.outlook.forecast;
  items.emplace_back("spent on", Cell(exhaustion_text(a)));
  items.emplace_back("forecast", Cell(fmt::format("{} left of the whole budget on {}",
                                                  share_text(f.share), minute_text(f.at)),
                                      f.meets ? Tone::plain : Tone::bad));
  items.emplace_back("", Cell("if errors go on as in the last " + format_duration(f.pace)));
}

void add_maintenance(FactItems& items, const Assessment& a) {
  if (!a.maintenance) return;
  const auto& m = *a.maintenance;
  if (m.counting && m.without) {
    items.emplace_back("maintenance",
                       Cell(fmt::format("{}, {} of the window: {}", join(m.names, ", "),
                                        format_duration(std::chrono::minutes{m.minutes}),
                                        m.excluded ? "left out, as the document says"
                                                   : "counted as any other time")));
    items.emplace_back("", Cell("with it:    " + figures_text(a, *m.counting)));
    items.emplace_back("", Cell("without it: " + figures_text(a, *m.without)));
  }
  if (!m.late.empty())
    items.emplace_back(m.counting ? "" : "maintenance",
                       Cell(join(m.late, ", ") + ": announced after it began, so it counts"));
}

render::Page detail_page(const usecases::StatusRow& row, bool several, bool utf8) {
  const auto& a = row.assessment;
  render::Page page;
  const auto target = a.members.empty() || a.sli ? ", target " + target_text(a) : ", composite";
  page.push_back(render::Heading{objective_name(a, several) + target});
  Items items;
  add_verdict(items, a);
  add_evidence(items, a);
  add_budget(items, a);
  add_burn(items, a);
  add_outlook(items, a);
  add_maintenance(items, a);
  add_data(items, row);
  add_trend(items, row, utf8);
  page.push_back(render::Facts{std::move(items)});
  if (!a.members.empty()) {
    page.push_back(status_member_table(a));
    if (a.inference.spent)
      page.push_back(render::Paragraph{"sum of weights: " + a.weights.to_string()});
    std::string reasons;
    for (const auto& member : a.members)
      if (!member.assessment.sli)
        reasons +=
            (reasons.empty() ? "" : "\n") + member.name + ": " + member.assessment.sli_reason;
    if (!reasons.empty()) page.push_back(render::Paragraph{reasons, Tone::warn});
  }
  std::string notes;
  for (const auto& note : a.notes) notes += (notes.empty() ? "note: " : "\nnote: ") + note;
  if (!notes.empty()) page.push_back(render::Paragraph{notes});
  return page;
}

}  // namespace nines::app::slo
