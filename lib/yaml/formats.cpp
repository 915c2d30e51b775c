// Rules for single values that several dialects share: names, durations, dates, ranges.
#include "yaml/formats.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "yaml/checker.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_alnum(char c) { return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z'); }

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

void check_name(Checker& checker, const Node& value) {
  if (is_dns_label(value.text)) return;
  std::string mend;
  for (const char c : value.text) {
    const bool upper = c >= 'A' && c <= 'Z';
    // FooBar and "Foo Bar" both become foo-bar.
    if (upper && !mend.empty() && mend.back() != '-') mend += '-';
    mend += upper ? static_cast<char>(c + 32) : is_lower_or_digit(c) ? c : '-';
  }
  const std::string hint = "use lower-case letters, digits and '-', at most 63 characters" +
                           (is_dns_label(mend) ? ": '" + mend + "'" : std::string());
  // The specification calls this the least a tool must take, and breaks it in its own examples.
  checker.report(Code::bad_name, value, shown(value) + " is no valid name", hint,
                 checker.who() & ~kSpec, Severity::error, Severity::warning);
}

template <std::size_t Most>
void check_length(Checker& checker, const Node& value, Profiles who) {
  const std::size_t count = code_points(value.text);
  if (count <= Most) return;
  checker.report(Code::too_long, value, "the text has " + std::to_string(count) + " characters",
                 "use at most " + std::to_string(Most), who);
}

void check_display_name(Checker& checker, const Node& value) {
  check_length<63>(checker, value, checker.who() & ~kSpec);
}

void check_description(Checker& checker, const Node& value) {
  check_length<1050>(checker, value, checker.who());
}

/// v2alpha names no months, quarters and years.
void check_short_unit(Checker& checker, const Node& value) {
  const auto length = length_from(value.text);
  if (!length || length->unit < slo::Unit::month) return;
  const auto days = std::chrono::duration_cast<std::chrono::days>(length->rolling()).count();
  checker
      .error(Code::bad_duration, value, shown(value) + " has a unit v2alpha does not know",
             "use m, h, d or w: '" + std::to_string(days) + "d'")
      .fix = replace_with(value, std::to_string(days) + "d");
}

/// The duration somebody probably meant, or empty.
std::string mended_duration(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != ' ' && c != '+') plain += c;
  }
  static constexpr std::pair<std::string_view, std::string_view> kSpellings[] = {
      {"D", "d"},     {"H", "h"},     {"W", "w"},      {"y", "Y"},     {"q", "Q"},
      {"min", "m"},   {"hours", "h"}, {"hour", "h"},   {"days", "d"},  {"day", "d"},
      {"weeks", "w"}, {"week", "w"},  {"months", "M"}, {"month", "M"}, {"mo", "M"}};
  for (const auto& [wrong, right] : kSpellings) {
    if (plain.size() > wrong.size() && plain.ends_with(wrong) &&
        is_digit(plain[plain.size() - wrong.size() - 1])) {
      plain.replace(plain.size() - wrong.size(), wrong.size(), right);
      break;
    }
  }
  return length_from(plain) ? plain : std::string();
}

void check_duration_text(Checker& checker, const Node& value, bool zero_allowed) {
  if (value.text.empty()) return;  // said elsewhere where it is required
  const auto length = length_from(value.text);
  if (length && (length->count > 0 || zero_allowed)) return;
  if (length) {
    checker.report(Code::bad_duration, value, shown(value) + " is no time at all",
                   "use a length above zero, such as 5m", kSpec);
    return;
  }
  const std::string mend = mended_duration(value.text);
  const bool sdk_takes_it = !mend.empty() &&
                            value.text.find_first_of(" +") != std::string_view::npos &&
                            mend.back() == value.text.back();
  const std::string hint = "use a whole number and one of m, h, d, w, M, Q, Y" +
                           (mend.empty() ? ", such as 30d" : ": '" + mend + "'");
  auto& finding = checker.report(Code::bad_duration, value, shown(value) + " is no duration", hint,
                                 sdk_takes_it ? kSpec : checker.who());
  if (!mend.empty()) finding.fix = replace_with(value, mend);
}

