// Checkpoints, proofs, and the export of the whole log.
#include "base/error.hpp"
#include "base/read_file.hpp"
#include "domain/log/merkle.hpp"
#include "store/commands.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/keys.hpp"
#include "store/left_out.hpp"
#include "store/log_writer.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"
#include "usecases/log/evidence.hpp"

namespace nines::usecases {
namespace {

void renew_key(Session& session, const std::filesystem::path& key_file) {
  SystemEntropy system;
  const auto previous = store::read_key_file(key_file);
  const auto key = store::rotate_key_file(
      key_file, session.options().entropy != nullptr ? *session.options().entropy : system);
  const auto& o = session.options();
  store::Transaction tx(session.store(), o.actor, o.command, o.because);
  store::publish_key(tx, session.store(), key, previous);
  tx.commit();
}

std::string export_line(store::Db& db, const store::Query& row, ExportResult& result) {
  const auto header = store::header_at(row);
  auto line = Json::object({{"header", Json::parse(log::canonical(header))},
                            {"hash", to_hex(store::stored_hash_at(row))},
                            {"position", store::position_at(row)}});
  const auto event = store::event_at(row);
  if (event.erased && store::is_left_out_at(db, store::position_at(row)) &&
      !store::erasure_is_here(db, header.ref)) {
    line.set("left_out", true);
    ++result.left_out;
  } else if (event.erased)
    line.set("erased", true);
  else
    line.set("salt", to_hex(event.salt)).set("body", event.body);
  return line.canonical() + "\n";
}

void write_part(ExportResult& result, const std::string& name, const std::string& bytes) {
  store::write_file_atomically(result.folder / name, bytes);
  result.files.emplace_back(name, to_hex(sha256(bytes)));
}

/// One event a line, streamed: a log may be larger than memory.
void write_events(ExportResult& result, store::Db& db) {
  static const auto kAll = store::event_select("ORDER BY e.position");
  store::AtomicFile file(result.folder / "events.jsonl");
  Sha256 digest;
  auto rows = db.query(kAll);
  for (; rows.step(); ++result.events) {
    const auto line = export_line(db, rows, result);
    digest.add(line);
    file.write(line);
  }
  file.commit();
  result.files.emplace_back("events.jsonl", to_hex(digest.finish()));
}

Json manifest_of(const ExportResult& result, const log::Checkpoint& checkpoint, Instant now) {
  auto manifest = Json::object({{"format", "nines/audit.export/v1"},
                                {"tool", "nines " NINES_VERSION},
                                {"generated_at", format_utc(now)},
                                {"origin", checkpoint.origin},
                                {"events", checkpoint.size},
                                {"left_out", result.left_out},
                                {"root", to_hex(checkpoint.root)}});
  auto heads = Json::array();
  for (const auto& head : checkpoint.heads)
    heads.push(Json::object(
        {{"replica", head.replica.to_string()}, {"seq", head.seq}, {"hash", to_hex(head.hash)}}));
  auto files = Json::array();
  for (const auto& [name, hash] : result.files)
    files.push(Json::object({{"name", name}, {"sha256", hash}}));
  manifest.set("heads", std::move(heads)).set("files", std::move(files));
  return manifest;
}

}  // namespace

CheckpointResult audit_checkpoint(Session& session, const CheckpointOptions& options) {
  if (options.new_key) renew_key(session, options.key_file);
  const auto note = present_note(session.store(), options.key_file);
  const auto checkpoint = log::checkpoint_from(note.text);
  return {log::to_string(note), checkpoint->size, checkpoint->root,
          note.signatures.empty() ? std::string() : note.signatures.front().name};
}

ProofResult audit_prove(const Session& session, const std::string& text,
                        const std::filesystem::path& key_file) {
  require_present(session);
  const auto& store = session.store();
  const auto event = store::get_event(store, text);
  const auto number = store::number_of_event(store.db(), event.header.ref);
  const auto size = store::stored_frontier(store.db()).size();
  log::Proof proof{log::canonical(event.header), static_cast<std::uint64_t>(number - 1),
                   log::inclusion_proof(static_cast<std::uint64_t>(number - 1), size,
                                        store::stored_nodes(store.db())),
                   present_note(store, key_file)};
  if (!log::holds(proof))
    throw Error(ExitCode::bad_data,
                "event " + std::to_string(number) + " cannot be proven: the log is damaged",
                "nines audit verify names what broke", "STORE_DAMAGED");
  const auto& h = event.header;
  return {log::to_string(proof),
          number,
          log::to_string(h.ref),
          h.kind,
          h.subject,
          Json::parse(proof.header),
          event.erased ? std::string() : to_hex(event.salt),
          event.body,
          size};
}

ProofCheck audit_check_proof(const Session& session, const std::filesystem::path& file,
                             const std::filesystem::path& key_file) {
  const auto proof = log::proof_from(read_file(file));
  const auto checkpoint = proof ? log::checkpoint_from(proof->checkpoint.text) : std::nullopt;
  if (!checkpoint)
    throw Error(ExitCode::bad_data, "'" + file.string() + "' is no proof",
                "nines audit prove EVENT writes one", "BAD_PROOF");
  ProofCheck check;
  check.header = Json::parse(proof->header, file.string());
  check.origin = checkpoint->origin;
  check.size = checkpoint->size;
  check.signature =
      check_signatures(proof->checkpoint, known_keys(session.store(), key_file), check.signer);
  check.holds = log::holds(*proof) && check.signature != SignatureState::bad;
  if (!log::holds(*proof))
    check.why_not = "the path does not lead from the event to the checkpoint's root";
  else if (!check.holds)
    check.why_not = "the checkpoint's signature is bad";
  return check;
}

ExportResult audit_export(const Session& session, const std::filesystem::path& folder,
                          const std::filesystem::path& key_file) {
  require_present(session);
  const auto& store = session.store();
  store::create_private_folder(folder);
  if (!std::filesystem::is_directory(folder) || !std::filesystem::is_empty(folder))
    throw Error(ExitCode::cannot_create, "the folder '" + folder.string() + "' is not empty",
                "name a new one with --out", "FILE_EXISTS");
  ExportResult result{folder, 0, 0, {}};
  write_events(result, store.db());
  const auto note = present_note(store, key_file);
  write_part(result, "checkpoint.txt", log::to_string(note));
  const auto manifest = manifest_of(result, *log::checkpoint_from(note.text), session.now());
  write_part(result, "manifest.json", manifest.pretty() + "\n");
  return result;
}

}  // namespace nines::usecases
