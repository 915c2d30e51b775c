// Canonical text and identity of a series key.
#include <algorithm>

#include "base/json.hpp"
#include "domain/series/counts.hpp"

namespace nines::series {

std::string canonical(const SeriesKey& key) {
  return Json::object({{"predicate", key.predicate},
                       {"service", key.service},
                       {"source", key.source},
                       {"split", key.split},
                       {"total", key.total},
                       {"value", key.value}})
      .canonical();
}

SeriesId id_of(const SeriesKey& key) {
  const Hash256 digest = sha256(canonical(key));
  SeriesId id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

}  // namespace nines::series
