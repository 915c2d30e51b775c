// Subjects, numbers and removal of numbered records.
#include "store/record.hpp"

#include "store/db.hpp"
#include "store/numbers.hpp"

namespace nines::store {

std::string subject_of(const RecordKind& kind, const Uid& uid) {
  return std::string(kind.subjects) + uid.to_string();
}

std::optional<Uid> record_uid(std::string_view subject) {
  return Uid::parse(subject.substr(subject.find('/') + 1));
}

void name_record(Db& db, const RecordKind& kind, const log::Event& event) {
  const auto& subject = event.header.subject;
  const auto uid = record_uid(subject);
  if (!uid || db.integer("SELECT 1 FROM number WHERE subject = ?", subject)) return;
  put_number(db, kind.prefix, event.body.integer("number"), *uid, subject);
}

void forget_record(Db& db, const RecordKind& kind, std::string_view subject) {
  if (const auto uid = record_uid(subject)) db.run(kind.remove, *uid);
  drop_numbers(db, subject);
}

}  // namespace nines::store
