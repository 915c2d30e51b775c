// An open store with the clock, the person and the randomness that one command works with.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/entropy.hpp"
#include "base/export.hpp"
#include "base/time.hpp"
#include "usecases/approval/rules.hpp"

namespace nines::store {
class Store;
}

namespace nines::usecases {

struct SessionOptions {
  std::filesystem::path db;  ///< the file; its folder exists
  bool write = false;
  bool create = false;         ///< only `init`, `demo` and tests
  bool log_alone = false;      ///< reads no tables but the log's, so those may be of any version
  Clock clock = nullptr;       ///< required
  Entropy* entropy = nullptr;  ///< null = the system's
  std::string actor;           ///< claimed name of the person: "ada"
  std::string command;         ///< "slo apply", kept as the tool's part of the reason
  std::optional<std::string> because;
  std::chrono::milliseconds lock_timeout{5000};
  std::optional<Instant> as_of;           ///< read what was known then
  std::filesystem::path trust_list = {};  ///< stores this user has met; empty = none is kept
  bool must_be_trusted = false;           ///< refuse a store that is not in the list
  std::filesystem::path state_folder = {};  ///< this person's own notes; empty = none are kept
  Identity identity = {};                   ///< what approvals are signed with
  ApprovalRules approvals = {};             ///< what they are held against
};

class NINES_EXPORT Session {
 public:
  /// Throws Error: not_found (no store there), newer schema or not trusted (config), busy, io.
  static Session open(const SessionOptions& options);
  ~Session();
  Session(Session&&) noexcept;

  Instant now() const;
  const SessionOptions& options() const;
  /// It answered from tables that would hold what this store left at a place.
  bool has_read_records() const;
  store::Store& store();
  const store::Store& store() const;

 private:
  struct State;
  explicit Session(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace nines::usecases
