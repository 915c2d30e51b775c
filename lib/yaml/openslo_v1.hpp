// OpenSLO v1: its seven kinds, their rules (shared with v2alpha), and the way to the model.
#pragma once

#include <span>

#include "domain/catalog/definition.hpp"
#include "domain/slo/model.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> openslo_v1_kinds();

extern const Shape kMetadataShape;

/// Each reads what can be read of a document that may still have findings; v2alpha, too.
slo::Slo read_openslo_v1_slo(const Node& document);
slo::Sli read_openslo_v1_sli(const Node& document);
slo::DataSource read_data_source(const Node& document);
catalog::Service read_openslo_service(const Node& document);

/// What a version calls the members of an SLO that refer to others.
struct SloNames {
  std::string_view indicator, indicator_ref, service;
};

// Rules between fields; each belongs to one shape.
void check_metric_source(Checker& checker, const Node& map);
void check_ratio_metric(Checker& checker, const Node& map);
void check_indicator_spec(Checker& checker, const Node& map);
void check_time_window(Checker& checker, const Node& map);
void check_objective(Checker& checker, const Node& map);
void check_slo_spec(Checker& checker, const Node& map, const SloNames& names);
void check_policy_entry(Checker& checker, const Node& map);
void check_policy_spec(Checker& checker, const Node& map);
void check_condition_entry(Checker& checker, const Node& map);
void check_target_entry(Checker& checker, const Node& map);
void check_condition(Checker& checker, const Node& map);
void check_slo_document(Checker& checker, const Node& map);

/// A window either rolls or has a calendar; the mend goes below the member `after`.
void check_rolling(Checker& checker, const Node& map, std::string_view after);
/// The list `name` of windows holds exactly one.
void check_window_count(Checker& checker, const Node& map, std::string_view name);

}  // namespace nines::yaml
