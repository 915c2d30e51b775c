// Fetching the refs of replicas from a git remote, and pushing them there.
#pragma once

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/uid.hpp"
#include "net/git_repository.hpp"

namespace nines::net {

/// There, each replica has refs/nines/replicas/<uid> and, where it needs them, the keys of its sealed
/// bodies in refs/nines/keys/<uid>; refs/nines/remote names the place. Here they lie below refs/fetched/ as they are there, below refs/seen/ as they were at the end of the
/// last exchange, and below refs/out/ as they are to be.
class GitRemote {
 public:
  /// All talk with the remote ends before the deadline.
  GitRemote(const GitRepository& repository, std::string address, Micros deadline);

  /// Throws Error: busy (out of reach), config (it does not let us in).
  void fetch();
  std::map<Uid, std::string> commits() const;  ///< of the replicas, as fetched
  std::map<Uid, std::string> key_commits() const;  ///< of their keys
  std::string identity_commit() const;         ///< empty where the place has no name yet
  /// Replicas whose ref was there before, and is gone or no continuation of what it was: by force.
  const std::set<Uid>& rewritten() const { return rewritten_; }

  enum class Outcome { taken, moved };
  /// Pushes these refs of refs/out/, by their names after that: all of them, or none. Never by
  /// force, but for keys, which replace what was fetched and nothing else. `moved`: somebody else
  /// was faster with one of them, which has been fetched. Throws as `fetch`.
  Outcome push(const std::vector<std::string>& names);
  /// The exchange is done: what is there now is what the next one goes by.
  void remember();

 private:
  void note_rewritten();
  Micros time_left() const;
  bool continues(const std::string& old_commit, const std::string& commit) const;
  void accept(const std::vector<std::string>& names);
  [[noreturn]] void fail(const std::string& what, const ProcessResult& result) const;

  const GitRepository& repository_;
  std::string address_;
  Micros deadline_;
  std::chrono::steady_clock::time_point end_;
  std::map<std::string, std::string> seen_;  ///< commits, by what follows refs/seen/
  std::map<std::string, std::string> refs_;  ///< by what follows refs/fetched/
  std::set<Uid> rewritten_;
  bool tried_again_ = false;
};

}  // namespace nines::net
