// Where replicas leave their events for one another, told apart by its address.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "usecases/log/sync.hpp"

namespace nines::usecases {

struct SyncPlace {
  enum class Kind { folder };
  Kind kind = Kind::folder;
  std::string address;  ///< by which it is known again: a folder's is absolute
};

/// Throws Error{usage} for an address of a kind that nobody knows.
NINES_EXPORT SyncPlace sync_place_from(std::string_view text, const std::filesystem::path& cwd);

/// Exchanges with whatever the place is; see `sync_with`.
NINES_EXPORT SyncReport sync_place(Session& session, const SyncPlace& place,
                                   const SyncOptions& options = {});

}  // namespace nines::usecases
