// Exchanging events with the other machines of a team.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "usecases/log/sync_place.hpp"
#include "usecases/log/witness.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct SyncReplica {
  std::string replica;
  bool own = false;                   ///< this store's
  std::uint64_t received = 0;         ///< events new here
  std::uint64_t sent = 0;             ///< events new there
  std::uint64_t events = 0;           ///< known here now
  std::optional<Instant> held_until;  ///< its clock is too far ahead: the rest is taken then
  std::string bodiless;  ///< first event whose body is missing there though nothing erased it
};

/// A value that was set on one machine, and replaced on another that did not know of it.
struct SyncLoser {
  struct Side {
    std::string event;  ///< "<replica>:<seq>"
    std::string actor;
    std::string value;
    Instant recorded_at{};
  };
  std::string name;   ///< of what was edited: "INC-7"
  std::string field;  ///< "severity"; empty = all of it
  Side lost;
  Side kept;
};

/// Of an exchange, about old records.
struct SyncRecords {
  std::string since = {};             ///< the rule: "90d", an instant; "" = there is none, or "all"
  std::optional<Instant> bound = {};  ///< what had no news since then is not here
  std::string place = {};             ///< that has it
  std::uint64_t left = 0;             ///< in this exchange; in a dry run, those that would be
  std::uint64_t back = 0;             ///< that came here again
  std::uint64_t elsewhere = 0;        ///< that are not here now
  std::uint64_t bodies = 0;           ///< of theirs
  /// Old ones that stay: the place did not give all of them when it was asked.
  std::uint64_t unseen = 0;
  std::vector<std::string> missing = {};  ///< asked for, and not to be had from this place
  std::vector<std::string> waiting = {};  ///< there is news of them, and the rest is not there
  std::uint64_t kept_back = 0;  ///< events that were not sent, for they are not here whole
};

struct SyncReport {
  std::string place;
  std::string remote;  ///< identity of the place
  bool first_contact = false;
  bool new_replica = false;  ///< somebody wrote under this store's name; it takes a new one
  bool dry_run = false;
  std::vector<SyncReplica> replicas;   ///< those with something to say first
  std::vector<std::string> clashes;    ///< names that are not unique by their number any more
  std::vector<SyncLoser> losers = {};  ///< of edits that met in this exchange
  std::vector<Contradiction> contradictions =
      {};  ///< what a replica saw there before, and is not so now
  /// Replicas whose log there was replaced by force since the last time.
  std::vector<std::string> rewritten = {};
  std::uint64_t kept_in_history = 0;   ///< erased bodies that the place cannot forget
  bool carries_measurements = true;    ///< the place has room for those of imports
  std::vector<std::string> ignored;    ///< kinds of events that this version keeps and ignores
  std::uint64_t imports_received = 0;  ///< runs whose measurements came
  std::uint64_t imports_sent = 0;
  std::uint64_t imports_older = 0;      ///< left there: they end before what was asked for
  std::uint64_t imports_elsewhere = 0;  ///< runs known here, and measured on other machines only
  std::vector<std::string> set_aside =
      {};  ///< files that do not count: another import has their times
  SyncRecords records = {};
  std::uint64_t received() const;
  std::uint64_t sent() const;
};

/// What somebody says about old records.
struct RecordsAsked {
  std::optional<std::string> since = {};    ///< a new rule: "90d", an instant in RFC 3339, "all"
  std::vector<std::string> records = {};    ///< names of such as should be here
};
/// Events moved so far, in both directions, of those that are to be.
struct SyncProgress {
  std::uint64_t done = 0;
  std::uint64_t all = 0;
};

struct SyncOptions {
  bool dry_run = false;
  bool measurements =
      true;  ///< those of imports travel too, else only the events that tell of them
  /// Those of imports that end before it are not fetched: what is recorded is whole all the same.
  std::optional<Instant> measurements_since = {};
  /// What this store saw there is signed with this key, if there is one; it counts as known.
  std::optional<std::filesystem::path> key_file = {};
  Micros deadline{std::chrono::hours{1}};  ///< for all talk with a remote
  bool receive = true;                     ///< else this store's events are only sent
  RecordsAsked records = {};
  bool settle_records = true;  ///< leaves old records there, by the rule of this store
  std::function<void(const SyncProgress&)> progress = {};  ///< called after each segment
};

/// Receives what the place has and sends what it lacks; safe to repeat and to interrupt. `place` is
/// its address, by which it is known again. Throws Error: conflict (a fork, or another remote under
/// the same address; news of a record that is not here whole, and is not to be had there), bad_data
/// (a damaged segment, one whose bodies are missing, or damaged
/// measurements).
SyncReport sync_with(Session& session, log::Exchange& exchange, const std::string& place,
                     const SyncOptions& options);

/// The same with a place that is opened first. Throws also: busy (out of reach; another process of
/// this store is at it), not_found, config (it is no such place, or does not let us in).
NINES_EXPORT SyncReport sync_place(Session& session, const SyncPlace& place,
                                   const SyncOptions& options = {});
/// The same while nobody looks, with a place far away: one runs at a time, one more waits, and
/// nothing when both are there (false). It throws nothing: what failed, and what has to be said, is
/// kept for `sync_standing`.
NINES_EXPORT bool sync_unattended(Session& session, const SyncPlace& place,
                                  const SyncOptions& options);

/// How this store stands with a place, without asking there.
struct SyncStanding {
  bool known = false;              ///< it exchanged there before
  std::uint64_t undelivered = 0;   ///< events
  std::optional<Instant> since;    ///< when the first of them was recorded
  std::optional<Instant> contact;  ///< end of the last exchange
  std::optional<Instant> failed_at;
  std::string problem;  ///< of the last attempt, if it failed
};
NINES_EXPORT SyncStanding sync_standing(const Session& session, const SyncPlace& place);

/// The same with a folder.
NINES_EXPORT SyncReport sync_directory(Session& session, const std::filesystem::path& folder,
                                       const SyncOptions& options = {});

}  // namespace nines::usecases
