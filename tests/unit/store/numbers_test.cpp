// Short numbers: given once, clashing visibly, found by what people type.
#include "store/numbers.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/holds.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

Uid hold(Store& store) {
  Transaction tx(store, "ada", "hold add", "litigation");
  const auto uid = place_hold(tx, store, "Acme v. us", "incident/");
  tx.commit();
  return uid;
}

std::string hint_of(const Store& store, std::string_view text) {
  try {
    return get_numbered(store, "HOLD", text).name;
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::not_found);
    return e.code() + ": " + e.hint();
  }
}

}  // namespace

TEST_CASE("numbers count up and resolve in any case", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  const auto first = hold(store);
  for (int i = 0; i < 11; ++i) hold(store);
  CHECK(get_numbered(store, "HOLD", "HOLD-1").uid == first);  // exact beats HOLD-10 to HOLD-12
  CHECK(get_numbered(store, "HOLD", "hold-12").number == 12);
  CHECK(get_numbered(store, "HOLD", "2").number == 2);
  CHECK(get_numbered(store, "HOLD", first.to_string()).uid == first);
  CHECK(get_numbered(store, "HOLD", "HOLD-1-" + first.suffix(2)).uid == first);
  CHECK(name_of(store.db(), "hold/" + first.to_string()) == "HOLD-1");
  CHECK(hint_of(store, "HOLD-99") == "NOT_FOUND: the newest one is HOLD-12");
  CHECK(hint_of(store, "'; DROP TABLE hold; --").starts_with("NOT_FOUND"));
}

TEST_CASE("a clash shows suffixes and the bare number names both", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  const auto first = hold(store);
  SystemEntropy entropy;
  const auto other = Uid::make(test::test_clock(), entropy);
  {
    Transaction tx(store, "bob", "sync", std::nullopt);
    log::NewEvent event{.kind = "hold.placed", .subject = "hold/" + other.to_string()};
    event.body.set("number", 1).set("matter", "other");
    tx.append(event);
    tx.commit();
  }
  const auto name = name_of(store.db(), "hold/" + first.to_string());
  CHECK(name == "HOLD-1-" + first.suffix(2));
  CHECK(get_numbered(store, "HOLD", name).uid == first);
  const auto hint = hint_of(store, "HOLD-1");
  CHECK(hint.starts_with("AMBIGUOUS: name one of HOLD-1-"));
  CHECK(hint.find(other.suffix(2)) != std::string::npos);
  const auto names = names_of(store.db(), "HOLD");
  CHECK(names.size() == 2);
  for (const auto& uid : {first, other})
    CHECK(names.at(uid) == name_of(store.db(), "hold/" + uid.to_string()));
  CHECK(names_of(store.db(), "INC").empty());
  CHECK(clashing_numbers(store.db(), "HOLD") == std::set<std::int64_t>{1});
  drop_numbers(store.db(), "hold/" + other.to_string());
  CHECK(clashing_numbers(store.db(), "HOLD").empty());
  CHECK(name_of(store.db(), "hold/" + first.to_string()) == "HOLD-1");
}
