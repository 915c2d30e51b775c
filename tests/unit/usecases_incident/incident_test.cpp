// Incidents through their use cases: nothing lost, nothing doubled, the same tables after a
// rebuild.
#include <thread>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "store/fold.hpp"
#include "store/rebuild.hpp"
#include "support/property.hpp"
#include "unit/store/fixture.hpp"
#include "unit/usecases_incident/fresh.hpp"
#include "usecases/incident/browse.hpp"
#include "usecases/incident/lifecycle.hpp"
#include "usecases/incident/log.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/set.hpp"
#include "usecases/log/undo.hpp"

using namespace nines;
using namespace nines::usecases;
using test::fresh_session;
using test::options_in;

namespace {

std::vector<std::string> texts_of(const Session& session, const std::string& incident) {
  std::vector<std::string> texts;
  for (const auto& entry : show_incident(session, incident).record.entries)
    if (entry.kind != incident::EntryKind::state) texts.push_back(entry.text);
  return texts;
}

}  // namespace

TEST_CASE("a line without a store, or without an incident, waits and is taken in once") {
  test::TempFolder folder;
  CHECK(log_line(options_in(folder), {.text = "no store yet"}).waits_because ==
        "there is no store here");
  auto session = fresh_session(folder);
  CHECK_FALSE(log_line(options_in(folder), {.text = "no incident yet"}).incident);
  CHECK(open_incident(session, {.title = "checkout is down"}, false).queued == 2);
  CHECK(texts_of(session, "1") == std::vector<std::string>{"no store yet", "no incident yet"});
  CHECK(log_line(options_in(folder), {.text = "now"}).queued == 0);
  CHECK(texts_of(session, "1").size() == 3);
}

TEST_CASE("sixteen writers lose and double nothing") {
  test::TempFolder folder;
  {
    auto session = fresh_session(folder);
    open_incident(session, {.title = "checkout is down"}, false);
  }
  constexpr int kWriters = 16, kLines = 12;
  std::vector<std::thread> writers;
  std::atomic<int> failures = 0;
  for (int w = 0; w < kWriters; ++w)
    writers.emplace_back([&, w] {
      auto options = options_in(folder);
      options.clock = [] { return from_epoch_micros(1'795'420'900'000'000); };
      options.state_folder = folder / ("state-" + std::to_string(w));
      options.lock_timeout = std::chrono::seconds{30};
      for (int i = 0; i < kLines; ++i) try {
          const auto text = std::to_string(w) + ":" + std::to_string(i);
          if (!log_line(options, {.text = text, .incident = "1"}).incident) ++failures;
        } catch (const Error&) {
          ++failures;
        }
    });
  for (auto& writer : writers) writer.join();
  CHECK(failures == 0);
  const auto session = Session::open(options_in(folder));
  auto texts = texts_of(session, "1");
  CHECK(texts.size() == kWriters * kLines);
  std::sort(texts.begin(), texts.end());
  CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
  std::set<std::int64_t> numbers;
  for (const auto& entry : show_incident(session, "1").record.entries)
    if (entry.number > 0) numbers.insert(entry.number);
  CHECK(numbers.size() == kWriters * kLines);
}

TEST_CASE("random lives rebuild to the same tables, and undo to the same state") {
  test::holds(
      [](const std::vector<std::uint8_t>& steps) {
        test::TempFolder folder;
        auto session = fresh_session(folder);
        open_incident(session, {.title = "first"}, false);
        open_incident(session, {.title = "second"}, false);
        auto& db = session.store().db();
        std::vector<std::string> states;
        for (const auto step : steps) {
          const std::string which = (step & 1) != 0 ? "1" : "2";
          const StepRequest request{.incident = which};
          const auto before = test::dump_projections(db);
          try {
            switch ((step >> 1) % 9) {
              case 0:
                log_line(options_in(folder), {.text = "line", .incident = which});
                break;
              case 1:
                set_incident(
                    session,
                    {.incident = which, .severity = static_cast<incident::Severity>(step % 6)},
                    false);
                break;
              case 2:
                set_incident(session,
                             {.incident = which, .roles = {{"commander", step % 2 ? "ada" : "bo"}}},
                             false);
                break;
              case 3:
                step_incident(session, request, {incident::Status::mitigated}, false);
                break;
              case 4:
                step_incident(session, request, {incident::Status::resolved}, false);
                break;
              case 5:
                close_incident(session, {.step = request}, false);
                break;
              case 6:
                reopen_incident(session, request, false);
                break;
              case 7:
                correct_entry(session, {.incident = which, .entry = "1", .text = "better"}, false);
                break;
              case 8:
                set_incident(session,
                             {.incident = which,
                              .impact = {{.service = "web", .from = {.at = session.now()}}}},
                             false);
                break;
            }
          } catch (const Error&) {
            RC_ASSERT(test::dump_projections(db) == before);
            continue;
          }
          if (test::dump_projections(db) != before) states.push_back(before);
        }
        const auto incremental = test::dump_projections(db);
        store::rebuild_projections(session.store());
        RC_ASSERT(test::dump_projections(db) == incremental);
      },
      40);
}
