// One pass in the order of arrival; each replica's chain must run through it in its own order.
#include "store/verify.hpp"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/error.hpp"
#include "store/as_of.hpp"
#include "store/db.hpp"
#include "store/left_out.hpp"
#include "store/log_writer.hpp"
#include "store/schema.hpp"
#include "store/snapshot.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

/// Reads what may be damaged: no conversion here may throw the walk off.
class Walk {
 public:
  Walk(Db& db, const Uid& replica) : db_(db), replica_(replica) {}

  Verification run() {
    read_erasures();
    read_left_out();
    check_types();
    static const auto kAll = event_select("ORDER BY e.position");
    auto rows = db_.query(kAll);
    while (rows.step()) visit(rows);
    check_rest();
    // Events in their order first; what is about none of them comes last.
    std::stable_sort(result_.faults.begin(), result_.faults.end(),
                     [](const Fault& a, const Fault& b) {
                       return static_cast<std::uint64_t>(a.number - 1) <
                              static_cast<std::uint64_t>(b.number - 1);
                     });
    return std::move(result_);
  }

 private:
  void fault(std::string what, const log::EventHeader* h = nullptr, std::int64_t position = -1) {
    if (result_.faults.size() >= kMaxFaults) return;
    Fault f{position + 1, {}, {}, {}, std::move(what)};
    if (h != nullptr) {
      f.event = log::to_string(h->ref);
      f.kind = h->kind;
      f.subject = h->subject;
    }
    result_.faults.push_back(std::move(f));
  }

  /// Erasures count only as events of the log, not as rows of a table.
  void read_erasures() {
    auto rows = db_.query("SELECT target FROM event WHERE kind = 'log.erased'");
    while (rows.step())
      if (const auto ref = log::event_ref_from(rows.text(0))) erased_.insert(*ref);
  }

  /// A value of another type, or beyond what the header holds, may read the same and yet never be
  /// found again.
  void check_types() {
    auto rows = db_.query(
        "SELECT position FROM event WHERE typeof(replica) <> 'blob' OR typeof(seq) <> 'integer' OR "
        "typeof(hlc) <> 'integer' OR typeof(hlc_counter) <> 'integer' OR typeof(tx) <> 'blob' OR "
        "typeof(tx_index) <> 'integer' OR typeof(kind) <> 'text' OR typeof(kind_version) <> "
        "'integer' OR "
        "typeof(subject) <> 'text' OR typeof(target) <> 'text' OR typeof(actor) <> 'blob' OR "
        "typeof(occurred_at) <> 'integer' OR typeof(occurred_precision) <> 'text' OR "
        "typeof(recorded_at) <> 'integer' OR typeof(body_hash) <> 'blob' OR typeof(prev) <> 'blob' "
        "OR "
        "typeof(hash) <> 'blob' OR typeof(format) <> 'integer' OR "
        "hlc_counter NOT BETWEEN 0 AND 4294967295 OR tx_index NOT BETWEEN 0 AND 4294967295 OR "
        "kind_version NOT BETWEEN 0 AND 2147483647 OR format NOT BETWEEN 0 AND 2147483647 OR "
        "occurred_precision NOT IN ('exact', 'minute', 'about', 'unknown') "
        "UNION ALL SELECT position FROM body WHERE typeof(salt) <> 'blob' OR typeof(json) <> "
        "'text' "
        "ORDER BY position");
    while (rows.step()) fault("a column holds a value that no event has", nullptr, rows.integer(0));
  }

  void visit(const Query& row) {
    const auto position = position_at(row);
    if (position != expected_++) {
      fault(position >= expected_ ? "events before it are missing" : "it is out of order", nullptr,
            position);
      expected_ = position + 1;
    }
    ++result_.events;
    try {
      check_event(row, header_at(row), position);
    } catch (const Error&) {
      fault("a column has the wrong size", nullptr, position);
    }
  }

  void check_event(const Query& row, const log::EventHeader& h, std::int64_t position) {
    const auto hash = log::hash_of(h);
    const auto stored = stored_hash_at(row);
    auto& head = result_.heads[h.ref.replica];
    if (hash != stored) fault("its header was changed", &h, position);
    if (h.ref.seq != head.seq + 1)
      fault("it does not follow event " + std::to_string(head.seq) + " of its replica", &h,
            position);
    else if (h.prev != head.hash)
      fault("it does not chain to the event before it", &h, position);
    head = {h.ref.seq, stored};
    frontier_.append(leaf_of(stored), [&](int level, std::uint64_t number, const Hash256& node) {
      if (is_tile_level(level)) check_tile(level, number, node, h, position);
    });
    check_body(row, h, position);
  }

