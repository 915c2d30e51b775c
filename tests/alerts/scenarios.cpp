// Random traffic as promtool tests: the series, and what our evaluator says fires and is recorded.
//
//   alert_scenarios --slos FOLDER         writes FOLDER/slo-N.yaml per set of rules, and
//   FOLDER/options-N:
//                                         what nines slo rules is to make of it
//   alert_scenarios COUNT SEED FOLDER     writes FOLDER/test-N.yml per set, of FOLDER/rules-N.yml:
//                                         COUNT scenarios in all; prints how many alerts fire
//
// promtool then evaluates the rules over the same series, and compares: for every stretch in which
// an alert fires that it fires at each of its evaluations, and over the whole test that it fires at
// no other; and some recorded ratios, to the last bit.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/split_mix.hpp"
#include "domain/alert/policy.hpp"
#include "domain/alert/replay.hpp"
#include "domain/alert/traffic.hpp"

namespace {

using namespace nines::alert;
using namespace std::chrono_literals;

constexpr Tick kMinute = 60'000;

struct RuleSet {
  double percent = 99.9;
  Policy policy;
  bool counts_good = false;
  bool increase = false;
  Tick scrape = kMinute;
  Tick evaluation = kMinute;
  Tick length = 6 * 60 * kMinute;
  std::string definitions;  ///< YAML
  std::string options;      ///< of nines slo rules
  bool maintained = false;  ///< there is maintenance, which the rules except
};

// ---- definitions ----------------------------------------------------------------------------

/// Windows short enough to fill, slide and empty within a test of some hours.
WindowTable small_table() {
  return {24h,
          {{Severity::page, Speed::quick, nines::Decimal(20, 0), 5min, 20min},
           {Severity::page, Speed::slow, nines::Decimal(25, 0), 10min, 1h},
           {Severity::ticket, Speed::quick, nines::Decimal(25, 0), 15min, 90min},
           {Severity::ticket, Speed::slow, nines::Decimal(15, 0), 30min, 2h}}};
}
constexpr const char* kSmallCatalogue = R"(---
apiVersion: sloth.slok.dev/v1
kind: AlertWindows
spec:
  sloPeriod: 1d
  page:
    quick: {errorBudgetPercent: 20, shortWindow: 5m, longWindow: 20m}
    slow: {errorBudgetPercent: 25, shortWindow: 10m, longWindow: 1h}
  ticket:
    quick: {errorBudgetPercent: 25, shortWindow: 15m, longWindow: 90m}
    slow: {errorBudgetPercent: 15, shortWindow: 30m, longWindow: 2h}
)";
constexpr const char* kSmallPairs =
    "page 20% 20m/5m, page 25% 1h/10m, ticket 25% 90m/15m, ticket 15% 2h/30m";

std::string sloth(const char* objective, const char* function) {
  return fmt::format(R"(version: prometheus/v1
service: shop
slos:
  - name: web
    objective: {0}
    sli:
      events:
        error_query: sum({1}(bad[{{{{.window}}}}]))
        total_query: sum({1}(total[{{{{.window}}}}]))
    alerting: {{name: Burn}}
)",
                     objective, function);
}

/// Of good events; `windows` is the annotation's, or nothing.
std::string openslo(const char* target, const char* period, const std::string& windows,
                    const std::string& policies, bool good, bool calendar = false) {
  return fmt::format(
      R"yaml(apiVersion: openslo/v1
kind: SLO
metadata:
  name: web
{3}spec:
  description: A service of the differential test.
  service: shop
  budgetingMethod: Occurrences
  timeWindow: [{{duration: {1}, {5}}}]
  objectives: [{{displayName: main, target: {0}}}]
  indicator:
    metadata: {{name: ratio}}
    spec:
      ratioMetric:
        counter: true
        {4}: {{metricSource: {{type: Prometheus, spec: {{query: "sum(rate({4}[{{{{.window}}}}]))"}}}}}}
        total: {{metricSource: {{type: Prometheus, spec: {{query: "sum(rate(total[{{{{.window}}}}]))"}}}}}}
{2})yaml",
      target, period, policies,
      windows.empty() ? "" : "  annotations: {nines.dev/alert-windows: \"" + windows + "\"}\n",
      good ? "good" : "bad",
      calendar ? "calendar: {startTime: \"1970-01-01 02:00:00\", timeZone: UTC}"
               : "isRolling: true");
}

