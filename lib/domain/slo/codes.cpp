// The one list of what can be wrong with a definition: a stable code and a page for each.
#include "domain/slo/codes.hpp"

#include <algorithm>
#include <array>

namespace nines::slo {

namespace {

// One member per line, so that a page reads as a page.
// clang-format off
constexpr CodePage kPages[] = {
    {Code::yaml_syntax, "YAML_SYNTAX", "the file is not valid YAML",
     "The parser stopped here, and nothing below this place was read. Most often the indentation "
     "does not match the lines above, a bracket is not closed, or a text that holds a colon and a "
     "blank needs quotes.",
     "  name: checkout: availability",
     "  name: checkout-availability"},
    {Code::unterminated_quote, "UNTERMINATED_QUOTE", "a quote is opened and never closed",
     "Everything up to the end of the file would belong to this text, so reading stops at the "
     "opening quote.",
     "      target: '0.999",
     "      target: 0.999"},
    {Code::tab_indent, "TAB_INDENT", "a tab stands where YAML wants spaces",
     "YAML forbids tabs in indentation, because their width depends on the editor.",
     "\tname: checkout-availability",
     "  name: checkout-availability"},
    {Code::bad_utf8, "BAD_UTF8", "the text is not valid UTF-8",
     "Files in UTF-16 or Latin-1 look right in some editors but hold other bytes than YAML "
     "expects. Save the file as UTF-8.",
     "",
     ""},
    {Code::control_character, "CONTROL_CHARACTER", "the text holds a character that YAML does not allow",
     "NUL, escape and other control characters are not visible and never wanted in a definition. "
     "Write them as escapes inside double quotes if they are.",
     "",
     ""},
    {Code::too_large, "TOO_LARGE", "the file is larger than definitions get",
     "Files above 1 MiB are not read, so that a wrong file name cannot fill the memory. Split the "
     "file.",
     "",
     ""},
    {Code::too_deep, "TOO_DEEP", "values are nested too deeply",
     "No definition needs more than 64 levels; such a file is broken or hostile.",
     "",
     ""},
    {Code::too_many_nodes, "TOO_MANY_NODES", "the file holds too many values",
     "A file may hold 100,000 values, with every alias counted as what it stands for. A few lines "
     "of aliases to aliases can stand for billions.",
     "",
     ""},
    {Code::too_many_findings, "TOO_MANY_FINDINGS", "the file has more findings than are shown",
     "After 300 findings the rest of one file is left out. Mend the first ones; many of the others "
     "often go with them.",
     "",
     ""},
    {Code::alias_cycle, "ALIAS_CYCLE", "an alias stands inside the value it names",
     "A value cannot contain itself, directly or through others.",
     "  service: &all [*all]",
     "  service: checkout"},
    {Code::alias_unknown, "ALIAS_UNKNOWN", "an alias names no anchor",
     "An alias (*name) repeats the value that an anchor (&name) marks earlier in the same "
     "document.",
     "  service: *common",
     "  service: checkout"},
    {Code::merge_key, "MERGE_KEY", "merge keys are not allowed",
     "The merge key << is no part of YAML 1.2, tools disagree about it, and it hides what a "
     "definition says. Write the members out, or repeat a whole value by an alias.",
     "    <<: {team: payments}",
     "    team: payments"},
    {Code::tag_refused, "TAG_REFUSED", "tags are not allowed",
     "A tag such as !!str tries to set the type of a value. Here the type comes from the field; "
     "text is put in quotes.",
     "  name: !!str checkout-availability",
     "  name: checkout-availability"},
    {Code::duplicate_key, "DUPLICATE_KEY", "a key stands twice in one map",
     "Only one of the two values could count, and tools differ in which.",
     R"(  service: checkout
  service: cart)",
     "  service: checkout"},
    {Code::key_not_text, "KEY_NOT_TEXT", "a key is not a single word or text",
     "Keys of definitions are names. A list or a map as a key is legal YAML but means nothing "
     "here.",
     R"(  ? [service]
  : checkout)",
     "  service: checkout"},
    {Code::reserved_key, "RESERVED_KEY", "the key is kept for the record format",
     "The record of definitions marks some texts with the key $text, so documents cannot use it "
     "themselves.",
     "    $text: payments",
     "    team: payments"},
    {Code::empty_file, "EMPTY_FILE", "the file holds no definition",
     "An empty file, or one of comments only, is probably a mistake.",
     "",
     ""},
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
    {Code::one_of, "ONE_OF", "exactly one of two forms is wanted",
     "Something is given in both of two forms, or in neither.",
     R"(    - alertPolicyRef: fast-burn
      kind: AlertPolicy)",
     "    - alertPolicyRef: fast-burn"},
    {Code::indicator_choice, "INDICATOR_CHOICE", "the SLO has no indicator, or two",
     "A standard SLO has indicator or indicatorRef under spec. A composite SLO has one on each "
     "objective and none under spec.",
     R"(  indicatorRef: checkout-requests
  indicator:)",
     "  indicator:"},
    {Code::metric_choice, "METRIC_CHOICE", "an indicator has not exactly one metric",
     "An indicator is either a ratioMetric or a thresholdMetric.",
     R"(    spec:
      thresholdMetric: {metricSource: {type: x, spec: {query: y}}}
      ratioMetric:)",
     R"(    spec:
      ratioMetric:)"},
    {Code::ratio_parts, "RATIO_PARTS", "the parts of the ratio do not fit together",
     "A ratio is good and total, bad and total, or raw alone.",
     R"(        bad:
          metricSource: {type: file, spec: {where: "status >= 500"}}
        good:)",
     "        good:"},
    {Code::target_choice, "TARGET_CHOICE", "not exactly one of target and targetPercent",
     "They say the same thing in two units; give one.",
     R"(      target: 0.999
      targetPercent: 99.9)",
     "      target: 0.999"},
    {Code::rolling_with_calendar, "ROLLING_WITH_CALENDAR", "a rolling window has a calendar",
     "A window either rolls with the clock or follows the calendar.",
     R"(      isRolling: true
      calendar:)",
     R"(      isRolling: false
      calendar:)"},
    {Code::rolling_missing, "ROLLING_MISSING", "the window is neither rolling nor on a calendar",
     "Say isRolling: true, or give the calendar its windows start on.",
     R"(    - duration: 30d
)",
     R"(    - duration: 30d
      isRolling: true
)"},
    {Code::window_count, "WINDOW_COUNT", "the SLO has not exactly one time window",
     "The specification has a list here for historic reasons; it holds one element.",
     R"(    - duration: 7d
      isRolling: true
    - duration: 30d)",
     "    - duration: 30d"},
    {Code::op_with_ratio, "OP_WITH_RATIO", "op or value beside a ratio indicator",
     "Ratio indicators count events that the metric itself calls good, so there is nothing to "
     "compare. The official examples have op here and the Go SDK rejects them.",
     R"(      op: gte
      target: 0.999)",
     "      target: 0.999"},
    {Code::op_missing, "OP_MISSING", "a threshold objective lacks op or value",
     "A threshold indicator is a number; op and value say which numbers are good.",
     "    - value: 300",
     R"(    - op: lte
      value: 300)"},
    {Code::threshold_objectives, "THRESHOLD_OBJECTIVES", "a threshold indicator with several objectives",
     "The specification allows one objective per threshold indicator. Make one SLO per limit.",
     R"(      timeSliceWindow: 1h
    - op: lte
      value: 500
      targetPercent: 99.9
      timeSliceTarget: 0.95
      timeSliceWindow: 1h)",
     "      timeSliceWindow: 1h"},
    {Code::composite_incomplete, "COMPOSITE_INCOMPLETE", "a part of a composite has no indicator",
     "As soon as one objective has its own indicator the SLO is a composite, and each objective "
     "needs one.",
     "    - target: 0.995",
     R"(    - indicatorRef: cart-good
      target: 0.995)"},
    {Code::composite_weight_unused, "COMPOSITE_WEIGHT_UNUSED", "a composite weight has no meaning here",
     "Weights share a budget between the parts of a composite SLO counted by Occurrences. "
     "Elsewhere they are ignored.",
     R"(      compositeWeight: 2
      target: 0.999)",
     "      target: 0.999"},
    {Code::metric_type_missing, "METRIC_TYPE_MISSING", "a metric source has neither type nor reference",
     "Without either nobody knows where to ask.",
     R"(        metricSource:
          spec:)",
     R"(        metricSource:
          type: Prometheus
          spec:)"},
    {Code::metric_type_mismatch, "METRIC_TYPE_MISMATCH", "the metric and its DataSource disagree about the type",
     "The type beside a metricSourceRef is redundant; when both are given they must be equal.",
     R"(        metricSourceRef: web-access
        type: Prometheus)",
     R"(        metricSourceRef: web-access
        type: file)"},
    {Code::condition_count, "CONDITION_COUNT", "an alert policy has not exactly one condition",
     "The specification allows one condition per policy.",
     R"(  conditions:
    - conditionRef: slow
    - kind: AlertCondition)",
     R"(  conditions:
    - kind: AlertCondition)"},
    {Code::unsupported_by_sloth, "UNSUPPORTED_BY_SLOTH", "Sloth does not read this kind of document",
     "Sloth knows its own two dialects and SLO documents of openslo/v1alpha, but no openslo/v1.",
     "",
     ""},
    {Code::bad_predicate, "BAD_PREDICATE", "the condition of a file metric cannot be read",
     "A condition compares columns: status < 500 and not path ^= \"/health\". The column of the "
     "finding is the place inside the text where reading stopped.",
     R"(              where: "status < ")",
     R"(              where: "status < 500")"},
    {Code::bad_pattern, "BAD_PATTERN", "the pattern of a file source cannot be used",
     "A source with `format: pattern` reads each line with one RE2 expression whose named groups "
     "are the columns. The expression must be valid RE2 (no look-around, no back-references) and "
     "must have a group for the time and for every column the source names.",
     R"(pattern: '(\S+) (\d+)')",
     R"(pattern: '(?P<time>\S+) (?P<status>\d+)')"},
    {Code::bad_time_layout, "BAD_TIME_LAYOUT", "the layout of times names no point in time",
     "A layout such as %Y-%m-%d %H:%M:%S must give a date, an hour and a minute, each once, with "
     "the conversions listed in nines-slo(5).",
     "time: {column: time, format: '%Y-%m'}",
     "time: {column: time, format: '%Y-%m-%d %H:%M:%S'}"},
    {Code::duplicate_name, "DUPLICATE_NAME", "two definitions of one kind have the same name",
     "A definition is identified by its kind and name. Two with the same identity cannot both be "
     "applied.",
     R"(metadata: {name: checkout}
spec:
  dependencies:
    - service: checkout)",
     R"(metadata: {name: cart}
