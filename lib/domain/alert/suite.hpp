// Unit tests of an SLO's alerts: the traffic, what must come of it, and the judgement.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "domain/alert/policy.hpp"
#include "domain/alert/traffic.hpp"

namespace nines::alert {

/// How the alert for absent data is called here: its labels say "ticket".
inline constexpr std::string_view kNoDataAlert = "no-data";

/// What must be so. Instants are milliseconds from the beginning of the test.
struct Expectation {
  enum class Kind {
    fire,      ///< the alert fires: at `at`; at some time from `from` on, within `within`; or all
               ///< the time from `from` until `until`
    be_quiet,  ///< it does not fire at any time in that stretch
    clear,     ///< it fires at `from`, and is quiet at the latest `within` later
    sli,       ///< the ratio over the period that ends at `at` lies within the bounds
    budget,    ///< the share of the error budget left then does
  };
  Kind kind = Kind::fire;
  std::string alert;      ///< a severity, the name of a rule, or kNoDataAlert
  bool recorded = false;  ///< sli and budget: as the rules record it, not as it was counted
  std::optional<Tick> at;
  std::optional<Tick> from;
  std::optional<Tick> until;
  std::optional<Tick> within;
  std::optional<Decimal> at_least;  ///< percent
  std::optional<Decimal> at_most;   ///< percent
};

struct SuiteTest {
  std::string name;
  Traffic traffic;
  Tick length = 0;
  std::vector<Expectation> expectations;
};

struct Suite {
  std::string name;
  std::string slo;        ///< of the SLO under test; empty with a target of its own
  std::string objective;  ///< id or display name; empty: the only one
  std::optional<Decimal> target_percent;
  std::optional<Tick> period;
  Tick evaluation_interval = 60'000;
  /// How the rules are made, as the options of the generator say.
  PeriodMode mode = PeriodMode::compatible;
  LowTraffic low_traffic;
  std::optional<Millis> absent_after;
  bool exact_numbers = false;
  bool chained = false;
  std::string default_period;  ///< "28d": of an SLO that names none; empty: 30d
  /// When the tests begin, in seconds since the epoch; absent: with a calendar window.
  std::optional<std::int64_t> begins;
  /// How long the service ran at its plain traffic before the test begins; absent: one period, so
  /// that no window is short of history.
  std::optional<Tick> history;
  std::vector<SuiteTest> tests;
};

/// One alert of a test, as expectations may call it.
struct RunAlert {
  std::string severity;  ///< "page"; kNoDataAlert
  std::string name = {};
  std::string shown;  ///< the severity, with the name where several have it

  bool is(std::string_view word) const { return word == severity || word == name; }
};
/// Those of a policy.
std::vector<RunAlert> alerts_of(const Policy& policy);

/// What a test is judged by.
struct TestRun {
  Policy policy;
  Replay replay;
  Simulated traffic;
  std::vector<RunAlert> alerts;  ///< in the order of their firings
  Tick begin = 0;                ///< first instant of the history; at or before 0
  double budget = 0;             ///< 1 - target
};

struct Outcome {
  bool met = false;
  std::string wanted;  ///< "'page' must fire within 3m of 6h"
  std::string saw;     ///< "it fires from 6h4m to 6h20m"
};

Outcome judge(const TestRun& run, const Expectation& expectation, Tick length);

/// The share of events that were good in the period before `at`, outside of maintenance; empty
/// without any.
std::optional<double> counted_sli(const TestRun& run, Tick at);
/// The same as the rules of the policy record it; empty where they record nothing, or a NaN.
std::optional<double> recorded_sli(const TestRun& run, Tick at);
/// Left of the budget at that SLI: 1 - (1 - sli) / budget; empty for a target of 100 %.
std::optional<double> budget_left(const TestRun& run, std::optional<double> sli);

/// "6h4m", "-2m"; from the beginning of the test.
std::string offset_text(Tick at);
/// "from 6h4m to 6h20m, at 7h": of one alert, only what lies at or after 0.
std::string firing_text(const TestRun& run, std::size_t rule);

}  // namespace nines::alert
