// Asking the index: ranked when that is affordable, else the newest; with snippets.
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/numbers.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

// The kinds come as one text of lines, so that the statement stays the same for any number of them.
constexpr std::string_view kFrom =
    "FROM search JOIN search_text s ON s.id = search.rowid WHERE search MATCH ?1 AND "
    "(?2 = '' OR instr(?2, char(10) || s.kind || char(10)) > 0) AND "
    "(?3 IS NULL OR s.at >= ?3) AND (?4 IS NULL OR s.at < ?4) ";

std::string select_found(std::string_view order) {
  return "SELECT s.subject, s.kind, s.at, s.tx, s.title, "
         "snippet(search, -1, char(1), char(2), '…', 16) " +
         std::string(kFrom) + std::string(order) + " LIMIT ?5";
}

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

std::uint64_t count_matches(Db& db, const SearchQuery& query, const std::string& kinds) {
  static const auto kCount = "SELECT count(*) FROM (SELECT 1 " + std::string(kFrom) + "LIMIT ?5)";
  return static_cast<std::uint64_t>(
      db.integer(kCount, query.expression, kinds, query.since, query.until, kMostRanked + 1)
          .value_or(0));
}

}  // namespace

SearchAnswer search_texts(const Store& store, const SearchQuery& query) {
  require_index(store);
  auto& db = store.db();
  const auto kinds = kind_lines(query.kinds);
  SearchAnswer answer;
  answer.matches = count_matches(db, query, kinds);
  answer.by_time = answer.matches > kMostRanked;
  // bm25 reads the whole list of each word; the order by time only the rows.
  static const auto kBest = select_found("AND rank MATCH 'bm25(4.0, 1.0)' ORDER BY rank");
  static const auto kNewest = select_found("ORDER BY s.at DESC, s.id");
  auto rows =
      db.query(answer.by_time ? kNewest : kBest, query.expression, kinds, query.since, query.until,
               query.limit == 0 ? std::int64_t{-1} : static_cast<std::int64_t>(query.limit));
  while (rows.step())
    answer.hits.push_back({rows.text(0), name_of(db, rows.text(0)), rows.text(1), rows.instant(2),
                           rows.uid(3), rows.text(4), rows.text(5)});
  return answer;
}

std::vector<std::string> searchable_kinds(const Store& store) {
  std::vector<std::string> kinds;
  auto rows = store.db().query("SELECT DISTINCT kind FROM search_text ORDER BY kind");
  while (rows.step()) kinds.push_back(rows.text(0));
  return kinds;
}

}  // namespace nines::store
