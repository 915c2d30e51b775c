// The engine that folds events into the projections' tables.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"
#include "store/projection.hpp"

namespace nines::store {

class Db;

/// The aggregate that owns a subject, by the prefix up to its first '/'; null when unknown here.
const Aggregate* aggregate_of(std::string_view subject);
/// The projection of an event; null when this version does not know the kind.
const Projection* projection_of(const log::EventHeader& header);

/// True for events about the log itself (undo, redo, erasure, who an actor is, keys): they belong
/// to no command that a person could take back.
bool is_bookkeeping(std::string_view kind);

/// Folds an event that has just been stored, wherever it belongs in the order.
void fold_event(Db& db, const log::Event& event);
/// The same for an event known to be live and later than every other of its subject.
void fold_newest(Db& db, const log::Event& event);

/// An event of the same subject that is here already comes after it.
bool is_late(Db& db, const log::EventHeader& header);

/// Clears the subject's rows and folds its live events anew.
void refold_subject(Db& db, std::string_view subject);

/// Folds the whole log into empty tables; how many events there were.
std::uint64_t fold_everything(Db& db);
/// Folds the events with a later hlc, in microseconds, onto tables that hold exactly all others.
std::uint64_t fold_since(Db& db, std::int64_t hlc);

struct UnknownKind {
  std::string kind;
  std::int64_t events = 0;
};
/// Kinds that newer replicas wrote and this version ignores.
std::vector<UnknownKind> unknown_kinds(Db& db);

}  // namespace nines::store
