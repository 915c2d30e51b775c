// Full-text search over what the tables say: every aggregate puts its texts in with one call.
//
//   put_text(db, event.header, {.kind = "change", .title = change.service, .text =
//   change.summary});
//
// inside a fold makes the subject findable; the engine takes a subject's texts out before it folds
// the subject anew, so undo, erasure and exchange need nothing more. Reasons are put in for every
// event by the engine itself. The rows are a projection like others; the index beside them is
// brought up to date once per transaction (`settle_texts`), and made anew after an erasure, since
// an FTS5 index keeps deleted words until its segments are merged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/log/event.hpp"
#include "store/projection.hpp"

namespace nines::store {

class Store;

const Aggregate& search_aggregate();  ///< owns the rows; has no events
/// CREATE statement of the index over the rows. Not among the tables of the projection: while they
/// are replayed into memory, a virtual table made in the same transaction would end the reading.
extern const std::string_view kSearchIndex;

/// What can be found of one subject.
struct SearchText {
  std::string_view kind;           ///< "change", as people filter by it
  std::string title;               ///< weighs four times as much as the text
  std::string text;                ///< lines, or a whole document's words
  std::string_view part = {};      ///< tells several texts of one subject apart: an entry's uid
  std::optional<Instant> at = {};  ///< when it happened; default: the event's time
};

/// Puts a text in, in place of the one with the same subject and part.
void put_text(Db& db, const log::EventHeader& header, const SearchText& text);
/// The reason given with the event, if there is one.
void put_reason(Db& db, const log::Event& event);
void drop_texts(Db& db, std::string_view subject);
/// Rows of texts from the UTC day of `at` on have this number or a higher one.
std::int64_t first_row_of(Instant at);

/// Call after BEGIN, before anything is folded: what changes is kept for `settle_texts`.
void watch_texts(Db& db);
/// The next `settle_texts` makes the index anew, so that erased words are nowhere in the file.
void forget_words(Db& db);
/// Brings the index up to date with the rows; call once before COMMIT.
void settle_texts(Db& db);
/// Leaves the index as it is, and forgets what has changed since.
void forget_changes(Db& db);
/// Makes the index anew from the rows, and makes it at all where there is none.
void index_texts(Db& db);
/// Whether the index of schema `disk` holds what the rows of `main` say; makes main's index.
bool index_differs(Db& replayed);

/// The kind under which the reasons of events are found.
inline constexpr std::string_view kReasonKind = "reason";

/// Only what belongs to such incidents, or is about such services; empty members do not limit.
struct SearchScope {
  std::string service = {};
  std::string team = {};    ///< owner of the service, or of the action
  std::string factor = {};  ///< layer, rule or words of a factor of the incident
  std::vector<std::string> severities = {};  ///< "SEV-1"

  bool empty() const {
    return service.empty() && team.empty() && factor.empty() && severities.empty();
  }
};

struct SearchQuery {
  std::string expression;               ///< from search_expression
  std::vector<std::string> kinds = {};  ///< empty = all
  std::optional<Instant> since = {};    ///< inclusive
  std::optional<Instant> until = {};    ///< exclusive
  std::size_t limit = 20;               ///< 0 = no limit
  SearchScope scope = {};
};

struct SearchHit {
  std::string subject;
  std::string name;  ///< as people call it: "CHG-7"
  std::string kind;
  Instant at{};
  Uid tx;  ///< of the event that put it in
  std::string title;
  std::string snippet;  ///< with kMatchBegin and kMatchEnd around what matched
};
inline constexpr char kMatchBegin = '\x01';
inline constexpr char kMatchEnd = '\x02';

struct SearchAnswer {
  std::vector<SearchHit> hits;
  std::uint64_t matches = 0;  ///< in all, or in what was looked at
  bool counted = true;        ///< false: there are more than `matches`
  bool by_time = false;       ///< too many to rank: the newest first
};

/// Ranking reads every text that holds the words: beyond this many the newest are shown instead of
/// the best.
inline constexpr std::uint64_t kMostRanked = 2'000;
/// And of those the other conditions are held against at most so many, the newest.
inline constexpr std::uint64_t kMostLookedAt = 3'000;

SearchAnswer search_texts(const Store& store, const SearchQuery& query);
/// The kinds that have texts, sorted.
std::vector<std::string> searchable_kinds(const Store& store);

/// What people type as an FTS5 expression: words must all occur, "a phrase" as it stands, word* as
/// a beginning, -word not at all, OR between alternatives. Empty when it holds no word to look for.
std::optional<std::string> search_expression(std::string_view text);

}  // namespace nines::store
