// The event log as people read it: who changed what, when, why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "domain/log/attestation.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct HistoryQuery {
  std::optional<std::string> subject = {};  ///< "slo/checkout", "checkout", "CHG-7"
  /// "definition.applied", or "definition." for all of them; empty = all but what machines note of
  /// one another (replica.caught_up), unless a subject is named.
  std::vector<std::string> kinds = {};
  std::optional<Instant> since = {};    ///< by recorded-at, inclusive
  std::optional<Instant> until = {};    ///< exclusive
  std::size_t limit = 50;               ///< 0 = no limit
};

struct HistoryEntry {
  std::int64_t number = 0;  ///< order of arrival on this machine, from 1
  std::string event;        ///< "<replica>:<seq>", the same everywhere
  std::string tx;
  std::string kind;
  std::string subject;
  std::string name;  ///< of the subject, as people call it
  std::string target;
  std::string actor;
  Instant occurred_at{};
  Precision occurred_precision = Precision::exact;
  Instant recorded_at{};
  std::string command;
  std::string because;
  Json body;  ///< null once erased
  bool undone = false;
  bool erased = false;
  bool left_out = false;  ///< its body is at a place, by the rule of this store
  /// The event that replaced it, made elsewhere without knowing of it; empty when none did.
  std::string overtaken_by = {};
  std::int64_t overtaken_by_number = 0;  ///< the same, by order of arrival on this machine
  bool known = true;  ///< false: a kind of a newer nines, kept and ignored
  /// Of an approval, and of any event that says more than a name: held against the rules here.
  std::optional<log::Authentication> proof = {};
};

struct History {
  std::vector<HistoryEntry> entries;  ///< newest first
  bool more = false;                  ///< the limit left some out
};

/// Throws Error{not_found} when no event is about the subject.
NINES_EXPORT History read_history(const Session& session, const HistoryQuery& query);

}  // namespace nines::usecases
