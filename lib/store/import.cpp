// Staging of parts, the event that announces them, and the ledger of files.
#include "store/import.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <map>

#include "base/error.hpp"
#include "domain/series/totals.hpp"
#include "store/db.hpp"
#include "store/live_runs.hpp"
#include "store/page_cache.hpp"
#include "store/parts.hpp"
#include "store/series_tables.hpp"
#include "store/store_state.hpp"

namespace nines::store {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{8} << 20;  ///< one short transaction

std::span<const std::uint8_t> blob(std::string_view bytes) {
  return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
}

/// Held while an import stages parts; the kernel gives it back when the process ends.
class ImportLock {
 public:
  explicit ImportLock(const std::filesystem::path& store) {
    if (store.empty()) return;
    const std::string path = store.string() + ".import";
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd_ < 0) throw Error(ExitCode::io, "cannot make '" + path + "': " + std::strerror(errno));
    if (::flock(fd_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(fd_);
    fd_ = -1;
    throw Error(ExitCode::busy, "another import into this store is running",
                "try again when it has ended", "IMPORT_RUNNING");
  }
  ~ImportLock() {
    if (fd_ >= 0) ::close(fd_);
  }
  ImportLock(const ImportLock&) = delete;
  ImportLock& operator=(const ImportLock&) = delete;

 private:
  int fd_ = -1;
};

/// Removes parts that no event announces, in bounded steps.
void remove_unannounced(Db& db) {
  while (true) {
    const auto run = db.integer("SELECT id FROM run WHERE announced = 0 LIMIT 1");
    if (!run) return;
    do {
      db.run("DELETE FROM part WHERE id IN (SELECT id FROM part WHERE run = ? LIMIT 5000)", *run);
    } while (db.changes() > 0);
    db.run("DELETE FROM run WHERE id = ?", *run);
  }
}

Json key_json(const series::SeriesKey& key) {
  return Json::object({{"predicate", key.predicate}, {"total", key.total}, {"value", key.value}});
}

}  // namespace

Hash128 rule_of(const series::SeriesKey& key) {
  series::SeriesKey general = key;
  general.service.clear();
  general.split.clear();
  return series::id_of(general);
}

struct ImportStage::State {
  explicit State(Store& s) : store(s), lock(s.path()) {}

  Store& store;
  ImportLock lock;
  Uid uid{};
  std::int64_t run = 0;
  std::vector<std::int64_t> runs;
  struct Known {
    std::int64_t number = 0;
    series::SeriesId id{};
  };
  std::map<series::SeriesKey, Known> series;
  std::vector<NewPart> held;
  std::size_t held_bytes = 0;
  std::uint64_t parts = 0;
  std::uint64_t bytes = 0;
  Sha256 manifest;
  Hash256 manifest_hash{};

