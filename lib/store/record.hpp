// The shape that most aggregates share: records with a short number, one row each by their uid.
//
//   constexpr RecordKind kChange{"change/", "CHG", "DELETE FROM change WHERE uid = ?"};
//   Aggregate{kChange.subjects, kKinds, clear_record<kChange>, "CREATE TABLE change ..."}
//
// The event that creates one carries its number (numbers.hpp); its fold writes the row, then calls
// `name_record`. A later event of the subject updates the row by `record_uid`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/uid.hpp"
#include "domain/log/event.hpp"

namespace nines::store {

class Db;

struct RecordKind {
  std::string_view subjects;  ///< what their subjects begin with: "change/"
  std::string_view prefix;    ///< of their numbers: "CHG"
  std::string_view remove;    ///< deletes the row with the uid bound to it
};

std::string subject_of(const RecordKind& kind, const Uid& uid);
/// The uid in a subject; empty when a foreign writer put something else there.
std::optional<Uid> record_uid(std::string_view subject);

/// Gives the record the number in the event's body. Two machines may create the same record: the
/// number of the first one stays.
void name_record(Db& db, const RecordKind& kind, const log::Event& event);

void forget_record(Db& db, const RecordKind& kind, std::string_view subject);

/// The `clear` of an aggregate of such records.
template <const RecordKind& kKind>
void clear_record(Db& db, std::string_view subject) {
  forget_record(db, kKind, subject);
}

}  // namespace nines::store