void check_date_time(Checker& checker, const Node& value) {
  const std::string_view t = value.text;
  const bool shape = t.size() == 19 && t[10] == ' ' && t[13] == ':' && t[16] == ':';
  const auto number = [&](std::size_t at) { return (t[at] - '0') * 10 + (t[at + 1] - '0'); };
  const auto digits = [&](std::size_t at) { return is_digit(t[at]) && is_digit(t[at + 1]); };
  if (shape && day_from(t.substr(0, 10)) && digits(11) && digits(14) && digits(17) &&
      number(11) < 24 && number(14) < 60 && number(17) < 60) {
    return;
  }
  std::string mend;
  if (day_from(t)) mend = std::string(t) + " 00:00:00";
  if (t.size() >= 19 && t[10] == 'T')
    mend = std::string(t.substr(0, 10)) + " " + std::string(t.substr(11, 8));
  auto& finding = checker.error(
      Code::bad_date, value, shown(value) + " is no start time",
      "write YYYY-MM-DD hh:mm:ss without a zone" + (mend.empty() ? "" : ": '" + mend + "'"));
  if (!mend.empty()) finding.fix = replace_with(value, value.plain ? mend : '"' + mend + '"');
}

void check_day(Checker& checker, const Node& value) {
  if (day_from(value.text)) return;
  checker.error(Code::bad_date, value, shown(value) + " is no date",
                "write YYYY-MM-DD, such as 2026-01-31");
}

void check_zone(Checker& checker, const Node& value) {
  if (value.text.empty() || to_lower_ascii(value.text) == "local") {
    checker.report(Code::bad_time_zone, value,
                   "the zone is " + (value.text.empty() ? "empty" : shown(value)) +
                       ": results would depend on the machine",
                   "name a zone, such as Europe/Paris or UTC", kNines);
    return;
  }
  try {
    if (Zone::find(value.text)) return;
  } catch (const Error&) {
    checker.report(Code::bad_time_zone, value,
                   "no zone data on this machine to look up " + shown(value),
                   "install the package tzdata", kNines, Severity::warning);
    return;
  }
  const auto close = Zone::suggest(value.text);
  std::string hint =
      close.empty() ? "use a name of the IANA database, such as Europe/Paris" : "did you mean ";
  for (const auto& name : close) hint += (&name == &close.front() ? "'" : " or '") + name + "'";
  auto& finding = checker.error(Code::bad_time_zone, value, shown(value) + " is no time zone",
                                hint + (close.empty() ? "" : "?"));
  if (close.size() == 1) finding.fix = replace_with(value, close.front());
}

void report_range(Checker& checker, const Node& value, std::string hint, Profiles who) {
  checker.report(Code::out_of_range, value, shown(value) + " is out of range", std::move(hint),
                 who);
}

void check_target(Checker& checker, const Node& value) {
  const auto number = *Decimal::parse(value.text);
  if (number >= Decimal(0, 0) && number < Decimal(1, 0)) return;
  const bool percent = number > Decimal(1, 0) && number < Decimal(100, 0);
  report_range(checker, value,
               percent ? "a target is a ratio of 0 or more and below 1; for a percentage write "
                         "'targetPercent: " +
                             std::string(value.text) + "'"
                       : "a target is 0 or more and below 1: a target of 1 leaves no error budget",
               checker.who());
}

void check_target_percent(Checker& checker, const Node& value) {
  const auto number = *Decimal::parse(value.text);
  if (number >= Decimal(0, 0) && number < Decimal(100, 0)) return;
  report_range(checker, value, "use 0 or more and below 100: 100 leaves no error budget",
               checker.who());
}

void check_slice_target(Checker& checker, const Node& value) {
  const auto number = *Decimal::parse(value.text);
  if (number > Decimal(0, 0) && number <= Decimal(1, 0)) return;
  const bool zero = number == Decimal(0, 0);
  report_range(
      checker, value,
      zero ? "use more than 0: with 0 a slice could never be bad" : "use more than 0 and at most 1",
      zero ? kGoSdk : checker.who());
}

