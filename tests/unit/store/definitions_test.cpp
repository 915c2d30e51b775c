// Definitions in the log: applied, changed, retired, renamed, undone, seen as of an instant.
#include "store/definitions.hpp"

#include <catch2/catch.hpp>

#include "store/fold.hpp"
#include "unit/store/fixture.hpp"

using namespace nines;
using namespace nines::store;
using nines::test::TempFolder;

namespace {

NewDefinition document_of(const std::string& name, const std::string& target) {
  NewDefinition d{.kind = "SLO",
                  .name = name,
                  .api_version = "openslo/v1",
                  .path = "slos/a.yaml",
                  .document = {}};
  d.document.set("kind", "SLO").set("target", target);
  return d;
}

Uid write(Store& store, std::initializer_list<log::NewEvent> events, const char* because) {
  Transaction tx(store, "ada", "slo apply", because);
  for (const auto& event : events) tx.append(event);
  tx.commit();
  return tx.tx();
}

}  // namespace

TEST_CASE("a definition keeps its document, path, reason and person", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  auto d = document_of("checkout", "0.99");
  d.owner = "payments";
  d.approver = "grace";
  const auto tx = write(store, {definition_applied(d)}, "first target");
  const auto found = find_definition(store, "SLO", "checkout");
  REQUIRE(found);
  CHECK(found->document.text("target") == "0.99");
  CHECK(found->path == "slos/a.yaml");
  CHECK(found->revision == 1);
  CHECK(found->because == "first target");
  CHECK(found->actor == "ada");
  CHECK(found->owner == "payments");
  CHECK(found->approver == "grace");
  CHECK(found->tx == tx);
  CHECK_FALSE(find_definition(store, "Service", "checkout"));
  CHECK_FALSE(find_definition(store, "SLO", "Checkout"));
}

TEST_CASE("revisions are kept in order, and a retired definition can come back", "[store]") {
  TempFolder folder;
  auto store = test::open_store(folder / "nines.db");
  write(store, {definition_applied(document_of("checkout", "0.99"))}, "one");
  write(store, {definition_applied(document_of("checkout", "0.995"))}, "two");
  write(store, {definition_retired("SLO", "checkout")}, "three");
  CHECK(definitions(store).empty());
  REQUIRE(definitions(store, true).size() == 1);
  CHECK(definitions(store, true)[0].retired);
  write(store, {definition_applied(document_of("checkout", "0.9"))}, "four");
  CHECK(definitions(store).size() == 1);
  const auto revisions = definition_revisions(store, "SLO", "checkout");
  REQUIRE(revisions.size() == 4);
  CHECK(revisions[1].document.text("target") == "0.995");
  CHECK(revisions[2].retired);
  CHECK(revisions[2].document.text("target") == "0.995");
  CHECK(revisions[3].because == "four");
  CHECK(revisions[3].revision == definitions(store)[0].revision);
  CHECK(definition_count(store) == 4);
}

TEST_CASE("rebuilt definitions equal the incremental ones, also as of an instant", "[store]") {
  TempFolder folder;
  Instant between;
  {
    auto store = test::open_store(folder / "nines.db");
    write(
        store,
        {definition_applied(document_of("a", "0.99")), definition_applied(document_of("b", "0.9"))},
        "one");
    between = test::test_clock();
    auto renamed = document_of("c", "0.9");
    renamed.renamed_from = "b";
    write(store, {definition_retired("SLO", "b", "c"), definition_applied(renamed)}, "two");
    write(store, {definition_retired("SLO", "never-applied")}, "three");
    const auto before = test::dump_projections(store.db());
    for (const auto* subject : {"definition/SLO/a", "definition/SLO/b", "definition/SLO/c"})
      refold_subject(store.db(), subject);
    CHECK(test::dump_projections(store.db()) == before);
    CHECK(definition_revisions(store, "SLO", "never-applied").empty());
  }
  auto options = test::store_options(folder / "nines.db", Mode::read);
  options.as_of = between;
  Store past(options);
  const auto then = definitions(past);
  REQUIRE(then.size() == 2);
  CHECK(then[1].name == "b");
  CHECK(definition_revisions(past, "SLO", "b").size() == 1);
  Store now(test::store_options(folder / "nines.db", Mode::read));
  REQUIRE(definitions(now).size() == 2);
  CHECK(definitions(now)[1].name == "c");
  CHECK(definitions(now)[1].renamed_from == "b");
}
