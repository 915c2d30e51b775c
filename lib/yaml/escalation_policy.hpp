// The nines/v1 kind EscalationPolicy: its field table, its rules, its reader.
#pragma once

#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kEscalationPolicyShape;
void read_escalation_policy(const Node& document, Definition& definition);

}  // namespace nines::yaml
