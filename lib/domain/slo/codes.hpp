// The one list of what can be wrong with a definition: a stable code and a page for each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace nines::slo {

/// The order is that of the pages in codes_<family>.hpp.
enum class Code : std::uint8_t {
  // The file as text and as YAML.
  yaml_syntax,
  unterminated_quote,
  tab_indent,
  bad_utf8,
  control_character,
  too_large,
  too_deep,
  too_many_nodes,
  too_many_findings,
  alias_cycle,
  alias_unknown,
  merge_key,
  tag_refused,
  duplicate_key,
  key_not_text,
  reserved_key,
  empty_file,
  // Any document.
  not_a_document,
  unknown_api_version,
  unknown_kind,
  unstable_version,
  missing_field,
  unknown_field,
  field_case,
  wrong_dialect_key,
  renamed_field,
  wrong_type,
  bad_boolean,
  bad_number,
  bad_enum,
  empty_value,
  too_long,
  out_of_range,
  bad_name,
  bad_label_key,
  bad_annotation_key,
  reserved_annotation,
  unknown_annotation,
  bad_annotation_value,
  bad_duration,
  bad_date,
  bad_time_zone,
  bad_time_of_day,
  weekdays_wrap,
  // OpenSLO.
  one_of,
  indicator_choice,
  metric_choice,
  ratio_parts,
  target_choice,
  rolling_with_calendar,
  rolling_missing,
  window_count,
  op_with_ratio,
  op_missing,
  threshold_objectives,
  composite_incomplete,
  composite_weight_unused,
  metric_type_missing,
  metric_type_mismatch,
  condition_count,
  unsupported_by_sloth,
  bad_predicate,
  bad_pattern,
  bad_time_layout,
  // Between documents.
  duplicate_name,
  ref_unresolved,
  ref_wrong_kind,
  ref_unused,
  ref_cycle,
  service_unknown,
  owner_unknown,
  target_above_dependency,
  target_below_sla,
  composite_above_ceiling,
  undecidable_in_window,
  low_volume_page,
  // Advice on legal documents.
  no_description,
  objective_100,
  objective_low,
  alert_op_inverted,
  good_equals_total,
  duplicate_objective,
  policy_silent,
  rolling_calendar_unit,
  slice_not_divisor,
  weights_not_one,
  // Sloth.
  spec_version,
  query_no_window,
  label_name_chars,
  reserved_label,
  no_alert_labels,
  all_alerts_disabled,
  duplicate_alert_window,
  no_severity_windows,
  threshold_unreachable,
  period_too_short,
  sli_fallback_asymmetry,
  duplicate_period,
  plugin_unknown_option,
  slo_plugin_chain_dropped,
  query_template,
  // Making rules.
  period_unsupported,
  plugin_not_run,
  not_mappable,
  exact_not_possible,
  guard_not_possible,
  // Rules of Prometheus.
  bad_query,
  rule_field,
  duplicate_rule,
  multi_doc_rules,
  // Playbooks.
  placeholder_unknown,
  placeholder_inside,
  shell_expected,
  command_relative,
  changes_things,
  duplicate_step,
  // Escalation policies.
  missing_wait,
  empty_targets,
  unreachable_step,
  no_step_for_severity,
  hours_missing,
  // Fault trees.
  tree_undefined,
  tree_cycle,
  tree_inputs,
  tree_top,
  tree_unused,
  tree_probability,
  tree_group,
  tree_common_cause,
  xml_syntax,
  mef_element,
  // Calendars.
  ics_unreadable,
  ics_event,
  ics_empty,
  // Tests of SLOs.
  expectation_failed,
  // Suppression comments.
  suppression_no_reason,
  suppression_expired,
  suppression_unused,
  // Timelines of incidents.
  timeline_order,
  milestone_twice,
  milestone_unpaired,
  entry_after_close,
  events_unsorted,
  date_typo,
  entry_backwards,
  timeline_gap,
  time_unreadable,
  day_inferred,
  zone_unknown,
  not_json,
  pages_missing,
  entries_missing,
  record_passed_over,
  duration_contradicted,
  duration_convention,
  duration_zero,
  duration_two_bases,
  claim_contradicted,
  start_told_otherwise,
  zone_label,
  zone_slip,
  quote_before_start,
  edited_late,
  recovery_unmarked,
  // Wording of postmortems.
  human_error,
  counterfactual,
  failed_to,
  lapse,
  procedure_ignored,
  character,
  lack_of_care,
  blame_assigned,
  mistake_by,
  should_know,
  hindsight,
  punishment,
  weak_action,
  endless_action,
  action_unowned,
  action_undated,
  single_cause,
  person_change,
  name_left,
};

struct CodePage {
  Code code;
  std::string_view name;     ///< "UNKNOWN_FIELD"
  std::string_view summary;  ///< one line, lower case, no full stop
  std::string_view text;     ///< why it matters and what to do, one paragraph
  std::string_view bad;      ///< lines of YAML that give the finding
  std::string_view good;     ///< the same lines, mended
};

/// All pages, by code.
std::span<const CodePage> code_pages();
std::string_view name_of(Code code);
/// Any case, '-' for '_'.
const CodePage* find_code_page(std::string_view name);

}  // namespace nines::slo
