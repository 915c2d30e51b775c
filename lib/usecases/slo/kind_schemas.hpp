// The JSON Schemas of the YAML kinds, for editors and other validators.
#pragma once

#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/json.hpp"

namespace nines::usecases {

struct KindSchema {
  std::string name;  ///< "openslo-v1.slo"
  Json schema;       ///< draft-07
};

/// One per kind of every dialect, by name; made from the tables that the check itself walks.
NINES_EXPORT std::vector<KindSchema> kind_schemas();

}  // namespace nines::usecases
