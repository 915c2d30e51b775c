// Random commands over every aggregate, few enough subjects that they meet.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/compress.hpp"
#include "base/entropy.hpp"
#include "domain/catalog/change.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/totals.hpp"
#include "store/changes.hpp"
#include "store/db.hpp"
#include "store/definitions.hpp"
#include "store/holds.hpp"
#include "store/import.hpp"
#include "store/incident_events.hpp"
#include "store/maintenance.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/log/undo.hpp"
#include "usecases/session.hpp"

namespace nines::test {

/// What a number says to do, over few enough subjects that commands meet.
class Driver {
 public:
  explicit Driver(usecases::Session& session) : session_(session) {}

  /// Neither undo nor redo.
  static bool is_plain(std::uint16_t code) { return code % 15 < 13; }

  void run(std::uint16_t code) {
    const auto key = std::to_string(code / 16 % 3);
    try {
      switch (code % 15) {
        case 0:
        case 1:
          apply(key, std::to_string(code));
          break;
        case 2:
          commit({store::definition_retired("SLO", key)});
          break;
        case 3:
          change(key, code);
          break;
        case 4:
          hold();
          break;
        case 5:
          release(code);
          break;
        case 6:
          batch(key, code);
          break;
        case 7:
        case 8:
          import(key, code);
          break;
        case 9:
        case 10:
          open_incident(code);
          break;
        case 11:
        case 12:
          edit_incident(code);
          break;
        case 13:
          usecases::undo(session_, std::nullopt, false);
          break;
        default:
          usecases::redo(session_, std::nullopt, false);
          break;
      }
    } catch (const Error&) {
      // Nothing to undo or redo, or a later change lies on top: all of them leave things as they
      // were.
    }
  }

  void open_incident(std::uint16_t code) {
    SystemEntropy entropy;
    incident::Incident opened;
    opened.uid = Uid::make(session_.now(), entropy);
    opened.title = "incident " + std::to_string(code);
    opened.services = {"checkout"};
    store::Transaction tx(session_.store(), session_.options().actor, "incident open",
                          std::nullopt);
    tx.append(store::incident_opened(opened, store::take_number(session_.store().db(), "INC")));
    tx.commit();
  }
  /// A field, a role, or a line of one of the oldest incidents: machines meet there.
  void edit_incident(std::uint16_t code) {
    const auto uids = incidents();
    if (uids.empty()) return;
    const auto& uid = uids[code / 64 % std::min<std::size_t>(uids.size(), 2)];
    const auto value = std::to_string(code / 15 % 4 + 1);
    store::Transaction tx(session_.store(), session_.options().actor, "incident set",
                          std::nullopt);
    switch (code / 15 % 3) {
      case 0:
        tx.append(store::incident_field_set(uid, "severity", "SEV-3", "SEV-" + value));
        break;
      case 1:
        tx.append(store::incident_role_set(uid, "commander", "person " + value, "",
                                           session_.now()));
        break;
      default:
        tx.append(store::incident_entry_added(uid, entry(value)));
        break;
    }
    tx.commit();
  }

  void close_incident(std::uint16_t code) {
    const auto uids = incidents();
    if (uids.empty()) return;
    store::Transaction tx(session_.store(), session_.options().actor, "incident close",
                          std::nullopt);
    tx.append(store::incident_status_set(uids[code % uids.size()], incident::Status::triage,
                                         {incident::Status::closed, incident::Outcome::resolved},
                                         {.at = session_.now()}));
    tx.commit();
  }

