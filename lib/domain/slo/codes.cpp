// The one list of what can be wrong with a definition: a stable code and a page for each.
#include "domain/slo/codes.hpp"

#include <algorithm>
#include <array>

namespace nines::slo {

namespace {

constexpr CodePage kPages[] = {
    {Code::yaml_syntax, "YAML_SYNTAX", "", "", "", ""},
    {Code::unterminated_quote, "UNTERMINATED_QUOTE", "", "", "", ""},
    {Code::tab_indent, "TAB_INDENT", "", "", "", ""},
    {Code::bad_utf8, "BAD_UTF8", "", "", "", ""},
    {Code::control_character, "CONTROL_CHARACTER", "", "", "", ""},
    {Code::too_large, "TOO_LARGE", "", "", "", ""},
    {Code::too_deep, "TOO_DEEP", "", "", "", ""},
    {Code::too_many_nodes, "TOO_MANY_NODES", "", "", "", ""},
    {Code::too_many_findings, "TOO_MANY_FINDINGS", "", "", "", ""},
    {Code::alias_cycle, "ALIAS_CYCLE", "", "", "", ""},
    {Code::alias_unknown, "ALIAS_UNKNOWN", "", "", "", ""},
    {Code::merge_key, "MERGE_KEY", "", "", "", ""},
    {Code::tag_refused, "TAG_REFUSED", "", "", "", ""},
    {Code::duplicate_key, "DUPLICATE_KEY", "", "", "", ""},
    {Code::key_not_text, "KEY_NOT_TEXT", "", "", "", ""},
    {Code::reserved_key, "RESERVED_KEY", "", "", "", ""},
    {Code::empty_file, "EMPTY_FILE", "", "", "", ""},
    {Code::not_a_document, "NOT_A_DOCUMENT", "", "", "", ""},
    {Code::unknown_api_version, "UNKNOWN_API_VERSION", "", "", "", ""},
    {Code::unknown_kind, "UNKNOWN_KIND", "", "", "", ""},
    {Code::missing_field, "MISSING_FIELD", "", "", "", ""},
    {Code::unknown_field, "UNKNOWN_FIELD", "", "", "", ""},
    {Code::field_case, "FIELD_CASE", "", "", "", ""},
    {Code::wrong_dialect_key, "WRONG_DIALECT_KEY", "", "", "", ""},
    {Code::renamed_field, "RENAMED_FIELD", "", "", "", ""},
    {Code::wrong_type, "WRONG_TYPE", "", "", "", ""},
    {Code::bad_boolean, "BAD_BOOLEAN", "", "", "", ""},
    {Code::bad_number, "BAD_NUMBER", "", "", "", ""},
    {Code::bad_enum, "BAD_ENUM", "", "", "", ""},
    {Code::empty_value, "EMPTY_VALUE", "", "", "", ""},
    {Code::too_long, "TOO_LONG", "", "", "", ""},
    {Code::out_of_range, "OUT_OF_RANGE", "", "", "", ""},
    {Code::bad_name, "BAD_NAME", "", "", "", ""},
    {Code::bad_label_key, "BAD_LABEL_KEY", "", "", "", ""},
    {Code::bad_annotation_key, "BAD_ANNOTATION_KEY", "", "", "", ""},
    {Code::reserved_annotation, "RESERVED_ANNOTATION", "", "", "", ""},
    {Code::unknown_annotation, "UNKNOWN_ANNOTATION", "", "", "", ""},
    {Code::bad_annotation_value, "BAD_ANNOTATION_VALUE", "", "", "", ""},
    {Code::bad_duration, "BAD_DURATION", "", "", "", ""},
    {Code::bad_date, "BAD_DATE", "", "", "", ""},
    {Code::bad_time_zone, "BAD_TIME_ZONE", "", "", "", ""},
    {Code::one_of, "ONE_OF", "", "", "", ""},
    {Code::indicator_choice, "INDICATOR_CHOICE", "", "", "", ""},
    {Code::metric_choice, "METRIC_CHOICE", "", "", "", ""},
    {Code::ratio_parts, "RATIO_PARTS", "", "", "", ""},
    {Code::target_choice, "TARGET_CHOICE", "", "", "", ""},
    {Code::rolling_with_calendar, "ROLLING_WITH_CALENDAR", "", "", "", ""},
    {Code::rolling_missing, "ROLLING_MISSING", "", "", "", ""},
    {Code::window_count, "WINDOW_COUNT", "", "", "", ""},
    {Code::op_with_ratio, "OP_WITH_RATIO", "", "", "", ""},
    {Code::op_missing, "OP_MISSING", "", "", "", ""},
    {Code::threshold_objectives, "THRESHOLD_OBJECTIVES", "", "", "", ""},
    {Code::composite_incomplete, "COMPOSITE_INCOMPLETE", "", "", "", ""},
    {Code::composite_weight_unused, "COMPOSITE_WEIGHT_UNUSED", "", "", "", ""},
    {Code::metric_type_missing, "METRIC_TYPE_MISSING", "", "", "", ""},
    {Code::metric_type_mismatch, "METRIC_TYPE_MISMATCH", "", "", "", ""},
    {Code::condition_count, "CONDITION_COUNT", "", "", "", ""},
    {Code::unsupported_by_sloth, "UNSUPPORTED_BY_SLOTH", "", "", "", ""},
    {Code::bad_predicate, "BAD_PREDICATE", "", "", "", ""},
    {Code::bad_pattern, "BAD_PATTERN", "the pattern of a file source cannot be used",
     "A source with `format: pattern` reads each line with one RE2 expression whose named groups are "
     "the columns. The expression must be valid RE2 (no look-around, no back-references) and must have "
     "a group for the time and for every column the source names.",
     "pattern: '(\\S+) (\\d+)'\n", "pattern: '(?P<time>\\S+) (?P<status>\\d+)'\n"},
    {Code::bad_time_layout, "BAD_TIME_LAYOUT", "the layout of times names no point in time",
     "A layout such as %Y-%m-%d %H:%M:%S must give a date, an hour and a minute, each once, with the "
     "conversions listed in nines-slo(5).",
     "time: {column: at, format: '%Y-%m'}\n", "time: {column: at, format: '%Y-%m-%d %H:%M:%S'}\n"},
    {Code::duplicate_name, "DUPLICATE_NAME", "", "", "", ""},
    {Code::ref_unresolved, "REF_UNRESOLVED", "", "", "", ""},
    {Code::ref_wrong_kind, "REF_WRONG_KIND", "", "", "", ""},
    {Code::ref_unused, "REF_UNUSED", "", "", "", ""},
    {Code::ref_cycle, "REF_CYCLE", "", "", "", ""},
    {Code::service_unknown, "SERVICE_UNKNOWN", "", "", "", ""},
    {Code::target_above_dependency, "TARGET_ABOVE_DEPENDENCY", "", "", "", ""},
    {Code::target_below_sla, "TARGET_BELOW_SLA", "", "", "", ""},
    {Code::no_description, "NO_DESCRIPTION", "", "", "", ""},
    {Code::objective_100, "OBJECTIVE_100", "", "", "", ""},
    {Code::objective_low, "OBJECTIVE_LOW", "", "", "", ""},
    {Code::alert_op_inverted, "ALERT_OP_INVERTED", "", "", "", ""},
    {Code::good_equals_total, "GOOD_EQUALS_TOTAL", "", "", "", ""},
    {Code::duplicate_objective, "DUPLICATE_OBJECTIVE", "", "", "", ""},
    {Code::policy_silent, "POLICY_SILENT", "", "", "", ""},
    {Code::rolling_calendar_unit, "ROLLING_CALENDAR_UNIT", "", "", "", ""},
    {Code::slice_not_divisor, "SLICE_NOT_DIVISOR", "", "", "", ""},
    {Code::weights_not_one, "WEIGHTS_NOT_ONE", "", "", "", ""},
    {Code::spec_version, "SPEC_VERSION", "", "", "", ""},
    {Code::query_no_window, "QUERY_NO_WINDOW", "", "", "", ""},
    {Code::label_name_chars, "LABEL_NAME_CHARS", "", "", "", ""},
    {Code::reserved_label, "RESERVED_LABEL", "", "", "", ""},
    {Code::no_alert_labels, "NO_ALERT_LABELS", "", "", "", ""},
    {Code::all_alerts_disabled, "ALL_ALERTS_DISABLED", "", "", "", ""},
    {Code::duplicate_alert_window, "DUPLICATE_ALERT_WINDOW", "", "", "", ""},
    {Code::no_severity_windows, "NO_SEVERITY_WINDOWS", "", "", "", ""},
    {Code::threshold_unreachable, "THRESHOLD_UNREACHABLE", "", "", "", ""},
    {Code::period_too_short, "PERIOD_TOO_SHORT", "", "", "", ""},
    {Code::sli_fallback_asymmetry, "SLI_FALLBACK_ASYMMETRY", "", "", "", ""},
    {Code::suppression_no_reason, "SUPPRESSION_NO_REASON", "", "", "", ""},
    {Code::suppression_expired, "SUPPRESSION_EXPIRED", "", "", "", ""},
    {Code::suppression_unused, "SUPPRESSION_UNUSED", "", "", "", ""},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kPages); ++i) {
    if (static_cast<std::size_t>(kPages[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order() && std::size(kPages) == static_cast<std::size_t>(Code::suppression_unused) + 1);

char normal(char c) {
  if (c == '-') return '_';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::span<const CodePage> code_pages() { return kPages; }

std::string_view name_of(Code code) { return kPages[static_cast<std::size_t>(code)].name; }

const CodePage* find_code_page(std::string_view name) {
  const auto found = std::find_if(std::begin(kPages), std::end(kPages), [&](const CodePage& page) {
    return std::equal(page.name.begin(), page.name.end(), name.begin(), name.end(),
                      [](char a, char b) { return a == normal(b); });
  });
  return found == std::end(kPages) ? nullptr : found;
}

}  // namespace nines::slo