std::string condition(const char* severity, const char* op, const char* threshold,
                      const char* lookback, const char* after) {
  return fmt::format(R"(    - kind: AlertPolicy
      metadata: {{name: burn-{0}}}
      spec:
        alertWhenBreaching: true
        conditions:
          - kind: AlertCondition
            metadata: {{name: {0}}}
            spec:
              severity: {0}
              condition: {{kind: burnrate, op: {1}, threshold: {2}, lookbackWindow: {3}, alertAfter: {4}}}
        notificationTargets: [{{targetRef: pager}}]
)",
                     severity, op, threshold, lookback, after);
}

std::vector<RuleSet> rule_sets() {
  const auto standard = policy_of(standard_table(30 * 24h));
  const auto small = policy_of(small_table());
  // With `for`, with >=, and with the long window alone.
  auto held = small;
  held.alerts = {{"page", {{4.8, Millis{0}, 20min, false}}, 2min},
                 {"ticket", {{1.8, Millis{0}, 2h, true}}, 3min}};
  auto guarded = small;
  guarded.mode = PeriodMode::exact;
  guarded.low_traffic = {50, 3};
  guarded.absent_after = 5min;
  auto direct = small;
  direct.mode = PeriodMode::direct;
  direct.absent_after = 10min;
  auto chained = small;
  chained.mode = PeriodMode::exact;
  chained.chained = true;
  auto daily = small;
  daily.calendar = CalendarWindow{{1, nines::slo::Unit::day}, 2 * 3600};
  auto daily_exact = daily;
  daily_exact.mode = PeriodMode::exact;
  const std::string except = " --except 'maintenance == 1'";
  const std::string exact =
      "--exact --default-slo-period 1d --min-events 50 --min-errors 3 --absent-data 5m";
  const std::string policies = "  alertPolicies:\n" + condition("page", "gt", "4.8", "20m", "2m") +
                               condition("ticket", "gte", "1.8", "2h", "3m");
  return {
      {99.9, standard, false, false, kMinute, kMinute, 6 * 60 * kMinute, sloth("99.9", "rate"), ""},
      {99, small, false, false, kMinute, kMinute, 5 * 60 * kMinute,
       sloth("99", "rate") + kSmallCatalogue, "--default-slo-period 1d"},
      {0.995 * 100, small, true, false, 30'000, kMinute, 4 * 60 * kMinute,
       openslo("0.995", "1d", "", "", true) + kSmallCatalogue, ""},
      {0.98 * 100, held, false, false, 15'000, 30'000, 2 * 60 * kMinute,
       openslo("0.98", "1d", kSmallPairs, policies, false), "--any-period"},
      {0.9 * 100, small, true, false, kMinute, 2 * kMinute, 6 * 60 * kMinute,
       openslo("0.9", "1d", kSmallPairs, "", true), ""},
      {0.9999 * 100, standard, true, false, 20'000, kMinute, 3 * 60 * kMinute,
       openslo("0.9999", "30d", "", "", true), ""},
      {99, guarded, false, false, kMinute, kMinute, 5 * 60 * kMinute,
       sloth("99", "rate") + kSmallCatalogue, exact},
      {95, guarded, false, true, 30'000, kMinute, 4 * 60 * kMinute,
       sloth("95", "increase") + kSmallCatalogue, exact},
      {0.99 * 100, direct, true, false, kMinute, kMinute, 4 * 60 * kMinute,
       openslo("0.99", "1d", kSmallPairs, "", true), "--sli direct --absent-data 10m"},
      {99, chained, false, false, kMinute, kMinute, 5 * 60 * kMinute,
       sloth("99", "rate") + kSmallCatalogue,
       "--exact --chain-long-windows --default-slo-period 1d"},
      {99, small, false, false, kMinute, kMinute, 5 * 60 * kMinute,
       sloth("99", "rate") + kSmallCatalogue, "--default-slo-period 1d" + except, true},
      {0.98 * 100, guarded, true, false, 30'000, kMinute, 5 * 60 * kMinute,
       openslo("0.98", "1d", kSmallPairs, "", true),
       "--exact --min-events 50 --min-errors 3 --absent-data 5m" + except, true},
      {0.99 * 100, daily, true, false, kMinute, kMinute, 5 * 60 * kMinute,
       openslo("0.99", "1d", kSmallPairs, "", true, true), ""},
      {0.99 * 100, daily_exact, true, false, 30'000, 2 * kMinute, 5 * 60 * kMinute,
       openslo("0.99", "1d", kSmallPairs, "", true, true), "--exact" + except, true}};
}

