// Two machines that were apart set one field: both learn of it, and only they.
#include <catch2/catch.hpp>

#include "base/entropy.hpp"
#include "store/incident_events.hpp"
#include "store/overtaken_edits.hpp"
#include "store/rebuild.hpp"
#include "store/store.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/history.hpp"
#include "usecases/log/sync.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::open_session;
using nines::test::TempFolder;

namespace {

Uid open_incident(Session& session) {
  incident::Incident opened;
  SystemEntropy entropy;
  opened.uid = Uid::make(session.now(), entropy);
  opened.title = "checkout fails";
  store::Transaction tx(session.store(), session.options().actor, "incident open", std::nullopt);
  tx.append(store::incident_opened(opened, 1));
  tx.commit();
  return opened.uid;
}

void set(Session& session, const Uid& incident, const char* from, const char* to) {
  test::test_time() += std::chrono::seconds{1};
  store::Transaction tx(session.store(), session.options().actor, "incident set", std::nullopt);
  tx.append(store::incident_field_set(incident, "severity", from, to));
  tx.commit();
}

std::vector<std::string> overtaken_in(const Session& session, const Uid& incident) {
  std::vector<std::string> values;
  for (const auto& one :
       store::overtaken_edits(session.store(), store::incident_subject(incident)))
    values.push_back(one.lost.value + " by " + one.lost.actor + ", then " + one.kept.value);
  return values;
}

}  // namespace

TEST_CASE("an edit made apart is shown as overtaken on every machine, and said once by each sync",
          "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  auto c = open_session(folder, "cy");
  const auto incident = open_incident(a);
  sync_directory(a, remote);
  sync_directory(b, remote);
  set(a, incident, "3", "2");
  set(b, incident, "3", "1");  // does not know of ada's

  CHECK(sync_directory(a, remote).losers.empty());
  const auto met = sync_directory(b, remote).losers;
  REQUIRE(met.size() == 1);
  CHECK(met[0].name == "INC-1");
  CHECK(met[0].field == "severity");
  CHECK((met[0].lost.actor == "ada" && met[0].lost.value == "2"));
  CHECK((met[0].kept.actor == "bob" && met[0].kept.value == "1"));
  CHECK(sync_directory(a, remote).losers.size() == 1);
  CHECK(sync_directory(a, remote).losers.empty());
  CHECK(sync_directory(c, remote).losers.empty());  // a newcomer was in nobody's way

  const std::vector<std::string> expected{"2 by ada, then 1"};
  for (const auto* session : {&a, &b, &c}) CHECK(overtaken_in(*session, incident) == expected);
  const auto history = read_history(c, {.kinds = {"incident.field_set"}});
  REQUIRE(history.entries.size() == 2);
  CHECK(history.entries[0].overtaken_by.empty());
  CHECK(history.entries[1].overtaken_by == history.entries[0].event);

  // What is said knowingly is nobody's loss, on whichever machine.
  set(c, incident, "1", "4");
  sync_directory(c, remote);
  CHECK(sync_directory(a, remote).losers.empty());
  CHECK(overtaken_in(a, incident) == expected);
  CHECK(store::rebuild_projections(a.store()).changed.empty());
  CHECK(overtaken_in(a, incident) == expected);
}

TEST_CASE("a machine says what it has of others once, with its first command after it", "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  auto a = open_session(folder, "ada");
  auto b = open_session(folder, "bob");
  const auto count = [](const Session& session) {
    return read_history(session, {.kinds = {"replica.caught_up"}}).entries.size();
  };
  test::place_hold(a);
  test::place_hold(a);
  CHECK(count(a) == 0);  // there is nobody else
  sync_directory(a, remote);
  sync_directory(b, remote);
  CHECK(count(b) == 0);  // an exchange writes nothing
  test::place_hold(b);
  test::place_hold(b);
  CHECK(count(b) == 1);
  sync_directory(b, remote);
  sync_directory(b, remote);
  test::place_hold(b);
  CHECK(count(b) == 1);
}
