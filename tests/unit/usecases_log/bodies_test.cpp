// Bodies on their way between machines: erased ones may be missing, others never.
#include <catch2/catch.hpp>

#include "domain/log/segment.hpp"
#include "store/event_log.hpp"
#include "store/receive.hpp"
#include "store/send.hpp"
#include "store/verify.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/erase.hpp"
#include "usecases/log/sync.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::error_of;
using nines::test::open_session;
using nines::test::place_hold;
using nines::test::TempFolder;

namespace {

/// The body files of a remote folder.
std::vector<std::filesystem::path> body_files(const std::filesystem::path& remote) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(remote))
    if (entry.path().string().ends_with(".bodies.jsonl")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

void drop_last_line(const std::filesystem::path& file) {
  auto text = test::read_text(file);
  text.resize(text.rfind('\n', text.size() - 2) + 1);
  test::write_text(file, text);
}

void erase(Session& session, const std::string& event) {
  auto options = session.options();
  options.because = "request";
  auto reasoned = Session::open(options);
  erase_event(reasoned, event, false);
}

bool nothing_known(const log::EventRef&) { return false; }

}  // namespace

TEST_CASE("a body that is missing though nothing erased it holds its replica back, and only it",
          "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  auto a = open_session(folder, "ada");
  auto c = open_session(folder, "cy");
  for (int i = 0; i < 3; ++i) place_hold(a);
  place_hold(c);
  sync_directory(a, remote);
  const auto file = body_files(remote).at(0);
  const auto whole = test::read_text(file);
  drop_last_line(file);
  {
    // Its own text is what nobody else can give, so it is asked for by name.
    auto options = test::session_options(folder / "bob" / "nines.db");
    auto b = Session::open(options);
    const auto error = error_of([&] { sync_directory(b, remote); });
    CHECK(error.code() == "BODY_MISSING");
    CHECK(error.kind() == ExitCode::bad_data);
    CHECK(std::string(error.what()).find(a.store().replica().to_string() + ":4") !=
          std::string::npos);
    CHECK(store::head_of(b.store().db(), a.store().replica()).seq == 3);  // those before it
    CHECK(store::verify_log(b.store()).intact());
    CHECK(error_of([&] { sync_directory(c, remote); }).code() == "BODY_MISSING");
    CHECK(error_of([&] { sync_directory(b, remote); }).code() == "BODY_MISSING");
    CHECK(store::head_of(b.store().db(), c.store().replica()).seq == 2);  // others go on
    test::write_text(file, whole);
    CHECK(sync_directory(b, remote).received() == 1);
    CHECK(store::verify_log(b.store()).intact());
  }
}

TEST_CASE("erasures that lie in later segments and of other replicas explain missing bodies",
          "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  auto a = open_session(folder, "ada");
  for (int i = 0; i < 12; ++i) {
    store::Transaction tx(a.store(), "ada", "many", std::nullopt);
    for (int j = 0; j < 100; ++j) store::place_hold(tx, a.store(), "m", "slo/");
    tx.commit();
  }
  sync_directory(a, remote);
  erase(a, "5");  // its erasure is event 1202, in the second segment
  auto c = open_session(folder, "cy");
  sync_directory(c, remote);
  erase(c, "7");
  erase(a, "9");
  for (auto* session : {&a, &c, &a, &c}) sync_directory(*session, remote);
  // Each erases what the other wrote last: neither replica can come in whole before the other.
  const auto newest_of = [](Session& session) {
    place_hold(session);
    const auto replica = session.store().replica();
    return log::to_string(
        log::EventRef{replica, store::head_of(session.store().db(), replica).seq});
  };
  const auto of_a = newest_of(a);
  const auto of_c = newest_of(c);
  for (auto* session : {&a, &c, &a}) sync_directory(*session, remote);
  erase(a, of_c);
  erase(c, of_a);
  for (auto* session : {&a, &c, &a, &c}) sync_directory(*session, remote);

  auto late = open_session(folder, "late");
  CHECK(sync_directory(late, remote).received() > 1200);
  CHECK(store::verify_log(late.store()).intact());
  CHECK(store::verify_log(late.store()).erased == 5);
  CHECK(test::dump(late) == test::dump(a));
}

TEST_CASE("bodies that are not canonical, or double, are refused", "[sync]") {
  TempFolder folder;
  auto a = open_session(folder, "ada");
  place_hold(a);
  log::SegmentFile file;
  store::send_segments(a.store(), a.store().replica(), 0,
                       [&](const log::SegmentFile& sent) { file = sent; });
  auto b = open_session(folder, "bob");
  const auto refused = [&](const log::SegmentFile& changed) {
    return error_of([&] { store::receive_segment(b.store(), changed, "there", nothing_known); });
  };
  auto twice = file;
  twice.bodies += twice.bodies.substr(0, twice.bodies.find('\n') + 1);
  CHECK(std::string(refused(twice).what()).find("is double") != std::string::npos);

  // A writer that hashes what is no canonical text: every hash holds.
  auto segment = *log::decode_segment(file.text).segment;
  auto bodies = *log::decode_bodies(file.bodies);
  bodies[1].json.insert(1, " ");
  segment.headers[1].body_hash = log::body_hash(bodies[1].salt, bodies[1].json);
  segment.hashes[1] = segment.head = log::hash_of(segment.headers[1]);
  log::SegmentFile loose{{}, log::encode(segment), log::encode_bodies(bodies)};
  loose.name = log::name_of_segment(loose.text, segment.replica, segment.first, segment.last());
  const auto error = refused(loose);
  CHECK(error.code() == "SEGMENT_DAMAGED");
  CHECK(std::string(error.what()).find("canonical") != std::string::npos);
  CHECK(store::event_count(b.store().db()) == 0);
}

TEST_CASE("a store whose own bodies are gone or changed does not send them", "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  for (const char* damage :
       {"DELETE FROM body WHERE position = 1", "UPDATE body SET json = '{}' WHERE position = 1"}) {
    auto a = open_session(folder, std::string("ada") + damage[0]);
    place_hold(a);
    a.store().db().script(damage);
    CHECK(error_of([&] { sync_directory(a, remote); }).code() == "STORE_DAMAGED");
  }
  CHECK(body_files(remote).empty());
}

TEST_CASE("each erasure is told to a place once", "[sync]") {
  TempFolder folder;
  const auto remote = test::made_folder(folder / "remote");
  auto a = open_session(folder, "ada");
  place_hold(a);
  sync_directory(a, remote);
  const auto file = body_files(remote).at(0);
  const auto whole = test::read_text(file);
  erase(a, "2");
  sync_directory(a, remote);
  CHECK(test::read_text(file) != whole);
  test::write_text(file, whole);  // nobody reads that file again, however often it syncs
  sync_directory(a, remote);
  CHECK(test::read_text(file) == whole);
  const auto second = test::made_folder(folder / "second");
  sync_directory(a, second);
  CHECK(test::read_text(body_files(second).at(0)).find("\"seq\":2") == std::string::npos);
}
