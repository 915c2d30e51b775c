// Everything that is believed of a part is recomputed from its bytes; the manifest says which
// bytes.
#include "store/parts.hpp"

#include <array>

#include "base/compress.hpp"
#include "base/error.hpp"
#include "base/json.hpp"
#include "domain/series/day_part.hpp"
#include "domain/series/parts_file.hpp"
#include "domain/series/totals.hpp"
#include "store/db.hpp"
#include "store/fold.hpp"
#include "store/import.hpp"
#include "store/search.hpp"
#include "store/series_tables.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

constexpr std::size_t kFileBytes = std::size_t{4} << 20;  ///< a file of parts holds about as much

constexpr std::string_view kPartsOfRun =
    "SELECT s.source, s.service, s.predicate, s.total, s.value, s.split, p.day, p.codec, p.bytes, "
    "p.hash, p.hours, p.first, p.last FROM part p JOIN run r ON r.id = p.run "
    "JOIN series s ON s.id = p.series WHERE r.uid = ? ORDER BY p.id";

/// What the event of a run says about its parts.
struct Announced {
  std::string source;
  std::uint64_t parts = 0;
  Hash256 manifest{};
  std::string segments_hash;
};

std::optional<Announced> announced(Db& db, const Uid& run) {
  auto row = db.query("SELECT body FROM import_run WHERE uid = ?", run);
  if (!row.step()) return std::nullopt;
  const auto body = Json::parse(row.text(0), "an import's record");
  const auto manifest = hash256_from_hex(body.text("manifest"));
  if (!manifest) return std::nullopt;
  return Announced{body.text("source"), static_cast<std::uint64_t>(body.integer("parts")),
                   *manifest, body.text("segments")};
}

series::TravellingPart part_at(const Query& row) {
  return {{row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)},
          static_cast<std::int32_t>(row.integer(6)),
          static_cast<int>(row.integer(7)),
          row.blob(8)};
}

/// A part with all that is kept beside its bytes. Empty when no encoder wrote it.
class Opener {
 public:
  std::optional<NewPart> open(const series::TravellingPart& part) {
    day_.clear();
    if (!unpack_.decompress(part.frame, kMostPartBytes, bytes_) ||
        part.codec != series::codec_of(bytes_) || !series::decode_into(bytes_, day_) ||
        series::first_overfull_minute(day_))
      return std::nullopt;
    const series::ActiveMinutes active(day_);
    if (active.count == 0) return std::nullopt;
    NewPart opened;
    opened.key = part.key;
    opened.day = part.day;
    opened.codec = part.codec;
    opened.hash = sha256(part.frame);
    opened.hours = series::encode(series::hour_sums(day_, active));
    opened.first_minute = active.minutes[0];
    opened.last_minute = active.minutes[active.count - 1];
    opened.frame = part.frame;
    return opened;
  }

 private:
  Decompressor unpack_;
  series::DayPart day_;
  std::string bytes_;
};

/// Empty when the run's rows are what its event says.
std::string fault_of(Db& db, const Uid& run, PartsVerified& seen) {
  const auto says = announced(db, run);
  if (!says) return "its event names no manifest";
  Opener opener;
  Sha256 manifest;
  std::uint64_t parts = 0;
  auto rows = db.query(kPartsOfRun, run);
  while (rows.step()) {
    const auto part = part_at(rows);
    const auto opened = opener.open(part);
    const auto where = "series '" + part.key.service + "', day " +
                       format_utc(Instant{std::chrono::days{part.day}}).substr(0, 10);
    if (!opened) return "the measurements of " + where + " are damaged";
    if (opened->hash != rows.hash256(9) || opened->hours != rows.blob(10) ||
        opened->first_minute != rows.integer(11) || opened->last_minute != rows.integer(12))
      return "the measurements of " + where + " were changed";
    add_to_manifest(manifest, series::id_of(part.key), part.day, opened->hash);
    ++parts;
  }
  seen.parts += parts;
  if (parts != says->parts)
    return "it has " + std::to_string(parts) + " parts, its event says " +
           std::to_string(says->parts);
  if (manifest.finish() != says->manifest) return "its parts are not those of its event";
  return {};
}

std::vector<Uid> runs_where(Db& db, std::string_view sql) {
  std::vector<Uid> runs;
  auto rows = db.query(sql);
  while (rows.step()) runs.push_back(rows.uid(0));
  return runs;
}

[[noreturn]] void refuse(const Uid& run, const std::string& why) {
  throw Error(ExitCode::bad_data,
              "the measurements of import " + run.to_string() + " cannot be taken: " + why,
              "delete its files there, and sync again from the machine that measured them, then "
              "from here",
              "MEASUREMENTS_DAMAGED");
}

