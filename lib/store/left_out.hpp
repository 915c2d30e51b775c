// Old, finished records that are not here by rule: their bodies are at a place of exchange, and this
// store holds the headers alone. Chains, checkpoints and witnesses hold as they did.
//
// What is not here is a list: the events whose bodies were left (`left_out`), the subjects they are
// about (`left_out_subject`, with the short name, which stays known), and the references by which
// an import would find them again (`left_out_origin`). The list is this file's own; an event
// replica.left_out of the log states its digest, so that a body that somebody deletes and slips into
// the list is found (verify.cpp). What is folded are the bodies that are here, so a rebuild, a
// reading of the past and a restored copy need to know nothing of it but the names.
//
// The list comes first, then the bodies go, a few records at a time; they come back the other way
// round. A crash leaves bodies that are here and listed: nobody reads half a record by its name, and
// the next exchange goes on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/time.hpp"
#include "domain/log/exchange.hpp"

namespace nines::store {

class Db;
class Store;
class Transaction;

/// The tables of the list.
extern const std::string_view kLeftOutTables;

inline constexpr std::string_view kLeftOut = "replica.left_out";

/// The rule of this store, and what is not here by it.
struct LeftOut {
  std::string since;  ///< as it was asked for: "90d", or an instant; "all" = nothing is left any more
  std::string place;  ///< address of the place that has them
  std::string remote;  ///< its identity
  Instant bound{};     ///< what is not here had no news since then
  std::uint64_t records = 0;
  std::uint64_t bodies = 0;
  std::string event = {};  ///< that states it: "<replica>:<seq>"
};

/// Nothing when there never was a rule.
std::optional<LeftOut> left_out(Db& db);
/// Remembers the rule; the counts are kept as they are.
void set_left_out_rule(Db& db, const LeftOut& rule);

/// Whether anything is not here by rule. Cheap.
bool lacks_records(Db& db);
/// Watches, where something is not here, whether what is read would hold it.
void watch_record_reads(Store& store);
bool has_read_records(const Store& store);
bool is_left_out(Db& db, std::string_view subject);
bool is_left_out_at(Db& db, std::int64_t position);  ///< the body of the event there
/// The error for who asks for one: it says which command brings it back.
Error not_here(Db& db, std::string_view subject);
/// Throws it, when the subject is left out.
void require_here(Db& db, std::string_view subject);
/// The system of items that actions stand for, whichever tracker it is.
inline constexpr std::string_view kTrackerItems = "tracker";
/// Throws it, when what was taken from there is left out.
void require_origin_here(Db& db, std::string_view system, std::string_view reference);

/// Gives the subject its name again after its rows were cleared; nothing when it is here.
void name_left_out(Db& db, std::string_view subject);
/// The same for all whose name no row holds.
void name_all_left_out(Db& db);

/// One record with everything that belongs to it.
struct WholeRecord {
  std::vector<std::string> subjects;
  std::vector<log::EventRef> events;  ///< whose bodies are here
};

/// States and lists what is left out from now on. Call it inside the transaction, which states it;
/// then `sweep_left_out`.
void list_left_out(Transaction& tx, Store& store, const std::vector<WholeRecord>& records,
                   const LeftOut& rule);
/// Removes the listed bodies and what was folded from them; how many bodies went. Resumes what a
/// crash cut off.
std::uint64_t sweep_left_out(Store& store);
/// Gives the freed pages back to the disk, where it is worth it and nobody is in the way.
void give_space_back(Store& store);

/// The listed records, by the number of their list, to which these subjects belong.
std::set<std::int64_t> left_out_records(Db& db, const std::vector<std::string>& subjects);
std::set<std::int64_t> all_left_out_records(Db& db);
/// The listed records that the events of a segment are about, or are tied to.
std::set<std::int64_t> left_out_touched(const Store& store, const log::SegmentFile& file);
/// Their bodies that are not here, and were not erased.
std::map<Uid, std::set<std::uint64_t>> bodies_left_out(Db& db,
                                                       const std::set<std::int64_t>& records);
/// "INC-42", or its subject.
std::string name_of_left_out(Db& db, std::int64_t record);

using BodiesByEvent = std::map<log::EventRef, log::SegmentBody>;

/// Stores the bodies of the records that are whole with them, and folds these; returns them. They
/// stay listed until `unlist`, so that a crash between leaves nothing that looks like tampering.
/// Throws Error{bad_data} when a body is not the one of its event.
std::set<std::int64_t> put_back(Store& store, const std::set<std::int64_t>& records,
                                const BodiesByEvent& bodies);
/// Takes records that are put back off the list, and states what is left on it. Call it inside the
/// transaction.
void unlist(Transaction& tx, Store& store, const std::set<std::int64_t>& records);

/// What an event states of a list.
struct LeftOutStatement {
  log::EventRef event;
  std::uint64_t bodies = 0;
  std::string digest;
};
/// The newest of a replica, and the one that this file goes by.
std::optional<LeftOutStatement> newest_statement(Db& db, const Uid& replica);
std::optional<LeftOutStatement> statement_here(Db& db);

/// Of the list as it is: SHA-256 over the hashes of its events, in their order of arrival here.
std::string left_out_digest(Db& db);

}  // namespace nines::store
