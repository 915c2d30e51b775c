// The first minute: init from nothing, init from a raw file, the example company.
#include "usecases/setup/init_from.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/setup/demo.hpp"
#include "usecases/setup/demo_data.hpp"
#include "usecases/slo/catalogue.hpp"

using namespace nines;
using namespace nines::usecases;
using nines::test::TempFolder;

namespace {

SessionOptions options() {
  SessionOptions o;
  o.clock = test::test_clock;
  o.actor = "ada";
  o.command = "init";
  return o;
}

Catalogue catalogue_in(const std::filesystem::path& folder) {
  auto o = options();
  o.db = folder / ".nines" / "nines.db";
  return load_catalogue(Session::open(o));
}

/// `bad` of 2000 requests fail, one each minute.
void write_log(const std::filesystem::path& path, int bad) {
  std::ofstream log(path);
  for (int i = 0; i < 2000; ++i)
    log << "192.0.2." << 1 + i % 200 << " - - [" << (10 + i / 1440)
        << "/Nov/2026:" << (i / 60 % 24 < 10 ? "0" : "") << i / 60 % 24 << ':'
        << (i % 60 < 10 ? "0" : "") << i % 60 << ":00 +0000] \"GET /" << i % 7 << " HTTP/1.1\" "
        << (i < bad ? 500 : 200) << " 512 \"-\" \"test\"\n";
}

}  // namespace

TEST_CASE("the first target is the highest usual one that the numbers support") {
  const auto target = [](std::uint64_t good, std::uint64_t total) {
    return attainable_target(good, total).target.percent_text();
  };
  CHECK(target(1'000'000, 1'000'000) == "99.99");
  CHECK(target(999'000, 1'000'000) == "99.5");
  CHECK(target(999'600, 1'000'000) == "99.95");
  CHECK(target(100, 100) == "95");  // no failure in a hundred is no proof of more
  CHECK(target(10, 10) == "50");
  CHECK(target(0, 1000) == "50");
}

TEST_CASE("init leaves what is there and can be run again") {
  TempFolder folder;
  const InitRequest request{.folder = folder / "app", .first_slo = true, .dry_run = false};
  for (const auto& step : init_folder(options(), request)) CHECK(step.made);
  std::ofstream(folder / "app/.nines.yaml") << "tz: Europe/Paris\n";
  for (const auto& step : init_folder(options(), request)) CHECK_FALSE(step.made);
  std::ifstream file(folder / "app/.nines.yaml");
  CHECK((std::stringstream() << file.rdbuf()).str() == "tz: Europe/Paris\n");
  const InitRequest dry{.folder = folder / "other", .first_slo = true, .dry_run = true};
  CHECK(init_folder(options(), dry).front().made);
  CHECK_FALSE(std::filesystem::exists(folder / "other"));
}

TEST_CASE("a raw file becomes a definition, a target and measurements, once") {
  TempFolder folder;
  write_log(folder / "access.log", 4);
  const InitRequest request{.folder = folder / "", .first_slo = true, .dry_run = false};
  const auto first = init_from(options(), request, (folder / "access.log").string());
  REQUIRE(first.measure);
  CHECK(first.measure->total == 2000);
  CHECK(first.measure->good == 1996);
  CHECK(first.measure->target.percent_text() == "99.5");
  CHECK(first.rows == 2000);
  CHECK(first.rejected == 0);
  const auto catalogue = catalogue_in(folder / "");
  REQUIRE(catalogue.slos.size() == 1);
  CHECK(catalogue.slos[0].name == first.slo);
  CHECK(catalogue.slos[0].objectives.at(0).target.to_string() == "0.995");
  CHECK_THAT(catalogue.provenance.at(first.slo).because, Catch::Contains("1996 good of 2000"));
  const auto again = init_from(options(), request, (folder / "access.log").string());
  CHECK_FALSE(again.measure);
  CHECK(again.rows == 0);
  CHECK(again.known_bytes > 0);
}

TEST_CASE("a file without verdicts or times is refused, and nothing is made") {
  TempFolder folder;
  std::ofstream(folder / "notes.txt") << "hello\nworld\n";
  const InitRequest request{.folder = folder / "app", .first_slo = true, .dry_run = false};
  CHECK_THROWS_AS(init_from(options(), request, (folder / "notes.txt").string()), Error);
  CHECK_THROWS_AS(init_from(options(), request, (folder / "nowhere.log").string()), Error);
  CHECK_FALSE(std::filesystem::exists(folder / "app"));
}

TEST_CASE("the demo's data repeat for a seed and tell its story") {
  const Day end{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
  const auto data = make_demo_data(1, end);
  CHECK(data.checkout_csv == make_demo_data(1, end).checkout_csv);
  CHECK(data.checkout_csv != make_demo_data(2, end).checkout_csv);
  CHECK(data.edge_log.find("[22/Nov/2026:") != std::string::npos);
  CHECK(data.edge_log.find("[23/Nov/2026:") == std::string::npos);
  std::size_t bad = 0;
  std::istringstream lines(data.checkout_csv);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("2026-10-14T09:") && line.find(",503,") != std::string::npos) ++bad;
  CHECK(bad > 10);
  CHECK(data.deploys.size() > 20);
}
