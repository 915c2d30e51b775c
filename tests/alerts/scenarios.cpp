// Random traffic as promtool tests: the series, and what our evaluator says fires and is recorded.
//
//   alert_scenarios COUNT SEED FOLDER   writes FOLDER/rules-N.yml and FOLDER/test-N.yml per set of
//                                       rules, COUNT scenarios in all; prints how many fire
//
// promtool then evaluates the rules over the same series, and compares: for every stretch in which
// an alert fires that it fires at each of its evaluations, and over the whole test that it fires at
// no other; and some recorded ratios, to the last bit.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
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
  Tick scrape = kMinute;
  Tick evaluation = kMinute;
  Tick length = 6 * 60 * kMinute;
};

/// Windows short enough to fill, slide and empty within a test of some hours.
WindowTable small_table() {
  return {24h,
          {{Severity::page, Speed::quick, nines::Decimal(20, 0), 5min, 20min},
           {Severity::page, Speed::slow, nines::Decimal(25, 0), 10min, 1h},
           {Severity::ticket, Speed::quick, nines::Decimal(25, 0), 15min, 90min},
           {Severity::ticket, Speed::slow, nines::Decimal(15, 0), 30min, 2h}}};
}

std::vector<RuleSet> rule_sets() {
  const auto standard = policy_of(standard_table(30 * 24h));
  const auto small = policy_of(small_table());
  // With `for`, with >=, and with the long window alone.
  auto held = small;
  held.alerts[0].hold = 2min;
  held.alerts[1].hold = 150s;
  for (auto& condition : held.alerts[1].any_of) condition.or_equal = true;
  held.alerts[0].any_of[1].short_window = Millis{0};
  return {{99.9, standard, false, kMinute, kMinute, 6 * 60 * kMinute},
          {99, small, false, kMinute, kMinute, 5 * 60 * kMinute},
          {99.5, small, true, 30'000, kMinute, 4 * 60 * kMinute},
          {98, held, false, 15'000, 30'000, 2 * 60 * kMinute},
          {90, small, true, kMinute, 2 * kMinute, 6 * 60 * kMinute},
          {99.99, standard, true, 20'000, kMinute, 3 * 60 * kMinute}};
}

// ---- rules, as text -------------------------------------------------------------------------

std::string ratio_name(Millis window) {
  return "slo:sli_error:ratio_rate" + prometheus_text(window);
}
std::string filtered(Millis window) { return ratio_name(window) + R"({sloth_id="shop-web"})"; }

std::string condition_text(const Condition& c, const std::string& budget) {
  const auto one = [&](Millis window) {
    return fmt::format("max({} {} ({} * {})) without (sloth_window)", filtered(window),
                       c.or_equal ? ">=" : ">", c.factor, budget);
  };
  if (c.short_window.count() == 0) return one(c.long_window);
  return one(c.short_window) + " and " + one(c.long_window);
}

void write_rules(std::ofstream& out, const RuleSet& set) {
  out << "groups:\n- name: ratios\n  rules:\n";
  std::vector<Millis> windows;
  for (const auto& alert : set.policy.alerts) {
    for (const auto& c : alert.any_of) {
      for (const Millis w : {c.short_window, c.long_window}) {
        if (w.count() > 0 && std::find(windows.begin(), windows.end(), w) == windows.end())
          windows.push_back(w);
      }
    }
  }
  for (const Millis w : windows) {
    const auto text = prometheus_text(w);
    const auto ratio = fmt::format("(sum(rate({}[{}]))) / (sum(rate(total[{}])))",
                                   set.counts_good ? "good" : "bad", text, text);
    out << "  - record: " << ratio_name(w)
        << "\n    expr: " << (set.counts_good ? "1 - (" + ratio + ")" : ratio)
        << "\n    labels: {sloth_id: shop-web, sloth_window: " << text << "}\n";
  }
  const auto first = filtered(set.policy.alerts[0].any_of[0].short_window);
  const auto period = prometheus_text(set.policy.period);
  out << "  - record: slo:sli_error:ratio_rate" << period << "\n    expr: sum_over_time(" << first
      << "[" << period << "]) / ignoring (sloth_window) count_over_time(" << first << "[" << period
      << "])\n    labels: {sloth_id: shop-web, sloth_window: " << period << "}\n";
  out << "- name: alerts\n  rules:\n";
  const auto budget = fmt::format("{}", (100 - set.percent) / 100);
  for (const auto& alert : set.policy.alerts) {
    std::string expr;
    for (const auto& c : alert.any_of)
      expr += (expr.empty() ? "(" : " or (") + condition_text(c, budget) + ")";
    out << "  - alert: Burn\n    expr: " << expr << "\n";
    if (alert.hold.count() > 0) out << "    for: " << prometheus_text(alert.hold) << "\n";
    out << "    labels: {severity: " << alert.severity << "}\n";
  }
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

void expect(std::ofstream& out, const std::string& expr, Tick at, const std::string& value) {
  out << "  - expr: '" << expr << "'\n    eval_time: " << at << "ms\n";
  out << "    exp_samples: [" << (value.empty() ? "" : "{labels: \"{}\", value: " + value + "}")
      << "]\n";
}

std::size_t write_scenario(std::ofstream& out, const RuleSet& set, Dice& dice) {
  const auto traffic = random_traffic(dice, set);
  const auto made = simulate(traffic, 0, set.length);
  const Schedule schedule{0, set.length, set.evaluation};
  const auto replayed =
      replay({set.counts_good ? made.good : made.bad, made.total, set.counts_good}, set.policy,
             (100 - set.percent) / 100, schedule);
  out << "- interval: " << set.scrape << "ms\n  input_series:\n";
  write_series(out, set.counts_good ? "good" : "bad", set.counts_good ? made.good : made.bad,
               set.scrape, set.length);
  write_series(out, "total", made.total, set.scrape, set.length);
  out << "  promql_expr_test:\n";
  std::size_t firing = 0;
  for (std::size_t a = 0; a < set.policy.alerts.size(); ++a) {
    const auto selector = fmt::format(R"(ALERTS{{alertstate="firing",severity="{}"}})",
                                      set.policy.alerts[a].severity);
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
    expect(out, "sum without (sloth_id, sloth_window) (" + filtered(window) + ")",
           schedule.at(index), is_absent(value) ? "" : fmt::format("{:.17g}", value));
  };
  for (int i = 0; i < 3; ++i) {
    const auto index =
        static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(schedule.count())));
    for (const Recorded& recorded : replayed.recorded)
      check(Millis(recorded.window), recorded.values[index], index);
    const auto& shortest = replayed.ratios(set.policy.alerts[0].any_of[0].short_window.count());
    check(set.policy.period, mean_of_ratios(shortest, schedule, index, set.policy.period.count()),
          index);
  }
  return firing;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const auto count = std::strtoul(argv[1], nullptr, 10);
  Dice dice(std::strtoull(argv[2], nullptr, 10));
  const std::string folder = argv[3];
  const auto sets = rule_sets();
  std::size_t firing = 0;
  for (std::size_t s = 0; s < sets.size(); ++s) {
    std::ofstream rules(fmt::format("{}/rules-{}.yml", folder, s));
    write_rules(rules, sets[s]);
    std::ofstream test(fmt::format("{}/test-{}.yml", folder, s));
    test << "rule_files: [rules-" << s << ".yml]\nevaluation_interval: " << sets[s].evaluation
         << "ms\ngroup_eval_order: [ratios, alerts]\ntests:\n";
    for (std::size_t i = s; i < count; i += sets.size())
      firing += write_scenario(test, sets[s], dice);
    if (!rules.flush() || !test.flush()) return 1;
  }
  std::printf("%zu alerts fire in %lu scenarios\n", firing, count);
}
