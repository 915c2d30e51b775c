// The one setting of the page cache.
#include "store/page_cache.hpp"

#include <string>

#include "store/db.hpp"

namespace nines::store {

void widen_page_cache(const Store& store, int mebibytes) {
  // A negative figure counts KiB, a positive one pages.
  store.db().script("PRAGMA cache_size = -" + std::to_string(mebibytes * 1024));
}

}  // namespace nines::store
