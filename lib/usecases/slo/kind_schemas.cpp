// The JSON Schemas of the YAML kinds, for editors and other validators.
#include "usecases/slo/kind_schemas.hpp"

#include <algorithm>

#include "yaml/schema.hpp"

namespace nines::usecases {

std::vector<KindSchema> kind_schemas() {
  std::vector<KindSchema> schemas;
  for (auto& [name, schema] : yaml::all_schemas()) schemas.push_back({name, std::move(schema)});
  std::sort(schemas.begin(), schemas.end(),
            [](const KindSchema& a, const KindSchema& b) { return a.name < b.name; });
  return schemas;
}

}  // namespace nines::usecases
