// The store: one SQLite file with an event log, and tables that derive from it.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/entropy.hpp"
#include "base/time.hpp"
#include "domain/log/event.hpp"

namespace nines::store {

class Db;

enum class Mode { read, write, create };

struct StoreOptions {
  std::filesystem::path path;
  Mode mode = Mode::read;
  Clock clock = nullptr;
  Entropy* entropy = nullptr;
  std::chrono::milliseconds busy_timeout{5000};
  std::optional<Instant> as_of;  ///< projections are replayed into memory from events up to then
};

/// An open store. Reading functions for one aggregate live in that aggregate's own header and take
/// a `const Store&`. Throws Error from every call: io, busy, config (newer schema, refused
/// untouched), bad_data (damaged file).
class Store {
 public:
  explicit Store(const StoreOptions& options);
  ~Store();
  Store(Store&&) noexcept;

  Uid id() const;       ///< of this log; a restored copy keeps it
  Uid replica() const;  ///< who writes here; a copied file gets a new one
  const std::filesystem::path& path() const;
  Db& db() const;  ///< for the aggregates inside lib/store only

  struct State;
  State& state() const { return *state_; }  ///< for lib/store only

 private:
  std::unique_ptr<State> state_;
};

/// One command's events: all on disk when `commit` returns, or none. Takes the write lock at
/// construction (BEGIN IMMEDIATE), so construct it only once the slow work is done.
class Transaction {
 public:
  /// `because` and the tool version go into every body under "because" and "tool".
  Transaction(Store& store, std::string actor, std::string command,
              std::optional<std::string> because);
  ~Transaction();  ///< rolls back unless committed
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  /// Gives the event its identity, chains it, stores it, and folds it into the projections.
  log::EventRef append(const log::NewEvent& event);
  Uid tx() const;
  std::size_t size() const;  ///< events so far
  /// Events in the log when the lock was taken: as many as were seen while planning, or somebody
  /// has written meanwhile.
  std::uint64_t found() const;
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nines::store
