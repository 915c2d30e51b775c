// One row per reminder that was given.
#include "store/reminders.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "store/db.hpp"
#include "store/record.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kReminderSubjects = "reminder/";

/// The same on every machine, so that two of them remind of one thing once they have synced.
Uid hashed(const std::string& what_it_is, Instant due) {
  const auto digest = Sha256()
                          .add("nines reminder\n")
                          .add(what_it_is)
                          .add(std::to_string(epoch_micros(due)))
                          .finish();
  Uid uid;
  std::copy_n(digest.begin(), uid.bytes.size(), uid.bytes.begin());
  return uid;
}

Uid reminder_uid(const Reminder& r) {
  return hashed(r.kind + "\n" + r.about + "\n" + r.what + "\n", r.due);
}

/// As the first events were named, and still are in their logs: without what was due.
Uid former_uid_of(const Reminder& r) { return hashed(r.kind + "\n" + r.about + "\n", r.due); }

void apply_given(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run(
        "INSERT OR REPLACE INTO reminder (uid, kind, about, what, due, given, recipient, channel, "
        "result, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *uid, event.body.text("kind"), event.body.text("about"), event.body.text("what"),
        event.body.integer("due_us"), event.header.occurred_at, event.body.text("to"),
        event.body.text("channel"), event.body.text("result"), event.body.text("why"));
}

void apply_ended(Db& db, const log::Event& event) {
  if (const auto uid = record_uid(event.header.subject))
    db.run("UPDATE reminder SET result = ?, why = ? WHERE uid = ?", event.body.text("result"),
           event.body.text("why"), *uid);
}

std::string reminder_subject(const Reminder& reminder) {
  return std::string(kReminderSubjects) + reminder_uid(reminder).to_string();
}

constexpr std::string_view kReminderWentOut = "it went out to a person";

void clear_reminder(Db& db, std::string_view subject) {
  if (const auto uid = record_uid(subject)) db.run("DELETE FROM reminder WHERE uid = ?", *uid);
}

constexpr std::string_view kReminderTables = R"sql(
CREATE TABLE reminder (
  uid BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  what TEXT NOT NULL,
  due INTEGER NOT NULL,
  given INTEGER NOT NULL,
  recipient TEXT NOT NULL,
  channel TEXT NOT NULL,
  result TEXT NOT NULL,
  why TEXT NOT NULL
) WITHOUT ROWID;
)sql";

}  // namespace

const Aggregate& reminder_aggregate() {
  static const std::array kKinds{
      Projection{"reminder.given", apply_given},
      Projection{"reminder.intended", apply_given, nullptr, kReminderWentOut},
      Projection{"reminder.sent", apply_ended, nullptr, kReminderWentOut},
      Projection{"reminder.failed", apply_ended, nullptr, kReminderWentOut},
      Projection{"reminder.unresolved", apply_ended, nullptr, kReminderWentOut}};
  static const Aggregate kAggregate{kReminderSubjects, kKinds, clear_reminder, kReminderTables};
  return kAggregate;
}

log::NewEvent reminder_given(const Reminder& reminder) {
  const bool goes_out = reminder.result == "intended";
  log::NewEvent event{.kind = goes_out ? "reminder.intended" : "reminder.given",
                      .subject = reminder_subject(reminder),
                      .body = Json::object()};
  event.body.set("kind", reminder.kind)
      .set("about", reminder.about)
      .set("what", reminder.what)
      .set("due_us", epoch_micros(reminder.due));
  if (!reminder.to.empty()) event.body.set("to", reminder.to);
  if (!reminder.channel.empty()) event.body.set("channel", reminder.channel);
  if (!reminder.result.empty()) event.body.set("result", reminder.result);
  if (!reminder.why.empty()) event.body.set("why", reminder.why);
  return event;
}

log::NewEvent reminder_ended(const Reminder& reminder) {
  log::NewEvent event{.kind = "reminder." + reminder.result,
                      .subject = reminder_subject(reminder),
                      .body = Json::object()};
  event.body.set("result", reminder.result).set("why", reminder.why);
  return event;
}

bool was_given(const Store& store, const Reminder& reminder) {
  return store.db()
      .integer("SELECT 1 FROM reminder WHERE uid = ? OR (uid = ? AND what = ?)",
               reminder_uid(reminder), former_uid_of(reminder), reminder.what)
      .has_value();
}

std::vector<IntendedReminder> intended_reminders(const Store& store) {
  std::vector<IntendedReminder> found;
  auto rows = store.db().query(
      "SELECT kind, about, what, due, recipient, channel, result, why, given FROM reminder "
      "WHERE result = 'intended' ORDER BY given, uid");
  while (rows.step())
    found.push_back({{rows.text(0), rows.text(1), rows.text(2), rows.instant(3), rows.text(4),
                      rows.text(5), rows.text(6), rows.text(7)},
                     rows.instant(8)});
  return found;
}

bool is_intended(const Store& store, const Reminder& reminder) {
  return store.db()
      .integer("SELECT 1 FROM reminder WHERE uid = ? AND result = 'intended'",
               reminder_uid(reminder))
      .has_value();
}

}  // namespace nines::store
