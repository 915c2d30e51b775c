// Random schedules of writes, exchanges and cuts over three machines end with equal tables.
#include <catch2/catch.hpp>

#include "base/entropy.hpp"
#include "store/directory_exchange.hpp"
#include "store/overtaken_edits.hpp"
#include "store/parts.hpp"
#include "store/verify.hpp"
#include "support/property.hpp"
#include "support/thorough.hpp"
#include "unit/usecases_log/cut_exchange.hpp"
#include "unit/usecases_log/driver.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/sync.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::CutExchange;
using nines::test::Driver;
using nines::test::open_session;
using nines::test::TempFolder;

namespace {

void exchange(Session& session, const std::filesystem::path& remote, int calls) {
  SystemEntropy entropy;
  store::DirectoryExchange place(remote, session.now(), entropy);
  CutExchange cut(place, calls);
  try {
    sync_with(session, cut, remote.string(), {});
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

}  // namespace

TEST_CASE("whatever is written, exchanged and cut off in which order, three machines converge",
          "[schedule]") {
  std::size_t losers = 0;
  test::holds(
      [&](const std::vector<std::uint16_t>& codes) {
        TempFolder folder;
        const auto remote = test::made_folder(folder / "remote");
        std::vector<Session> sessions;
        for (const char* name : {"ada", "bob", "cy"})
          sessions.push_back(open_session(folder, name));
        Driver(sessions[0]).open_incident(1);  // all of them know it from the start
        for (auto& session : sessions) sync_directory(session, remote);
        for (const auto code : codes) {
          auto& session = sessions[code / 64 % 3];
          if (code % 4 == 0)
            exchange(session, remote, code / 512 % 24);
          else if (code % 4 == 1)
            Driver(session).edit_incident(static_cast<std::uint16_t>(code / 4));
          else
            Driver(session).run(static_cast<std::uint16_t>(code / 4));
        }
        for (int i = 0; i < 2; ++i)
          for (auto& session : sessions) sync_directory(session, remote);
        const auto dump = test::dump_projections(sessions[0].store().db());
        const auto overtaken = overtaken_everywhere(sessions[0]);
        for (auto& session : sessions) {
          RC_ASSERT(test::dump_projections(session.store().db()) == dump);
          RC_ASSERT(overtaken_everywhere(session) == overtaken);
          RC_ASSERT(store::verify_log(session.store()).intact());
          RC_ASSERT(store::verify_parts(session.store()).faults.empty());
        }
        losers += static_cast<std::size_t>(std::count(overtaken.begin(), overtaken.end(), '\n'));
      },
      test::thorough(20, 1000));
  CHECK(losers > 0);  // else the schedules would not have met
}
