// Sums the terms of each change, and shares out probability among changes and "none of these".
#include "domain/rca/changes/blame.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"
#include "domain/rca/changes/risk.hpp"

namespace nines::rca {
namespace {

/// How likely a change of the kind breaks something, against a deployment: configuration and flags
/// reach every instance at once and are tested least; infrastructure is prepared longest.
constexpr std::array<double, catalog::kChangeKinds> kKindOdds = {
    1.0,  // deploy
    1.5,  // configuration
    1.5,  // flag
    0.6,  // infrastructure
    0.8,  // schema
    0.6,  // vendor
};

class Blamer {
 public:
  Blamer(Instant onset, const KindHistory& history, const BlameRules& rules)
      : onset_(onset), history_(history), rules_(rules) {
    for (const auto& kind : history_) {
      changes_ += static_cast<double>(kind.changes);
      blamed_ += static_cast<double>(kind.blamed);
    }
  }

  RankedChange terms_of(const ChangeCandidate& one, std::size_t index) const {
    RankedChange ranked;
    ranked.candidate = index;
    auto& terms = ranked.terms;
    terms.push_back(
        {"base", std::log(kChangeOdds), "a change to the hurt service at the onset, against none"});
    terms.push_back(time_term(one.change));
    terms.push_back(topology_term(one));
    terms.push_back(kind_term(one.change.kind));
    auto risk = risk_of(one.change);
    terms.push_back({"risk", risk.log_odds, std::move(risk.reason)});
    for (const auto& signal : one.signals)
      terms.push_back({"evidence", std::log(ratio_of_signal(signal.kind)), signal.reason});
    if (one.signals.empty()) terms.push_back({"evidence", 0, "nothing seen for or against it"});
    terms.push_back(exposure_term(one));
    for (const auto& term : terms) ranked.log_odds += term.log_odds;
    return ranked;
  }

 private:
  static double ratio_of_signal(SignalKind kind) {
    switch (kind) {
      case SignalKind::moved:
        return kMovedRatio;
      case SignalKind::still:
        return kStillRatio;
      case SignalKind::named:
        return kNamedRatio;
      case SignalKind::reversed:
        return kReversedRatio;
      case SignalKind::not_reversed:
        return kNotReversedRatio;
    }
    return 1;
  }

  static BlameTerm exposure_term(const ChangeCandidate& one) {
    if (!one.exposure) return {"exposure", 0, "no cohorts are known"};
    switch (one.exposure->answer) {
      case Exposure::Answer::worse:
        return {"exposure", std::log(kExposedWorseRatio),
                "worse where it was: " + one.exposure->because};
      case Exposure::Answer::same:
        return {"exposure", std::log(kExposedSameRatio),
                "no worse where it was: " + one.exposure->because};
      case Exposure::Answer::unknown:
        break;
    }
    return {"exposure", 0, "cohorts do not tell: " + one.exposure->because};
  }

  BlameTerm time_term(const catalog::Change& change) const {
    const auto ahead = onset_ - change.start;
    if (ahead < Micros{0})
      return {"time", 0,
              fmt::format("began {} after the onset: at once, within {} of clock "
                          "uncertainty",
                          format_duration(-ahead), format_duration(rules_.uncertainty))};
    const double fade =
        std::exp(-static_cast<double>(ahead.count()) / static_cast<double>(rules_.tau.count()));
    const bool floored = fade < kLeastFade;
    return {"time", std::log(std::max(fade, kLeastFade)),
            fmt::format("began {} before the onset, fading by {}{}", format_duration(ahead),
                        format_duration(rules_.tau), floored ? ", no further than this" : "")};
  }

