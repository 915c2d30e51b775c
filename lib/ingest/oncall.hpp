// On-call schedules and escalation policies that other systems export as JSON, as definitions of
// nines/v1.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace nines::ingest {

struct ConvertedDefinition {
  std::string kind;  ///< "Rota", "Person", "EscalationPolicy"
  std::string name;
  Json document;
};

struct ConvertedSchedules {
  std::string system;  ///< "PagerDuty", "Opsgenie", "Grafana OnCall"
  std::vector<ConvertedDefinition> definitions;
  /// What is not taken over, and why: fields nobody knows here, parts that have no equal.
  std::vector<std::string> notes;
};

/// Reads an export by its shape: PagerDuty's `schedules` with `schedule_layers`, Opsgenie's with
/// `rotations`, Grafana OnCall's `on_call_shifts`, and the escalation policies of each. Nothing is
/// invented: what the export does not say is left out, so that a check of the result asks for it.
/// Throws Error{bad_data} when it is none of them.
ConvertedSchedules convert_schedules(std::string_view text, std::string_view file);

}  // namespace nines::ingest