  void check_body(const Query& row, const log::EventHeader& h, std::int64_t position) {
    const bool erased = erased_.contains(h.ref);
    const bool listed = left_out_.contains(position);
    if (listed) {
      digest_.add(as_text(stored_hash_at(row)));
      --unseen_;
    }
    if (row.null(20)) {
      if (erased)
        ++result_.erased;
      else if (listed)
        ++result_.left_out;
      else
        fault("its body is missing, and no event erased it", &h, position);
      return;
    }
    ++result_.bodies;
    if (erased) fault("its body is there, though an event erased it", &h, position);
    const auto text = row.bytes(20);
    if (log::body_hash(row.hash128(19), as_text(text)) != h.body_hash)
      fault("its body was changed", &h, position);
  }

  /// The rows say which bodies are at a place; an event of the log says which rows there are.
  void read_left_out() {
    auto rows = db_.query("SELECT position FROM left_out");
    while (rows.step()) left_out_.insert(rows.integer(0));
    unseen_ = left_out_.size();
  }

  /// Not an older one, to which the list was set back. A copy goes by what its original stated when
  /// it was made.
  std::optional<LeftOutStatement> statement() {
    const bool copied = local_fact(db_, "mark") != file_mark(db_.path());
    const auto own = copied ? std::nullopt : newest_statement(db_, replica_);
    return own ? own : statement_here(db_);
  }

  void check_left_out() {
    const auto rule = left_out(db_);
    if (rule) result_.place = rule->place;
    if (left_out_.empty()) return;
    const auto stated = statement();
    const auto digest = to_hex(digest_.finish());
    if (!stated)
      fault("bodies are listed as left at a place, and no event states it");
    else if (stated->digest != digest || stated->bodies != left_out_.size() || unseen_ != 0)
      fault("the list of the bodies that were left at a place is not the one that event " +
            log::to_string(stated->event) + " states: some of them are missing for another reason");
    if (const auto row = db_.integer(
            "SELECT l.position FROM left_out l JOIN event e ON e.position = l.position WHERE "
            "e.subject NOT IN (SELECT subject FROM left_out_subject) LIMIT 1"))
      fault("its body is listed as left at a place, and its record is not", nullptr, *row);
  }

  void check_tile(int level, std::uint64_t number, const Hash256& node, const log::EventHeader& h,
                  std::int64_t position) {
    auto tile = db_.query("SELECT hash FROM tile WHERE level = ? AND number = ?", level, number);
    ++tiles_;
    if (!tile.step() || tile.blob(0) != as_text(node))
      fault("the Merkle tree says otherwise about the " + std::to_string(1ULL << level) +
                " events that end with it",
            &h, position);
  }

  void check_rest() {
    result_.root = frontier_.root();
    check_left_out();
    if (auto orphan = db_.integer("SELECT min(position) FROM body WHERE position NOT IN "
                                  "(SELECT position FROM event)"))
      fault("its body is there, and the event is not", nullptr, *orphan);
    if (db_.integer("SELECT count(*) FROM tile").value_or(0) != tiles_)
      fault("the Merkle tree has nodes that no event accounts for");
    std::optional<log::MerkleFrontier> kept;
    if (const auto bytes = local_fact(db_, "frontier"))
      kept = log::MerkleFrontier::from_bytes(*bytes);
    if (!kept && result_.events == 0) return;
    if (!kept)
      fault("the store has lost the right edge of its Merkle tree");
    else if (kept->size() > result_.events)
      fault("the log ended with event " + std::to_string(kept->size()) + " and that is missing",
            nullptr, static_cast<std::int64_t>(kept->size()) - 1);
    else if (*kept != frontier_)
      fault("the log's root is not the one that was kept with its last commit", nullptr,
            static_cast<std::int64_t>(result_.events) - 1);
  }

  Db& db_;
  Verification result_;
  log::MerkleFrontier frontier_;
  std::set<log::EventRef> erased_;
  Uid replica_;
  std::unordered_set<std::int64_t> left_out_;
  std::uint64_t unseen_ = 0;  ///< of them
  Sha256 digest_;
  std::int64_t expected_ = 0;
  std::int64_t tiles_ = 0;
};

}  // namespace

Verification verify_log(const Store& store) {
  // A writer beside us must not move the log's end under the walk.
  const Snapshot snapshot(store);
  return Walk(store.db(), store.replica()).run();
}

std::vector<std::string> differing_projections(const Store& store) {
  auto fresh = replay_beside(store.path(), std::nullopt);
  return differing_tables(fresh);
}

}  // namespace nines::store
