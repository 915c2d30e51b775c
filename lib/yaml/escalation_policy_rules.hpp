// Rules of escalation policies: values of its fields, and what they mean together.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/incident/escalation_policy.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Format kSpanFormat;          ///< "30s", "1h30m"; not "0s"
extern const Format kSpanOrNoneFormat;    ///< "0s" too
extern const Format kCountFormat;         ///< 1 to 1000
extern const Format kSeveritiesFormat;    ///< [SEV-1, SEV-2]
extern const Format kDayListFormat;       ///< [2026-12-25]
extern const Format kServiceNamesFormat;  ///< [checkout, cart]

void check_escalation_target(Checker& checker, const Node& map);
void check_escalation_step(Checker& checker, const Node& map);
void check_escalation_repeat(Checker& checker, const Node& map);
void check_escalation_policy(Checker& checker, const Node& map);

/// Reads of checked values: what is wrong is left out.
std::vector<incident::Severity> severities_of(const Node* map, std::string_view name);
std::int64_t whole_of(const Node* map, std::string_view name);
incident::Hours read_hours(const Node& map);

}  // namespace nines::yaml