  static BlameTerm topology_term(const ChangeCandidate& one) {
    const int hops = one.reach ? std::min(one.reach->hops, kMostHops + 1) : kMostHops + 1;
    const double worth = hops * std::log(0.5);
    if (!one.reach)
      return {"topology", worth,
              fmt::format("no declared way from the symptom within {} hops", kMostHops)};
    if (hops == 0) return {"topology", 0, "the hurt service itself"};
    return {
        "topology", worth,
        fmt::format("{}: {}", count_of(static_cast<std::uint64_t>(hops), "hop"), one.reach->path)};
  }

  /// The team's own record, with one expected cause added to each kind at its usual rate.
  BlameTerm kind_term(catalog::ChangeKind kind) const {
    const auto place = static_cast<std::size_t>(kind);
    const double usual = kKindOdds.at(place);
    const auto name = to_string(kind);
    if (blamed_ == 0 || changes_ == 0)
      return {"kind", std::log(usual),
              fmt::format("{}: x{:.2g} of a deployment, by default", name, usual)};
    const auto& own = history_.at(place);
    const double expected = static_cast<double>(own.changes) * blamed_ / changes_;
    const double odds = (static_cast<double>(own.blamed) + usual) / (expected + 1);
    return {"kind", std::log(odds),
            fmt::format("{}: {} of {} caused an incident here, {:.1f} expected: x{:.2g}", name,
                        own.blamed, own.changes, expected, odds)};
  }

  Instant onset_;
  const KindHistory& history_;
  BlameRules rules_;
  double changes_ = 0, blamed_ = 0;
};

void share_out(std::vector<RankedChange>& ranked) {
  double most = 0;
  for (const auto& one : ranked) most = std::max(most, one.log_odds);
  double sum = 0;
  for (const auto& one : ranked) sum += std::exp(one.log_odds - most);
  for (auto& one : ranked) one.probability = std::exp(one.log_odds - most) / sum;
}

void judge_blame(Blame& blame) {
  const auto& first = blame.ranked.front();
  if (blame.ranked.size() == 1 && blame.vetoed.empty()) {
    blame.verdict = Blame::Verdict::undecided;
    blame.because = "no change of that time is on record, which does not say that there was none";
    return;
  }
  const bool sure = first.probability >= kAnswer;
  blame.verdict = !sure             ? Blame::Verdict::undecided
                  : first.candidate ? Blame::Verdict::change
                                    : Blame::Verdict::none;
  const auto share = fmt::format("{:.0f} %", 100 * first.probability);
  if (blame.ranked.size() == 1)
    blame.because = "every recorded change began too late to have caused it";
  else if (blame.verdict == Blame::Verdict::change)
    blame.because = "the first change has " + share + " of the probability";
  else if (blame.verdict == Blame::Verdict::none)
    blame.because = share + " of the probability is that none of the recorded changes did it";
  else
    blame.because = "nothing has half of the probability: the first has " + share;
}

}  // namespace

std::string_view to_string(Blame::Verdict verdict) {
  switch (verdict) {
    case Blame::Verdict::change:
      return "change";
    case Blame::Verdict::none:
      return "none";
    case Blame::Verdict::undecided:
      return "undecided";
  }
  return "";
}

Blame blame_changes(const std::vector<ChangeCandidate>& candidates, Instant onset,
                    const KindHistory& history, const BlameRules& rules) {
  Blame blame;
  const Blamer blamer(onset, history, rules);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto late = candidates[i].change.start - onset;
    if (late > rules.uncertainty)
      blame.vetoed.push_back(
          {i, fmt::format("began {} after the onset, more than {} of clock "
                          "uncertainty",
                          format_duration(late), format_duration(rules.uncertainty))});
    else
      blame.ranked.push_back(blamer.terms_of(candidates[i], i));
  }
  RankedChange none;
  none.terms.push_back({"base", 0, "what no recorded change caused"});
  blame.ranked.push_back(std::move(none));
  share_out(blame.ranked);
  std::stable_sort(blame.ranked.begin(), blame.ranked.end(),
                   [](const auto& a, const auto& b) { return a.log_odds > b.log_odds; });
  judge_blame(blame);
  return blame;
}

}  // namespace nines::rca
