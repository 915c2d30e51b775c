// Texts of figures, and what a record covers of a period.
#include "domain/governance/report.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::governance {
namespace {

double days_in(Micros time) {
  return std::chrono::duration<double, std::chrono::days::period>(time).count();
}

}  // namespace

std::vector<const Figure*> Report::figures() const {
  std::vector<const Figure*> all;
  for (const auto& part : parts)
    for (const auto& figure : part.figures) all.push_back(&figure);
  return all;
}

std::string value_text(const std::optional<double>& value, std::string_view unit) {
  if (!value) return "not known";
  if (unit == "share") return fmt::format("{:.4g} %", *value * 100);
  if (unit == "seconds") return format_duration(Micros{std::llround(*value) * 1'000'000});
  if (unit == "minutes") return fmt::format("{:.1f} min", *value);
  const auto number =
      std::floor(*value) == *value ? fmt::format("{:.0f}", *value) : fmt::format("{:.4g}", *value);
  if (unit.empty()) return number;
  const bool one = *value == 1 && unit.ends_with('s');
  return number + " " + std::string(one ? unit.substr(0, unit.size() - 1) : unit);
}

std::string figure_text(const Figure& figure) { return value_text(figure.value, figure.unit); }

double days_not_recorded(const ReportPeriod& period, const std::optional<Instant>& since) {
  if (!since) return period.days();
  return std::clamp(days_in(*since - period.span.from), 0.0, period.days());
}

double days_covered(const ReportPeriod& period, const std::optional<Instant>& since,
                    Instant until) {
  if (!since) return 0;
  const auto from = std::max(*since, period.span.from), to = std::min(until, period.span.to);
  return std::max(0.0, days_in(to - from));
}

std::string said_of_record(std::string_view what, const ReportPeriod& period,
                           const std::optional<Instant>& since) {
  if (!since)
    return fmt::format(
        "Not recorded yet: no {} is on record, which does not mean that there was "
        "none.",
        what);
  const auto missing = days_not_recorded(period, since);
  if (missing <= 0) return {};
  const auto day = format_utc(*since).substr(0, 10);
  if (missing >= period.days())
    return fmt::format("Not recorded yet in this period: the first {} on record is of {}.", what,
                       day);
  return fmt::format(
      "The first {} on record is of {}: the {:.0f} days of the period before it are "
      "not known.",
      what, day, std::ceil(missing));
}

}  // namespace nines::governance
