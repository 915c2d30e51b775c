// Who holds a store's write lock, for the hint of "busy".
#pragma once

#include <filesystem>
#include <string>

namespace nines::store {

/// "process 4711 (nines) is writing; ", or empty when it cannot be told.
std::string lock_holder(const std::filesystem::path& store);

}  // namespace nines::store
