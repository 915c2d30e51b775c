// Random schedules of writes, exchanges and cuts over three machines end with equal tables.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/process.hpp"
#include "store/overtaken_edits.hpp"
#include "store/parts.hpp"
#include "store/rebuild.hpp"
#include "store/verify.hpp"
#include "support/property.hpp"
#include "support/thorough.hpp"
#include "unit/usecases_log/cut_exchange.hpp"
#include "unit/usecases_log/driver.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "unit/usecases_log/git_fixture.hpp"
#include "usecases/log/open_place.hpp"
#include "usecases/log/sync.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::CutExchange;
using nines::test::Driver;
using nines::test::open_session;
using nines::test::TempFolder;

namespace {

using Places = std::vector<SyncPlace>;
using Schedule = std::vector<std::uint16_t>;

/// Ends after some calls, as when the network is cut.
void exchange_cut(Session& session, const SyncPlace& where, int calls) {
  const auto place = open_place(session, where, {});
  CutExchange cut(*place.exchange, calls);
  try {
    sync_with(session, cut, place.name, {});
  } catch (const Error& e) {
    // Only the cut: anything else would be a schedule that two machines cannot survive.
    RC_ASSERT(std::string(e.what()) == "the network is cut");
  }
}

std::string overtaken_everywhere(const Session& session) {
  std::string text;
  auto rows = session.store().db().query("SELECT DISTINCT subject FROM event ORDER BY subject");
  while (rows.step())
    for (const auto& one : store::overtaken_edits(session.store(), rows.text(0)))
      text += one.subject + " " + one.field + " " + log::to_string(one.lost.ref) + " " +
              log::to_string(one.kept.ref) + "\n";
  return text;
}

void sync_all(std::vector<Session>& sessions, const Places& places) {
  for (auto& session : sessions)
    for (const auto& place : places) sync_place(session, place);
}

/// Each number writes on one of three machines, or exchanges with one of the places.
void run_schedule(std::vector<Session>& sessions, const Places& places, const Schedule& codes) {
  Driver(sessions[0]).open_incident(1);  // all of them know it from the start
  sync_all(sessions, places);
  for (const auto code : codes) {
    auto& session = sessions[code / 64 % 3];
    if (code % 4 == 0)
      exchange_cut(session, places[code / 8 % places.size()], code / 512 % 24);
    else if (code % 4 == 1)
      Driver(session).edit_incident(static_cast<std::uint16_t>(code / 4));
    else
      Driver(session).run(static_cast<std::uint16_t>(code / 4));
  }
  for (int i = 0; i < 2; ++i) sync_all(sessions, places);
}

/// How many edits were overtaken, once all machines agree on everything.
std::size_t converged(const std::vector<Session>& sessions) {
  const auto dump = test::dump_projections(sessions[0].store().db());
  const auto overtaken = overtaken_everywhere(sessions[0]);
  for (const auto& session : sessions) {
    RC_ASSERT(test::dump_projections(session.store().db()) == dump);
    RC_ASSERT(overtaken_everywhere(session) == overtaken);
    RC_ASSERT(store::verify_log(session.store()).intact());
    RC_ASSERT(store::verify_parts(session.store()).faults.empty());
  }
  return static_cast<std::size_t>(std::count(overtaken.begin(), overtaken.end(), '\n'));
}

/// `places_in` makes the places of one schedule in its folder.
template <class MakePlaces>
void hold_schedules(MakePlaces places_in, int runs) {
  std::size_t losers = 0;
  test::holds(
      [&](const Schedule& codes) {
        TempFolder folder;
        const Places places = places_in(folder);
        std::vector<Session> sessions;
        for (const char* name : {"ada", "bob", "cy"})
          sessions.push_back(open_session(folder, name));
        run_schedule(sessions, places, codes);
        losers += converged(sessions);
      },
      runs);
  CHECK(losers > 0);  // else the machines would never have met
}

Instant schedule_time{};
Instant schedule_clock() { return schedule_time += Micros{1000}; }

Session session_at_hours(const TempFolder& folder, const std::string& name) {
  auto options = test::session_options(folder / name / "nines.db");
  options.actor = name;
  options.clock = schedule_clock;
  return Session::open(options);
}

/// The tables of a full machine without what a small one lacks: its own log folded anew, with the
/// bodies that the small one does not have taken away.
std::string restricted(const Session& full, const Session& small, const TempFolder& folder) {
  const auto copy = folder / "restricted.db";
  std::filesystem::remove(copy);
  full.store().db().run("VACUUM INTO ?", copy.string());
  auto& db = small.store().db();
  store::Store store(test::store_options(copy, store::Mode::write));
  auto rows = db.query("SELECT e.replica, e.seq FROM event e LEFT JOIN body b "
                       "ON b.position = e.position WHERE b.position IS NULL");
  while (rows.step())
    store.db().run("DELETE FROM body WHERE position = (SELECT position FROM event WHERE replica = ? "
                   "AND seq = ?)",
                   rows.uid(0), static_cast<std::uint64_t>(rows.integer(1)));
  auto subjects = db.query("SELECT subject, record, uid, prefix, number FROM left_out_subject");
  while (subjects.step()) {
    std::optional<std::string> prefix;
    std::optional<std::int64_t> number;
    if (!subjects.null(3)) prefix = subjects.text(3);
    if (!subjects.null(4)) number = subjects.integer(4);
    store.db().run("INSERT INTO left_out_subject VALUES (?, ?, ?, ?, ?)", subjects.text(0),
                   subjects.integer(1), subjects.uid(2), prefix, number);
  }
  store::rebuild_projections(store);
  return test::dump_projections(store.db());
}

/// The same schedules with hours that pass, incidents that are closed, and a third machine that
/// holds no records older than a day.
void run_small_schedule(std::vector<Session>& sessions, const Places& places,
                        const Schedule& codes) {
  auto& small = sessions[2];
  Driver(sessions[0]).open_incident(1);
  sync_all(sessions, places);
  for (const auto code : codes) {
    schedule_time += std::chrono::minutes{code % 600};
    auto& session = sessions[code / 64 % 3];
    try {
      if (code % 4 == 0)
        exchange_cut(session, places[code / 8 % places.size()], code / 512 % 24);
      else if (code % 8 == 1)
        sync_place(small, places.front(),
                   {.records = {.since = code / 8 % 5 == 0 ? "all" : "24h"}});
      else if (code % 8 == 5)
        Driver(session).close_incident(static_cast<std::uint16_t>(code / 8));
      else
        Driver(session).run(static_cast<std::uint16_t>(code / 4));
    } catch (const Error& e) {
      RC_ASSERT(e.code() == "RECORD_NOT_HERE");
    }
    if (code % 8 == 1) RC_ASSERT(store::verify_log(small.store()).intact());
  }
  for (int i = 0; i < 2; ++i) sync_all(sessions, places);
}

/// A stream of its own in the database that NINES_TEST_POSTGRES names; NINES_TEST_COMPANION is the
/// program that talks to it.
SyncPlace stream_in(const std::string& database) {
  static int streams = 0;
  auto place = sync_place_from(database + "&stream=s" + std::to_string(++streams), "/");
  place.program = std::getenv("NINES_TEST_COMPANION");
  place.env = own_environment();
  return place;
}

SyncPlace folder_in(const TempFolder& folder) {
  return {SyncPlace::Kind::folder, test::made_folder(folder / "remote").string()};
}

}  // namespace

