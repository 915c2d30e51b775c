// Goes through the runs from the earliest on, and keeps what fits beside those that count already.
#include "store/live_runs.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "base/json.hpp"
#include "store/db.hpp"
#include "store/series_tables.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

constexpr std::int64_t kGrace = 2;  ///< minutes: a rotated log ends where the next begins

struct Run {
  Uid uid;
  std::optional<std::int64_t> counted;
  std::optional<std::int64_t> here;  ///< its number, when its parts are here, all of them
  Uid replica;
  std::string origin;
  std::string continues;
  bool stated = false;
  std::string rules;  ///< of 16 bytes each; empty when it has no rows
  std::int64_t first = 0;
  std::int64_t last = 0;
};

std::vector<Run> runs_of(Db& db, std::string_view source) {
  std::vector<Run> runs;
  auto rows = db.query(
      "SELECT i.uid, i.run, r.id, i.replica, i.origin, i.continues, i.stated, i.rules, i.first, "
      "i.last FROM import_run i LEFT JOIN run r ON r.uid = i.uid AND r.announced = 1 WHERE "
      "i.source = ? ORDER BY i.uid",
      source);
  while (rows.step()) {
    Run run{rows.uid(0),  std::nullopt,         std::nullopt, rows.uid(3),     rows.text(4),
            rows.text(5), rows.integer(6) != 0, rows.blob(7), rows.integer(8), rows.integer(9)};
    if (!rows.null(1)) run.counted = rows.integer(1);
    if (!rows.null(2)) run.here = rows.integer(2);
    runs.push_back(std::move(run));
  }
  return runs;
}

bool share_rule(const Run& a, const Run& b) {
  constexpr std::size_t kSize = 16;
  for (std::size_t i = 0; i + kSize <= a.rules.size(); i += kSize)
    for (std::size_t k = 0; k + kSize <= b.rules.size(); k += kSize)
      if (a.rules.compare(i, kSize, b.rules, k, kSize) == 0) return true;
  return false;
}

/// `run` goes on, in one step or several, from the file of `earlier`.
bool goes_on_from(const Run& run, const Run& earlier, const std::vector<Run>& runs) {
  const auto target = earlier.uid.to_string();
  auto at = run.continues;
  for (std::size_t steps = 0; !at.empty() && steps < runs.size(); ++steps) {
    if (at == target) return true;
    const auto next =
        std::ranges::find_if(runs, [&](const Run& r) { return r.uid.to_string() == at; });
    at = next == runs.end() ? std::string() : next->continues;
  }
  return false;
}

bool in_the_way(const Run& counted, const Run& run, const std::vector<Run>& runs) {
  const auto shared = std::min(counted.last, run.last) - std::max(counted.first, run.first) + 1;
  return counted.replica != run.replica && shared > kGrace && counted.origin == run.origin &&
         share_rule(counted, run) && !goes_on_from(run, counted, runs);
}

bool several_replicas(Db& db, std::string_view source) {
  return db
      .integer(
          "SELECT 1 WHERE (SELECT min(replica) FROM import_run WHERE source = ?1) <> "
          "(SELECT max(replica) FROM import_run WHERE source = ?1)",
          source)
      .has_value();
}

void let_count(Db& db, const Uid& uid, std::optional<std::int64_t> run) {
  db.run("UPDATE import_run SET run = ? WHERE uid = ?", run, uid);
}

/// The usual case: what is here counts.
void settle_own(Db& db, std::string_view source) {
  std::vector<std::pair<Uid, std::int64_t>> fresh;
  {
    auto rows = db.query(
        "SELECT i.uid, r.id FROM import_run i JOIN run r ON r.uid = i.uid "
        "WHERE r.announced = 1 AND i.source = ? AND i.run IS NULL ORDER BY i.uid",
        source);
    while (rows.step()) fresh.emplace_back(rows.uid(0), rows.integer(1));
  }
  for (const auto& [uid, run] : fresh) let_count(db, uid, run);
  for (const auto& [uid, run] : fresh) refresh_totals_of_run(db, run);
}

}  // namespace

void settle_runs(Db& db, std::string_view source) {
  if (!several_replicas(db, source)) return settle_own(db, source);
  const auto runs = runs_of(db, source);
  std::vector<const Run*> counting;
  std::vector<std::int64_t> moved;
  for (const auto& run : runs) {
    const bool blocked = !run.stated && std::ranges::any_of(counting, [&](const Run* counted) {
      return in_the_way(*counted, run, runs);
    });
    const auto wanted = blocked ? std::nullopt : run.here;
    if (wanted) counting.push_back(&run);
    if (wanted == run.counted) continue;
    let_count(db, run.uid, wanted);
    moved.push_back(*run.here);
  }
  for (const auto run : moved) refresh_totals_of_run(db, run);
}

std::vector<UnreadRun> unread_runs(const Store& store, std::string_view source) {
  std::vector<UnreadRun> unread;
  const auto minute = [](std::int64_t m) { return Instant{std::chrono::minutes{m}}; };
  auto rows = store.db().query(
      "SELECT i.uid, i.replica, i.source, i.body, i.first, i.last, r.id FROM import_run i "
      "LEFT JOIN run r ON r.uid = i.uid AND r.announced = 1 WHERE i.run IS NULL AND "
      "length(i.rules) > 0 "
      "AND (?1 = '' OR i.source = ?1) ORDER BY i.source, i.uid",
      source);
  while (rows.step())
    unread.push_back({rows.uid(0), rows.uid(1), rows.text(2),
                      Json::parse(rows.text(3), "an import's record").text("file"),
                      minute(rows.integer(4)), minute(rows.integer(5)), !rows.null(6)});
  return unread;
}

}  // namespace nines::store