spec:
  dependencies:
    - service: checkout)"},
    {Code::ref_unresolved, "REF_UNRESOLVED", "a reference names nothing that is defined here",
     "References are looked up over all files that are checked together. In a directory (or with "
     "--closed) a dangling reference is an error, for single files a warning.",
     "  indicatorRef: request",
     "  indicatorRef: requests"},
    {Code::ref_wrong_kind, "REF_WRONG_KIND", "a reference names a definition of another kind",
     "The name exists, but as something else.",
     "  indicatorRef: web-access",
     "  indicatorRef: requests"},
    {Code::ref_unused, "REF_UNUSED", "a definition is used by nothing",
     "SLIs, data sources, policies, conditions and targets exist to be referred to. One that "
     "nobody uses is usually left over or misspelt where it should be used.",
     R"(kind: DataSource
metadata:
  name: web-logs)",
     R"(kind: DataSource
metadata:
  name: web-access)"},
    {Code::ref_cycle, "REF_CYCLE", "services depend on each other in a circle",
     "With hard dependencies in a circle none of the services could ever start. One of them is "
     "soft, or not a dependency.",
     R"(    - service: checkout
      kind: hard)",
     R"(    - service: checkout
      kind: soft)"},
    {Code::service_unknown, "SERVICE_UNKNOWN", "the SLO belongs to a service that is not defined",
     "Some services are defined here, but not this one.",
     "  service: chekout",
     "  service: checkout"},
    {Code::owner_unknown, "OWNER_UNKNOWN", "the team or policy named here is not defined",
     "Some teams (or escalation policies) are defined here, but not this one, so nobody can be "
     "found through it when it matters.",
     "  owner: paymnets",
     "  owner: payments"},
    {Code::target_above_dependency, "TARGET_ABOVE_DEPENDENCY", "the target is above what a hard dependency offers",
     "A service cannot be more reliable than something without which it is down, unless it caches, "
     "retries or falls back; then the dependency is soft.",
     "    - target: 0.9995",
     "    - target: 0.98"},
    {Code::target_below_sla, "TARGET_BELOW_SLA", "the target is not tighter than the promise to customers",
     "The annotation nines.dev/sla holds what is promised. If the objective is not tighter, the "
     "promise is broken before anybody is warned.",
     R"(    nines.dev/sla: "99.95")",
     R"(    nines.dev/sla: "99.5")"},
    {Code::composite_above_ceiling, "COMPOSITE_ABOVE_CEILING", "the target of a composite is above what its parts allow",
     "If every part only just meets its own target, the composite is missed all the same. By "
     "Timeslices it can be no better than its weakest part; by RatioTimeslices the weighted "
     "shortfalls of the parts add up.",
     R"(    nines.dev/composite-target: "0.995")",
     R"(    nines.dev/composite-target: "0.98")"},
    {Code::undecidable_in_window, "UNDECIDABLE_IN_WINDOW", "the window holds too few events to decide the target",
     "Even without a single failure so few events are no evidence (95 %) that the target is met. "
     "Use a longer window, a lower target, synthetic traffic, or Timeslices. The annotation "
     "nines.dev/events-per-day says how many are expected.",
     R"(    nines.dev/events-per-day: "50")",
     R"(    nines.dev/events-per-day: "50000")"},
    {Code::low_volume_page, "LOW_VOLUME_PAGE", "one bad event is enough to fire the alert",
     "An alert fires when the burn rate over its lookback window is above its threshold. With "
     "fewer events in that window than 1 / (threshold x budget) a single failure does it. Use a "
     "longer lookback, a minimum of errors, or synthetic traffic. The annotation "
     "nines.dev/events-per-day says how many events are expected.",
     R"(    nines.dev/events-per-day: "500")",
     R"(    nines.dev/events-per-day: "50000")"},
    {Code::no_description, "NO_DESCRIPTION", "the SLO has no description",
     "Whoever is paged should be able to read what users get when the objective holds.",
     "  service: checkout",
     R"(  description: Requests to the checkout succeed.
  service: checkout)"},
    {Code::objective_100, "OBJECTIVE_100", "the objective leaves no error budget",
     "With 100 % a single failure misses the objective for the whole window, and burn rates are "
     "meaningless.",
     "    objective: 100",
     "    objective: 99.9"},
    {Code::objective_low, "OBJECTIVE_LOW", "the objective allows more failures than successes",
     "A target below one half is usually the share of bad events by mistake.",
     "      target: 0.001",
     "      target: 0.999"},
    {Code::alert_op_inverted, "ALERT_OP_INVERTED", "the alert fires while the budget burns slowly",
     "Burn-rate conditions compare with gt or gte. Older official examples had it the wrong way "
     "round.",
     "          op: lt",
     "          op: gte"},
    {Code::good_equals_total, "GOOD_EQUALS_TOTAL", "the ratio compares a query with itself",
     "Good (or bad) and total ask for the same events, so the indicator never changes.",
     R"(              where: "true"
        total:)",
     R"(              where: "status < 500"
        total:)"},
    {Code::duplicate_objective, "DUPLICATE_OBJECTIVE", "two objectives of one SLO are the same",
     "They would always agree; one is left over.",
     R"(      target: 0.999
    - displayName: Again
      target: 0.999)",
     "      target: 0.999"},
    {Code::policy_silent, "POLICY_SILENT", "the alert policy never notifies",
     "None of alertWhenNoData, alertWhenBreaching and alertWhenResolved is true.",
     "  alertWhenBreaching: false",
     "  alertWhenBreaching: true"},
    {Code::rolling_calendar_unit, "ROLLING_CALENDAR_UNIT", "a rolling window is given in months, quarters or years",
     "Rolling windows cannot follow the calendar, so M, Q and Y count as 30, 90 and 365 days. Days "
     "say that openly.",
     R"(    - duration: 1M
      isRolling: true)",
     R"(    - duration: 30d
      isRolling: true)"},
    {Code::slice_not_divisor, "SLICE_NOT_DIVISOR", "the slices do not fill the window evenly",
     "The last slice of each window would be shorter than the others, and weigh as much.",
     "      timeSliceWindow: 7m",
     "      timeSliceWindow: 1h"},
    {Code::weights_not_one, "WEIGHTS_NOT_ONE", "the weights of a composite do not add up to 1",
     "The share of each part is its weight over the sum, so the numbers as written say something "
     "else.",
     "      compositeWeight: 0.5",
     "      compositeWeight: 0.7"},
    {Code::spec_version, "SPEC_VERSION", "the version is not one Sloth has",
     "Sloth's own files begin with version: prometheus/v1.",
     "version: prometheus/v2",
     "version: prometheus/v1"},
    {Code::query_no_window, "QUERY_NO_WINDOW", "a query has no window",
     "Sloth writes one rule per window and puts it where the query says {{.window}}. Without that "
     "all rules would be the same.",
     "        error_query: sum(rate(errors[5m]))",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::label_name_chars, "LABEL_NAME_CHARS", "a label name is not one of Prometheus",
     "Label names are letters, digits and underscores and do not begin with a digit; older "
     "versions reject others.",
     "  my-team: payments",
     "  team: payments"},
    {Code::reserved_label, "RESERVED_LABEL", "a label begins with sloth_",
     "Sloth sets labels of that prefix itself and would overwrite this one.",
     "  sloth_team: payments",
     "  team: payments"},
    {Code::no_alert_labels, "NO_ALERT_LABELS", "an alert has no labels",
     "Alerts are routed by labels; without any this one reaches nobody in particular.",
     R"(      name: CheckoutErrors
      page_alert: {})",
     R"(      name: CheckoutErrors
      page_alert: {labels: {severity: page}})"},
    {Code::all_alerts_disabled, "ALL_ALERTS_DISABLED", "page and ticket alerts are both switched off",
     "Nobody will be told when the objective is in danger.",
     "      page_alert: {disable: true}",
     "      page_alert: {labels: {severity: page}}"},
    {Code::duplicate_alert_window, "DUPLICATE_ALERT_WINDOW", "the same alert window twice",
     "Two windows of one severity have the same lengths; one is left over.",
     "    quick: {errorBudgetPercent: 5, shortWindow: 30m, longWindow: 6h}",
     "    quick: {errorBudgetPercent: 2, shortWindow: 5m, longWindow: 1h}"},
    {Code::no_severity_windows, "NO_SEVERITY_WINDOWS", "a severity has no alert windows",
     "A catalogue of alert windows replaces the built-in one whole, so a severity left out has no "
     "alerts at all.",
     "  # ticket: left out",
     R"(  ticket:
    quick: {errorBudgetPercent: 10, shortWindow: 2h, longWindow: 1d}
    slow: {errorBudgetPercent: 10, shortWindow: 6h, longWindow: 3d})"},
    {Code::threshold_unreachable, "THRESHOLD_UNREACHABLE", "the alert can never fire",
     "The burn rate at which it would fire needs more errors than there are events.",
     "    objective: 90",
     "    objective: 99.9"},
    {Code::period_too_short, "PERIOD_TOO_SHORT", "the period is not longer than the longest window",
     "Burn rates compare a window with the period; a window as long as the period sees only the "
     "past.",
     "  sloPeriod: 1d",
     "  sloPeriod: 30d"},
    {Code::sli_fallback_asymmetry, "SLI_FALLBACK_ASYMMETRY", "only one of the two queries has a fallback for no data",
     "With vector(0) on one side only, missing data turns into 0 % or 100 % instead of no value.",
     "        error_query: sum(rate(errors[{{.window}}])) or vector(0)",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::duplicate_period, "DUPLICATE_PERIOD", "two catalogues of alert windows are for one period",
     "Sloth takes one catalogue of alert windows per period. Two of equal content are a leftover, "
     "two of different content contradict each other.",
     "  sloPeriod: 30d",
     "  sloPeriod: 28d"},
    {Code::plugin_unknown_option, "PLUGIN_UNKNOWN_OPTION", "an option of a plugin is probably misspelt",
     "A plugin ignores options it does not know. This one is given nowhere else, while others give "
     "the same plugin an option of nearly that name. What options exist only the plugin knows, so "
     "they are compared with each other.",
     "options: {fliter: c}",
     "options: {filter: c}"},
    {Code::slo_plugin_chain_dropped, "SLO_PLUGIN_CHAIN_DROPPED", "a plugin chain has no effect here",
     "SLO plugins are programs that Sloth runs while it writes rules. They are checked and kept, "
     "but this program runs none of them.",
     R"(slo_plugins: {chain: [{id: example.com/team-labels}]}
slos:)",
     "slos:"},
    {Code::query_template, "QUERY_TEMPLATE", "a query holds a template action other than the window",
     "Sloth runs a query through Go's templates; here {{.window}} is replaced and nothing else, so "
     "any other {{ would end up in the rule. Write what it stands for.",
     R"(        error_query: sum(rate(errors{env="{{.env}}"}[{{.window}}])))",
     R"(        error_query: sum(rate(errors[{{.window}}])))"},
    {Code::period_unsupported, "PERIOD_UNSUPPORTED", "there are no alert windows for a period",
     "Factors belong to a period: windows are built in for 28 and 30 days. A catalogue of kind "
     "AlertWindows brings others, and replaces the built-in ones; --any-period keeps the usual shares "
     "of the budget for any length. A period that is itself an alert window would give one rule twice.",
     "nines slo rules --default-slo-period 7d checkout.yaml",
     "nines slo rules --default-slo-period 7d --slo-period-windows-path windows/ checkout.yaml"},
    {Code::plugin_not_run, "PLUGIN_NOT_RUN", "rules would need a plugin that is not run",
     "Sloth's plugins are Go programs. The SLO plugins of its core are known here by what they do; no "
     "other is run, and rules without its part would be wrong. Write the query of an SLI plugin as "
     "events or raw.",
     "    plugin: {id: sloth-common/kubernetes/apiserver/availability}",
     R"(    raw: {error_ratio_query: 'avg(rate(failed[{{.window}}]))'})"},
    {Code::not_mappable, "NOT_MAPPABLE", "a definition cannot be written as rules",
     "Prometheus can only judge ratios of queries over rolling windows, and over calendar windows in "
     "UTC. The definition itself is fine: 'nines slo status' judges it from stored measurements.",
     "  budgetingMethod: Timeslices",
     "  budgetingMethod: Occurrences"},
    {Code::exact_not_possible, "EXACT_NOT_POSSIBLE", "an SLI has no events to sum",
     "The exact mode records errors and events and divides their sums. A raw ratio has neither, and a "
     "rate cannot be divided by an increase. Such an SLI keeps the mean of short ratios.",
     "    raw: {error_ratio_query: 'avg(errors:ratio[{{.window}}])'}",
     "    events: {error_query: 'sum(rate(errors[{{.window}}]))', total_query: 'sum(rate(all[{{.window}}]))'}"},
    {Code::guard_not_possible, "GUARD_NOT_POSSIBLE", "an alert cannot have a low-traffic guard",
     "The guard counts events in the long window, from the total query of the SLI. A raw ratio has "
     "none, and a query that is neither a rate nor an increase gives no number of events.",
     "        total_query: sum(requests[{{.window}}])",
     "        total_query: sum(rate(requests[{{.window}}]))"},
    {Code::bad_query, "BAD_QUERY", "the brackets or quotes of a query do not match",
     "Prometheus would refuse the rule. The finding names the bracket or quote that is left open, "
     "or closes nothing. Whether the query is right otherwise only Prometheus can tell: run "
     "promtool check rules on what is written.",
     "        error_query: sum(rate(errors[{{.window}}])",
     "        error_query: sum(rate(errors[{{.window}}]))"},
    {Code::rule_field, "RULE_FIELD", "a recording rule has a field that only alerts have",
     "for, keep_firing_for and annotations belong to alerts; Prometheus refuses a recording rule "
     "with them.",
     R"(          expr: errors:ratio_rate1h
          for: 5m)",
     "          expr: errors:ratio_rate1h"},
    {Code::duplicate_rule, "DUPLICATE_RULE", "two rules have the same name and labels",
     "Both would write the same series, or raise the same alert, and one of them would be dropped.",
     R"(          expr: errors:ratio_rate5m
          labels: {window: 1h})",
     R"(          expr: errors:ratio_rate5m
          labels: {window: 5m})"},
    {Code::multi_doc_rules, "MULTI_DOC_RULES", "a rule file has several documents",
     "Prometheus and promtool read the first document of a rule file only; the rules of the others "
     "are lost without a word. Put all groups into one list.",
     R"(  - name: more
---
groups:
  - name: most)",
     R"(  - name: more
  - name: most)"},
    {Code::placeholder_unknown, "PLACEHOLDER_UNKNOWN", "a placeholder names no parameter",
     "A whole argument in braces is filled in from the incident (incident, region, service, "
     "severity) or from a parameter of the playbook. This name is neither, so the step could never "
     "run.",
     R"(      command: [rabbitmqctl, list_queues, "{que}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::placeholder_inside, "PLACEHOLDER_INSIDE", "a placeholder stands inside a longer argument",
     "Only whole arguments are filled in, so that no value can change what the rest of an argument "
     "means. Give the value as an argument of its own, or make the whole text the parameter.",
     R"(      command: [rabbitmqctl, list_queues, "q={queue}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::shell_expected, "SHELL_EXPECTED", "the command is written for a shell, and there is none",
     "A step is a program with its arguments; pipes, redirections, variables and wildcards would "
     "reach the program as plain text. Use options of the program instead, and the patterns of the "
     "step to look into the output.",
     R"(      command: [rabbitmqctl, list_queues, "{queue}", "|", head])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::command_relative, "COMMAND_RELATIVE", "the program is named by a relative path",
     "What such a path means depends on the folder the command is typed in, which may be somebody "
     "else's. Write the bare name, to be found on the PATH, or the whole path.",
     R"(      command: [./rabbitmqctl, list_queues, "{queue}"])",
     R"(      command: [rabbitmqctl, list_queues, "{queue}"])"},
    {Code::changes_things, "CHANGES_THINGS", "a step that calls itself read-only changes things",
     "Read-only steps run without asking once the playbook is trusted. A step that changes things "
     "leaves 'readOnly' out, and waits for the approval of a person who is shown the exact command.",
     R"(      command: [systemctl, restart, "{service}"]
      readOnly: true)",
     R"(      command: [systemctl, restart, "{service}"])"},
    {Code::duplicate_step, "DUPLICATE_STEP", "two steps or parameters have the same name",
     "Steps are chosen and approved by name, and parameters filled in by theirs: each name stands "
     "for one thing.",
     "    - name: depth",
     "    - name: restart"},
    {Code::missing_wait, "MISSING_WAIT", "an escalation step does not say how long to wait",
     "A step that states no delay is taken for one without any by some tools, and for five minutes by "
     "others; both were found out at night. Every step says how long to wait before it, and the "
     "last one how long there is to answer before the policy is exhausted or begins again.",
     "    - name: manager",
     "    - name: manager\n      delay: 10m"},
    {Code::empty_targets, "EMPTY_TARGETS", "an escalation step tells nobody",
     "The step would pass by without anybody knowing. Name a person, rota, team or role.",
     "      notify: []",
     "      notify: [{rota: shop-primary}]"},
    {Code::unreachable_step, "UNREACHABLE_STEP", "no incident ever comes to this part of the policy",
     "A step that is only for times outside hours that never close, a hand-over after a policy that "
     "repeats until somebody answers, or one to the policy itself: it looks like a safety net and "
     "is none.",
     "  repeat: {untilAcknowledged: true}\n  handoff: managers",
     "  repeat: {times: 2}\n  handoff: managers"},
    {Code::no_step_for_severity, "NO_STEP_FOR_SEVERITY", "no step is for incidents of a severity",
     "Such an incident exhausts the policy at once, and nobody is told. Add the severity to a step, "
     "or say by a comment that it is meant.",
     "      severities: [SEV-1, SEV-2]",
     "      severities: [SEV-1, SEV-2, SEV-3, SEV-4, SEV-5]"},
    {Code::hours_missing, "HOURS_MISSING", "something depends on hours that the policy does not have",
     "Steps by hours, and urgencies that wait for the hours to open, need 'hours' in the policy: "
     "without it every moment counts as inside them.",
     "      hours: outside",
     "      severities: [SEV-1]"},
    {Code::tree_undefined, "TREE_UNDEFINED", "an input or member is not in the fault tree",
     "Every name under a gate is a gate or an event of the same tree, and every member of a group one of "
     "its basic events. A name that stands for nothing is most often misspelt.",
     "      inputs: [primary-dwon, replica-down]",
     "      inputs: [primary-down, replica-down]"},
    {Code::tree_cycle, "TREE_CYCLE", "a gate depends on itself",
     "The finding names the gates of the circle in order. A fault tree asks what makes the top happen; "
     "a circle has no answer. Where two parts bring each other down, say which one goes first, or "
     "put their common cause into an event.",
     "    - {name: cache, type: or, inputs: [database, evicted]}\n    - {name: database, type: or, inputs: [cache]}",
     "    - {name: cache, type: or, inputs: [database, evicted]}\n    - {name: database, type: or, inputs: [disk]}"},
    {Code::tree_inputs, "TREE_INPUTS", "a gate has inputs that its type does not take",
     "'not' takes one input, 'iff' and 'imply' two, 'xor' two or more, 'atleast' a k of 1 to the number of "
     "its inputs, and every gate at least one. An input that stands twice changes nothing under "
     "'and' and 'or', and would be counted twice elsewhere.",
     "    - {name: quorum, type: atleast, k: 4, inputs: [a, b, c]}",
     "    - {name: quorum, type: atleast, k: 2, inputs: [a, b, c]}"},
    {Code::tree_top, "TREE_TOP", "it is not clear which gate is the top",
     "Without 'top' the one gate that no other refers to is the top. Here there is none, or several; the "
     "others are either leftovers, or were meant to be under a gate.",
     "    - {name: outage, type: or, inputs: [a]}\n    - {name: slow, type: or, inputs: [b]}",
     "    - {name: outage, type: or, inputs: [a, slow]}\n    - {name: slow, type: or, inputs: [b]}"},
    {Code::tree_unused, "TREE_UNUSED", "a gate or event is not under the top",
     "It has no part in any answer. It is either left over, or somebody forgot to list it where it "
     "belongs, and then every number is too small.",
     "      inputs: [primary-down]",
     "      inputs: [primary-down, network-split]"},
    {Code::tree_probability, "TREE_PROBABILITY", "the probability of an event is not known",
     "Cut sets can be counted without probabilities; the probability of the top and what each event "
     "adds to it cannot be had. An event has a probability, or a rate per hour and the tree a time "
     "for which it acts ('missionTime', or --time).",
     "    - {name: disk-full}",
     "    - {name: disk-full, probability: 0.002}"},
    {Code::tree_group, "TREE_GROUP", "a common-cause group cannot be expanded",
     "A group has two or more basic events of one probability, each in one group only; beta takes one factor, "
     "MGL one to one less than the members, alpha factors that add up to 1. MGL and alpha take at most "
     "8 members, because each set of them becomes an event.",
     "    - {name: zone, model: beta, members: [a], factors: [0.1]}",
     "    - {name: zone, model: beta, members: [a, b], factors: [0.1]}"},
    {Code::tree_common_cause, "TREE_COMMON_CAUSE", "a redundancy may have a cause in common",
     "The gate needs several failures at once, and they are of the same kind, zone or deployment. Multiplied "
     "as if they were independent, their probabilities make the redundancy look far better than it "
     "is. A common-cause group (beta factor: 0.05 to 0.1 where nothing better is known) says how "
     "much of them is one failure.",
     "    - {name: node-a, probability: 0.01, zone: eu-1}\n    - {name: node-b, probability: 0.01, zone: eu-1}",
     "    - {name: node-a, probability: 0.01, zone: eu-1}\n    - {name: node-b, probability: 0.01, zone: eu-1}\n"
     "  commonCause:\n    - {name: eu-1, model: beta, members: [node-a, node-b], factors: [0.1]}"},
    {Code::xml_syntax, "XML_SYNTAX", "the file is not well-formed XML",
     "The parser stopped here, and nothing below this place was read. Entities beyond the five of XML "
     "itself are refused, as are nesting beyond 256 levels and files above 64 MiB.",
     "<or><basic-event name=\"disk-full\"></or>",
     "<or><basic-event name=\"disk-full\"/></or>"},
    {Code::mef_element, "MEF_ELEMENT", "the model holds something that is not read",
     "Of the Open-PSA model exchange format fault trees, basic and house events, parameters, "
     "common-cause groups and constant or exponential expressions are read. Event trees, cardinality "
     "gates and distributions of uncertainty are not: passing them over would give wrong numbers.",
     "<cardinality min=\"1\" max=\"2\">",
     "<atleast min=\"1\">"},
    {Code::ics_unreadable, "ICS_UNREADABLE", "the .ics file of a calendar cannot be read",
     "The file that 'ics' names is missing, damaged, cut off, too large or no calendar. Its days "
     "would be missing from every rota that uses it, so nothing is applied.",
     "  ics: holidays.txt",
     "  ics: holidays.ics"},
    {Code::ics_event, "ICS_EVENT", "an event of an .ics file cannot be placed",
     "Its time zone is unknown or not said, one of its times is none, it ends before it begins, or "
     "it repeats within a day. Leaving it out in silence could leave a holiday out.",
     "DTSTART;TZID=Nowhere:20261224T120000",
     "DTSTART;TZID=Europe/Paris:20261224T120000"},
    {Code::ics_empty, "ICS_EMPTY", "an .ics file has no day in the years that are read",
     "Days are read from two years back to five years ahead. A file without any is most often an "
     "old one.",
     "DTSTART;VALUE=DATE:20091225",
     "DTSTART;VALUE=DATE:20261225"},
    {Code::expectation_failed, "EXPECTATION_FAILED", "what a test expects does not come true",
     "The traffic of the test was turned into counters, and the rules of the SLO were evaluated over "
     "them as Prometheus does. What they did instead stands in the hint. Change the alert, the "
     "target, or the expectation.",
     "        - {alert: page, must: fire, from: 1h, within: 1m}",
     "        - {alert: page, must: fire, from: 1h, within: 10m}"},
    {Code::suppression_no_reason, "SUPPRESSION_NO_REASON", "a comment that allows a finding is incomplete",
     "Such comments name the codes and the reason, so that the next reader can judge: # nines: "
     "allow CODE until 2026-12-31 because REASON.",
     "  # nines: allow NO_DESCRIPTION",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
    {Code::suppression_expired, "SUPPRESSION_EXPIRED", "a comment that allows a finding has expired",
     "The date it gave is past. Mend what it allowed, or agree on a new date.",
     "  # nines: allow NO_DESCRIPTION until 2026-01-31 because the text is on its way",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
    {Code::suppression_unused, "SUPPRESSION_UNUSED", "a comment allows nothing that is found",
     "What it allowed has been mended; the comment can go.",
     "  # nines: allow BAD_NAME until 2099-12-31 because the text is on its way",
     "  # nines: allow NO_DESCRIPTION until 2099-12-31 because the text is on its way"},
    {Code::timeline_order, "TIMELINE_ORDER", "milestones in an order that cannot be",
     "The harm does not end before it begins, nothing is closed before it is resolved. A "
     "declaration after the recovery is a retroactive one and no finding, and mitigated "
     "and recovered may come either way round. One of the two times is wrong, or one of "
     "the words.",
     "  - First detected: 2024-03-05 11:30",
     "  - First detected: 2024-03-05 10:00"},
    {Code::milestone_twice, "MILESTONE_TWICE", "one milestone is told at two times",
     "The list of key events and the timeline give the same milestone different times. "
     "Metrics follow the milestone; correct whichever is wrong.",
     "- 2024-03-05 10:52: incident repaired",
     "- 2024-03-05 10:40: incident repaired"},
    {Code::milestone_unpaired, "MILESTONE_UNPAIRED", "a duration or an end without the event it needs",
     "A stated time to mitigate cannot be compared with anything when no event says when "
     "it was mitigated. Set the milestone, or say what the figure was measured from.",
     "- **Time to mitigate**: 37m",
     "- **Time to repair**: 40m"},
    {Code::entry_after_close, "ENTRY_AFTER_CLOSE", "a line of the timeline lies after the close",
     "Late lines are legal. If something still happened after the incident was closed, it "
     "may have been closed too early.",
     "- 2024-03-05 12:30: summary sent",
     "- 2024-03-05 11:30: summary sent"},
    {Code::events_unsorted, "EVENTS_UNSORTED", "key events are in no order",
     "A list of key events is by time, or a form with the milestones in their usual order."
     " This one is neither, so that a reader may take the wrong time for the first.",
     "  - Repaired: 2024-03-05 10:40\n  - Incident declared: 2024-03-05 10:05",
     "  - Incident declared: 2024-03-05 10:05\n  - Repaired: 2024-03-05 10:40"},
    {Code::date_typo, "DATE_TYPO", "a date that does not go with those around it",
     "A line lies days before or after its neighbours, or a stated duration is right as "
     "soon as one month, day or year is changed. The most common cause is a month or a day"
     " that was typed wrongly.",
     "- 2024-03-15 10:10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::entry_backwards, "ENTRY_BACKWARDS", "a line lies before the line above it",
     "The lines of a timeline run forward. One of the two times may be wrong, or the line "
     "stands in the wrong place.",
     "- 2024-03-05 09:10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::timeline_gap, "TIMELINE_GAP", "nothing is noted for a long time while people were at work",
     "Between the declaration and the end of the harm an hour or more passed without a "
     "line, four times the usual distance. What happened then is what a review cannot see.",
     "- **03:31** - traffic moved away",
     "- **02:40** - traffic moved away"},
    {Code::time_unreadable, "TIME_UNREADABLE", "a time that cannot be read",
     "The line is kept with the words of its time, at an unknown time: nothing is guessed."
     " Write 24 hours with a colon, and correct the line.",
     "- 2024-03-05 10.10: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::day_inferred, "DAY_INFERRED", "the day of a clock time was inferred",
     "A clock time without a date belongs to the day of the line above it; one that jumps "
     "back by six hours or more was taken as the next day. Write the date where the day "
     "changes.",
     "- **00:10** - all is well again",
     "- **09:10** - all is well again"},
    {Code::zone_unknown, "ZONE_UNKNOWN", "a zone word that is not known",
     "The time was read as if it stated no zone. Write UTC, an offset such as +02:00, or a"
     " name of the IANA database.",
     "- 2024-03-05 10:10 US/Atlantis: rollback of the release",
     "- 2024-03-05 10:10: rollback of the release"},
    {Code::not_json, "NOT_JSON", "a line or a file that is no JSON",
     "A line that is no JSON object is passed over; a file that is no JSON is refused. It "
     "may have been cut off.",
     "{\"time\":\"2024-03-05T10:10:00Z\",\"text\":\"rollback",
     "{\"time\":\"2024-03-05T10:10:00Z\",\"text\":\"rollback\"}"},
    {Code::pages_missing, "PAGES_MISSING", "an export is one page of several",
     "The answer of an interface says that there is more. What is in it is taken in, what is on "
     "the other pages is not known. Ask for them too, and take them in after it.",
     "\"more\":true",
     "\"more\":false"},
    {Code::entries_missing, "ENTRIES_MISSING", "an incident came without what happened in it",
     "A list of incidents of PagerDuty says how each stands, not what was done: its log entries are "
     "asked for apart. Title, service and state are taken in; the timeline holds nothing of it. Ask "
     "for the log entries, and take them in after it: nothing is told twice.",
     "\"status\":\"resolved\"}]",
     "\"status\":\"resolved\",\"log_entries\":[{\"type\":\"trigger_log_entry\",\"created_at\":"
     "\"2024-03-05T10:00:00Z\"},{\"type\":\"resolve_log_entry\",\"created_at\":\"2024-03-05T11:00:00Z\"}]}]"},
    {Code::record_passed_over, "RECORD_PASSED_OVER", "a record that tells of no incident",
     "A webhook that is no event of an incident, such as a test of the connection, or an object of "
     "another kind. It is passed over, and the rest is taken in.",
     "\"event_type\":\"pagey.ping\"",
     "\"event_type\":\"incident.resolved\""},
    {Code::duration_contradicted, "DURATION_CONTRADICTED", "a stated duration that its own times contradict",
     "The record states how long something took, and its times give another figure from "
     "every base that is known: the impact, the detection, the declaration, the repair. "
     "The finding says the arithmetic, and a convention or a line under which the figure "
     "would follow.",
     "- **Time to repair**: 45m",
     "- **Time to repair**: 40m"},
    {Code::duration_convention, "DURATION_CONVENTION", "a figure that leaves time out",
     "The figure counts support hours only, and the incident was noticed outside of them: "
     "users waited longer than it says. State the time by the calendar beside it.",
     "- **Time to resolve**: 1h 0m (during support hours 10:30-17:00)",
     "- **Time to resolve**: 1h 0m"},
    {Code::duration_zero, "DURATION_ZERO", "a duration of nothing",
     "A duration of 0 is a form that was not filled in, or two times that are one. Leave "
     "it out, or say how long it took.",
     "- **Time to repair**: 0m",
     "- **Time to repair**: 40m"},
    {Code::duration_two_bases, "DURATION_TWO_BASES", "two durations of one record count from different events",
     "The time to repair counts from one milestone and the time to resolve from another. "
     "Each follows, but their difference means nothing, and neither can be compared with "
     "other incidents.",
     "- **Time to repair**: 35m",
     "- **Time to repair**: 40m"},
    {Code::claim_contradicted, "CLAIM_CONTRADICTED", "a sentence names a duration that the times contradict",
     "What the text says in words or figures does not follow from the times of the same "
     "record. Figures hold to their smallest unit, words such as \"a day and a half\" to a"
     " tenth, \"almost\" to a quarter below.",
     "The outage lasted 50 minutes.",
     "The outage lasted 40 minutes."},
    {Code::start_told_otherwise, "START_TOLD_OTHERWISE", "a later text tells another beginning of the harm",
     "A closing text often knows the beginning better than the field that was filled in "
     "when somebody noticed. If it is right, set the milestone: metrics and the error "
     "budget follow.",
     "users experienced errors from 09:30 UTC to 10:40 UTC",
     "users experienced errors from 09:58 UTC to 10:40 UTC"},
    {Code::zone_label, "ZONE_LABEL", "a zone word that does not hold on that day",
     "PST in July, BST in January: the word and the season differ by an hour, and either "
     "may be what was meant. The finding shows both readings.",
     "- 2024-03-05 02:15 PDT: on-call in Seattle joins",
     "- 2024-03-05 02:15 PST: on-call in Seattle joins"},
    {Code::zone_slip, "ZONE_SLIP", "times that agree with a log only when moved by whole hours",
     "A quoted log carries its own zone, and the line above it agrees when it is moved by "
     "a whole offset: the times of the line are in another zone than the one they were "
     "read in.",
     "2024-03-05T11:10:20Z pool exhausted",
     "2024-03-05T10:10:20Z pool exhausted"},
    {Code::quote_before_start, "QUOTE_BEFORE_START", "a quoted log is older than the incident",
     "The log below a line is stamped before the line and before the stated beginning. "
     "Either the harm began earlier than the record says, or one clock is wrong.",
     "2024-03-05T09:42:20Z pool exhausted",
     "2024-03-05T10:10:20Z pool exhausted"},
    {Code::edited_late, "EDITED_LATE", "the record was edited long after the end",
     "A status page was changed after the incident was resolved. Its texts may say what "
     "nobody knew at the time.",
     "\"updated_at\":\"2024-03-09T11:00:00Z\"",
     "\"updated_at\":\"2024-03-05T11:00:00Z\""},
    {Code::recovery_unmarked, "RECOVERY_UNMARKED", "recovery is told in words, and no field marks it",
     "An update says that users are well again while its status still says investigating, "
     "so that no milestone was set. Set it, or the impact lasts until the incident was "
     "resolved.",
     "The service has recovered.",
     "We continue to look."},
    {Code::human_error, "HUMAN_ERROR", "a person's error is given as the explanation",
     "An error of a person ends the search where it could begin: the next person in the "
     "same place meets the same screen, the same prompt and the same pressure. It passes "
     "where the sentence goes on to say what made the action likely.",
     "The cause was human error.",
     "Two tools use one prompt; what made the wrong one likely was the shared name."},
    {Code::counterfactual, "COUNTERFACTUAL", "the past is judged by what was known afterwards",
     "'Should have' and 'could have' about a person describe something that did not "
     "happen. What helps the next time is what did happen: what was visible, what was "
     "expected, and why that was sensible. Sentences about machines and about customers "
     "pass.",
     "The engineer should have checked the lag.",
     "The engineer saw a green dashboard; the lag is on another one."},
    {Code::failed_to, "FAILED_TO", "a person is told by what they did not do",
     "A person who 'failed to' escalate did something else in that time, for a reason. "
     "Machines fail all the time, so the words only count with a person or a team as the "
     "subject.",
     "The on-call failed to escalate.",
     "The on-call was comparing two dashboards that disagreed."},
    {Code::lapse, "LAPSE", "a person is said to have forgotten or overlooked something",
     "Memory and attention are used up by everything else that goes on. What brought the "
     "thing to mind on other days, and what was missing on that one?",
     "She forgot the health check.",
     "Nothing reminds anybody of the health check after a maintenance."},
    {Code::procedure_ignored, "PROCEDURE_IGNORED", "a person is said to have ignored a rule",
     "Written procedure and usual work differ nearly everywhere. The interesting part is "
     "how the work is done on good days, and what makes the written way hard.",
     "The SRE did not follow the runbook.",
     "The runbook names a host that was retired in May."},
    {Code::character, "CHARACTER", "a word is about somebody's character",
     "Careless, lazy, rookie: such words explain nothing that can be changed, and teach "
     "people to tell less.",
     "The developer was careless.",
     "The production and the test credentials stand in one file."},
    {Code::lack_of_care, "LACK_OF_CARE", "something is said to have been missing in a person",
     "Attention, awareness and discipline are seen to be missing only after the fact. What "
     "showed the state of the system at the time, and to whom?",
     "There was a lack of attention.",
     "The console shows the state of the cluster on its third page."},
    {Code::blame_assigned, "BLAME_ASSIGNED", "a person is given as the cause",
     "A change by one person reached everybody because of conditions: no guard, no canary, "
     "no second look. Those are what can be changed.",
     "The outage was caused by an engineer.",
     "One change reached all regions at once, without a canary."},
    {Code::mistake_by, "MISTAKE_BY", "a person's act is called a mistake",
     "An act is a mistake only once its result is known. What did it look like before?",
     "The commander made the wrong call.",
     "The failover had worked the last six times."},
    {Code::should_know, "SHOULD_KNOW", "everybody is assumed to have known",
     "What is common sense to those who wrote it down is often known to few. Where was it "
     "written or shown, and who had met it before?",
     "Any engineer knows that.",
     "The limit is in no document; two people knew it."},
    {Code::hindsight, "HINDSIGHT", "the story is told from its end",
     "Once the outcome is known, one signal stands out among hundreds. Tell which signals "
     "there were, and what they meant to those who saw them.",
     "In hindsight it was obvious.",
     "The alert was one of 41 in that hour."},
    {Code::punishment, "PUNISHMENT", "consequences for a person are announced",
     "People who expect to be punished stop telling what they did. Such matters have their "
     "own place and procedure; a postmortem that holds them learns less.",
     "Those involved will be held accountable.",
     "The payments team owns the guard; it is due on 2026-12-24."},
    {Code::weak_action, "WEAK_ACTION", "an action asks people to be different",
     "Being careful, being reminded and being trained wear off within weeks, and nothing "
     "shows whether they happened. What would make the wrong step impossible, visible or "
     "harmless?",
     "- Be more careful with migrations",
     "- The migration tool refuses production without a second person"},
    {Code::endless_action, "ENDLESS_ACTION", "an action has no end",
     "Nobody can tell when an investigation or a discussion is done. Say what will be "
     "known or decided, and by when.",
     "- Investigate the lock",
     "- Decide by 2026-12-24 whether the lock is needed"},
    {Code::action_unowned, "ACTION_UNOWNED", "an action names nobody who does it",
     "What everybody should do is done by nobody. Name the team that can change the thing, "
     "or add it to the record: nines remediate add.",
     "- add a timeout",
     "- add a timeout (owner: payments)"},
    {Code::action_undated, "ACTION_UNDATED", "an action has no day",
     "Without a day nobody looks again. It may be the day of a decision, not of the work.",
     "- add a timeout",
     "- add a timeout (due 2026-12-24)"},
    {Code::single_cause, "SINGLE_CAUSE", "one cause is spoken of where several met",
     "An incident needs several conditions at once, and each of them is a place to act. "
     "One root cause invites to stop at the first.",
     "The root cause was a lock.",
     "The lock, the missing timeout and the retries each were necessary."},
    {Code::person_change, "PERSON_CHANGE", "a person is named as the agent of a change",
     "Readers assign blame to whoever is the subject of the verb. The role usually tells "
     "as much; the name stays in the record.",
     "Ada deployed the change.",
     "The on-call engineer deployed the change."},
    {Code::name_left, "NAME_LEFT", "a name is still in a text that should hold none",
     "A rendering without names replaces every person, handle, address, host and ticket "
     "that the record knows by one pseudonym each. Something of that list is still there, "
     "perhaps in a file name or in another spelling. Publish nothing before it is gone.",
     "db-7.example.com was slow.",
     "host 1 was slow."},
};
// clang-format on

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(kPages); ++i) {
    if (static_cast<std::size_t>(kPages[i].code) != i) return false;
  }
  return true;
}
static_assert(in_order() &&
              std::size(kPages) == static_cast<std::size_t>(Code::name_left) + 1);

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
