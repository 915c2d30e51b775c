// The keys of sealed bodies at a git remote: a ref per replica that has no history.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "net/git_repository.hpp"
#include "net/sealed_bodies.hpp"

namespace nines::net {

/// refs/nines/keys/<replica>: a commit without a parent, replaced as a whole when a key is added or
/// dropped, so that no commit leads to what was dropped; git's own housekeeping there removes it.
/// Its tree is <n>.keys, where n counts ten thousands of events.
class GitKeys {
 public:
  explicit GitKeys(const GitRepository& repository) : repository_(repository) {}

  /// `commits` by replica, as fetched.
  void load(std::map<Uid, std::string> commits);
  /// Read when they are asked for. Throws Error{bad_data} for a file larger than any of ours.
  const EventKeys& of(const Uid& replica);
  /// Empty where there is none.
  std::string commit_of(const Uid& replica) const;

 private:
  const GitRepository& repository_;
  std::map<Uid, std::string> commits_;
  std::map<Uid, EventKeys> read_;
};

/// The files of a replica's tree, by path.
std::map<std::string, std::string> files_of_keys(const EventKeys& keys);

}  // namespace nines::net
