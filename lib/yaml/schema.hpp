// JSON Schemas (draft-07) of the YAML kinds, made from the field tables that also drive the checks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

/// What of one kind JSON Schema can say; rules between fields are the checker's.
Json schema_of(const KindTable& kind);

/// "openslo-v1.slo" and its schema, for every kind of every dialect.
std::vector<std::pair<std::string, Json>> all_schemas();

}  // namespace nines::yaml