std::string filtered(Millis window) {
  return "slo:sli_error:ratio_rate" + prometheus_text(window) + R"({sloth_id="shop-web"})";
}

// ---- scenarios ------------------------------------------------------------------------------

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::int64_t below(std::int64_t n) {
    return static_cast<std::int64_t>(nines::split_mix64(state_) % static_cast<std::uint64_t>(n));
  }
  bool one_in(std::int64_t n) { return below(n) == 0; }
  template <typename T, std::size_t N>
  T of(const std::array<T, N>& values) {
    return values[static_cast<std::size_t>(below(static_cast<std::int64_t>(N)))];
  }

 private:
  std::uint64_t state_;
};

/// From a request in ten minutes to a thousand a second.
constexpr std::array<NanoRate, 7> kRates = {1'666'667,        16'666'667,    100'000'000,
                                            1'000'000'000,    7'300'000'000, 50'000'000'000,
                                            1'000'000'000'000};
/// From one in ten thousand to all of them.
constexpr std::array<Share, 9> kShares = {100'000,     1'000'000,   5'000'000,
                                          10'000'000,  14'400'000,  50'000'000,
                                          200'000'000, 500'000'000, 1'000'000'000};

Traffic random_traffic(Dice& dice, const RuleSet& set) {
  Traffic traffic;
  traffic.scrape_interval = set.scrape;
  traffic.rate = dice.of(kRates);
  traffic.errors = dice.one_in(2) ? 0 : dice.of(kShares) / 10;
  traffic.errors_appear_late = dice.one_in(3);
  if (set.maintained) {
    Phase phase;
    phase.maintenance = true;
    phase.from = dice.below(set.length / 1000) * 1000;
    phase.length = (60 + dice.below(set.length / 4000)) * 1000;
    if (dice.one_in(3)) phase.every = phase.length + dice.below(set.length / 2) + 1000;
    traffic.phases.push_back(phase);
  }
  const auto phases = 1 + dice.below(7);
  for (std::int64_t i = 0; i < phases; ++i) {
    Phase phase;
    phase.from = dice.below(set.length / 1000) * 1000;
    phase.length = (10 + dice.below(set.length / 4000)) * 1000;
    if (dice.one_in(6)) phase.every = phase.length + dice.below(set.length / 2) + 1000;
    switch (dice.below(6)) {
      case 0:
        phase.rate = dice.one_in(4) ? 0 : dice.of(kRates);
        break;
      case 1:
        phase.lost = true;
        break;
      case 2:
        phase.restart = true;
        break;
      default:
        phase.errors = dice.of(kShares);
        if (dice.one_in(4)) phase.rate = dice.of(kRates);
        if (dice.one_in(8)) phase.lost = true;
        if (dice.one_in(8)) phase.restart = true;
    }
    traffic.phases.push_back(phase);
  }
  return traffic;
}

void write_series(std::ofstream& out, const char* name, const Counter& counter, Tick scrape,
                  Tick length) {
  out << "  - series: '" << name << R"({job="web"}')"
      << "\n    values: '";
  std::size_t next = 0;
  for (Tick at = 0; at <= length; at += scrape) {
    if (at > 0) out << ' ';
    if (next < counter.size() && counter.at(next) == at)
      out << fmt::format("{:.0f}", counter.value(next++));
    else
      out << '_';
  }
  out << "'\n";
}

void write_maintenance(std::ofstream& out, const std::vector<Span>& spans, const RuleSet& set) {
  out << "  - series: 'maintenance'\n    values: '";
  for (Tick at = 0; at <= set.length; at += set.scrape) {
    const bool on =
        std::any_of(spans.begin(), spans.end(), [at](const Span& span) { return span.holds(at); });
    out << (at > 0 ? " " : "") << (on ? 1 : 0);
  }
  out << "'\n";
}

void expect(std::ofstream& out, const std::string& expr, Tick at, const std::string& value) {
  out << "  - expr: '" << expr << "'\n    eval_time: " << at << "ms\n";
  out << "    exp_samples: [" << (value.empty() ? "" : "{labels: \"{}\", value: " + value + "}")
      << "]\n";
}

std::size_t write_scenario(std::ofstream& out, const RuleSet& set, Dice& dice) {
  const auto traffic = random_traffic(dice, set);
  const auto made = simulate(traffic, 0, set.length);
  const Schedule schedule{0, set.length, set.evaluation};
  const auto replayed = replay({set.counts_good ? made.good : made.bad, made.total, set.counts_good,
                                set.increase, made.maintenance},
                               set.policy, (100 - set.percent) / 100, schedule);
  out << "- interval: " << set.scrape << "ms\n  input_series:\n";
  write_series(out, set.counts_good ? "good" : "bad", set.counts_good ? made.good : made.bad,
               set.scrape, set.length);
  write_series(out, "total", made.total, set.scrape, set.length);
  if (set.maintained) write_maintenance(out, made.maintenance, set);
  out << "  promql_expr_test:\n";
  std::size_t firing = 0;
  for (std::size_t a = 0; a < replayed.firings.size(); ++a) {
    const auto selector =
        R"(ALERTS{alertstate="firing",)" +
        (a < set.policy.alerts.size()
             ? "sloth_severity=\"" + set.policy.alerts[a].severity + R"(",alertname!~".*NoData"})"
             : R"(alertname=~".*NoData"})");
    std::size_t all = 0;
    for (const Firing& f : replayed.firings[a]) {
      const Tick last = schedule.at(f.last);
      const std::size_t count = f.last - f.first + 1;
      all += count;
      expect(
          out,
          fmt::format("sum(count_over_time({}[{}ms]))", selector, last - schedule.at(f.first) + 1),
          last, std::to_string(count));
    }
    const Tick end = schedule.at(schedule.count() - 1);
    expect(out, fmt::format("sum(count_over_time({}[{}ms]))", selector, end + 1), end,
           all == 0 ? "" : std::to_string(all));
    if (all > 0) ++firing;
  }
  // A NaN equals nothing, itself included: such instants are left to the alerts.
  const auto check = [&](Millis window, double value, std::size_t index) {
    if (std::isnan(value) && !is_absent(value)) return;
    expect(out, "sum(" + filtered(window) + ")", schedule.at(index),
           is_absent(value) ? "" : fmt::format("{:.17g}", value));
  };
  for (int i = 0; i < 3; ++i) {
    const auto index =
        static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(schedule.count())));
    for (const Recorded& recorded : replayed.recorded)
      check(Millis(recorded.window), recorded.values[index], index);
    check(set.policy.period, period_ratio(replayed, set.policy, index), index);
  }
  return firing;
}

