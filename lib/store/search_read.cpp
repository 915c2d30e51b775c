// Asking the index: ranked when that is affordable, else the newest; with snippets.
#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

// Kinds come as one text of lines and subjects as one of JSON, so that the statement stays the same
// for any number of them. Rows are numbered by day: times limit the walk through the index.
constexpr std::string_view kWithinDays =
    "search MATCH ?1 AND search.rowid >= ?2 AND search.rowid < ?3 ";
constexpr std::string_view kConditions =
    "(?4 = '' OR instr(?4, char(10) || s.kind || char(10)) > 0) AND "
    "(?5 IS NULL OR s.at >= ?5) AND (?6 IS NULL OR s.at < ?6) AND "
    "(?7 IS NULL OR s.subject IN (SELECT value FROM json_each(?7))) ";

/// More texts than most days bring.
constexpr std::size_t kOneDay = 500;

struct Bounds {
  std::int64_t from = 0;
  std::int64_t to = std::numeric_limits<std::int64_t>::max();
};

Bounds bounds_of(const SearchQuery& query) {
  Bounds bounds;
  if (query.since) bounds.from = first_row_of(*query.since);
  if (query.until) bounds.to = first_row_of(*query.until + std::chrono::days{1});
  return bounds;
}

/// The query as its statements bind it.
struct Asked {
  const SearchQuery& query;
  Bounds bounds;
  std::string kinds;
  std::optional<std::string> subjects;

  bool has_conditions() const {
    return !kinds.empty() || query.since || query.until || subjects.has_value();
  }
  template <class... More>
  Query bind(Db& db, std::string_view sql, const More&... more) const {
    return db.query(sql, query.expression, bounds.from, bounds.to, kinds, query.since, query.until,
                    subjects, more...);
  }
};

std::string kind_lines(const std::vector<std::string>& kinds) {
  return kinds.empty() ? std::string() : "\n" + join(kinds, "\n") + "\n";
}

/// As of a time before, the rows were replayed into memory; the index over them is made when asked.
void require_index(const Store& store) {
  if (!store.state().options.as_of) return;
  store.db().script("PRAGMA query_only=0");
  index_texts(store.db());
  store.db().script("PRAGMA query_only=1");
}

/// Texts with the words within those days, up to one more than can be ranked: no row is read.
std::uint64_t count_of_words(Db& db, const Asked& asked) {
  static const auto kCount =
      "SELECT count(*) FROM (SELECT 1 FROM search WHERE " + std::string(kWithinDays) + "LIMIT ?4)";
  const auto count = db.integer(kCount, asked.query.expression, asked.bounds.from, asked.bounds.to,
                                kMostRanked + 1);
  return static_cast<std::uint64_t>(count.value_or(0));
}

SearchHit hit_at(Db& db, const Query& row) {
  return {
      row.text(0), name_of(db, row.text(0)), row.text(1), row.instant(2), row.uid(3), row.text(4),
      row.text(5)};
}

constexpr std::string_view kHitColumns =
    "SELECT s.subject, s.kind, s.at, s.tx, s.title, snippet(search, -1, char(1), char(2), '…', 16) "
    "FROM search JOIN search_text s ON s.id = search.rowid WHERE ";

/// All that match, the best first: bm25 reads the whole list of each word.
void rank(Db& db, const Asked& asked, SearchAnswer& answer) {
  static const auto kCount =
      "SELECT count(*) FROM search JOIN search_text s ON s.id = search.rowid "
      "WHERE " +
      std::string(kWithinDays) + "AND " + std::string(kConditions);
  static const auto kBest = std::string(kHitColumns) + std::string(kWithinDays) + "AND " +
                            std::string(kConditions) +
                            "AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank LIMIT ?8";
  if (asked.has_conditions()) {
    auto count = asked.bind(db, kCount);
    if (count.step()) answer.matches = static_cast<std::uint64_t>(count.integer(0));
  }
  const auto limit = asked.query.limit;
  auto rows =
      asked.bind(db, kBest, limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(limit));
  while (rows.step()) answer.hits.push_back(hit_at(db, rows));
}

struct Found {
  Instant at;
  std::int64_t id;
};

/// The newest by the days of the rows; those that meet the conditions, by their exact time.
std::vector<Found> newest(Db& db, const Asked& asked, std::int64_t most, SearchAnswer& answer) {
  static const auto kNewest = "SELECT s.id, s.at, " + std::string(kConditions) +
                              "FROM (SELECT rowid AS r FROM search WHERE " +
                              std::string(kWithinDays) +
                              "ORDER BY rowid DESC LIMIT ?8) JOIN search_text s ON s.id = r";
  std::vector<Found> found;
  std::int64_t looked = 0;
  auto rows = asked.bind(db, kNewest, most);
  while (rows.step()) {
    ++looked;
    if (rows.integer(2) != 0) found.push_back({rows.instant(1), rows.integer(0)});
  }
  answer.matches = found.size();
  answer.counted = looked < most;
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::pair(a.at, b.id) > std::pair(b.at, a.id);
  });
  return found;
}

void show_all(Db& db, const Asked& asked, SearchAnswer& answer) {
  static const auto kAll = std::string(kHitColumns) + std::string(kWithinDays) + "AND " +
                           std::string(kConditions) + "ORDER BY s.at DESC, s.id";
  auto rows = asked.bind(db, kAll);
  while (rows.step()) answer.hits.push_back(hit_at(db, rows));
  answer.matches = answer.hits.size();
}

void show_newest(Db& db, const Asked& asked, SearchAnswer& answer) {
  static const auto kOne = std::string(kHitColumns) + "search MATCH ?1 AND search.rowid = ?2";
  const auto limit = asked.query.limit;
  // Without other conditions a few days' worth is enough to put the exact times in order.
  const auto most = asked.has_conditions() ? kMostLookedAt : limit + kOneDay;
  auto found = newest(db, asked, static_cast<std::int64_t>(most), answer);
  if (!asked.has_conditions()) answer.matches = kMostRanked;  // and more
  if (found.size() > limit) found.resize(limit);
  for (const auto& one : found) {
    auto row = db.query(kOne, asked.query.expression, one.id);
    if (row.step()) answer.hits.push_back(hit_at(db, row));
  }
}

}  // namespace

SearchAnswer search_texts(const Store& store, const SearchQuery& query) {
  require_index(store);
  auto& db = store.db();
  Asked asked{query, bounds_of(query), kind_lines(query.kinds), std::nullopt};
  if (!query.scope.empty()) asked.subjects = subjects_in_scope(db, query.scope);
  SearchAnswer answer;
  answer.matches = count_of_words(db, asked);
  answer.by_time = answer.matches > kMostRanked;
  if (!answer.by_time)
    rank(db, asked, answer);
  else if (query.limit == 0)
    show_all(db, asked, answer);
  else
    show_newest(db, asked, answer);
  return answer;
}

std::vector<std::string> searchable_kinds(const Store& store) {
  std::vector<std::string> kinds;
  auto rows = store.db().query("SELECT DISTINCT kind FROM search_text ORDER BY kind");
  while (rows.step()) kinds.push_back(rows.text(0));
  return kinds;
}

}  // namespace nines::store