TEST_CASE("whatever is written, exchanged and cut off in which order, three machines converge",
          "[schedule]") {
  hold_schedules([](const TempFolder& folder) { return Places{folder_in(folder)}; },
                 test::thorough(20, 1000));
}

TEST_CASE("a small machine among three has what is here as the others do, and all when asked",
          "[schedule][left out]") {
  std::uint64_t left = 0;
  test::holds(
      [&](const Schedule& codes) {
        TempFolder folder;
        const Places places{folder_in(folder)};
        schedule_time = from_epoch_micros(1'795'420'000'000'000);
        std::vector<Session> sessions;
        for (const char* name : {"ada", "bob", "cy"})
          sessions.push_back(session_at_hours(folder, name));
        run_small_schedule(sessions, places, codes);
        auto& small = sessions[2];
        left += sync_place(small, places.front(), {.records = {.since = "24h"}}).records.elsewhere;
        for (int i = 0; i < 2; ++i) sync_all(sessions, places);
        RC_ASSERT(store::differing_projections(small.store()).empty());
        RC_ASSERT(test::dump_projections(small.store().db()) == restricted(sessions[0], small, folder));
        sync_place(small, places.front(), {.records = {.since = "all"}});
        for (int i = 0; i < 2; ++i) sync_all(sessions, places);
        converged(sessions);
      },
      test::thorough(6, 300));
  CHECK(left > 0);
}

TEST_CASE("the same over a git remote and a folder, each of them used by all", "[schedule][git]") {
  hold_schedules(
      [](const TempFolder& folder) {
        return Places{folder_in(folder), test::BareRemote(folder).place()};
      },
      test::thorough(5, 1000));
}

TEST_CASE("the same over a git remote and a PostgreSQL database", "[.][schedule][postgres]") {
  const auto* database = std::getenv("NINES_TEST_POSTGRES");
  REQUIRE(database != nullptr);
  hold_schedules(
      [&](const TempFolder& folder) {
        return Places{test::BareRemote(folder).place(), stream_in(database)};
      },
      test::thorough(5, 1000));
}
