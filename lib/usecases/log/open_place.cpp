// A folder is used as it is; a git remote by a repository of our own beside the store, a database
// by a companion program.
#include "usecases/log/open_place.hpp"

#include "base/error.hpp"
#include "net/git_address.hpp"
#include "net/git_exchange.hpp"
#include "net/postgres_exchange.hpp"
#include "store/directory_exchange.hpp"
#include "store/event_log.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

Entropy& entropy_of(const Session& session) {
  static SystemEntropy system;
  auto* entropy = session.options().entropy;
  return entropy != nullptr ? *entropy : system;
}

}  // namespace

fs::path work_folder(const store::Store& store, const SyncPlace& place) {
  return store.path().parent_path() / "sync" / to_hex(sha256(to_string(place))).substr(0, 16);
}

namespace {

OpenPlace open_folder(const Session& session, const fs::path& folder) {
  OpenPlace open;
  open.exchange =
      std::make_unique<store::DirectoryExchange>(folder, session.now(), entropy_of(session));
  open.name = fs::canonical(folder).string();
  return open;
}

/// One process of this store at a time exchanges with a place that is far away.
OpenPlace open_far(const Session& session, const SyncPlace& place, const PlaceOptions& options) {
  OpenPlace open;
  open.name = to_string(place);
  const auto folder = work_folder(session.store(), place);
  store::create_private_folder(folder);
  open.lock = std::make_unique<store::FolderLock>(folder, options.wait);
  if (!open.lock->held())
    throw Error(ExitCode::busy, "another nines exchanges with '" + open.name + "' right now",
                "it does what this one would; see nines status", "SYNC_BUSY");
  return open;
}

/// By a repository in the work folder.
OpenPlace open_git(const Session& session, const SyncPlace& place, const PlaceOptions& options) {
  const auto known = store::local_fact(session.store().db(), "remote " + to_string(place));
  if (net::is_local(place.address) && !known && !fs::exists(place.address))
    throw Error(ExitCode::not_found, "no git repository '" + place.address + "'",
                "make it first: git init --bare " + place.address, "NO_REMOTE");
  auto open = open_far(session, place, options);
  const net::GitExchangeOptions git{.folder = work_folder(session.store(), place) / "repository",
                                    .address = place.address,
                                    .known = known ? Uid::parse(*known) : std::nullopt,
                                    .now = session.now(),
                                    .deadline = options.deadline,
                                    .read_only = options.read_only,
                                    .unattended = options.unattended};
  const auto connect = [&] {
    open.exchange = std::make_unique<net::GitExchange>(git, entropy_of(session));
  };
  try {
    connect();
  } catch (const Error& error) {
    // The repository is a cache: a damaged one is worth no more than none.
    if (error.code() != "GIT_FAILED" || !fs::exists(git.folder)) throw;
    fs::remove_all(git.folder);
    connect();
  }
  return open;
}

/// By the companion nines-postgres.
OpenPlace open_postgres(const Session& session, const SyncPlace& place,
                        const PlaceOptions& options) {
  auto open = open_far(session, place, options);
  const net::PostgresAccess access{place.program, place.env,
                                   Uid::make(session.now(), entropy_of(session)),
                                   !options.read_only, options.deadline};
  open.exchange =
      std::make_unique<net::PostgresExchange>(net::postgres_address_from(place.address), access);
  return open;
}

}  // namespace

OpenPlace open_place(const Session& session, const SyncPlace& place, const PlaceOptions& options) {
  switch (place.kind) {
    case SyncPlace::Kind::git:
      return open_git(session, place, options);
    case SyncPlace::Kind::postgres:
      return open_postgres(session, place, options);
    case SyncPlace::Kind::folder:
      break;
  }
  return open_folder(session, place.address);
}

}  // namespace nines::usecases
