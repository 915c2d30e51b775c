// Asking the index: ranked when that is affordable, else the newest; with snippets.
#include <algorithm>
#include <limits>
#include <map>

#include "base/json.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/search_scope.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

// Kinds come as one text of lines, so that the statement stays the same for any number of them.
// Rows are numbered by day: times limit the walk through the index.
constexpr std::string_view kWithinDays =
    "search MATCH ?1 AND search.rowid >= ?2 AND search.rowid < ?3 ";
constexpr std::string_view kConditions =
    "(?4 = '' OR instr(?4, char(10) || s.kind || char(10)) > 0) AND "
    "(?5 IS NULL OR s.at >= ?5) AND (?6 IS NULL OR s.at < ?6) ";

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
  std::optional<ScopeFilter>& scope;

  bool has_conditions() const { return !kinds.empty() || query.since || query.until || scope; }
  bool in_scope(std::string_view subject) const { return !scope || scope->holds(subject); }
  template <class... More>
  Query bind(Db& db, std::string_view sql, const More&... more) const {
    return db.query(sql, query.expression, bounds.from, bounds.to, kinds, query.since, query.until,
                    more...);
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

/// A line of a timeline and the end of an analysis have no title of their own: that of the whole.
std::string title_of(Db& db, const Query& row) {
  auto own = row.text(5);
  if (!own.empty()) return own;
  return db.text("SELECT title FROM search_text WHERE subject = ? AND part = ''", row.view(1))
      .value_or("");
}

SearchHit hit_at(Db& db, const Query& row) {
  return {row.text(1), name_of(db, row.view(1)), row.text(2), row.instant(3),
          row.uid(4),  title_of(db, row),        row.text(6)};
}

constexpr std::string_view kHits =
    "SELECT s.id, s.subject, s.kind, s.at, s.tx, s.title, "
    "snippet(search, -1, char(1), char(2), '…', 16) "
    "FROM search JOIN search_text s ON s.id = search.rowid WHERE ";

using Rows = std::vector<std::int64_t>;

/// The texts of these rows, in their order. The "+" keeps it one walk from the first to the last:
/// sought one by one, each would gather the words of a beginning anew.
void show_rows(Db& db, const Asked& asked, const Rows& ids, SearchAnswer& answer) {
  static const auto kShown = std::string(kHits) +
                             "search MATCH ?1 AND search.rowid >= ?2 AND search.rowid <= ?3 AND "
                             "+search.rowid IN (SELECT value FROM json_each(?4))";
  if (ids.empty()) return;
  auto list = Json::array();
  for (const auto id : ids) list.push(id);
  const auto [first, last] = std::ranges::minmax(ids);
  std::map<std::int64_t, SearchHit> hits;
  auto rows = db.query(kShown, asked.query.expression, first, last, list.dump());
  while (rows.step()) hits.emplace(rows.integer(0), hit_at(db, rows));
  for (const auto id : ids)
    if (const auto found = hits.find(id); found != hits.end())
      answer.hits.push_back(std::move(found->second));
}

bool is_full(const SearchQuery& query, std::size_t size) {
  return query.limit > 0 && size >= query.limit;
}

/// All that match, the best first: bm25 reads the whole list of each word.
void rank(Db& db, const Asked& asked, SearchAnswer& answer) {
  static const auto kRanked =
      "SELECT s.id, s.subject FROM search JOIN search_text s ON s.id = search.rowid WHERE " +
      std::string(kWithinDays) + "AND " + std::string(kConditions) +
      "AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank";
  static const auto kBest = std::string(kHits) + std::string(kWithinDays) +
                            "AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank LIMIT ?4";
  if (!asked.has_conditions()) {
    const auto limit =
        asked.query.limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(asked.query.limit);
    auto rows = db.query(kBest, asked.query.expression, asked.bounds.from, asked.bounds.to, limit);
    while (rows.step()) answer.hits.push_back(hit_at(db, rows));
    return;
  }
  Rows best;
  answer.matches = 0;
  auto rows = asked.bind(db, kRanked);
  while (rows.step()) {
    if (!asked.in_scope(rows.view(1))) continue;
    ++answer.matches;
    if (!is_full(asked.query, best.size())) best.push_back(rows.integer(0));
  }
  show_rows(db, asked, best, answer);
}

struct Found {
  Instant at;
  std::int64_t id;
};

/// The newest by the days of the rows; those that meet the conditions, by their exact time.
std::vector<Found> newest(Db& db, const Asked& asked, std::int64_t most, SearchAnswer& answer) {
  static const auto kNewest = "SELECT s.id, s.at, s.subject, " + std::string(kConditions) +
                              "FROM (SELECT rowid AS r FROM search WHERE " +
                              std::string(kWithinDays) +
                              "ORDER BY rowid DESC LIMIT ?7) JOIN search_text s ON s.id = r";
  std::vector<Found> found;
  std::int64_t looked = 0;
  auto rows = asked.bind(db, kNewest, most);
  while (rows.step()) {
    ++looked;
    if (rows.integer(3) != 0 && asked.in_scope(rows.view(2)))
      found.push_back({rows.instant(1), rows.integer(0)});
  }
  answer.matches = found.size();
  answer.counted = looked < most;
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::pair(a.at, b.id) > std::pair(b.at, a.id);
  });
  return found;
}

void show_all(Db& db, const Asked& asked, SearchAnswer& answer) {
  static const auto kAll = std::string(kHits) + std::string(kWithinDays) + "AND " +
                           std::string(kConditions) + "ORDER BY s.at DESC, s.id";
  auto rows = asked.bind(db, kAll);
  while (rows.step())
    if (asked.in_scope(rows.view(1))) answer.hits.push_back(hit_at(db, rows));
  answer.matches = answer.hits.size();
}

void show_newest(Db& db, const Asked& asked, SearchAnswer& answer) {
  const auto limit = asked.query.limit;
  // Without other conditions a few days' worth is enough to put the exact times in order.
  const auto most = asked.has_conditions() ? kMostLookedAt : limit + kOneDay;
  const auto found = newest(db, asked, static_cast<std::int64_t>(most), answer);
  if (!asked.has_conditions()) answer.matches = kMostRanked;  // and more
  Rows ids;
  for (const auto& one : found) {
    if (is_full(asked.query, ids.size())) break;
    ids.push_back(one.id);
  }
  show_rows(db, asked, ids, answer);
}

}  // namespace

SearchAnswer search_texts(const Store& store, const SearchQuery& query) {
  require_index(store);
  auto& db = store.db();
  std::optional<ScopeFilter> scope;
  if (!query.scope.empty()) scope.emplace(db, query.scope);
  const Asked asked{query, bounds_of(query), kind_lines(query.kinds), scope};
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