void check_weight(Checker& checker, const Node& value) {
  if (*Decimal::parse(value.text) > Decimal(0, 0)) return;
  report_range(checker, value, "a weight is above 0", checker.who());
}

}  // namespace

const Format kNameFormat{check_name,
                         R"("pattern":"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$","maxLength":63)"};
const Format kDisplayNameFormat{check_display_name, R"("maxLength":63)"};
const Format kDescriptionFormat{check_description, R"("maxLength":1050)"};
const Format kDurationFormat{[](Checker& c, const Node& v) { check_duration_text(c, v, false); },
                             R"("pattern":"^0*[1-9][0-9]*[mhdwMQY]$")", true};
const Format kDelayFormat{[](Checker& c, const Node& v) { check_duration_text(c, v, true); },
                          R"("pattern":"^[0-9]+[mhdwMQY]$")", true};
const Format kShortDurationFormat{[](Checker& c, const Node& v) {
                                    check_duration_text(c, v, false);
                                    check_short_unit(c, v);
                                  },
                                  R"("pattern":"^0*[1-9][0-9]*[mhdw]$")", true};
const Format kShortDelayFormat{[](Checker& c, const Node& v) {
                                 check_duration_text(c, v, true);
                                 check_short_unit(c, v);
                               },
                               R"("pattern":"^[0-9]+[mhdw]$")", true};
const Format kDateTimeFormat{
    check_date_time, R"("pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$")"};
const Format kDayFormat{check_day, R"("pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")"};
const Format kZoneFormat{check_zone, R"("minLength":1)"};
const Format kTargetFormat{check_target, R"("minimum":0,"exclusiveMaximum":1)"};
const Format kTargetPercentFormat{check_target_percent, R"("minimum":0,"exclusiveMaximum":100)"};
const Format kSliceTargetFormat{check_slice_target, R"("exclusiveMinimum":0,"maximum":1)"};
const Format kWeightFormat{check_weight, R"("exclusiveMinimum":0)"};

void check_numeric_duration(Checker& checker, const Node& value) {
  const std::string mend = std::string(value.text) + "m";
  const bool minutes = value.is_number() && length_from(mend).has_value();
  auto& finding =
      checker.report(Code::bad_duration, value, shown(value) + " is a number, not a duration",
                     minutes ? "write it with its unit: '" + mend + "'"
                             : "use a whole number and a unit, such as 5m",
                     minutes ? kGoSdk : checker.who());
  if (minutes) finding.fix = replace_with(value, mend);
}

std::optional<slo::Length> length_from(std::string_view text) {
  static constexpr std::pair<char, slo::Unit> kDurationUnits[] = {
      {'m', slo::Unit::minute}, {'h', slo::Unit::hour},  {'d', slo::Unit::day},
      {'w', slo::Unit::week},   {'M', slo::Unit::month}, {'Q', slo::Unit::quarter},
      {'Y', slo::Unit::year}};
  if (text.size() < 2 || text.size() > 9 || !is_digit(text.front())) return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, count);
  if (error != std::errc() || end != text.data() + text.size() - 1) return std::nullopt;
  for (const auto& [letter, unit] : kDurationUnits) {
    if (letter == text.back()) return slo::Length{count, unit};
  }
  return std::nullopt;
}

std::optional<Day> day_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int parts[3] = {0, 0, 0};
  const std::string_view pieces[3] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  for (int i = 0; i < 3; ++i) {
    const auto [end, error] =
        std::from_chars(pieces[i].data(), pieces[i].data() + pieces[i].size(), parts[i]);
    if (error != std::errc() || end != pieces[i].data() + pieces[i].size() ||
        !is_digit(pieces[i].front()))
      return std::nullopt;
  }
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!day.ok()) return std::nullopt;
  return Day(day);
}

bool is_dns_label(std::string_view text) {
  if (text.empty() || text.size() > 63 || text.front() == '-' || text.back() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_lower_or_digit(c) || c == '-'; });
}

bool is_sloth_name(std::string_view text) {
  if (text.size() < 2 || !is_alnum(text.front()) || !is_alnum(text.back())) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.'; });
}

}  // namespace nines::yaml
