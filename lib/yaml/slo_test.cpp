// The field table of SLOTest: traffic, what happens to it, and what must come of that.
#include "yaml/slo_test.hpp"

#include <chrono>

#include "base/time.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"
#include "yaml/rows.hpp"
#include "yaml/slo_test_values.hpp"

namespace nines::yaml {
namespace {

using slo::Code;

constexpr std::string_view kApiVersions[] = {"nines/v1"};
constexpr std::string_view kSloTestKind[] = {"SLOTest"};
constexpr std::string_view kErrorCounters[] = {"always", "late"};
constexpr std::string_view kScrapes[] = {"lost"};
constexpr std::string_view kPeriodModes[] = {"compat", "exact", "direct"};
constexpr std::string_view kNumbers[] = {"compat", "exact"};
constexpr std::string_view kMust[] = {"fire", "be-quiet", "clear"};
constexpr std::string_view kTestMeasures[] = {"counted", "recorded"};

constexpr std::string_view kSpanSchema = R"("pattern":"^([0-9]+[smhdw])+$")";

/// `least` and `most` in seconds.
template <std::int64_t Least, std::int64_t Most>
void check_test_span(Checker& checker, const Node& value) {
  const auto millis = test_millis(value.text);
  if (millis && *millis >= Least * 1000 && *millis <= Most * 1000) return;
  const std::string most = format_duration(std::chrono::seconds{Most});
  checker.error(millis ? Code::out_of_range : Code::bad_duration, value,
                shown(value) + (millis ? " is out of range" : " is no duration"),
                "write seconds, minutes, hours, days or weeks, such as 90s or 6h30m, from " +
                    format_duration(std::chrono::seconds{Least}) + " to " + most);
}
constexpr std::int64_t kDay = 86'400;
/// A year and more; what is longer tells nothing new and takes minutes to run.
constexpr std::int64_t kLongest = 400 * kDay;
const Format kTestOffsetFormat{check_test_span<0, kLongest>, kSpanSchema};
const Format kLengthFormat{check_test_span<1, kLongest>, kSpanSchema};
const Format kTestTurnFormat{check_test_span<60, kLongest>, kSpanSchema};
const Format kIntervalFormat{check_test_span<1, 3600>, kSpanSchema};
const Format kPeriodFormat{check_test_span<3600, kLongest>, kSpanSchema};

const Format kRateFormat{[](Checker& checker, const Node& value) {
                           if (test_rate(value.text)) return;
                           checker.error(Code::bad_number, value,
                                         shown(value) + " is no rate of requests",
                                         "write a number per second, minute, hour or day, such as "
                                         "100/s or 0.5/m, up to a million a second");
                         },
                         R"("pattern":"^[0-9]+(\\.[0-9]+)?/[smhd]$")"};

const Format kShareFormat{[](Checker& checker, const Node& value) {
                            if (test_share(value.text)) return;
                            checker.error(Code::out_of_range, value,
                                          shown(value) + " is no share of requests",
                                          "write a percentage with its sign, such as 20% or 0.05%");
                          },
                          R"("pattern":"^[0-9]+(\\.[0-9]+)?%$")"};

const Format kTargetFormat100{[](Checker& checker, const Node& value) {
                                const auto target = Decimal::parse(value.text);
                                if (target && *target > Decimal(0, 0) && *target <= Decimal(100, 0))
                                  return;
                                checker.error(Code::out_of_range, value,
                                              shown(value) + " is out of range",
                                              "write a percentage above 0, such as 99.9");
                              },
                              R"("exclusiveMinimum":0,"maximum":100)"};

const Field kTrafficFields[] = {
    row::text("rate", "requests, such as 100/s, 5/m or 40/d", kNines, &kRateFormat),
    row::text("errors", "share of them that fails, such as 0.05%; absent: none", 0, &kShareFormat),
    row::choice("errorCounter",
                "always: there from the start (default); late: from the first error after a start, "
                "as labelled counters are",
                kErrorCounters),
};
const Shape kTraffic{"testTraffic", kTrafficFields};

bool is_true(const Node& map, std::string_view name) {
  const Node* value = child(&map, name);
  return value != nullptr && value->is_true();
}

void check_phase(Checker& checker, const Node& map) {
  const Node* length = child(&map, "for");
  const Node* every = child(&map, "every");
  const bool restart = is_true(map, "restart");
  const bool lasts = is_set(map, "rate") || is_set(map, "errors") || is_set(map, "scrapes") ||
                     is_true(map, "maintenance");
  if (!lasts && !restart) {
    checker.error(Code::empty_value, first_of(map), "the phase changes nothing",
                  "give 'rate', 'errors', 'scrapes: lost', 'maintenance: true' or 'restart: true'");
  } else if (lasts && length == nullptr) {
    checker.error(Code::missing_field, first_of(map), "'for' is missing",
                  "say how long the phase lasts, such as 'for: 10m'");
  }
  if (every == nullptr || length == nullptr) return;
  const auto turn = test_millis(every->text);
  const auto lasting = test_millis(length->text);
  if (turn && lasting && *turn < *lasting)
    checker.error(Code::out_of_range, *every, "the phase comes again before it has ended",
                  "'every' is the time from one begin to the next");
}

const Field kPhaseFields[] = {
    row::text("from", "when it begins, from the beginning of the test", kNines, &kTestOffsetFormat),
    row::text("for", "how long it lasts", 0, &kLengthFormat),
    row::text("every", "begins again after this time, and again", 0, &kTestTurnFormat),
    row::text("rate", "requests in it, such as 5/m", 0, &kRateFormat),
    row::text("errors", "share of requests that fails in it, such as 20%", 0, &kShareFormat),
    row::choice("scrapes", "lost: nothing is collected in it; requests go on", kScrapes),
    row::flag("maintenance", "what the rules leave out holds in it, as with their --except"),
    row::flag("restart", "the counters begin anew when it begins"),
};
const Shape kPhase{"testPhase", kPhaseFields, check_phase};

void refuse_beside(Checker& checker, const Node& map, std::string_view name,
                   std::string_view other) {
  if (const Node* key = map.find_key(name); key != nullptr && is_set(map, name))
    checker.error(Code::one_of, *key,
                  "'" + std::string(name) + "' beside '" + std::string(other) + "'",
                  "give one of them");
}

void check_alert_expectation(Checker& checker, const Node& map) {
  for (const std::string_view bound : {"atLeast", "atMost"})
    refuse_beside(checker, map, bound, "alert");
  if (!is_set(map, "must")) {
    checker.error(Code::missing_field, first_of(map), "'must' is missing",
                  "say 'must: fire', 'must: be-quiet' or 'must: clear'");
  }
  if (is_set(map, "at")) {
    for (const std::string_view other : {"from", "until", "within"})
      refuse_beside(checker, map, other, "at");
  }
  if (is_set(map, "within")) refuse_beside(checker, map, "until", "within");
  if (text_of(&map, "must") == "clear" && !(is_set(map, "from") && is_set(map, "within"))) {
    checker.error(Code::missing_field, *map.find_key("must"), "'clear' needs 'from' and 'within'",
                  "such as 'from: 6h10m' and 'within: 5m'");
  }
  const auto from = test_millis(text_of(&map, "from"));
  const auto until = test_millis(text_of(&map, "until"));
  if (from && until && *until < *from)
    checker.error(Code::out_of_range, *map.find("until"), "it ends before it begins",
                  "check 'from' and 'until'");
}

void check_ratio_expectation(Checker& checker, const Node& map, std::string_view what) {
  for (const std::string_view other : {"must", "from", "until", "within"})
    refuse_beside(checker, map, other, what);
  if (!is_set(map, "atLeast") && !is_set(map, "atMost"))
    checker.error(Code::missing_field, first_of(map), "neither 'atLeast' nor 'atMost'",
                  "give a bound in percent, such as 'atLeast: 99.9%'");
}

void check_expectation(Checker& checker, const Node& map) {
  const bool alert = is_set(map, "alert");
  const bool sli = is_set(map, "sli");
  const bool budget = is_set(map, "budget");
  if (int{alert} + int{sli} + int{budget} != 1) {
    checker.error(Code::one_of, first_of(map), "not exactly one of 'alert', 'sli' and 'budget'",
                  "an expectation is about one thing");
  } else if (alert) {
    check_alert_expectation(checker, map);
  } else {
    check_ratio_expectation(checker, map, sli ? "sli" : "budget");
  }
}

/// A budget can be overspent.
const Format kBoundFormat{[](Checker& checker, const Node& value) {
                            if (test_percent(value.text)) return;
                            checker.error(Code::bad_number, value,
                                          shown(value) + " is no percentage",
                                          "write a number with its sign, such as 99.9%");
                          },
                          R"("pattern":"^-?[0-9]+(\\.[0-9]+)?%$")"};

const Field kExpectFields[] = {
    row::text("alert",
              "the alert it is about: page, ticket, no-data, or the severity or name of one that "
              "the document declares"),
    row::choice("must", "fire, be-quiet, or clear (fire at 'from' and end 'within')", kMust),
    row::choice("sli",
                "the SLI over the period: counted from all requests, or as the rules record it",
                kTestMeasures),
    row::choice("budget", "what is left of the error budget, by the one SLI or the other",
                kTestMeasures),
    row::text("at", "at this time; for sli and budget the end when absent", 0, &kTestOffsetFormat),
    row::text("from", "from this time on; the beginning when absent", 0, &kTestOffsetFormat),
    row::text("until", "up to this time; the end when absent", 0, &kTestOffsetFormat),
    row::text("within", "at the latest so long after 'from'", 0, &kTestOffsetFormat),
    row::text("atLeast", "smallest value, such as 99.9%", 0, &kBoundFormat),
    row::text("atMost", "largest value, such as 99.95%", 0, &kBoundFormat),
};
const Shape kExpect{"testExpectation", kExpectFields, check_expectation};

void check_test(Checker& checker, const Node& map) {
  const auto length = test_millis(text_of(&map, "for"));
  const Node* expectations = child(&map, "expect");
  if (expectations != nullptr && expectations->is_sequence() && expectations->count == 0)
    checker.error(Code::empty_value, *expectations, "nothing is expected",
                  "add an expectation, such as {alert: page, must: be-quiet}");
  // Every phase is looked at wherever another begins or ends.
  constexpr std::uint32_t kMostPhases = 1000;
  if (const Node* phases = child(&map, "phases"); phases != nullptr && phases->count > kMostPhases)
    checker.error(Code::out_of_range, *phases, "the test has too many phases",
                  "use at most 1000; 'every' repeats one");
  if (!length || expectations == nullptr) return;
  const Checker::Step list(checker, "expect");
  int index = 0;
  for (const Node& item : expectations->items()) {
    const Checker::Step step(checker, index++);
    for (const std::string_view name : {"at", "from", "until"}) {
      const auto time = test_millis(text_of(&item, name));
      if (!time || *time <= *length) continue;
      checker.error(Code::out_of_range, *item.find(name),
                    shown(*item.find(name)) + " is after the end of the test",
                    "the test lasts " + std::string(text_of(&map, "for")) + ": make it longer");
    }
  }
}

const Field kTestFields[] = {
    row::text("name", "what it shows, in a sentence", kNines, &kDisplayNameFormat),
    row::text("for", "how long it lasts", kNines, &kLengthFormat),
    row::object("traffic", "its own plain traffic, in place of the suite's", &kTraffic),
    row::list("phases", "what happens; a later phase wins in what it sets", &kPhase),
    row::list("expect", "what must come of it", &kExpect, kNines),
};
const Shape kTest{"sloTest", kTestFields, check_test};

void check_spec(Checker& checker, const Node& map) {
  const bool slo = is_set(map, "slo");
  if (slo == is_set(map, "target")) {
    checker.error(Code::one_of, first_of(map),
                  slo ? "both 'slo' and 'target'" : "neither 'slo' nor 'target'",
                  "name an SLO of the same files, or give a target and a period");
  } else if (slo) {
    refuse_beside(checker, map, "period", "slo");
  } else if (!is_set(map, "period")) {
    checker.error(Code::missing_field, *map.find_key("target"), "'period' is missing",
                  "such as 'period: 30d'");
  }
  if (!slo) refuse_beside(checker, map, "objective", "target");
  const Node* tests = child(&map, "tests");
  if (tests == nullptr) return;
  if (tests->is_sequence() && tests->count == 0)
    checker.error(Code::empty_value, *tests, "there is no test",
                  "add one, with 'for' and 'expect'");
  if (is_set(map, "traffic")) return;
  const Checker::Step list(checker, "tests");
  int index = 0;
  for (const Node& item : tests->items()) {
    const Checker::Step step(checker, index++);
    if (item.is_mapping() && !is_set(item, "traffic"))
      checker.error(Code::missing_field, first_of(item), "'traffic' is missing",
                    "give it here, or for all tests beside 'tests'");
  }
}

const Format kTestCountFormat{[](Checker& checker, const Node& value) {
                                const auto count = Decimal::parse(value.text);
                                if (count && *count > Decimal(0, 0)) return;
                                checker.error(Code::out_of_range, value,
                                              shown(value) + " is out of range",
                                              "write a whole number above 0");
                              },
                              R"("minimum":1)"};
const Format kTestAbsentFormat{check_test_span<1, kDay>, kSpanSchema};

const Format kTestBeginFormat{
    [](Checker& checker, const Node& value) {
      if (test_begin(value.text)) return;
      checker.error(Code::bad_date, value, shown(value) + " is no time in UTC, or no whole minute",
                    "write it such as 2026-03-01T00:00:00Z");
    },
    R"("pattern":"^[0-9-]+T[0-9:]+Z$")"};

const Field kRulesFields[] = {
    row::choice("sli", "how the error ratio of the period is had: compat (default), exact, direct",
                kPeriodModes),
    row::of(Type::integer, "minEvents", "alerts also need so many events in their long window", 0,
            &kTestCountFormat),
    row::of(Type::integer, "minErrors", "alerts also need so many errors in their long window", 0,
            &kTestCountFormat),
    row::choice("numbers", "Sloth's doubles (compat, the default), or exact decimals", kNumbers),
    row::flag("chainLongWindows", "with sli: exact, windows of 2h and more from recorded sums"),
    row::text("defaultPeriod", "the period of an SLO that names none; absent: 30d", 0,
              &kPeriodFormat),
    row::text("absentData", "one more alert, no-data, for no data that long, such as 10m", 0,
              &kTestAbsentFormat),
};
const Shape kTestRules{"testRules", kRulesFields};

const Field kSpecFields[] = {
    row::text("slo", "the SLO under test, by name; it is among the files that are run together"),
    row::text("objective", "id or display name of the objective; absent: the only one"),
    row::number("target", "in place of an SLO: the target in percent, such as 99.9", 0,
                &kTargetFormat100),
    row::text("period", "with a target: the SLO period, such as 30d", 0, &kPeriodFormat),
    row::text("scrapeInterval", "how often the counters are read; absent: 1m", 0, &kIntervalFormat),
    row::text("evaluationInterval", "how often the rules are evaluated; absent: 1m", 0,
              &kIntervalFormat),
    row::text("history",
              "plain traffic before the test begins; absent: one period, so that every window is "
              "full; 0s: a newborn service",
              0, &kTestOffsetFormat),
    row::text("begins", "when the tests begin, for calendar windows; absent: with a window", 0,
              &kTestBeginFormat),
    row::object("rules", "how the rules are made, as the options of nines slo rules have it",
                &kTestRules),
    row::object("traffic", "the plain traffic of every test", &kTraffic),
    row::list("tests", "each begins at 0s, after the history", &kTest, kNines),
};
const Shape kTestSpec{"sloTestSpec", kSpecFields, check_spec};

const auto kFields =
    envelope({kApiVersions, kSloTestKind, &kMetadataShape, &kTestSpec, kNines, kNines});

}  // namespace

const Shape kSloTestShape{"sloTestDocument", kFields};

void read_slo_test(const Node&, Definition& definition) { definition.recorded = false; }

}  // namespace nines::yaml
