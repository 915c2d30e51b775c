// Which stores a user has met: a store that came with somebody else's folder is not opened unasked.
#pragma once

#include <filesystem>
#include <string>

#include "base/export.hpp"
#include "base/uid.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Whether the list (one "<id> <path>" a line, mode 0600) names the store.
bool is_trusted(const std::filesystem::path& list, const Uid& store);
/// Adds the store to the list, unless it is there. Throws Error{cannot_create}, Error{io}.
void remember_trusted(const std::filesystem::path& list, const Uid& store,
                      const std::filesystem::path& path);

struct Trusted {
  std::string store;  ///< its identity
  std::filesystem::path path;
  bool already = false;
};
/// Opens the store that `options` names and adds it to `options.trust_list`.
NINES_EXPORT Trusted trust_store(const SessionOptions& options);

}  // namespace nines::usecases
