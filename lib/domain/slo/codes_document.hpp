// Findings about any document: its kind, its fields and their values.
#pragma once

#include "domain/slo/codes.hpp"

namespace nines::slo {

// One member per line, so that a page reads as a page; in the order of Code.
// clang-format off
inline constexpr CodePage kDocumentPages[] = {
    {Code::not_a_document, "NOT_A_DOCUMENT", "a document is not a definition",
     "Each document is a map that begins with apiVersion and kind, or a list of such maps.",
     "",
     ""},
    {Code::unknown_api_version, "UNKNOWN_API_VERSION", "the apiVersion names no known format",
     "Known are openslo/v1, openslo/v1alpha, openslo.com/v2alpha, nines/v1, sloth.slok.dev/v1 and "
     "monitoring.coreos.com/v1; Sloth's own files begin with version: prometheus/v1, rule files of "
     "Prometheus with groups.",
     "apiVersion: openslo/v2",
     "apiVersion: openslo/v1"},
    {Code::unknown_kind, "UNKNOWN_KIND", "the kind does not exist in this format",
     "Each apiVersion has its own kinds.",
     "kind: SL0",
     "kind: SLO"},
    {Code::unstable_version, "UNSTABLE_VERSION", "the version of the format is not final",
     "openslo.com/v2alpha still changes: what is valid today may have other names tomorrow. It is "
     "read, and never written. Use openslo/v1 unless a tool needs the other.",
     "apiVersion: openslo.com/v2alpha",
     "apiVersion: openslo/v1"},
    {Code::missing_field, "MISSING_FIELD", "a field that is needed is missing",
     "Without it the document cannot be used by the profiles named in the finding.",
     "  timeWindow:",
     R"(  budgetingMethod: Occurrences
  timeWindow:)"},
    {Code::unknown_field, "UNKNOWN_FIELD", "a field is not known here",
     "Unknown fields are mistakes more often than extensions, and most tools drop them without a "
     "word. Own facts go into metadata.annotations.",
     "  budgetMethod: Occurrences",
     "  budgetingMethod: Occurrences"},
    {Code::field_case, "FIELD_CASE", "a field is written in the wrong case",
     "Some tools ignore case and some ignore the field. Names are exact here.",
     "  budgetingmethod: Occurrences",
     "  budgetingMethod: Occurrences"},
    {Code::wrong_dialect_key, "WRONG_DIALECT_KEY", "a key belongs to the other Sloth dialect",
     "Sloth has two spellings: snake_case in prometheus/v1, camelCase in sloth.slok.dev/v1. It "
     "ignores keys it does not know, so pageAlert in the wrong file silently loses labels and "
     "switches.",
     "      pageAlert:",
     "      page_alert:"},
    {Code::renamed_field, "RENAMED_FIELD", "the field has another name in this version",
     "openslo.com/v2alpha renamed some fields of v1.",
     "  service: checkout",
     "  serviceRef: checkout"},
    {Code::wrong_type, "WRONG_TYPE", "the value has the wrong type",
     "A map, a list, a text and a number are different things; numbers and true or false that are "
     "meant as text need quotes.",
     "  service: 17",
     "  service: checkout"},
    {Code::bad_boolean, "BAD_BOOLEAN", "the value is neither true nor false",
     "YAML versions disagree about yes, on and 1. Only true and false are accepted.",
     "      isRolling: yes",
     "      isRolling: true"},
    {Code::bad_number, "BAD_NUMBER", "the value is not a number",
     "Write digits with an optional point, such as 99.9, without quotes, percent sign, or leading "
     "zero.",
     "      target: 99.9%",
     "      target: 0.999"},
    {Code::bad_enum, "BAD_ENUM", "the value is not one of those allowed",
     "The field takes a fixed list of words; the finding lists them.",
     "  budgetingMethod: Occurences",
     "  budgetingMethod: Occurrences"},
    {Code::empty_value, "EMPTY_VALUE", "a value that is needed is empty",
     "The field is there, but says nothing.",
     R"(  service: "")",
     "  service: checkout"},
    {Code::too_long, "TOO_LONG", "the text is too long",
     "The Go SDK limits displayName to 63 and description to 1050 characters.",
     "  displayName: Checkout availability as seen from the load balancers in Europe and America",
     "  displayName: Checkout availability"},
    {Code::out_of_range, "OUT_OF_RANGE", "the number is out of range",
     "Targets are ratios of 0 or more and below 1 (targetPercent: below 100): a target of 1 leaves "
     "no error budget at all.",
     "      target: 1",
     "      target: 0.999"},
    {Code::bad_name, "BAD_NAME", "the name breaks the naming rule",
     "Names have at most 63 lower-case letters, digits and hyphens, and begin and end with a "
     "letter or digit. The specification calls that the least a tool must accept; the Go SDK "
     "accepts nothing else.",
     "  name: CheckoutAvailability",
     "  name: checkout-availability"},
    {Code::bad_label_key, "BAD_LABEL_KEY", "the label key breaks the rule",
     "Label keys have at most 63 letters, digits, hyphens, underscores and points, and begin and "
     "end with a letter or digit.",
     "    -team: payments",
     "    team: payments"},
    {Code::bad_annotation_key, "BAD_ANNOTATION_KEY", "the annotation key breaks the rule",
     "An annotation key is a name, or a lower-case domain, a slash and a name.",
     "    Example.com/board: sre",
     "    example.com/board: sre"},
    {Code::reserved_annotation, "RESERVED_ANNOTATION", "the annotation prefix is reserved",
     "The prefix openslo.com/ belongs to the specification. Use a domain of your own.",
     "    openslo.com/board: sre",
     "    example.com/board: sre"},
    {Code::unknown_annotation, "UNKNOWN_ANNOTATION", "this program knows no such annotation",
     "Annotations under nines.dev/ carry facts that this program reads, so a misspelt one would be "
     "silently ignored. nines-slo(5) lists them.",
     "    nines.dev/nodata: bad",
     "    nines.dev/no-data: bad"},
    {Code::bad_annotation_value, "BAD_ANNOTATION_VALUE", "the annotation does not take this value",
     "Each annotation under nines.dev/ takes a certain form; nines-slo(5) lists them.",
     "    nines.dev/no-data: skip",
     "    nines.dev/no-data: bad"},
    {Code::bad_duration, "BAD_DURATION", "the value is not a duration",
     "A duration is a whole number and one unit: m, h, d, w, M, Q or Y, such as 30d.",
     "    - duration: 30 days",
     "    - duration: 30d"},
    {Code::bad_date, "BAD_DATE", "the value is not a date",
     "Start times are written YYYY-MM-DD hh:mm:ss without a zone, days YYYY-MM-DD.",
     "        startTime: 2026-13-01 00:00:00",
     "        startTime: 2026-01-01 00:00:00"},
    {Code::bad_time_zone, "BAD_TIME_ZONE", "the value is not a time zone",
     "Zones are names of the IANA database, such as Europe/Paris. An empty zone or Local would "
     "make results depend on the machine.",
     "        timeZone: Europe/Pariss",
     "        timeZone: Europe/Paris"},
    {Code::bad_time_of_day, "BAD_TIME_OF_DAY", "the value is not a time of day",
     "Windows of the week and handoffs are given in hours and minutes by the wall clock of their "
     "zone, from \"00:00\" to \"24:00\". Without quotes some tools read 09:00 as a number.",
     "        from: 9am",
     R"(        from: "09:00")"},
    {Code::weekdays_wrap, "WEEKDAYS_WRAP", "a range of days goes over the end of the week",
     "The range is read from its first day on, over Sunday. Tools whose week begins on Sunday "
     "refuse such a range or read another one, so days written out are safer.",
     "      - days: fri-mon",
     "      - days: mon-fri"},
};
// clang-format on

}  // namespace nines::slo
