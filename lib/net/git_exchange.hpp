// Exchange through any git remote: one ref per replica, no shared branch, and never a merge.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/entropy.hpp"
#include "base/time.hpp"
#include "domain/log/exchange.hpp"
#include "net/git_files.hpp"
#include "net/git_keys.hpp"
#include "net/git_remote.hpp"

namespace nines::net {

struct GitExchangeOptions {
  std::filesystem::path folder;  ///< of our own repository: a cache, made anew where it is gone
  std::string address;           ///< of the remote, see net/git_address.hpp
  std::optional<Uid> known;      ///< identity that it had before
  Instant now;                   ///< time of commits
  Micros deadline;               ///< for all talk with the remote
  bool read_only = false;        ///< not even a name is given to the place
  /// Refs that were replaced by force stay to be named by the next exchange that is attended.
  bool unattended = false;
};

/// What is put lies here until `deliver` pushes it. Confidential bodies are sealed on the way, since
/// git keeps everything for ever, and their keys forgotten with them. Measurements do not travel so: they are large,
/// replaced as a whole, and git keeps everything for ever.
class GitExchange final : public log::Exchange {
 public:
  /// Fetches. Throws Error: busy (out of reach), config (not let in), conflict (the remote lost
  /// its name), not_found (no git).
  GitExchange(const GitExchangeOptions& options, Entropy& entropy);

  Uid identity() override { return identity_; }
  std::map<Uid, log::RemoteHead> heads() override;
  void put(const log::SegmentFile& segment) override;
  void get(const Uid& replica, std::uint64_t from,
           const std::function<bool(log::SegmentFile)>& take) override;
  void drop_body(const log::EventRef& event) override;
  std::map<Uid, std::string> statements() override;
  void put_statement(const Uid& replica, const std::string& note) override;
  void deliver() override;
  std::set<Uid> rewritten() const override { return remote_.rewritten(); }
  std::uint64_t kept_in_history() const override { return kept_.size(); }

 private:
  struct Pending {
    std::map<log::SegmentName, GitSegment> segments;
    std::map<log::SegmentName, EventKeys> keys;  ///< of the bodies sealed in them
    std::set<std::uint64_t> drops;  ///< numbers of events whose bodies are to go
    std::optional<std::string> statement;
  };
  using Changes = std::map<std::string, std::string>;  ///< id by path; empty takes the file away

  void load();
  void see_delivered();
  void make_identity(Entropy& entropy);
  std::vector<log::SegmentFile> read_segments(const Uid& replica,
                                              const std::vector<log::SegmentName>& names,
                                              const ReplicaFiles& files) const;
  std::vector<std::string> store_blobs(const std::vector<std::string>& blobs) const;
  void flush();
  void join_tail(const Uid& replica, ReplicaFiles& files, Changes& changes) const;
  void drop_bodies(const Uid& replica, const Pending& pending, ReplicaFiles& files,
                   Changes& changes);
  Changes changes_of(const Uid& replica, const Pending& pending);
  EventKeys keys_after(const Uid& replica, const Pending& pending);
  void forget_dropped() const;
  std::string commit_text(const std::string& name, const std::string& author,
                          const std::string& parent, const Changes& changes) const;
  std::string replica_commit(const Uid& replica, const Pending& pending);
  std::string keys_commit(const Uid& replica, const Pending& pending);
  std::vector<std::string> write_commits();

  GitRepository repository_;
  GitRemote remote_;
  GitKeys keys_;
  Entropy& entropy_;
  Instant now_;
  bool unattended_;
  Uid identity_;
  std::map<Uid, ReplicaFiles> files_;
  std::map<Uid, Pending> pending_;
  std::set<log::EventRef> kept_;  ///< erased bodies that were not sealed
  std::vector<log::SegmentFile> spool_;  ///< put, and not in the repository yet
  std::size_t spooled_ = 0;              ///< bytes of it
  bool delivered_ = false;               ///< and `files_` does not say so yet
};

}  // namespace nines::net
