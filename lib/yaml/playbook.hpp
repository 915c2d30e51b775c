// The nines/v1 kind Playbook: its field table and its reader.
#pragma once

#include "yaml/definitions.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kPlaybookShape;
void read_playbook(const Node& document, Definition& definition);

/// "30s": above zero, at most an hour.
extern const Format kTimeoutFormat;
/// A pattern that RE2 takes.
extern const Format kPatternFormat;
/// "1" (worst) to "5", with or without "SEV-".
extern const Format kSeverityFormat;

}  // namespace nines::yaml