 private:
  log::NewEvent definition(const std::string& key, const std::string& target) {
    store::NewDefinition d{
        .kind = "SLO", .name = key, .api_version = "openslo/v1", .path = "a.yaml", .document = {}};
    d.document.set("kind", "SLO").set("target", target);
    return store::definition_applied(d);
  }
  void apply(const std::string& key, const std::string& target) {
    commit({definition(key, target)});
  }
  void commit(const std::vector<log::NewEvent>& events) {
    store::Transaction tx(session_.store(), session_.options().actor, "test", "because");
    for (const auto& event : events) tx.append(event);
    tx.commit();
  }
  void change(const std::string& key, std::uint16_t code) {
    catalog::Change c;
    c.service = "checkout";
    c.system = "ci";
    c.reference = key;
    c.uid = catalog::change_uid(c.system, c.reference);
    c.version = std::to_string(code);
    c.start = from_epoch_micros(1'795'000'000'000'000 + code);
    store::Transaction tx(session_.store(), session_.options().actor, "rca changes add",
                          std::nullopt);
    if (store::find_change(session_.store(), c.uid))
      tx.append(store::change_amended(c));
    else
      tx.append(store::change_recorded(c, store::take_number(session_.store().db(), "CHG")));
    tx.commit();
  }
  void hold() {
    store::Transaction tx(session_.store(), session_.options().actor, "hold add", std::nullopt);
    store::place_hold(tx, session_.store(), "Acme v. us", "incident/");
    tx.commit();
  }
  std::vector<Uid> incidents() {
    std::vector<Uid> uids;
    auto rows = session_.store().db().query("SELECT uid FROM incident ORDER BY uid");
    while (rows.step()) uids.push_back(rows.uid(0));
    return uids;
  }
  incident::Entry entry(const std::string& text) {
    SystemEntropy entropy;
    incident::Entry line;
    line.uid = Uid::make(session_.now(), entropy);
    line.number = 1;  // as machines that are apart do
    line.text = "line " + text;
    line.when.at = session_.now();
    return line;
  }
  void release(std::uint16_t code) {
    const auto holds = store::read_holds(session_.store());
    if (holds.empty()) return;
    store::Transaction tx(session_.store(), session_.options().actor, "hold release", std::nullopt);
    store::release_hold(tx, holds[code / 16 % holds.size()].uid);
    tx.commit();
  }
  /// An import of a few minutes of one or two days, for two services; times may be anybody's.
  void import(const std::string& key, std::uint16_t code) {
    store::ImportStage stage(session_.store());
    store::ImportRecord record;
    record.uid = stage.begin_run();
    record.source = "web-" + key;
    record.origin = code / 64 % 4 == 0 ? "host-" + std::to_string(code / 256 % 2) : "";
    record.rules = {{record.source, {}, "status < 500", "true", {}, {}}};
    const int day = 20'000 + code / 16 % 4;
    record.first = day * std::int64_t{1440} + code / 32 % 1300;
    const int days = 1 + code / 128 % 2;
    for (int i = 0; i < days; ++i)
      for (const auto* service : {"shop", "cart"})
        stage.add({part(record, service, day + i, static_cast<int>(record.first % 1440), code)});
    record.last = record.first + (days - 1) * 1440 + kMinutes - 1;
    stage.end_run(std::to_string(code));
    record.segments_hash = to_hex(xxh3_128(std::to_string(code)));
    record.rows = record.parts = stage.parts();
    record.part_bytes = stage.bytes();
    record.manifest = stage.manifest();
    store::Transaction tx(session_.store(), session_.options().actor, "slo import", std::nullopt);
    stage.announced();
    tx.append(store::measurement_imported(record));
    tx.commit();
  }
  static store::NewPart part(const store::ImportRecord& record, const std::string& service, int day,
                             int minute, std::uint16_t code) {
    series::DayPart counts;
    for (int m = minute; m < minute + kMinutes; ++m)
      counts.minutes[static_cast<std::size_t>(m)] = {code % 7U, code % 7U + 1U};
    const series::ActiveMinutes active(counts);
    store::NewPart part;
    part.key = record.rules[0];
    part.key.service = service;
    part.day = day;
    part.codec = series::kPartCodec;
    std::string bytes;
    series::encode(bytes, counts, active);
    Compressor().compress(bytes, part.frame);
    part.hash = sha256(part.frame);
    part.hours = series::encode(series::hour_sums(counts, active));
    part.first_minute = minute;
    part.last_minute = minute + kMinutes - 1;
    return part;
  }
  void batch(const std::string& key, std::uint16_t code) {
    commit({definition(key, std::to_string(code)), definition(key + "x", "0.9"),
            definition(key, "0.5")});
  }

  static constexpr int kMinutes = 9;
  usecases::Session& session_;
};

}  // namespace nines::test
