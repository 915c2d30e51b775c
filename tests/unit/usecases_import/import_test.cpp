// Whole imports into a store: counted once, appended, packed, undone, and equal to what awk counts.
#include <catch2/catch.hpp>

#include <zlib.h>
#include <zstd.h>
#include <cstdlib>
#include <fstream>
#include <random>

#include "base/error.hpp"
#include "store/fold.hpp"
#include "store/import.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "unit/usecases_import/fixture.hpp"

using namespace nines;
using nines::test::csv;
using nines::test::kCsvSource;
using nines::test::slo_of;
using nines::test::source_of;
using World = nines::test::ImportWorld;
namespace fs = std::filesystem;

namespace {

std::string gzip(const std::string& text) {
  z_stream z{};
  deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1000, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  z.avail_in = static_cast<uInt>(text.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

fs::path shared_data() {
  if (const char* set = std::getenv("NINES_SHARED")) return fs::path(set) / "data";
  for (fs::path at = fs::current_path(); at.has_relative_path(); at = at.parent_path()) {
    for (const char* name : {"shared/data", "../shared/data"}) {
      if (fs::exists(at / name / "access")) return at / name;
    }
  }
  return {};
}

}  // namespace

TEST_CASE("the access log is counted as awk counts it, once", "[import]") {
  const fs::path data = shared_data();
  if (data.empty()) {
    WARN("SKIPPED: ../shared/data is not there");
    return;
  }
  World world;
  world.apply("DataSource", "web", source_of("web", R"({"format":"combined","service":"shop"})"));
  world.apply("SLO", "availability",
              slo_of("availability", "shop", "web", R"({"where":"status < 500"})"));
  const auto result = world.import(data / "access" / "apache_access.log", "web");
  REQUIRE(result.files.size() == 1);
  const auto& file = result.files[0];
  CHECK(file.rows == 9999);
  CHECK(file.rejected == 1);
  REQUIRE(file.rejects.size() == 1);
  CHECK(file.rejects[0].line == 8899);
  CHECK(file.rejects[0].reason.find("never closed") != std::string::npos);
  const auto counts = world.sum("availability");
  CHECK(counts.total == 9999);
  CHECK(counts.good == 9996);
  CHECK(counts.observed_minutes == 4981);
  const auto id = world.series_of("availability");
  const auto reader = store::open_series(world.store());
  const auto extent = reader->extent(id).value();
  CHECK(format_utc(Instant{std::chrono::minutes{extent.begin}}) == "2015-05-17T10:05:00Z");
  CHECK(extent.end - extent.begin == 4981);
  const std::uint64_t per_day[] = {1632, 2893, 2896, 2578};
  const std::int64_t first_day = extent.begin / 1440;
  for (std::int64_t d = 0; d < 4; ++d) {
    CHECK(reader->sum(id, (first_day + d) * 1440, (first_day + d + 1) * 1440).total == per_day[d]);
  }
  std::size_t with_data = 0;
  for (const auto& minute : reader->minutes(id, extent.begin, extent.end))
    with_data += minute.total > 0;
  CHECK(with_data == 84);

  const auto again = world.import(data / "access" / "apache_access.log", "web");
  CHECK(again.files[0].rows == 0);
  CHECK(again.files[0].known_bytes == again.files[0].bytes);
  CHECK(world.sum("availability") == counts);
}

TEST_CASE("a file that grows, is packed or renamed counts its new lines only", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  const std::string first = csv(0, 1000), second = csv(1000, 2500), partial = "1700099999,shop,2";
  world.import(world.write("a.csv", first + "17000"), "web");
  CHECK(world.sum("shop").total == 334);
  const auto grown = world.import(world.write("a.csv", first + second + partial), "web");
  CHECK(grown.files[0].rows == 1500);
  CHECK(grown.files[0].incomplete_bytes == partial.size());
  CHECK(world.sum("shop").total == 834);
  CHECK(world.import(world.write("b.csv.gz", gzip(first + second)), "web").files[0].rows == 0);
  CHECK(world.import(world.write("c.csv.zst", zstd(first + second + csv(2500, 2600))), "web")
            .files[0]
            .rows == 100);
  CHECK(world.import(world.write("d.csv", first), "web").files[0].rows == 0);  // cut short
  CHECK(world.sum("shop").total == 867);
  CHECK(world.sum("shop").total - world.sum("shop").good == 87);
}

TEST_CASE("times that another file covers need a word", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  world.import(world.write("a.csv", csv(0, 1000)), "web");
  const auto other = world.write("b.csv", "t,service,status\n" + csv(500, 1500));
  CHECK_THROWS_AS(world.import(other, "web"), Error);
  CHECK(world.sum("shop").total == 334);
  const auto skipped = world.import(other, "web", usecases::Overlap::skip);
  CHECK(skipped.files[0].skipped + skipped.files[0].rows == 1000);
  CHECK(skipped.files[0].skipped >= 500);
  World hosts;
  hosts.apply("DataSource", "web", source_of("web", kCsvSource));
  hosts.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  const auto same = hosts.write("a.csv", csv(0, 1000));
  hosts.import(same, "web", usecases::Overlap::refuse, "host-1");
  hosts.import(same, "web", usecases::Overlap::refuse, "host-2");
  CHECK(hosts.sum("shop").total == 668);
}

TEST_CASE("a shorter copy of a file that was imported is refused, not counted again", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  const auto whole = csv(0, 150'000);
  REQUIRE(whole.size() > (2u << 20));
  world.import(world.write("a.csv", whole), "web");
  const auto total = world.sum("shop").total;
  const auto half = whole.substr(0, whole.rfind('\n', whole.size() / 2) + 1);
  const auto copy = world.write("copy.csv", half);
  CHECK_THROWS_WITH(world.import(copy, "web"), Catch::Contains("begins like a file"));
  CHECK(world.sum("shop").total == total);
  CHECK(world.import(copy, "web", usecases::Overlap::skip).files[0].rows == 0);
  // One that goes on where the first ended is no copy, though it ends in the minute it began.
  world.import(world.write("a.csv", whole + csv(150'000, 150'010)), "web");
  CHECK(world.sum("shop").total > total);
}

TEST_CASE("an indicator applied later reads old files without counting the others twice",
          "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  const auto file = world.write("a.csv", csv(0, 1000));
  world.import(file, "web");
  world.apply("SLO", "cart", slo_of("cart", "cart", "web", R"({"where":"status = 200"})"));
  CHECK(usecases::files_to_import_again(world.session(), "web") ==
        std::vector<std::string>{file.string()});
  world.import(file, "web");
  CHECK(usecases::files_to_import_again(world.session(), "web").empty());
  CHECK(world.sum("shop").total == 334);
  CHECK(world.sum("cart").total == 666);
}

TEST_CASE("undo takes an import back, and a rebuild makes the same tables", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  world.import(world.write("a.csv", csv(0, 1000)), "web");
  const auto before = world.sum("shop");
  const std::string tables = test::dump_projections(world.store().db());
  world.import(world.write("a.csv", csv(0, 2000)), "web");
  CHECK(world.sum("shop").total == 667);
  const auto files = store::imported_files(world.store(), "web");
  REQUIRE(files.size() == 2);
  const auto subject = "import/" + files[1].record.uid.to_string();
  store::aggregate_of(subject)->clear(world.store().db(), subject);
  CHECK(world.sum("shop") == before);
  CHECK(test::dump_projections(world.store().db()) == tables);
  store::refold_subject(world.store().db(), subject);
  CHECK(world.sum("shop").total == 667);
}

TEST_CASE("windows equal naive sums over all minutes", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  std::mt19937_64 rng(7);
  std::string text = "t,service,status\n";
  for (int i = 0; i < 20'000; ++i) {
    text += std::to_string(1'700'000'000 + rng() % (40 * 86'400)) + ",shop," +
            (rng() % 20 == 0 ? "500" : "200") + "\n";
  }
  world.import(world.write("a.csv", text), "web");
  const auto id = world.series_of("shop");
  const auto reader = store::open_series(world.store());
  const auto extent = reader->extent(id).value();
  const auto minutes = reader->minutes(id, extent.begin, extent.end);
  CHECK(minutes.size() == static_cast<std::size_t>(extent.end - extent.begin));
  for (int round = 0; round < 300; ++round) {
    std::int64_t from = extent.begin - 50 +
                        static_cast<std::int64_t>(
                            rng() % static_cast<std::uint64_t>(extent.end - extent.begin + 100));
    std::int64_t to = round % 2 == 0 ? extent.end : from + static_cast<std::int64_t>(rng() % 5000);
    if (round % 3 == 0) from = to - static_cast<std::int64_t>(rng() % 500);
    series::Counts naive;
    for (const auto& m : minutes) {
      if (m.minute >= from && m.minute < to) naive += {m.good, m.total, m.observed ? 1u : 0u};
    }
    const auto fast = reader->sum(id, from, to);
    INFO(from << ".." << to);
    CHECK(fast == naive);
  }
}

TEST_CASE("what an indicator cannot read is said, and nothing is stored", "[import]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"statsu < 500"})"));
  try {
    world.import(world.write("a.csv", csv(0, 10)), "web");
    FAIL("accepted");
  } catch (const Error& e) {
    CHECK(std::string(e.what()).find("statsu") != std::string::npos);
    CHECK(e.hint().find("status") != std::string::npos);
  }
  CHECK_THROWS_AS(world.import(world.path("none.csv"), "web"), Error);
  CHECK_THROWS_AS(world.import(world.path("a.csv"), "wbe"), Error);
  CHECK(store::imported_files(world.store(), "web").empty());
}

