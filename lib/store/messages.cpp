// One row per message.
#include "store/messages.hpp"

#include <array>

#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/record.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kMessageRecord{"message/", "MSG", "DELETE FROM message WHERE uid = ?"};

void apply_sent(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto& body = event.body;
  const auto incident = Uid::parse(body.text("incident"));
  if (!uid || !incident) return;
  const auto* time = body.find("time");
  db.run(
      "INSERT OR REPLACE INTO message (uid, incident, addressee, channel, text, sender, at, "
      "precision, time, recorded) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, *incident, body.text("to"), body.text("channel"), body.text("text"), body.text("by"),
      event.header.occurred_at, to_string(event.header.occurred_precision),
      time == nullptr ? std::string() : time->canonical(), event.header.recorded_at);
  put_text(db, event.header,
           {.kind = "message", .title = body.text("to"), .text = body.text("text")});
  name_record(db, kMessageRecord, event);
}

}  // namespace

const Aggregate& message_aggregate() {
  static const std::array kKinds{Projection{"message.sent", apply_sent}};
  static const Aggregate kAggregate{kMessageRecord.subjects, kKinds, clear_record<kMessageRecord>,
                                    R"sql(
CREATE TABLE message (
  uid BLOB PRIMARY KEY,
  incident BLOB NOT NULL,
  addressee TEXT NOT NULL,
  channel TEXT NOT NULL,
  text TEXT NOT NULL,
  sender TEXT NOT NULL,
  at INTEGER NOT NULL,
  precision TEXT NOT NULL,
  time TEXT NOT NULL,
  recorded INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX message_incident ON message (incident, at);
)sql",
                                    {}, kNothingUnfinished};
  return kAggregate;
}

std::vector<incident::Message> messages_of(const Store& store, const Uid& incident) {
  std::vector<incident::Message> messages;
  auto rows = store.db().query(
      "SELECT uid, addressee, channel, text, sender, at, precision, time, recorded FROM message "
      "WHERE incident = ? ORDER BY at, uid",
      incident);
  while (rows.step()) {
    incident::Message message;
    message.uid = rows.uid(0);
    message.name = name_of(store.db(), subject_of(kMessageRecord, message.uid));
    message.incident = incident;
    message.to = rows.text(1);
    message.channel = rows.text(2);
    message.text = rows.text(3);
    message.by = rows.text(4);
    const auto time = rows.text(7);
    message.when = incident::stated_time_from(
        time.empty() ? Json::object() : Json::parse(time), rows.instant(5),
        precision_from(rows.text(6)).value_or(Precision::exact));
    message.recorded_at = rows.instant(8);
    messages.push_back(std::move(message));
  }
  return messages;
}

log::NewEvent message_sent(const incident::Message& message, std::int64_t number) {
  log::NewEvent event{.kind = "message.sent",
                      .subject = subject_of(kMessageRecord, message.uid),
                      .body = Json::object(),
                      .occurred_at = message.when.at,
                      .occurred_precision = message.when.precision};
  event.body.set("number", number)
      .set("incident", message.incident.to_string())
      .set("to", message.to)
      .set("text", message.text)
      .set("by", message.by);
  if (!message.channel.empty()) event.body.set("channel", message.channel);
  if (auto time = incident::to_json(message.when); !time.as_object().empty())
    event.body.set("time", std::move(time));
  return event;
}

}  // namespace nines::store
