// The eight closing rules over a case and its incident's times.
#include "domain/rca/analysis/closing.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/core.h>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr EnumNames<RuleState, 3> kRuleStates{{"met", "broken", "unknown"}};

/// By so much the posterior may still move, and the question counts as settled.
constexpr double kStill = 0.05;
/// As likely as not.
constexpr double kEven = 0.5;
constexpr std::chrono::minutes kShortGap{5};

constexpr std::string_view kBlame[] = {
    "human error",    "operator error", "user error",     "engineer error", "admin error",
    "pilot error",    "human mistake",  "operator mistake", "human failure", "human factor",
    "fat finger",     "fat-finger",     "forgot",         "forgetful",      "careless",
    "negligen",       "inattenti",      "not paying attention", "did not follow",
    "didn't follow",  "failed to follow", "did not read", "didn't read",    "ignored the",
    "should have",    "must have known", "made a mistake", "mistake by",    "error by",
    "fault of",       "incompeten",     "sloppy",         "lack of care",   "lack of attention"};

struct View {
  const CaseFile& file;
  const std::vector<Belief>& beliefs;
  WhyTree tree = why_tree(file.hypotheses);

  const Hypothesis& at(std::size_t index) const { return file.hypotheses[index]; }
  /// A refuted branch is closed with all that was thought beneath it.
  bool is_dead(std::size_t index) const {
    for (std::optional<std::size_t> up = index; up; up = tree.parent[*up])
      if (at(*up).state == HypothesisState::refuted) return true;
    return false;
  }
  /// A confirmed cause beneath which nothing is confirmed: there the proof must hold.
  bool is_deepest_cause(std::size_t index) const {
    const auto& below = tree.children[index];
    return at(index).state == HypothesisState::confirmed && !is_dead(index) &&
           std::none_of(below.begin(), below.end(), [&](std::size_t child) {
             return at(child).state == HypothesisState::confirmed;
           });
  }
  template <class Condition>
  std::vector<std::string> all(Condition&& wanted) const {
    std::vector<std::string> names;
    for (const auto& row : tree.rows)
      if (wanted(row.index)) names.push_back(at(row.index).name);
    return names;
  }
  /// Nothing that is not refuted stands beneath it: where the tree ends is where it still lives.
  bool is_live_leaf(std::size_t index) const {
    const auto& below = tree.children[index];
    return !is_dead(index) && std::all_of(below.begin(), below.end(), [&](std::size_t child) {
      return at(child).state == HypothesisState::refuted;
    });
  }
  template <class Condition>
  std::vector<std::string> leaves(Condition&& wanted) const {
    return all([&](std::size_t index) { return is_live_leaf(index) && wanted(index); });
  }
  /// A word against what the evidence says: confirmed and unlikely, or refuted and likely.
  bool contradicts_evidence(std::size_t index) const {
    const auto state = at(index).state;
    const double posterior = beliefs[index].posterior;
    return (state == HypothesisState::confirmed && posterior < kEven) ||
           (state == HypothesisState::refuted && posterior > kEven &&
            !at(index).evidence.empty());
  }
};

bool is_settled(HypothesisState state) { return state != HypothesisState::open; }

RuleResult all_of(int number, std::string_view rule, const std::vector<std::string>& failing,
                  std::string_view what, std::string_view mend) {
  RuleResult result{number, rule, RuleState::met, "", ""};
  if (failing.empty()) return result;
  result.state = RuleState::broken;
  result.why = join(failing, ", ") + (failing.size() == 1 ? " is " : " are ") + std::string(what);
  result.mend = fmt::format(fmt::runtime(mend), failing.front());
  return result;
}

RuleResult leaves_settled(const View& view) {
  RuleResult none{1, "every leaf is settled", RuleState::broken, "there is no hypothesis yet",
                  "nines rca hypothesis add TEXT"};
  if (view.file.hypotheses.empty()) return none;
  const auto alive = view.leaves([](std::size_t) { return true; });
  if (alive.empty()) {
    none.why = "every hypothesis is refuted: what explains it then?";
    return none;
  }
  const auto unsettled = view.leaves([&](std::size_t i) {
    return !is_settled(view.at(i).state) || view.at(i).because.empty();
  });
  if (!unsettled.empty())
    return all_of(1, none.rule, unsettled, "open, or without a reason",
                  "nines rca hypothesis set {} --state STATE --because TEXT");
  return all_of(1, none.rule,
                view.all([&](std::size_t i) { return view.contradicts_evidence(i); }),
                "judged against its evidence (confirmed below 50 %, or refuted above)",
                "nines rca hypothesis set {} --state STATE --because TEXT");
}

/// A reproduction proves by itself; anything else wants a second kind.
RuleResult leaves_proved(const View& view) {
  const auto weak = [&](std::size_t i) {
    if (!view.is_deepest_cause(i)) return false;
    std::set<EvidenceKind> kinds;
    for (const auto& item : view.at(i).evidence)
      if (ratio_of(item.strength) > 1) kinds.insert(item.kind);
    return kinds.size() < 2 && !kinds.contains(EvidenceKind::reproduction);
  };
  return all_of(2, "each deepest cause has two kinds of evidence, or a reproduction",
                view.all(weak), "confirmed on less",
                "nines rca hypothesis evidence {} TEXT --kind KIND --ratio 3");
}

