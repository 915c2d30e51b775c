// Sloth's two dialects (prometheus/v1 and the Kubernetes object) and its catalogue of alert
// windows.
#pragma once

#include <span>
#include <vector>

#include "domain/slo/model.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> sloth_v1_kinds();
std::span<const KindTable> sloth_k8s_kinds();

/// The SLOs of `spec`, which is the document itself in prometheus/v1: 30 rolling days, named
/// SERVICE-NAME, as Sloth's ids are.
std::vector<slo::Slo> read_sloth(const Node& spec);

// Rules between fields, in sloth_rules.cpp; keys are found in either spelling.
void check_sloth_slo(Checker& checker, const Node& map);
void check_sloth_sli(Checker& checker, const Node& map);
void check_sloth_events(Checker& checker, const Node& map);
void check_sloth_alerting(Checker& checker, const Node& map);
void check_sloth_plugins(Checker& checker, const Node& map);
void check_sloth_group(Checker& checker, const Node& map);
void check_alert_window_spec(Checker& checker, const Node& map);
void check_alert_windows(Checker& checker, const Node& map);
void check_sloth_labels(Checker& checker, const Node& map);
void check_windowed_query(Checker& checker, const Node& value);
void check_sloth_name(Checker& checker, const Node& value);
void check_sloth_objective(Checker& checker, const Node& value);
void check_budget_percent(Checker& checker, const Node& value);

}  // namespace nines::yaml