  const Known& series_of(const series::SeriesKey& key) {
    const auto [at, added] = series.try_emplace(key);
    if (!added) return at->second;
    Db& db = store.db();
    const series::SeriesId id = series::id_of(key);
    db.run(
        "INSERT OR IGNORE INTO series (uid, rule, source, service, predicate, total, value, split) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        id, rule_of(key), key.source, key.service, key.predicate, key.total, key.value, key.split);
    return at->second = {db.integer("SELECT id FROM series WHERE uid = ?", id).value(), id};
  }

  void write_chunk() {
    if (held.empty()) return;
    Db& db = store.db();
    db.script("BEGIN IMMEDIATE");
    for (const NewPart& part : held) {
      const Known& of = series_of(part.key);
      db.run(
          "INSERT INTO part (run, series, day, codec, first, last, hash, hours, bytes) VALUES (?, "
          "?, ?, ?, ?, ?, ?, ?, ?)",
          run, of.number, part.day, part.codec, part.first_minute, part.last_minute, part.hash,
          blob(part.hours), blob(part.frame));
      add_to_manifest(manifest, of.id, part.day, part.hash);
    }
    db.script("COMMIT");
    held.clear();
    held_bytes = 0;
  }
};

ImportStage::ImportStage(Store& store) : state_(std::make_unique<State>(store)) {
  // Parts come by day and are indexed by series: the pages of that index are wanted again and
  // again.
  widen_page_cache(store, 16);
  remove_unannounced(store.db());
}

ImportStage::~ImportStage() {
  try {
    Db& db = state_->store.db();
    if (db.in_transaction()) db.script("ROLLBACK");
    remove_unannounced(db);
  } catch (const Error&) {
    // The next import removes them.
  }
}

const Uid& ImportStage::begin_run() {
  State& s = *state_;
  begin_run(Uid::make(s.store.state().now(), s.store.state().entropy()));
  return s.uid;
}

void ImportStage::begin_run(const Uid& uid) {
  State& s = *state_;
  s.uid = uid;
  Db& db = s.store.db();
  db.run("INSERT INTO run (uid, announced) VALUES (?, 0)", s.uid);
  s.run = db.last_rowid();
  s.runs.push_back(s.run);
  s.parts = s.bytes = 0;
  s.manifest = Sha256();
}

void ImportStage::add(std::vector<NewPart> parts) {
  State& s = *state_;
  for (NewPart& part : parts) {
    ++s.parts;
    s.bytes += part.frame.size();
    s.held_bytes += part.frame.size() + 200;
    s.held.push_back(std::move(part));
  }
  if (s.held_bytes >= kChunkBytes) s.write_chunk();
}

void ImportStage::end_run(std::string_view segments) {
  State& s = *state_;
  s.write_chunk();
  s.manifest_hash = s.manifest.finish();
  s.store.db().run("UPDATE run SET manifest = ?, segments = ? WHERE id = ?", s.manifest_hash,
                   blob(segments), s.run);
}

std::uint64_t ImportStage::parts() const { return state_->parts; }
std::uint64_t ImportStage::bytes() const { return state_->bytes; }
const Hash256& ImportStage::manifest() const { return state_->manifest_hash; }

void ImportStage::announced() {
  for (const std::int64_t run : state_->runs)
    state_->store.db().run("UPDATE run SET announced = 1 WHERE id = ?", run);
}

log::NewEvent measurement_imported(const ImportRecord& r) {
  Json rules = Json::array();
  for (const auto& key : r.rules) rules.push(key_json(key));
  Json splits = Json::array();
  for (const auto& value : r.split_values) splits.push(value);
  log::NewEvent event{.kind = "measurement.imported", .subject = "import/" + r.uid.to_string()};
  event.body = Json::object({{"source", r.source},
                             {"origin", r.origin},
                             {"file", r.file},
                             {"rules", rules},
                             {"first_minute", r.first},
                             {"last_minute", r.last},
                             {"sampled", r.sampled},
                             {"rows", r.rows},
                             {"rejected", r.rejected},
                             {"skipped", r.skipped},
                             {"bytes", r.bytes},
                             {"parts", r.parts},
                             {"part_bytes", r.part_bytes},
                             {"manifest", to_hex(r.manifest)},
                             {"segments", r.segments_hash},
                             {"first_segment", r.first_segment},
                             {"continues", r.continues},
                             {"overlap", r.overlap},
                             {"class", r.source_class},
                             {"vantage", r.vantage},
                             {"split_values", splits}});
  if (!r.engine.is_null()) event.body.set("engine", r.engine);
  return event;
}

namespace {

ImportRecord record_from(const Uid& uid, const Json& body) {
  ImportRecord r;
  r.uid = uid;
  r.source = body.text("source");
  r.origin = body.text("origin");
  r.file = body.text("file");
  if (const Json* rules = body.find("rules"); rules != nullptr && rules->is_array()) {
    for (const Json& rule : rules->as_array()) {
      r.rules.push_back(
          {r.source, {}, rule.text("predicate"), rule.text("total"), rule.text("value"), {}});
    }
  }
  if (const Json* splits = body.find("split_values"); splits != nullptr && splits->is_array()) {
    for (const Json& value : splits->as_array()) {
      if (value.is_string()) r.split_values.push_back(value.as_string());
    }
  }
  r.first = body.integer("first_minute");
  r.last = body.integer("last_minute");
  r.sampled = body.boolean("sampled");
  r.rows = static_cast<std::uint64_t>(body.integer("rows"));
  r.rejected = static_cast<std::uint64_t>(body.integer("rejected"));
  r.skipped = static_cast<std::uint64_t>(body.integer("skipped"));
  r.bytes = static_cast<std::uint64_t>(body.integer("bytes"));
  r.parts = static_cast<std::uint64_t>(body.integer("parts"));
  r.part_bytes = static_cast<std::uint64_t>(body.integer("part_bytes"));
  r.manifest = hash256_from_hex(body.text("manifest")).value_or(Hash256{});
  r.segments_hash = body.text("segments");
  r.first_segment = static_cast<std::uint64_t>(body.integer("first_segment"));
  r.continues = body.text("continues");
  r.overlap = body.text("overlap");
  r.source_class = body.text("class");
  r.vantage = body.text("vantage");
  if (const Json* engine = body.find("engine")) r.engine = *engine;
  return r;
}

std::optional<Uid> run_uid(std::string_view subject) {
  return Uid::parse(subject.substr(subject.find('/') + 1));
}

void apply_imported(Db& db, const log::Event& event) {
  const auto uid = run_uid(event.header.subject);
  if (!uid || !event.body.is_object()) return;
  const ImportRecord record = record_from(*uid, event.body);
  std::string rules;
  for (const auto& key : record.rules) rules += as_text(rule_of(key));
  db.run(
      "INSERT OR REPLACE INTO import_run (uid, run, replica, source, origin, continues, stated, "
      "rules, first, last, sampled, at, body) VALUES (?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, event.header.ref.replica, record.source, record.origin, record.continues,
      !record.overlap.empty(), blob(record.rows > 0 ? rules : ""), record.first, record.last,
      record.sampled, event.header.recorded_at,
      event.body
          .canonical());  // a rebuild reads the stored bytes, so the first write has to match them
  if (record.rows > 0) {
    for (const auto& key : record.rules)
      db.run("INSERT OR IGNORE INTO import_rule (rule, uid) VALUES (?, ?)", rule_of(key), *uid);
  }
  settle_runs(db, record.source);
}

void clear_import(Db& db, std::string_view subject) {
  const auto uid = run_uid(subject);
  if (!uid) return;
  const auto source = db.text("SELECT source FROM import_run WHERE uid = ?", *uid);
  const auto run = db.integer("SELECT run FROM import_run WHERE uid = ?", *uid);
  db.run("DELETE FROM import_rule WHERE uid = ?", *uid);
  db.run("DELETE FROM import_run WHERE uid = ?", *uid);
  if (run) refresh_totals_of_run(db, *run);
  if (source) settle_runs(db, *source);
}

}  // namespace

const Aggregate& import_aggregate() {
  static const std::array kKinds{Projection{"measurement.imported", apply_imported}};
  static const Aggregate kAggregate{"import/", kKinds, clear_import, kSeriesTables, kSeriesContent};
  return kAggregate;
}

std::vector<ImportedFile> imported_files(const Store& store, std::string_view source) {
  std::vector<ImportedFile> files;
  auto rows = store.db().query(
      "SELECT i.uid, i.body, i.at, r.segments FROM import_run i LEFT JOIN run r ON r.id = i.run "
      "WHERE i.source = ? ORDER BY i.at, i.uid",
      source);
  while (rows.step()) {
    files.push_back({record_from(rows.uid(0), Json::parse(rows.text(1), "an import's record")),
                     rows.instant(2), rows.blob(3)});
  }
  return files;
}

}  // namespace nines::store
