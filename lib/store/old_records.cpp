// Subjects are joined to records by the identifiers in their events; a record goes whole, or stays.
#include "store/old_records.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/json.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/holds.hpp"
#include "store/left_out_rows.hpp"
#include "store/numbers.hpp"
#include "store/projection.hpp"
#include "store/record.hpp"
#include "store/store.hpp"
#include "store/uids_in_text.hpp"

namespace nines::store {
namespace {

struct UidHash {
  std::size_t operator()(const Uid& uid) const {
    std::size_t hash = 0;
    for (const auto byte : uid.bytes) hash = hash * 131 + byte;
    return hash;
  }
};

/// Identifiers that belong together, each named by one of them (union-find).
class Ties {
 public:
  std::size_t node(const Uid& uid) {
    const auto [found, fresh] = nodes_.try_emplace(uid, parent_.size());
    if (fresh) parent_.push_back(found->second);
    return found->second;
  }
  std::size_t root(std::size_t node) {
    while (parent_[node] != node) node = parent_[node] = parent_[parent_[node]];
    return node;
  }
  void join(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }
  std::size_t size() const { return parent_.size(); }

 private:
  std::unordered_map<Uid, std::size_t, UidHash> nodes_;
  std::vector<std::size_t> parent_;
};

struct Subject {
  std::string name;
  std::size_t node = 0;
};

class OldRecords {
 public:
  OldRecords(const Store& store, Instant bound)
      : store_(store), db_(store.db()), bound_(epoch_micros(bound)) {}

  std::vector<WholeRecord> find() {
    read_staying();
    read_subjects();
    tie_by_bodies();
    keep_unfinished();
    keep_undone_lately();
    return collect();
  }

 private:
  /// Identifiers of what always stays, people above all: they tie nothing together.
  void read_staying() {
    auto rows = db_.query("SELECT DISTINCT subject FROM event");
    while (rows.step()) {
      const auto subject = rows.text(0);
      if (may_be_left_out(subject)) continue;
      if (const auto uid = record_uid(subject)) staying_.insert(*uid);
    }
    auto actors = db_.query("SELECT uid FROM actor");
    while (actors.step()) staying_.insert(actors.uid(0));
  }

  void read_subjects() {
    const auto holds = standing_holds();
    auto rows = db_.query("SELECT subject, max(hlc) FROM event GROUP BY subject ORDER BY subject");
    while (rows.step()) {
      auto name = rows.text(0);
      if (!may_be_left_out(name)) continue;
      const auto uid = record_uid(name);
      if (!uid || is_left_out(db_, name)) continue;
      const auto node = ties_.node(*uid);
      if (rows.integer(1) >= bound_ || is_held(name, holds)) keep(node);
      subjects_.push_back({std::move(name), node});
    }
  }

  std::vector<Hold> standing_holds() const {
    auto holds = read_holds(store_);
    std::erase_if(holds, [](const Hold& hold) { return hold.released_at.has_value(); });
    return holds;
  }

  static bool is_held(std::string_view subject, const std::vector<Hold>& holds) {
    return std::ranges::any_of(holds, [&](const Hold& hold) { return covers(hold, subject); });
  }

  void keep(std::size_t node) { kept_.push_back(node); }

  void tie_by_bodies() {
    auto rows = db_.query(
        "SELECT e.subject, e.kind, b.json FROM event e JOIN body b ON b.position = e.position "
        "ORDER BY e.position");
    while (rows.step()) {
      const auto subject = rows.text(0);
      if (!may_be_left_out(subject)) continue;
      const auto uid = record_uid(subject);
      if (!uid) continue;
      const auto node = ties_.node(*uid);
      const auto kind = rows.text(1);
      const auto body = rows.text(2);
      for_each_uid(body, [&](const Uid& other) {
        if (other != *uid && !staying_.contains(other)) ties_.join(node, ties_.node(other));
      });
      if (kind == "incident.linked") tie_by_name(node, Json::parse(body).text("target"));
      log::EventHeader header;
      header.kind = kind;
      header.subject = subject;
      if (projection_of(header) == nullptr) keep(node);  // nobody here knows what it means
    }
  }

  /// A link may say "CHG-7".
  void tie_by_name(std::size_t node, const std::string& target) {
    const auto dash = target.find('-');
    if (dash == std::string::npos || dash > 6) return;
    for (const auto& one : find_numbered(db_, target.substr(0, dash), target))
      ties_.join(node, ties_.node(one.uid));
  }

  void keep_unfinished() {
    for (const auto& aggregate : aggregates()) {
      if (!aggregate.unfinished) continue;
      auto rows = db_.query(*aggregate.unfinished);
      while (rows.step())
        if (!rows.null(0)) keep(ties_.node(rows.uid(0)));
    }
  }

  /// Taken back, or brought again: news of everything that the command was about.
  void keep_undone_lately() {
    auto rows = db_.query(
        "SELECT target FROM event WHERE kind IN ('log.undone', 'log.redone') AND hlc >= ?", bound_);
    while (rows.step()) {
      const auto tx = Uid::parse(rows.text(0));
      if (!tx) continue;
      auto subjects = db_.query("SELECT DISTINCT subject FROM event WHERE tx = ?", *tx);
      while (subjects.step())
        if (const auto uid = record_uid(subjects.text(0))) keep(ties_.node(*uid));
    }
  }

  std::vector<WholeRecord> collect() {
    std::vector<bool> stays(ties_.size(), false);
    for (const auto node : kept_) stays[ties_.root(node)] = true;
    std::map<std::size_t, WholeRecord> records;
    for (auto& subject : subjects_) {
      const auto root = ties_.root(subject.node);
      if (!stays[root]) records[root].subjects.push_back(std::move(subject.name));
    }
    std::vector<WholeRecord> found;
    for (auto& [root, record] : records) {
      for (const auto& subject : record.subjects) add_events(record, subject);
      if (!record.events.empty()) found.push_back(std::move(record));
    }
    return found;
  }

  void add_events(WholeRecord& record, const std::string& subject) {
    auto rows = db_.query(
        "SELECT e.replica, e.seq FROM event e JOIN body b ON b.position = e.position "
        "WHERE e.subject = ? ORDER BY e.position",
        subject);
    while (rows.step())
      record.events.push_back({rows.uid(0), static_cast<std::uint64_t>(rows.integer(1))});
  }

  const Store& store_;
  Db& db_;
  std::int64_t bound_;
  Ties ties_;
  std::unordered_set<Uid, UidHash> staying_;
  std::vector<Subject> subjects_;
  std::vector<std::size_t> kept_;
};

}  // namespace

std::vector<WholeRecord> old_records(const Store& store, Instant bound) {
  return OldRecords(store, bound).find();
}

}  // namespace nines::store