RuleResult times_covered(const Coverage& coverage) {
  RuleResult result{3, "the timeline covers the impact", RuleState::unknown, "", ""};
  result.mend = "nines log @TIME TEXT";
  if (!coverage.from || !coverage.to || *coverage.to < *coverage.from) {
    result.why = !coverage.from ? "when the impact began is not on record"
                 : !coverage.to ? "when the impact was over is not on record"
                                : "the impact ends before it begins";
    result.mend = "nines incident timeline --check";
    return result;
  }
  const auto length = *coverage.to - *coverage.from;
  const auto longest = std::max<Micros>(kShortGap, length / 10);
  auto told = coverage.told;
  std::erase_if(told, [&](Instant t) { return t < *coverage.from || t > *coverage.to; });
  told.push_back(*coverage.from);
  told.push_back(*coverage.to);
  std::sort(told.begin(), told.end());
  for (std::size_t i = 0; i + 1 < told.size(); ++i) {
    if (told[i + 1] - told[i] <= longest) continue;
    result.state = RuleState::broken;
    result.why = fmt::format("nothing is told for {} from {} (more than {})",
                             format_duration(told[i + 1] - told[i]), format_utc(told[i]),
                             format_duration(longest));
    return result;
  }
  return {result.number, result.rule, RuleState::met, "", ""};
}

RuleResult counterfactuals_stated(const View& view) {
  return all_of(4, "each deepest cause says what would not have happened without it",
                view.all([&](std::size_t i) {
                  return view.is_deepest_cause(i) && view.at(i).counterfactual.empty();
                }),
                "without a counterfactual", "nines rca hypothesis set {} --counterfactual TEXT");
}

RuleResult rival_refuted(const View& view) {
  RuleResult result{5, "a rival was refuted with evidence", RuleState::broken,
                    "no hypothesis was refuted with evidence against it",
                    "nines rca hypothesis add TEXT, then look for what speaks against it"};
  for (const auto& one : view.file.hypotheses) {
    if (one.state != HypothesisState::refuted) continue;
    const bool against =
        std::any_of(one.evidence.begin(), one.evidence.end(),
                    [](const Evidence& item) { return ratio_of(item.strength) < 1; });
    if (against) return {result.number, result.rule, RuleState::met, one.name, ""};
  }
  return result;
}

RuleResult causes_answered(const View& view) {
  const auto failing = view.all([&](std::size_t i) {
    const auto& one = view.at(i);
    return one.state == HypothesisState::confirmed && !view.is_dead(i) && one.action.empty() &&
           one.accepted_risk.empty();
  });
  return all_of(6, "each confirmed cause has an action or an accepted risk", failing,
                "confirmed, and nothing is said to be done",
                "nines rca hypothesis set {} --action TEXT");
}

/// The last two looks, of all hypotheses, in the order of their times.
RuleResult returns_diminish(const View& view) {
  struct Move {
    Instant at;
    std::int64_t turn;
    double by;
    std::size_t hypothesis;
  };
  std::vector<Move> moves;
  for (std::size_t i = 0; i < view.file.hypotheses.size(); ++i) {
    double before = view.beliefs[i].prior;
    for (std::size_t n = 0; n < view.at(i).evidence.size(); ++n) {
      const auto& item = view.at(i).evidence[n];
      moves.push_back({item.at, item.turn, std::abs(view.beliefs[i].after[n] - before), i});
      before = view.beliefs[i].after[n];
    }
  }
  RuleResult result{7, "the last two looks moved no posterior by 5 points", RuleState::broken, "",
                    "nines rca hypothesis next"};
  if (moves.size() < 2) {
    result.why = moves.empty() ? "no evidence is on record" : "there is one piece of evidence only";
    return result;
  }
  std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
    return std::pair(a.at, a.turn) < std::pair(b.at, b.turn);
  });
  for (auto move = moves.end() - 2; move != moves.end(); ++move) {
    if (move->by < kStill) continue;
    result.why = fmt::format("evidence at {} moved {} by {:.0f} points", format_utc(move->at),
                             view.at(move->hypothesis).name, move->by * 100);
    return result;
  }
  return {result.number, result.rule, RuleState::met, "", ""};
}

RuleResult nobody_blamed(const View& view) {
  return all_of(
      8, "no leaf blames a person without a condition beneath",
      view.leaves([&](std::size_t i) { return blames_person(view.at(i).text); }),
      "about a person, not about what made it likely", "nines rca hypothesis add TEXT --under {}");
}

}  // namespace

std::string_view to_string(RuleState state) { return kRuleStates.of(state); }

bool blames_person(std::string_view text) {
  const auto lower = to_lower_ascii(text);
  return std::any_of(std::begin(kBlame), std::end(kBlame), [&](std::string_view phrase) {
    return lower.find(phrase) != std::string::npos;
  });
}

std::vector<RuleResult> closing_rules(const CaseFile& file, const std::vector<Belief>& beliefs,
                                      const Coverage& coverage) {
  const View view{file, beliefs};
  return {leaves_settled(view),         leaves_proved(view), times_covered(coverage),
          counterfactuals_stated(view), rival_refuted(view), causes_answered(view),
          returns_diminish(view),       nobody_blamed(view)};
}

bool may_close(const std::vector<RuleResult>& rules) {
  return std::all_of(rules.begin(), rules.end(),
                     [](const RuleResult& rule) { return rule.state == RuleState::met; });
}

}  // namespace nines::rca
