// What rules are made from, read out of the dialects that Sloth knows; checked before.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/alert/rule_source.hpp"
#include "yaml/node.hpp"

namespace nines::yaml {

/// The SLOs of `spec`, which is the document itself in prometheus/v1. Keys in either spelling.
std::vector<alert::RuleSource> read_sloth_rule_sources(const Node& spec, std::string_view version);
/// One per objective of an OpenSLO v1alpha document.
std::vector<alert::RuleSource> read_openslo_rule_sources(const Node& document);
/// The policy of an OpenSLO v1 AlertPolicy document, and those inside of an SLO.
std::vector<alert::DeclaredPolicy> read_declared_policy(const Node& document);
std::vector<alert::DeclaredPolicy> read_slo_policies(const Node& document);
/// Of an AlertCondition document.
std::vector<alert::DeclaredAlert> read_declared_condition(const Node& document);
alert::Manifest read_manifest(const Node* metadata);
/// Empty when a window is missing or is no duration.
std::optional<alert::WindowTable> read_window_table(const Node* spec);

}  // namespace nines::yaml