int write_definitions(const std::vector<RuleSet>& sets, const std::string& folder) {
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::ofstream definitions(fmt::format("{}/slo-{}.yaml", folder, s));
    std::ofstream options(fmt::format("{}/options-{}", folder, s));
    if (!(definitions << sets[s].definitions).flush() ||
        !(options << sets[s].options << '\n').flush())
      return 1;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const auto sets = rule_sets();
  if (argc == 3 && std::strcmp(argv[1], "--slos") == 0) return write_definitions(sets, argv[2]);
  if (argc != 4) return 2;
  const auto count = std::strtoul(argv[1], nullptr, 10);
  Dice dice(std::strtoull(argv[2], nullptr, 10));
  const std::string folder = argv[3];
  std::size_t firing = 0;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::ofstream test(fmt::format("{}/test-{}.yml", folder, s));
    test << "rule_files: [rules-" << s << ".yml]\nevaluation_interval: " << sets[s].evaluation
         << "ms\ngroup_eval_order: [sloth-slo-sli-recordings-shop-web, "
            "sloth-slo-meta-recordings-shop-web, sloth-slo-alerts-shop-web]\ntests:\n";
    for (std::size_t i = s; i < count; i += sets.size())
      firing += write_scenario(test, sets[s], dice);
    if (!test.flush()) return 1;
  }
  std::printf("%zu alerts fire in %lu scenarios\n", firing, count);
}
