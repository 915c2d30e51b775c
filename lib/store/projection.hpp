// How events become tables: each kind names its fold, and whether it can be taken back.
//
// A projection is a fold over the live events of one subject in (hlc, replica, seq) order. An event
// newer than all others of its subject is folded onto the rows that are there; anything else (an
// undo, a redo, an event that arrives late from another replica) clears the subject's rows and
// folds them anew. So undo, exchange, as-of reading and rebuild are the same mechanism.
//
// To add an aggregate: one file pair in lib/store with a function `const Aggregate& x_aggregate()`
// that names its kinds, its `clear` and its tables, and one row in projections.cpp. `tables` is the
// DDL of what the fold writes: disposable, rebuilt from the log, created again in memory for
// `--as-of`. `content` is the DDL of what only the events' hashes vouch for (blobs): kept as it is
// by a rebuild, and read from the file itself under `--as-of`. Migration 1 is the log's own tables
// plus those of every aggregate; after a release a change to them is a new migration instead.
// Statements name tables without a schema, and order explicitly: rows come in any order otherwise.
// A fold never sees an erased event, nor one that is undone. What people should find by `nines
// search` is put in with one line more, `put_text` (search.hpp).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"

namespace nines::store {

class Db;

/// One event kind.
struct Projection {
  std::string_view kind;
  /// Writes the event's effect into the tables. Must depend on nothing but the subject's rows.
  void (*apply)(Db& db, const log::Event& event);
  /// The fields the event sets, such as "definition" or "severity": undo refuses (conflict) when a
  /// later live event of the subject shares one. Null = the whole subject.
  std::vector<std::string> (*fields)(const log::Event& event) = nullptr;
  /// Why it can never be undone; empty = it can.
  std::string_view irreversible = {};
};

/// The kinds of one aggregate, and how to forget one subject.
struct Aggregate {
  std::string_view prefix;  ///< of subjects: "change/"
  std::span<const Projection> kinds;
  void (*clear)(Db& db, std::string_view subject);
  std::string_view tables = {};   ///< CREATE statements of the projection
  std::string_view content = {};  ///< CREATE statements of stored content that no event can remake
  /// Records of this kind may be left at a place once they are old (left_out.hpp), but those whose
  /// identifiers this SELECT names; null = they always stay.
  std::optional<std::string_view> unfinished = std::nullopt;
};

/// Of kinds that only the rest of their record keeps open: what lies in it is over when it happened.
inline constexpr std::string_view kNothingUnfinished = "SELECT NULL WHERE 0";

/// Every aggregate of this version; the list is in projections.cpp.
std::span<const Aggregate> aggregates();

}  // namespace nines::store
