// Scripted analyses: none closes while something is missing, none stays stuck once nothing is.
#include "domain/rca/analysis/closing.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "unit/rca/analysis/scripted.hpp"

using namespace nines;
using namespace nines::rca;
using namespace std::chrono_literals;
using nines::test::ScriptedCase;

namespace {

using enum EvidenceKind;
using enum Strength;
using enum HypothesisState;
constexpr auto kNothing = Strength::one;

/// One cause confirmed by two kinds of evidence, a rival refuted, everything answered.
ScriptedCase complete() {
  ScriptedCase one;
  one.told(2min).hypothesis("the pool was exhausted").hypothesis("the release was bad");
  one.evidence(2, change, tenth).state(2, refuted);
  one.evidence(1, metric, ten, "pool").evidence(1, EvidenceKind::log, ten, "app");
  one.evidence(1, trace, three, "spans").evidence(1, testimony, three, "bo");
  one.state(1, confirmed).answered(1);
  return one;
}

struct Script {
  const char* what;
  std::function<ScriptedCase()> made;
  const char* open;  ///< rules that hold it open
};

ScriptedCase without(const std::function<void(ScriptedCase&)>& change) {
  auto one = complete();
  change(one);
  return one;
}

}  // namespace

TEST_CASE("scripted analyses: no premature close, no stuck one") {
  const Script scripts[] = {
      // What may close.
      {"complete", [] { return complete(); }, ""},
      {"a reproduction proves alone",
       [] {
         ScriptedCase one;
         one.told(2min).hypothesis("a race").hypothesis("the disk");
         one.evidence(2, metric, tenth).state(2, refuted);
         one.evidence(1, reproduction, ten, "test").evidence(1, reproduction, ten, "staging");
         one.evidence(1, reproduction, three, "again").evidence(1, EvidenceKind::log, three, "x");
         return one.state(1, confirmed).answered(1);
       },
       ""},
      {"a cause with a condition beneath",
       [] {
         auto one = complete();
         one.hypothesis("no limit per tenant", 1);
         one.evidence(3, change, ten).evidence(3, EvidenceKind::log, ten);
         one.evidence(3, trace, ten).evidence(3, metric, three).evidence(3, testimony, three);
         return one.state(3, confirmed).answered(3);
       },
       ""},
      {"an accepted risk in place of an action",
       [] {
         return without([](auto& c) {
           c.at(1).action = "";
           c.at(1).accepted_risk = "rare";
         });
       },
       ""},
      {"a second leaf accepted as unknown",
       [] {
         auto one = complete();
         return one.hypothesis("why just then", 1).state(3, accepted_unknown, "no data is kept");
       },
       ""},
      {"suspected beside a confirmed rival",
       [] {
         auto one = complete();
         return one.hypothesis("a second leak").state(3, suspected, "not reproduced");
       },
       ""},
      {"blame with the condition beneath",
       [] {
         auto one = complete();
         one.at(1).text = "somebody forgot the limit";
         one.hypothesis("the limit has no default", 1);
         one.evidence(3, change, ten).evidence(3, EvidenceKind::log, ten);
         one.evidence(3, trace, ten).evidence(3, metric, three).evidence(3, testimony, three);
         return one.state(3, confirmed).answered(3);
       },
       ""},
      {"a refuted branch with open leaves beneath",
       [] {
         auto one = complete();
         return one.hypothesis("why the release was bad", 2);
       },
       ""},
      {"blame in a refuted branch",
       [] { return without([](auto& c) { c.at(2).text = "operator error"; }); }, ""},
      {"the why beneath a cause is refuted",
       [] {
         auto one = complete();
         one.hypothesis("the tenant was new", 1).evidence(3, EvidenceKind::log, tenth);
         one.evidence(1, trace, kNothing, "more").evidence(1, trace, kNothing, "still");
         return one.state(3, refuted);
       },
       ""},
      {"confirmed at even odds",
       [] {
         return without([](auto& c) {
           c.at(1).prior_percent = 50;
           c.at(1).evidence.clear();
           c.evidence(1, metric, three).evidence(1, EvidenceKind::log, three);
           c.evidence(1, change, third).evidence(1, trace, third);
           c.evidence(1, testimony, kNothing, "a").evidence(1, testimony, kNothing, "b");
         });
       },
       ""},
      {"told every five minutes",
       [] {
         auto one = complete();
         return one.told(5min);
       },
       ""},
      // What may not, each by the rule that says so.
      {"nothing at all",
       [] {
         ScriptedCase one;
         return one.told(2min);
       },
       "1 5 7"},
      {"all refuted", [] { return without([](auto& c) { c.state(1, refuted); }); }, "1"},
      {"the cause is open", [] { return without([](auto& c) { c.state(1, open); }); }, "1"},
      {"a leaf beneath is open",
       [] {
         auto one = complete();
         return one.hypothesis("why there was no limit", 1);
       },
       "1"},
      {"a state without its reason",
       [] { return without([](auto& c) { c.state(1, confirmed, ""); }); }, "1"},
      {"a rival is open",
       [] {
         auto one = complete();
         return one.hypothesis("the network");
       },
       "1"},
      {"one kind of evidence",
       [] {
         return without([](auto& c) {
           c.at(1).evidence.clear();
           c.evidence(1, metric, ten, "a")
               .evidence(1, metric, ten, "b")
               .evidence(1, metric, ten, "c");
           c.evidence(1, metric, three, "d").evidence(1, metric, three, "e");
         });
       },
       "2"},
      {"two kinds, one speaks against",
       [] {
         return without([](auto& c) {
           for (auto& item : c.at(1).evidence) item.kind = metric;
           c.evidence(1, EvidenceKind::log, third, "app");
           c.evidence(1, metric, ten, "z1").evidence(1, metric, ten, "z2");
         });
       },
       "2"},
      {"a gap of seven minutes",
       [] {
         auto one = complete();
         return one.told(7min);
       },
       "3"},
      {"the start is not known", [] { return without([](auto& c) { c.coverage.from.reset(); }); },
       "3"},
      {"the end is not known", [] { return without([](auto& c) { c.coverage.to.reset(); }); }, "3"},
      {"it ends before it begins",
       [] { return without([](auto& c) { std::swap(c.coverage.from, c.coverage.to); }); }, "3"},
      {"no counterfactual", [] { return without([](auto& c) { c.at(1).counterfactual = ""; }); },
       "4"},
      {"no rival", [] { return without([](auto& c) { c.file.hypotheses.pop_back(); }); }, "5"},
      {"a rival refuted without evidence",
       [] { return without([](auto& c) { c.at(2).evidence.clear(); }); }, "5"},
      {"a rival refuted on what speaks for it",
       [] { return without([](auto& c) { c.at(2).evidence.front().strength = three; }); }, "1 5"},
      {"no action", [] { return without([](auto& c) { c.at(1).action = ""; }); }, "6"},
      {"a cause in the middle has no action",
       [] {
         auto one = complete();
         one.hypothesis("no limit per tenant", 1);
         one.evidence(3, change, ten).evidence(3, EvidenceKind::log, ten);
         one.evidence(3, trace, ten).evidence(3, metric, three).evidence(3, testimony, three);
         one.state(3, confirmed).answered(3).at(1).action = "";
         return one;
       },
       "6"},
      {"the last look moved much",
       [] {
         auto one = complete();
         return one.hypothesis("a second cause")
             .evidence(3, EvidenceKind::log, tenth)
             .state(3, refuted);
       },
       "7"},
      {"one look only",
       [] {
         return without([](auto& c) {
           c.at(1).evidence.clear();
           c.evidence(1, reproduction, ten);
         });
       },
       "7"},
      {"blame whose only condition is refuted",
       [] {
         auto one = complete();
         one.at(1).text = "somebody forgot the limit";
         one.hypothesis("the limit has no default", 1).evidence(3, EvidenceKind::log, tenth);
         one.evidence(1, trace, kNothing, "more").evidence(1, trace, kNothing, "still");
         return one.state(3, refuted);
       },
       "8"},
      {"an open cause whose only why is refuted",
       [] {
         auto one = complete();
         one.hypothesis("the network").hypothesis("a bad cable", 3);
         one.evidence(4, EvidenceKind::log, tenth).state(4, refuted);
         one.evidence(1, trace, kNothing, "more").evidence(1, trace, kNothing, "still");
         return one;
       },
       "1"},
      {"confirmed against its evidence",
       [] {
         return without([](auto& c) {
           c.evidence(1, reproduction, tenth, "a");
           c.at(1).prior_percent = 1;
           c.evidence(1, change, tenth, "b");
           c.evidence(1, testimony, kNothing, "c").evidence(1, testimony, kNothing, "d");
         });
       },
       "1"},
      {"refuted against its evidence",
       [] {
         return without([](auto& c) {
           c.evidence(2, metric, ten).evidence(2, trace, ten);
           c.evidence(1, testimony, kNothing, "c").evidence(1, testimony, kNothing, "d");
         });
       },
       "1"},
      {"blame as a leaf",
       [] { return without([](auto& c) { c.at(1).text = "Human error in the console"; }); }, "8"},
  };
  for (const auto& script : scripts) {
    INFO(script.what);
    const auto one = script.made();
    CHECK(one.open_rules() == script.open);
    CHECK(may_close(one.rules()) == std::string(script.open).empty());
    for (const auto& rule : one.rules())
      if (rule.state != RuleState::met) CHECK(!rule.why.empty());
  }
}

TEST_CASE("what blames a person") {
  for (const auto* text : {"human error", "Operator error at the console", "he forgot the flag",
                           "they should have seen it", "negligence", "lack of attention",
                           "Bob made a mistake", "the on-call didn't follow the runbook"})
    CHECK(blames_person(text));
  for (const auto* text : {"the console has no confirmation", "no alert covers it",
                           "the flag has no default", "error budget spent"})
    CHECK_FALSE(blames_person(text));
}
