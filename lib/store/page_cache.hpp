// How much of the file a command that writes much keeps in memory.
#pragma once

#include "store/store.hpp"

namespace nines::store {

/// What is written comes in no order of the tables: with SQLite's two megabytes every page would be
/// read and written again and again. Holds for this connection until it closes.
void widen_page_cache(const Store& store, int mebibytes);

}  // namespace nines::store