void stage(ImportStage& staging, const Uid& run, const Announced& says,
           const std::function<std::optional<std::string>(std::uint32_t)>& get) {
  Opener opener;
  std::string segments;
  staging.begin_run(run);
  for (std::uint32_t index = 0; index == 0 || staging.parts() < says.parts; ++index) {
    const auto bytes = get(index);
    if (!bytes) refuse(run, "some of them are missing");
    auto file = series::decode_parts(*bytes);
    if (!file || file->run != run || file->index != index) refuse(run, "a file of them is damaged");
    if (index == 0) segments = std::move(file->segments);
    std::vector<NewPart> parts;
    for (const auto& part : file->parts) {
      auto opened = opener.open(part);
      if (!opened) refuse(run, "a file of them is damaged");
      parts.push_back(std::move(*opened));
    }
    if (index > 0 && parts.empty()) refuse(run, "some of them are missing");
    staging.add(std::move(parts));
  }
  if (to_hex(xxh3_128(segments)) != says.segments_hash) refuse(run, "its ledger was changed");
  staging.end_run(segments);
  if (staging.parts() != says.parts || staging.manifest() != says.manifest)
    refuse(run, "they are not those of its event");
}

}  // namespace

void add_to_manifest(Sha256& manifest, const series::SeriesId& series, std::int32_t day,
                     const Hash256& frame) {
  const auto n = static_cast<std::uint32_t>(day);
  const std::array<std::uint8_t, 4> bytes{
      static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8),
      static_cast<std::uint8_t>(n >> 16), static_cast<std::uint8_t>(n >> 24)};
  manifest.add(series).add(bytes).add(frame);
}

PartsVerified verify_parts(const Store& store) {
  auto& db = store.db();
  PartsVerified result;
  for (const auto& run : runs_here(store)) {
    ++result.runs;
    auto fault = fault_of(db, run, result);
    if (fault.empty()) continue;
    const auto says = announced(db, run);
    result.faults.push_back({run.to_string(), says ? says->source : "", std::move(fault)});
  }
  return result;
}

std::vector<Uid> runs_here(const Store& store) {
  return runs_where(store.db(),
                    "SELECT i.uid FROM import_run i JOIN run r ON r.uid = i.uid "
                    "WHERE r.announced = 1 ORDER BY i.uid");
}

std::vector<Uid> runs_elsewhere(const Store& store) {
  return runs_where(store.db(),
                    "SELECT uid FROM import_run WHERE run IS NULL AND uid NOT IN "
                    "(SELECT uid FROM run WHERE announced = 1) ORDER BY uid");
}

void send_parts(const Store& store, const Uid& run,
                const std::function<void(std::uint32_t, const std::string&)>& put) {
  auto& db = store.db();
  PartsVerified seen;
  if (const auto fault = fault_of(db, run, seen); !fault.empty())
    throw Error(ExitCode::bad_data,
                "the measurements of import " + run.to_string() + " are not sent: " + fault,
                "nines doctor --full names what broke; undo the import and do it again",
                "STORE_DAMAGED");
  // The files from the first on, but put in the other order: which parts go where is counted first.
  std::vector<std::uint64_t> begins{0};
  {
    std::uint64_t at = 0;
    std::size_t bytes = 0;
    auto rows = db.query(
        "SELECT length(p.bytes) FROM part p JOIN run r ON r.id = p.run WHERE r.uid = ? ORDER BY "
        "p.id",
        run);
    for (; rows.step(); ++at) {
      if (bytes >= kFileBytes) {
        begins.push_back(at);
        bytes = 0;
      }
      bytes += static_cast<std::size_t>(rows.integer(0));
    }
    begins.push_back(at);
  }
  static const auto kSome = std::string(kPartsOfRun) + " LIMIT ? OFFSET ?";
  for (std::size_t i = begins.size() - 1; i-- > 0;) {
    series::PartsFile file{run, static_cast<std::uint32_t>(i), {}, {}};
    if (i == 0) {
      auto row = db.query("SELECT segments FROM run WHERE uid = ?", run);
      if (row.step()) file.segments = row.blob(0);
    }
    auto rows = db.query(kSome, run, begins[i + 1] - begins[i], begins[i]);
    while (rows.step()) file.parts.push_back(part_at(rows));
    put(file.index, series::encode(file));
  }
}

void receive_parts(Store& store, const Uid& run,
                   const std::function<std::optional<std::string>(std::uint32_t)>& get) {
  auto& db = store.db();
  const auto says = announced(db, run);
  if (!says) refuse(run, "no event names their manifest");
  ImportStage staging(store);
  stage(staging, run, *says, get);
  db.script("BEGIN IMMEDIATE");
  try {
    watch_texts(db);
    staging.announced();
    refold_subject(db, "import/" + run.to_string());
    settle_texts(db);
    db.script("COMMIT");
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

}  // namespace nines::store