TEST_CASE("sums of counts are read, and more good than total is refused", "[import]") {
  World world;
  world.apply(
      "DataSource", "agg",
      source_of(
          "agg",
          R"({"format":"csv","time":{"column":"t","unit":"s"},"service":{"column":"service"},"expectedInterval":"1m"})"));
  auto document = slo_of("shop", "shop", "agg", R"({"sum":"good"})");
  document.replace(document.find(R"({"where":"true"})"), 16, R"({"sum":"total"})");
  world.apply("SLO", "shop", document);
  world.import(
      world.write(
          "a.csv",
          "t,service,good,total\n1700000000,shop,9,10\n1700000060,shop,5,5\n1700000300,shop,0,0\n"),
      "agg");
  const auto counts = world.sum("shop");
  CHECK(counts.good == 14);
  CHECK(counts.total == 15);
  CHECK_THROWS_AS(
      world.import(world.write("b.csv", "t,service,good,total\n1800000000,shop,11,10\n"), "agg"),
      Error);
  CHECK(world.sum("shop") == counts);
}

TEST_CASE("several readers at once see what one sees, and only the same state", "[usecases]") {
  World world;
  world.apply("DataSource", "web", source_of("web", kCsvSource));
  world.apply("SLO", "shop", slo_of("shop", "shop", "web", R"({"where":"status < 500"})"));
  world.import(world.write("a.csv", csv(0, 5000)), "web");
  const auto id = world.series_of("shop");
  const store::Snapshot snapshot(world.store());
  const auto readers = store::open_series(world.store(), 3);
  REQUIRE(readers.size() == 3);
  const auto extent = readers[0]->extent(id).value();
  for (const auto& reader : readers) {
    CHECK(reader->extent(id)->end == extent.end);
    CHECK(reader->sum(id, extent.begin, extent.end) ==
          readers[0]->sum(id, extent.begin, extent.end));
  }
  // Another process goes on meanwhile: what it wrote is not in the snapshot, so nobody reads it.
  auto other = test::open_store(world.path("nines.db"), store::Mode::write);
  other.db().script("INSERT INTO run (uid, announced) VALUES (zeroblob(16), 1)");
  CHECK(store::open_series(world.store(), 3).size() == 1);  // parts came without an event
  other.db().script("DELETE FROM run WHERE uid = zeroblob(16)");
  store::Transaction tx(other, "ben", "slo apply", "later");
  tx.append(store::definition_applied({.kind = "Service",
                                       .name = "late",
                                       .api_version = "nines/v1",
                                       .path = "x.yaml",
                                       .document = Json::object()}));
  tx.commit();
  CHECK(store::open_series(world.store(), 3).size() == 1);
}
