// Rules for single values that several dialects share: names, durations, dates, keys, annotations.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "domain/slo/model.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Format kNameFormat;           ///< RFC 1123 label
extern const Format kDisplayNameFormat;    ///< at most 63 characters
extern const Format kDescriptionFormat;    ///< at most 1050 characters
extern const Format kDurationFormat;       ///< "30d", not "0m"
extern const Format kDelayFormat;          ///< "0m" too
extern const Format kShortDurationFormat;  ///< v2alpha: no M, Q and Y
extern const Format kShortDelayFormat;
extern const Format kDateTimeFormat;       ///< "2026-01-01 00:00:00"
extern const Format kDayFormat;            ///< "2026-01-01"
extern const Format kZoneFormat;           ///< IANA name
extern const Format kTargetFormat;         ///< [0,1)
extern const Format kTargetPercentFormat;  ///< [0,100)
extern const Format kSliceTargetFormat;    ///< (0,1]
extern const Format kWeightFormat;         ///< above 0

/// One annotation under "nines.dev/".
struct AnnotationRule {
  std::string_view name;   ///< without the prefix
  std::string_view value;  ///< what it takes: "good, bad or exclude"
  std::string_view help;   ///< one sentence, for nines-slo(5)
};
/// Every annotation this program reads, by name.
std::span<const AnnotationRule> annotation_rules();

void check_label_key(Checker& checker, const Node& key, const Node& value);
void check_annotation(Checker& checker, const Node& key, const Node& value);
/// A number where a duration is wanted: read as minutes by the specification's text.
void check_numeric_duration(Checker& checker, const Node& value);

/// "30d" by the rules of OpenSLO v1; empty on anything else.
std::optional<slo::Length> length_from(std::string_view text);
std::optional<Day> day_from(std::string_view text);
bool is_dns_label(std::string_view text);
/// Sloth's rule for services and SLOs: two characters or more.
bool is_sloth_name(std::string_view text);

}  // namespace nines::yaml
