// What a place where replicas leave their events for one another must offer: a folder, a git
// repository, a database. Exchange is idempotent and resumable, and never needs a decision.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "domain/log/segment.hpp"

namespace nines::log {

/// How far the place has a replica's log.
struct RemoteHead {
  std::uint64_t seq = 0;
  Hash256 hash{};  ///< of event `seq`
};

struct SegmentFile {
  SegmentName name;
  std::string text;
  std::string bodies;
  // What a place that keeps each event by itself, and a log, need not read from the texts:
  std::vector<Hash256> hashes = {};          ///< of its events, when it comes from a log
  std::vector<SegmentBody> body_list = {};  ///< what `bodies` says, or instead of it
};

/// Implementations throw Error: io, conflict (two segments tell different histories), bad_data.
class Exchange {
 public:
  virtual ~Exchange() = default;
  /// Made at first contact; another one later means another place under the same address.
  virtual Uid identity() = 0;
  virtual std::map<Uid, RemoteHead> heads() = 0;
  /// There whole, or not at all; putting the same again changes nothing.
  virtual void put(const SegmentFile& segment) = 0;
  /// The segments of a replica that end at or after `from`, in order, until `take` returns false.
  virtual void get(const Uid& replica, std::uint64_t from,
                   const std::function<bool(SegmentFile)>& take) = 0;
  /// Forgets the body of an erased event, if it is there.
  virtual void drop_body(const EventRef& event) = 0;

  /// What each replica saw when it last exchanged here: a checkpoint in its own hand
  /// (domain/log/checkpoint.hpp), by replica. A place that keeps none shows no tail that was cut
  /// off.
  virtual std::map<Uid, std::string> statements() { return {}; }
  virtual void put_statement(const Uid&, const std::string&) {}

  /// Makes what was put, dropped and stated arrive: a place that is far away takes it in one go.
  /// Until then nothing of it counts. Throws Error like `put`.
  virtual void deliver() {}
  /// Replicas whose log there is no continuation of what this machine saw there before: somebody
  /// has put another in its place, or taken it away.
  virtual std::set<Uid> rewritten() const { return {}; }
  /// Bodies that `drop_body` took away and that the place still has in its history.
  virtual std::uint64_t kept_in_history() const { return 0; }

  /// Measurements travel beside the log, in files of their own, where a place has room for them;
  /// one without leaves these as they are. The files of an import run are numbered from 0, and that
  /// one is put last: where it is, all of them are.
  virtual bool carries_measurements() const { return false; }
  virtual std::set<Uid> measured_runs() { return {}; }
  virtual void put_measurements(const Uid&, std::uint32_t, const std::string&) {}
  virtual std::optional<std::string> get_measurements(const Uid&, std::uint32_t) { return {}; }
};

}  // namespace nines::log
