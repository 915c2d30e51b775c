// Arithmetic of burn-rate policies: factors, built-in tables, reach, and times to fire and clear.
#include "domain/alert/policy.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

namespace nines::alert {

namespace {

using namespace std::chrono_literals;

double hours_of(Millis duration) {
  return std::chrono::duration<double, std::ratio<3600>>(duration).count();
}

/// Rounded up, but for the hair that double arithmetic adds to a whole number.
std::optional<Millis> millis_of(double value) {
  if (!(value >= 0) || value > 1e17) return std::nullopt;
  return Millis(static_cast<std::int64_t>(std::ceil(value - 1e-6)));
}

}  // namespace

double burn_factor(const WindowPair& pair, Millis period) {
  return pair.budget_percent.to_double() * hours_of(period) / 100 / hours_of(pair.long_window);
}

std::optional<Decimal> exact_burn_factor(const WindowPair& pair, Millis period) {
  if (pair.long_window.count() <= 0 || period.count() <= 0) return std::nullopt;
  // percent x period / (100 x long), reduced; then the denominator may hold only twos and fives.
  std::int64_t num = pair.budget_percent.units();
  std::int64_t scale = pair.budget_percent.scale() + 2;
  std::int64_t length = period.count();
  std::int64_t den = pair.long_window.count();
  const std::int64_t first = std::gcd(length, den);
  length /= first;
  den /= first;
  const std::int64_t second = std::gcd(num, den);
  if (second != 0) {
    num /= second;
    den /= second;
  }
  const auto times = [](std::int64_t& value, std::int64_t by) {
    return !__builtin_mul_overflow(value, by, &value);
  };
  if (!times(num, length)) return std::nullopt;
  for (; den % 10 == 0; den /= 10) ++scale;
  for (; den % 2 == 0; den /= 2, ++scale) {
    if (!times(num, 5)) return std::nullopt;
  }
  for (; den % 5 == 0; den /= 5, ++scale) {
    if (!times(num, 2)) return std::nullopt;
  }
  for (; scale > 18 && num % 10 == 0; num /= 10) --scale;
  if (den != 1 || scale > 18) return std::nullopt;
  return Decimal(num, static_cast<int>(scale));
}

WindowTable standard_table(Millis period) {
  return {period,
          {{Severity::page, Speed::quick, Decimal(2, 0), 5min, 1h},
           {Severity::page, Speed::slow, Decimal(5, 0), 30min, 6h},
           {Severity::ticket, Speed::quick, Decimal(10, 0), 2h, 24h},
           {Severity::ticket, Speed::slow, Decimal(10, 0), 6h, 72h}}};
}

std::vector<WindowTable> built_in_tables() {
  return {standard_table(28 * 24h), standard_table(30 * 24h)};
}

const WindowTable* find_table(std::span<const WindowTable> tables, Millis period) {
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const WindowTable& table) { return table.period == period; });
  return found == tables.end() ? nullptr : &*found;
}

Policy policy_of(const WindowTable& table) {
  Policy policy;
  policy.period = table.period;
  if (!table.pairs.empty()) policy.ratio_window = table.pairs.front().short_window;
  for (const Severity severity : {Severity::page, Severity::ticket}) {
    Alert alert;
    alert.severity = kSeverityNames.of(severity);
    for (const WindowPair& pair : table.pairs) {
      if (pair.severity == severity)
        alert.any_of.push_back(
            {burn_factor(pair, table.period), pair.short_window, pair.long_window});
    }
    if (!alert.any_of.empty()) policy.alerts.push_back(std::move(alert));
  }
  return policy;
}

std::vector<Millis> windows_of(const WindowTable& table) {
  std::vector<Millis> windows;
  for (const WindowPair& pair : table.pairs) {
    windows.push_back(pair.short_window);
    windows.push_back(pair.long_window);
  }
  std::sort(windows.begin(), windows.end());
  windows.erase(std::unique(windows.begin(), windows.end()), windows.end());
  return windows;
}

Millis exception_step(Millis window) { return std::min<Millis>(window, 1min); }

bool reachable(double factor, double budget) { return factor * budget < 1; }

std::optional<std::uint64_t> events_for_one_error(double factor, double budget) {
  const double limit = factor * budget;
  if (!(limit > 0) || limit < 1e-18) return std::nullopt;
  // 1 / (6 x 0.001) is a hair above or below the whole number that is meant.
  const double events = 1 / limit;
  const double nearest = std::round(events);
  return static_cast<std::uint64_t>(
      std::abs(events - nearest) < 1e-9 * nearest ? nearest : std::ceil(events));
}

std::optional<Millis> time_to_detect(const Condition& condition, double budget, double ratio) {
  const double limit = condition.factor * budget;
  if (!(ratio > limit)) return std::nullopt;
  const double window =
      static_cast<double>(std::max(condition.long_window, condition.short_window).count());
  return millis_of(limit * window / ratio);
}

std::optional<Millis> time_to_clear(const Condition& condition, double budget, double ratio) {
  const double limit = condition.factor * budget;
  if (!(ratio > limit)) return std::nullopt;
  const Millis window =
      condition.short_window.count() > 0 ? condition.short_window : condition.long_window;
  return millis_of(static_cast<double>(window.count()) * (1 - limit / ratio));
}

std::string prometheus_text(Millis duration) {
  static constexpr std::array<std::pair<std::string_view, std::int64_t>, 7> kUnits{
      {{"y", 31'536'000'000},
       {"w", 604'800'000},
       {"d", 86'400'000},
       {"h", 3'600'000},
       {"m", 60'000},
       {"s", 1'000},
       {"ms", 1}}};
  std::int64_t left = duration.count();
  if (left == 0) return "0s";
  std::string text;
  for (const auto& [name, unit] : kUnits) {
    const bool whole_only = name == "y" || name == "w";
    if (left < unit || (whole_only && left % unit != 0)) continue;
    text += std::to_string(left / unit);
    text += name;
    left %= unit;
  }
  return text;
}

}  // namespace nines::alert
