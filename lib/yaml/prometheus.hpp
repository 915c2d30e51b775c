// What Prometheus itself reads: rule files, their Kubernetes object, and the values in them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> prometheus_rule_kinds();  ///< monitoring.coreos.com/v1
std::span<const KindTable> rule_file_kinds();        ///< plain files that begin with "groups:"

extern const Format kPrometheusDuration;

/// "5m", "1h30m" as Prometheus writes durations, in whole milliseconds; w is 7 d, y is 365 d.
std::optional<std::int64_t> prometheus_millis(std::string_view text);

void check_prometheus_labels(Checker& checker, const Node& map);
void check_texts_not_empty(Checker& checker, const Node& map);
/// What does not match of the brackets and quotes of PromQL: a sentence, or nothing.
std::string query_mismatch(std::string_view text);
/// Brackets and quotes of PromQL match.
void check_query(Checker& checker, const Node& value);

}  // namespace nines::yaml
