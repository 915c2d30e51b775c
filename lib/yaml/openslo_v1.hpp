// OpenSLO v1: the field tables of its seven kinds, and the way from a document to the model.
#pragma once

#include <span>

#include "domain/catalog/definition.hpp"
#include "domain/slo/model.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> openslo_v1_kinds();

// Shapes that other dialects share.
extern const Shape kMetadataShape;
extern const Shape kTimeWindowShape;
extern const Shape kConditionSpecShape;
extern const Shape kTargetSpecShape;
extern const Shape kPolicySpecShape;
extern const Shape kPolicyEntryShape;
extern const Shape kDataSourceSpecShape;
extern const Shape kServiceSpecShape;

/// Each reads what can be read of a document that may still have findings.
slo::Slo read_openslo_v1_slo(const Node& document);
slo::Sli read_openslo_v1_sli(const Node& document);
slo::DataSource read_data_source(const Node& document);
catalog::Service read_openslo_service(const Node& document);

// Rules between fields, in openslo_v1_rules.cpp; each belongs to one shape.
void check_metric_source(Checker& checker, const Node& map);
void check_ratio_metric(Checker& checker, const Node& map);
void check_indicator_spec(Checker& checker, const Node& map);
void check_time_window(Checker& checker, const Node& map);
void check_objective(Checker& checker, const Node& map);
void check_slo_spec(Checker& checker, const Node& map);
void check_policy_entry(Checker& checker, const Node& map);
void check_policy_spec(Checker& checker, const Node& map);
void check_condition_entry(Checker& checker, const Node& map);
void check_target_entry(Checker& checker, const Node& map);
void check_condition(Checker& checker, const Node& map);
void check_slo_document(Checker& checker, const Node& map);

}  // namespace nines::yaml
