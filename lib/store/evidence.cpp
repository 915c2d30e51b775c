// Evidence as rows, and its bytes as compressed blobs.
#include "store/evidence.hpp"

#include <array>

#include "base/compress.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "store/db.hpp"
#include "store/record.hpp"

namespace nines::store {
namespace {

constexpr RecordKind kEvidenceRecord{"evidence/", "", "DELETE FROM evidence WHERE uid = ?"};

void apply_kept(Db& db, const log::Event& event) {
  const auto uid = record_uid(event.header.subject);
  const auto hash = hash256_from_hex(event.body.text("hash"));
  if (!uid || !hash) return;
  const auto& body = event.body;
  db.run(
      "INSERT OR REPLACE INTO evidence (uid, hash, class, size, truncated, redacted, about, kept) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      *uid, *hash, body.text("class"), body.integer("size"), body.boolean("truncated"),
      body.text("redacted"), body.text("about"), event.header.occurred_at);
}

std::vector<std::string> services_in(const std::string& joined) {
  std::vector<std::string> words;
  for (const auto word : split(joined, ','))
    if (!word.empty()) words.emplace_back(word);
  return words;
}

/// Bytes do not travel: what is kept here is nowhere else.
constexpr std::string_view kOnlyHere =
    "SELECT uid FROM evidence WHERE hash IN (SELECT hash FROM evidence_bytes)";

}  // namespace

const Aggregate& evidence_aggregate() {
  static const std::array kKinds{Projection{"evidence.kept", apply_kept}};
  static const Aggregate kAggregate{kEvidenceRecord.subjects, kKinds, clear_record<kEvidenceRecord>,
                                    R"sql(
CREATE TABLE evidence (
  uid BLOB PRIMARY KEY,
  hash BLOB NOT NULL,
  class TEXT NOT NULL,
  size INTEGER NOT NULL,
  truncated INTEGER NOT NULL,
  redacted TEXT NOT NULL,
  about TEXT NOT NULL,
  kept INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX evidence_hash ON evidence (hash);
)sql",
                                    R"sql(
CREATE TABLE evidence_bytes (
  hash BLOB PRIMARY KEY,
  frame BLOB NOT NULL
);
)sql",
                                    kOnlyHere};
  return kAggregate;
}

log::NewEvent evidence_kept(const Evidence& evidence) {
  log::NewEvent event{.kind = "evidence.kept",
                      .subject = subject_of(kEvidenceRecord, evidence.uid)};
  event.body = Json::object({{"hash", to_hex(evidence.hash)},
                             {"class", to_string(evidence.sort)},
                             {"size", evidence.size},
                             {"truncated", evidence.truncated},
                             {"redacted", join(evidence.redacted, ",")},
                             {"about", evidence.about}});
  event.occurred_at = evidence.kept_at;
  return event;
}

void keep_bytes(Db& db, const Hash256& hash, std::string_view bytes) {
  if (bytes.size() > kMostEvidence)
    throw Error(ExitCode::usage, "evidence larger than 16 MiB is not kept",
                "keep the part that matters", "TOO_LARGE");
  std::string frame;
  Compressor().compress(bytes, frame);
  const std::span blob(reinterpret_cast<const std::uint8_t*>(frame.data()), frame.size());
  db.run("INSERT OR IGNORE INTO evidence_bytes (hash, frame) VALUES (?, ?)", hash, blob);
}

std::optional<Evidence> find_evidence(const Store& store, const Uid& uid) {
  auto row = store.db().query(
      "SELECT uid, hash, class, size, truncated, redacted, about, kept FROM evidence WHERE uid = ?",
      uid);
  if (!row.step()) return std::nullopt;
  return Evidence{
      row.uid(0),
      row.hash256(1),
      incident::evidence_class_from(row.text(2)).value_or(incident::EvidenceClass::privileged),
      row.integer(3),
      row.integer(4) != 0,
      services_in(row.text(5)),
      row.text(6),
      row.instant(7)};
}

std::optional<std::string> evidence_bytes(const Store& store, const Hash256& hash) {
  auto row = store.db().query("SELECT frame FROM evidence_bytes WHERE hash = ?", hash);
  if (!row.step()) return std::nullopt;
  std::string bytes;
  if (!Decompressor().decompress(row.blob(0), kMostEvidence, bytes) || sha256(bytes) != hash)
    throw Error(ExitCode::bad_data,
                "evidence " + to_hex(hash).substr(0, 12) + " is not what its hash says",
                "nines doctor --full; restore a backup", "EVIDENCE_DAMAGED");
  return bytes;
}

void drop_unnamed_evidence(Db& db, std::string_view subject) {
  if (!subject.starts_with(kEvidenceRecord.subjects)) return;
  // Only the file itself has the table: a log that is replayed into memory changes no content.
  if (!db.integer("SELECT 1 FROM main.sqlite_master WHERE name = 'evidence_bytes'")) return;
  db.run("DELETE FROM evidence_bytes WHERE hash NOT IN (SELECT hash FROM evidence)");
}

}  // namespace nines::store
