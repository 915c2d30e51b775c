// Formats figures for tables and pages.
#include "nines/slo/figures.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::app::slo {

std::string ratio_text(double ratio, std::uint64_t total) {
  const double digits = total < 100 ? 0 : std::ceil(std::log10(static_cast<double>(total))) - 2;
  const int places = static_cast<int>(std::clamp(digits, 0.0, 6.0));
  const double scale = std::pow(10.0, places);
  // A hair is added because 0.9985 x 100 is 99.84999999999999 in binary.
  const double cut = std::floor(ratio * 100 * scale + 1e-6) / scale;
  return fmt::format("{:.{}f}%", cut, places);
}

std::string sli_text(const Assessment& a) {
  if (!a.sli) return "-";
  const auto total = a.members.empty() || a.counted.total > 0 ? a.counted.total : 1000;
  return ratio_text(*a.sli, total);
}

std::string target_text(const Assessment& a) {
  if (!a.members.empty() && !a.sli) return "-";
  return a.target.percent_text() + "%";
}

std::string share_text(const std::optional<double>& share) {
  if (!share) return "-";
  const double percent = *share * 100;
  if (percent > 0 && percent < 1) return "<1%";
  if (percent < 0 && percent > -1) return "-<1%";
  if (percent < -99'999) return "<-99999%";
  return fmt::format("{:.0f}%", percent < 0 ? std::floor(percent) : std::trunc(percent + 1e-9));
}

std::string budget_basis(const Assessment& a) {
  if (a.inference.spent) return "the members' budgets, weighted";
  return a.counted.in_slices ? "what the slices so far allow" : "what the events so far allow";
}

std::string burn_text(const std::optional<double>& burn) {
  if (!burn) return "-";
  if (*burn >= 100) return fmt::format("{:.0f}", *burn);
  return *burn >= 10 ? fmt::format("{:.1f}", *burn) : fmt::format("{:.2f}", *burn);
}

std::string signed_duration(Micros d) {
  using std::chrono::seconds;
  return format_duration(std::chrono::round<seconds>(d));
}

std::string unit_text(const Assessment& a, std::uint64_t count) {
  return group_digits(count) + (a.counted.in_slices ? (count == 1 ? " slice" : " slices")
                                                    : (count == 1 ? " event" : " events"));
}

std::string number_text(double value) {
  const double magnitude = std::floor(std::abs(value));
  auto text = group_digits(static_cast<std::uint64_t>(std::min(magnitude, 1e18)));
  const double rest = std::abs(value) - magnitude;
  if (rest >= 0.05 && magnitude < 1e6) text += fmt::format("{:.1f}", std::min(rest, 0.9)).substr(1);
  return (value < 0 ? "-" : "") + text;
}

std::string minute_text(Instant t) {
  const auto text = format_utc(t);
  return text.substr(0, 10) + " " + text.substr(11, 5) + "Z";
}

std::string verdict_text(const Assessment& a) {
  using nines::slo::Verdict;
  switch (a.verdict) {
    case Verdict::met:
      return a.settled ? "met" : "met?";
    case Verdict::missed:
      return a.settled ? "missed" : "missed?";
    case Verdict::no_data:
      return "no data";
    case Verdict::not_started:
      return "not started";
  }
  return "";
}

std::string objective_name(const Assessment& a, bool several) {
  if (!several) return a.slo;
  return a.slo + "/" + (a.title.empty() ? a.target.percent_text() : a.title);
}

}  // namespace nines::app::slo
