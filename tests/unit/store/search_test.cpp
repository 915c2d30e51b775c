// Searchable texts follow the log: put in, amended, undone, erased, replayed.
#include "store/search.hpp"

#include <catch2/catch.hpp>

#include "store/as_of.hpp"
#include "store/changes.hpp"
#include "store/definitions.hpp"
#include "store/numbers.hpp"
#include "store/rebuild.hpp"
#include "store/verify.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

catalog::Change change_saying(const std::string& reference, const std::string& summary) {
  catalog::Change c;
  c.service = "checkout";
  c.system = "ci";
  c.reference = reference;
  c.uid = catalog::change_uid(c.system, c.reference);
  c.start = from_epoch_micros(1'795'000'000'000'000);
  c.summary = summary;
  return c;
}

void record_text(Store& store, const std::string& reference, const std::string& summary,
                 const std::optional<std::string>& because = std::nullopt) {
  Transaction tx(store, "ada", "rca changes add", because);
  const auto change = change_saying(reference, summary);
  if (find_change(store, change.uid))
    tx.append(change_amended(change));
  else
    tx.append(change_recorded(change, take_number(store.db(), "CHG")));
  tx.commit();
}

std::vector<std::string> found(const Store& store, const std::string& text) {
  std::vector<std::string> names;
  for (const auto& hit : search_texts(store, {.expression = *search_expression(text)}).hits)
    names.push_back(hit.name);
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what people type becomes an expression in which nothing is syntax by accident",
          "[search]") {
  const auto says = [](const char* text) { return search_expression(text).value_or("nothing"); };
  CHECK(says("checkout timeout") == R"((("checkout" AND "timeout")))");
  CHECK(says("\"two words\" pay*") == R"((("two words" AND "pay" *)))");
  CHECK(says("a OR b -c") == R"((("a") OR ("b")) NOT ("c"))");
  CHECK(says("NEAR(a, b) AND title:x") == R"x((("NEAR(a," AND "b)" AND "AND" AND "title:x")))x");
  CHECK(says("a\"b") == R"((("ab")))");
  for (const auto* empty : {"", "  ", "\"", "-", "--", "-a", "OR", "* ()", "\"\""})
    CHECK(says(empty) == "nothing");
}

TEST_CASE("every expression is one that the index takes", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  for (const auto* text : {"a", "\"a b\"*", "NOT a", "a AND", "^a", "a-b/c:d", "é", "a OR OR b",
                           "{a b}: c", "a +b", "(a", "a)", "\xff\xfe"})
    CHECK_NOTHROW(found(store, text));
}

TEST_CASE("texts follow amendments and undo, and the title weighs most", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  record_text(store, "1", "raise the timeout", "customers waited");
  record_text(store, "2", "new provider for payments");
  CHECK(found(store, "timeout") == Names{"CHG-1"});
  CHECK(found(store, "waited") == Names{"CHG-1"});  // the reason
  record_text(store, "1", "lower the limit");
  CHECK(found(store, "timeout").empty());
  CHECK(found(store, "limit") == Names{"CHG-1"});
  CHECK(found(store, "pay*") == Names{"CHG-2"});
  CHECK(found(store, "checkout") == Names{"CHG-1", "CHG-2"});
  CHECK(found(store, "checkout -provider") == Names{"CHG-1"});
  CHECK(differing_projections(store).empty());

  auto row = store.db().query("SELECT tx FROM event ORDER BY position DESC LIMIT 1");
  REQUIRE(row.step());
  const auto last = row.uid(0);
  Transaction undo(store, "ada", "undo", "that was wrong");
  undo.append(
      {.kind = "log.undone", .subject = "tx/" + last.to_string(), .target = last.to_string()});
  undo.commit();
  CHECK(found(store, "timeout") == Names{"CHG-1"});
  CHECK(found(store, "limit").empty());
  CHECK(found(store, "\"that was wrong\"").size() == 1);
  CHECK(differing_projections(store).empty());
}

TEST_CASE("kinds, times and limits narrow a search", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  for (int i = 0; i < 30; ++i)
    record_text(store, std::to_string(i), "the same words", "same reason");
  const auto all = search_texts(store, {.expression = "\"same\""});
  CHECK(all.matches == 60);
  CHECK(all.hits.size() == 20);
  const auto reasons =
      search_texts(store, {.expression = "\"same\"", .kinds = {"reason"}, .limit = 0});
  CHECK(reasons.hits.size() == 30);
  CHECK(search_texts(store,
                     {.expression = "\"same\"", .kinds = {"change"}, .since = test::test_time()})
            .hits.empty());
  CHECK(searchable_kinds(store) == Names{"change", "reason"});
  CHECK(all.hits.front().snippet.find(kMatchBegin) != std::string::npos);
}

TEST_CASE("an index that does not say what the rows say is found, and made anew", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  record_text(store, "1", "raise the timeout");
  CHECK(differing_projections(store).empty());
  store.db().run(
      "INSERT INTO search (search, rowid, title, text) SELECT 'delete', id, title, text "
      "FROM search_text");
  CHECK(differing_projections(store) == Names{"search"});
  CHECK(rebuild_projections(store).changed == Names{"search"});
  CHECK(found(store, "timeout") == Names{"CHG-1"});
  CHECK(differing_projections(store).empty());
}

TEST_CASE("as of a time before, only what was known then is found", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  record_text(store, "1", "raise the timeout");
  auto options = test::store_options(folder / "nines.db", Mode::read);
  options.as_of = test::test_time();
  record_text(store, "2", "lower the timeout");
  CHECK(found(Store(options), "timeout") == Names{"CHG-1"});
  CHECK(found(store, "timeout") == Names{"CHG-1", "CHG-2"});
}

TEST_CASE("a text that happened on another day after all is found once, at its new place",
          "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  record_text(store, "1", "raise the timeout");
  {
    Transaction tx(store, "ada", "rca changes add", std::nullopt);
    auto change = change_saying("1", "raise the timeout");
    change.start += std::chrono::days{40};
    tx.append(change_amended(change));
    tx.commit();
  }
  const auto answer = search_texts(store, {.expression = *search_expression("timeout")});
  REQUIRE(answer.hits.size() == 1);
  CHECK(answer.matches == 1);
  CHECK(answer.counted);
  CHECK(differing_projections(store).empty());
}

TEST_CASE("words that too many texts hold give the newest, and say that they do", "[search]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  constexpr int kMany = static_cast<int>(kMostRanked) + 50;
  {
    Transaction tx(store, "ada", "rca changes import", std::nullopt);
    for (int i = 0; i < kMany; ++i) {
      auto change = change_saying(std::to_string(i), i % 100 == 0 ? "nightly rare" : "nightly");
      change.start += std::chrono::hours{i};
      tx.append(change_recorded(change, take_number(store.db(), "CHG")));
    }
    tx.commit();
  }
  const auto common =
      search_texts(store, {.expression = *search_expression("nightly"), .limit = 3});
  CHECK(common.by_time);
  CHECK_FALSE(common.counted);
  REQUIRE(common.hits.size() == 3);
  CHECK(common.hits[0].name == "CHG-" + std::to_string(kMany));
  CHECK(common.hits[2].name == "CHG-" + std::to_string(kMany - 2));
  const auto rare = search_texts(store, {.expression = *search_expression("nightly rare")});
  CHECK_FALSE(rare.by_time);
  CHECK(rare.matches == 21);
  // A stretch of time that holds few enough is ranked again.
  const auto begin = change_saying("0", "").start;
  const auto early = search_texts(store, {.expression = *search_expression("nightly"),
                                          .since = begin,
                                          .until = begin + std::chrono::hours{30}});
  CHECK_FALSE(early.by_time);
  CHECK(early.matches == 30);
}
