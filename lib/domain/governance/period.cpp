// Reads and steps calendar periods by their months.
#include "domain/governance/period.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::governance {
namespace {

using namespace std::chrono;

/// A whole number of months, counted from year 0.
struct Months {
  int first = 0;
  int count = 0;
};

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Months> months_named(std::string_view text) {
  if (text.size() < 4) return std::nullopt;
  const auto year = whole_number(text.substr(0, 4));
  if (!year || *year < 1000) return std::nullopt;
  auto rest = text.substr(4);
  if (rest.empty()) return Months{*year * 12, 12};
  const bool dash = rest.front() == '-' || rest.front() == ' ';
  if (dash) rest.remove_prefix(1);
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'q') && rest[1] >= '1' && rest[1] <= '4')
    return Months{*year * 12 + (rest[1] - '1') * 3, 3};
  const auto month = rest.size() == 2 && dash ? whole_number(rest) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  return Months{*year * 12 + *month - 1, 1};
}

std::string label_of(const Months& months) {
  const int year = months.first / 12, month = months.first % 12;
  if (months.count == 12) return fmt::format("{}", year);
  if (months.count == 3) return fmt::format("{} Q{}", year, month / 3 + 1);
  return fmt::format("{}-{:02}", year, month + 1);
}

Instant start_of(int month, const slo::PlaceLocal& place) {
  const year_month_day date{year{month / 12},
                            std::chrono::month{static_cast<unsigned>(month % 12 + 1)}, day{1}};
  return place(LocalTime{local_days{date}.time_since_epoch()});
}

ReportPeriod placed(const Months& months, const slo::PlaceLocal& place) {
  return {label_of(months),
          {start_of(months.first, place), start_of(months.first + months.count, place)}};
}

int month_of(Instant at, const Zone& zone) {
  const year_month_day date{floor<std::chrono::days>(zone.to_local(at))};
  return static_cast<int>(date.year()) * 12 +
         static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

}  // namespace

double ReportPeriod::days() const {
  return duration<double, std::chrono::days::period>(span.length()).count();
}

std::optional<ReportPeriod> parse_period(std::string_view text, const slo::PlaceLocal& place) {
  const auto months = months_named(trim(text));
  if (!months) return std::nullopt;
  return placed(*months, place);
}

std::optional<ReportPeriod> period_between(Instant from, Instant to) {
  if (from >= to) return std::nullopt;
  return ReportPeriod{format_utc(from).substr(0, 10) + " to " + format_utc(to).substr(0, 10),
                      {from, to}};
}

ReportPeriod period_holding(Instant at, PeriodStep step, const Zone& zone) {
  const int count = step == PeriodStep::month ? 1 : step == PeriodStep::quarter ? 3 : 12;
  const int month = month_of(at, zone);
  return placed({month - month % count, count}, slo::place_in(zone));
}

ReportPeriod period_before(const ReportPeriod& period, const Zone& zone) {
  const auto place = slo::place_in(zone);
  if (const auto named = months_named(period.label);
      named && placed(*named, place).span == period.span)
    return placed({named->first - named->count, named->count}, place);
  const auto length = period.span.length();
  return period_between(period.span.from - length, period.span.from).value_or(period);
}

std::vector<ReportPeriod> periods_up_to(const ReportPeriod& last, int count, const Zone& zone) {
  std::vector<ReportPeriod> periods{last};
  while (static_cast<int>(periods.size()) < count)
    periods.push_back(period_before(periods.back(), zone));
  std::reverse(periods.begin(), periods.end());
  return periods;
}

}  // namespace nines::governance
