// Reads back what a place has, and only then lets go of it here.
#include "usecases/log/sync_records.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/json.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/history.hpp"
#include "store/holds.hpp"
#include "store/left_out.hpp"
#include "store/numbers.hpp"
#include "store/old_records.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

using Wanted = std::map<Uid, std::set<std::uint64_t>>;

constexpr std::size_t kBodiesAtOnce = 50'000;   ///< held in memory
constexpr std::uint64_t kWorthSkipping = 8000;  ///< events between two that are wanted
constexpr std::string_view kEverything = "all";
constexpr std::string_view kAskedFor = "records asked for";

/// The bodies of these events, as far as the place gives them in clear.
void read_bodies(log::Exchange& exchange, const Wanted& wanted,
                 const std::function<void(const log::EventRef&, const log::SegmentBody&)>& take) {
  for (const auto& of_one : wanted) {
    const auto& replica = of_one.first;  // names that a lambda may use, for clang 14 too
    const auto& seqs = of_one.second;
    auto next = seqs.begin();
    while (next != seqs.end()) {
      const auto start = *next;
      exchange.get(replica, start, [&](const log::SegmentFile& file) {
        const auto bodies =
            file.bodies.empty() ? std::optional(file.body_list) : log::decode_bodies(file.bodies);
        if (bodies)
          for (const auto& body : *bodies)
            if (body.sealed.empty() && seqs.contains(body.seq)) take({replica, body.seq}, body);
        next = seqs.upper_bound(file.name.last);
        return next != seqs.end() && *next - file.name.last < kWorthSkipping;
      });
      if (next != seqs.end() && *next == start) return;  // it has no more of them
    }
  }
}

std::vector<std::set<std::int64_t>> batches_of(store::Db& db,
                                               const std::set<std::int64_t>& records) {
  std::vector<std::set<std::int64_t>> batches;
  std::size_t bodies = kBodiesAtOnce;
  for (const auto record : records) {
    if (bodies >= kBodiesAtOnce) {
      batches.emplace_back();
      bodies = 0;
    }
    batches.back().insert(record);
    for (const auto& [replica, seqs] : store::bodies_left_out(db, {record})) bodies += seqs.size();
  }
  return batches;
}

store::Transaction start_tx(Session& session) {
  const auto& o = session.options();
  return store::Transaction(session.store(), o.actor, o.command, o.because);
}

/// Names of what somebody asked for, which stay until there is another rule.
std::vector<std::string> asked_for(store::Db& db) {
  std::vector<std::string> subjects;
  const auto text = store::local_fact(db, kAskedFor).value_or("[]");
  const auto json = Json::parse(text, "the records that were asked for");
  for (const auto& one : json.as_array()) subjects.push_back(one.as_string());
  return subjects;
}

void remember_asked(store::Db& db, const std::vector<std::string>& subjects) {
  auto all = asked_for(db);
  for (const auto& subject : subjects)
    if (std::ranges::find(all, subject) == all.end()) all.push_back(subject);
  auto json = Json::array();
  for (const auto& subject : all) json.push(subject);
  store::set_local_fact(db, kAskedFor, json.canonical());
}

Instant bound_of(const std::string& since, Instant now) {
  if (const auto at = parse_rfc3339(since)) return *at;
  if (const auto age = parse_duration(since)) return now - *age;
  throw Error(ExitCode::usage, "'" + since + "' is no age and no time",
              "an age such as 90d, a time, or all", "BAD_VALUE");
}

/// Listed records over which a hold stands by now: they belong here.
std::set<std::int64_t> held_records(const store::Store& store) {
  std::vector<std::string> held;
  auto& db = store.db();
  auto holds = store::read_holds(store);
  std::erase_if(holds, [](const store::Hold& hold) { return hold.released_at.has_value(); });
  if (holds.empty()) return {};
  auto rows = db.query("SELECT subject FROM left_out_subject");
  while (rows.step()) {
    const auto subject = rows.text(0);
    if (std::ranges::any_of(holds,
                            [&](const store::Hold& hold) { return store::covers(hold, subject); }))
      held.push_back(subject);
  }
  return store::left_out_records(db, held);
}

/// Of old records, those whose bodies the place gives when it is asked, each checked by its hash.
std::vector<store::WholeRecord> seen_there(const store::Store& store, log::Exchange& exchange,
                                           std::vector<store::WholeRecord> records,
                                           std::optional<std::uint64_t> seen_from) {
  auto& db = store.db();
  const auto came_now = [&](const log::EventRef& ref) {
    return seen_from && ref.replica != store.replica() &&
           static_cast<std::uint64_t>(store::number_of_event(db, ref)) > *seen_from;
  };
  Wanted wanted;
  for (const auto& record : records)
    for (const auto& ref : record.events)
      if (!came_now(ref)) wanted[ref.replica].insert(ref.seq);
  std::set<log::EventRef> seen;
  read_bodies(exchange, wanted, [&](const log::EventRef& ref, const log::SegmentBody& body) {
    auto row =
        db.query("SELECT body_hash FROM event WHERE replica = ? AND seq = ?", ref.replica, ref.seq);
    if (row.step() && row.hash256(0) == log::body_hash(body.salt, body.json)) seen.insert(ref);
  });
  std::erase_if(records, [&](const store::WholeRecord& record) {
    return !std::ranges::all_of(record.events, [&](const log::EventRef& ref) {
      return came_now(ref) || seen.contains(ref);
    });
  });
  return records;
}

