// Reads and writes rows of the event log; knows nothing about what events mean.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "store/db.hpp"

namespace nines::store {

/// Where a replica's log ends.
struct Head {
  std::uint64_t seq = 0;  ///< 0 = nothing yet
  Hash256 hash{};
};

Head head_of(Db& db, const Uid& replica);
std::map<Uid, Head> all_heads(Db& db);
std::optional<Hash256> hash_of_event(Db& db, const log::EventRef& ref);
/// Order of arrival here, from 1; 0 when it is not here.
std::int64_t number_of_event(Db& db, const log::EventRef& ref);
log::Hlc latest_hlc(Db& db);
std::uint64_t event_count(Db& db);  ///< also the next position

/// "SELECT <header columns, body> FROM event e LEFT JOIN body b ... <rest>", read by `event_at`.
/// Keep the result in a static: it is the key of the statement cache.
std::string event_select(std::string_view rest);
/// The event in the current row of such a query; a missing body makes it `erased`.
log::Event event_at(const Query& row);
log::EventHeader header_at(const Query& row);
std::int64_t position_at(const Query& row);
Hash256 stored_hash_at(const Query& row);

/// Events of one subject that are neither undone nor erased, in the order of the fold.
extern const std::string kLiveEventsOfSubject;

std::optional<log::Event> find_event(Db& db, const log::EventRef& ref);

inline constexpr std::string_view kErased = "log.erased";
/// An event of the log says that the body of this one was erased.
bool erasure_is_here(Db& db, const log::EventRef& ref);
/// What was erased by events that came here at `position` or later.
std::vector<log::EventRef> erasures_since(Db& db, std::uint64_t position);

/// Stores an event whose header is complete; `body` is its canonical text, null when it was erased
/// before it came here.
void insert_event(Db& db, std::uint64_t position, const log::EventHeader& header,
                  const Hash256& hash, const log::Salt& salt,
                  const std::optional<std::string>& body);

/// Facts of this file alone: its identity, its replica, what it knows of remotes.
std::optional<std::string> local_fact(Db& db, std::string_view name);
/// A fact that counts something; 0 when it is not there.
std::uint64_t local_count(Db& db, std::string_view name);
void set_local_fact(Db& db, std::string_view name, std::string_view value);

}  // namespace nines::store
