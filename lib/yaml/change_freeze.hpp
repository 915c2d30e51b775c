// The kind ChangeFreeze of nines/v1: times in which changes rest.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "domain/remediate/freeze.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kChangeFreezeShape;

/// From a stored document, which passed the checks when it was applied.
std::optional<remediate::ChangeFreeze> change_freeze_from(const Json& stored);

}  // namespace nines::yaml