/// What people asked for is no matter of age.
void keep_asked(store::Db& db, std::vector<store::WholeRecord>& records) {
  const auto subjects = asked_for(db);
  std::erase_if(records, [&](const store::WholeRecord& record) {
    return std::ranges::any_of(record.subjects, [&](const std::string& subject) {
      return std::ranges::find(subjects, subject) != subjects.end();
    });
  });
}

void leave_old(Session& session, log::Exchange& exchange, store::LeftOut rule,
               std::optional<std::uint64_t> seen_from, bool dry_run, SyncRecords& report) {
  auto& store = session.store();
  rule.bound = bound_of(rule.since, session.now());
  auto records = store::old_records(store, rule.bound);
  keep_asked(store.db(), records);
  const auto old = records.size();
  if (dry_run) {
    report.left = old;
    return;
  }
  const auto there = seen_there(store, exchange, std::move(records), seen_from);
  report.left = there.size();
  report.unseen = old - there.size();
  if (there.empty()) {
    const auto now = store::left_out(store.db()).value_or(store::LeftOut{});
    rule.records = now.records;
    rule.bodies = now.bodies;
    rule.event = now.event;
    if (now.since != rule.since || now.place != rule.place)
      store::set_left_out_rule(store.db(), rule);
  } else {
    auto tx = start_tx(session);
    store::list_left_out(tx, store, there, rule);
    tx.commit();
  }
  if (store::sweep_left_out(store) > 0) store::give_space_back(store);
}

void tell_rest(store::Db& db, SyncRecords& report) {
  const auto rule = store::left_out(db);
  if (!rule) return;
  report.since = rule->since == kEverything ? "" : rule->since;
  report.bound = rule->bound;
  report.place = rule->place;
  report.elsewhere = rule->records;
  report.bodies = rule->bodies;
}

std::set<std::int64_t> asked_records(store::Store& store, const RecordsAsked& asked) {
  auto& db = store.db();
  if (asked.since == kEverything) return store::all_left_out_records(db);
  std::vector<std::string> subjects;
  for (const auto& name : asked.records) subjects.push_back(store::find_subject(store, name));
  auto records = store::left_out_records(db, subjects);
  records.merge(held_records(store));
  return records;
}

}  // namespace

std::set<std::int64_t> bring_records(Session& session, log::Exchange& exchange,
                                     const std::set<std::int64_t>& records) {
  auto& store = session.store();
  auto& db = store.db();
  std::set<std::int64_t> whole;
  for (const auto& batch : batches_of(db, records)) {
    store::BodiesByEvent bodies;
    read_bodies(exchange, store::bodies_left_out(db, batch),
                [&](const log::EventRef& ref, const log::SegmentBody& body) {
                  bodies.insert_or_assign(ref, body);
                });
    whole.merge(store::put_back(store, batch, bodies));
  }
  if (!whole.empty()) {
    auto tx = start_tx(session);
    store::unlist(tx, store, whole);
    tx.commit();
  }
  std::set<std::int64_t> missing;
  std::ranges::set_difference(records, whole, std::inserter(missing, missing.end()));
  return missing;
}

std::vector<std::string> bring_touched(Session& session, log::Exchange& exchange,
                                       const log::SegmentFile& file, SyncRecords& report) {
  const auto touched = store::left_out_touched(session.store(), file);
  if (touched.empty()) return {};
  const auto missing = bring_records(session, exchange, touched);
  report.back += touched.size() - missing.size();
  std::vector<std::string> names;
  for (const auto record : missing)
    names.push_back(store::name_of_left_out(session.store().db(), record));
  return names;
}

void check_records_asked(const Session& session, const RecordsAsked& asked,
                         const std::string& remote) {
  auto& db = session.store().db();
  if (asked.since && asked.since != kEverything) {
    bound_of(*asked.since, session.now());
    const auto rule = store::left_out(db);
    if (rule && rule->records > 0 && rule->remote != remote)
      throw Error(ExitCode::conflict,
                  "the records that are not here are at " + rule->place + ", and not at this place",
                  "nines sync " + rule->place +
                      " --records-since all brings them; then leave them "
                      "where you like",
                  "RECORDS_ELSEWHERE");
  }
  for (const auto& name : asked.records) store::find_subject(session.store(), name);
}

void settle_records(Session& session, log::Exchange& exchange, const std::string& place,
                    const RecordsAsked& asked, std::optional<std::uint64_t> seen_from, bool dry_run,
                    SyncRecords& report) {
  auto& store = session.store();
  auto& db = store.db();
  const auto remote = exchange.identity().to_string();
  const auto wanted = asked_records(store, asked);
  if (!dry_run) {
    if (asked.since) store::set_local_fact(db, kAskedFor, "[]");
    std::vector<std::string> subjects;
    for (const auto& name : asked.records) subjects.push_back(store::find_subject(store, name));
    if (!subjects.empty()) remember_asked(db, subjects);
    const auto missing = wanted.empty() ? wanted : bring_records(session, exchange, wanted);
    report.back += wanted.size() - missing.size();
    for (const auto record : missing) report.missing.push_back(store::name_of_left_out(db, record));
  } else {
    report.back = wanted.size();
  }
  auto rule = store::left_out(db).value_or(store::LeftOut{});
  if (asked.since) {
    const bool moved = rule.remote != remote;
    rule.since = *asked.since;
    if (rule.records == 0 || !moved) {
      rule.place = place;
      rule.remote = remote;
    }
    if (*asked.since == kEverything && !dry_run) store::set_left_out_rule(db, rule);
  }
  if (rule.remote == remote) {
    if (rule.place != place) rule.place = place;
    if (!rule.since.empty() && rule.since != kEverything)
      leave_old(session, exchange, rule, seen_from, dry_run, report);
  }
  tell_rest(db, report);
}

}  // namespace nines::usecases
