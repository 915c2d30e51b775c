// What lies on one person's desk: the incident they work on, and the one before it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/uid.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Kept beside the stores, in this person's state folder, one file per store: which incident is
/// current is nobody else's business, and no event. Throws Error{io} when it cannot be written.
class Desk {
 public:
  explicit Desk(const Session& session);

  std::optional<Uid> current() const { return current_; }
  std::optional<Uid> previous() const { return previous_; }
  std::optional<Uid> touched() const { return touched_; }

  void use(const Uid& incident);    ///< the current one becomes the previous
  void touch(const Uid& incident);  ///< last written to
  void leave(const Uid& incident);  ///< it is over: no longer current

 private:
  void save() const;
  std::filesystem::path file_;  ///< empty: nothing is kept
  std::optional<Uid> current_, previous_, touched_;
};

}  // namespace nines::usecases
