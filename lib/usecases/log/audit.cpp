// Verification, and comparing the log with a checkpoint that was exported earlier.
#include "usecases/log/audit.hpp"

#include "base/error.hpp"
#include "domain/log/checkpoint.hpp"
#include "domain/log/merkle.hpp"
#include "store/directory_exchange.hpp"
#include "store/log_writer.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"
#include "store/verify.hpp"
#include "usecases/log/audit_signatures.hpp"
#include "usecases/log/evidence.hpp"
#include "usecases/log/open_place.hpp"
#include "usecases/log/witness.hpp"

namespace nines::usecases {
namespace {

void add(AuditReport& report, std::string what) {
  report.faults.push_back({0, {}, {}, {}, std::move(what)});
}

/// The same log: its first `size` events must still have the root that was exported.
void compare_root(AuditReport& report, const store::Store& store, const log::Checkpoint& then) {
  if (then.size > report.events) {
    add(report, "the log was rolled back: it has " + std::to_string(report.events) +
                    " events, and had " + std::to_string(then.size) + " at the checkpoint");
    return;
  }
  const auto root = log::merkle_root(then.size, store::stored_nodes(store.db()));
  if (root != then.root)
    add(report, "the first " + std::to_string(then.size) +
                    " events are not those of the checkpoint: history was rewritten");
}

/// Another file of the same history (a replica, a restored copy): what both hold must agree.
void compare_heads(AuditReport& report, const store::Store& store, const log::Checkpoint& then) {
  for (const auto& head : then.heads) {
    const auto hash = store::hash_of_event(store.db(), {head.replica, head.seq});
    const auto name = head.replica.to_string() + ":" + std::to_string(head.seq);
    if (!hash)
      add(report, "event " + name + " of the checkpoint is not here");
    else if (*hash != head.hash)
      add(report, "event " + name + " is another one than at the checkpoint");
  }
}

void compare_place(AuditReport& report, const Session& session, const SyncPlace& place,
                   const AuditOptions& options) {
  const auto& store = session.store();
  if (place.kind == SyncPlace::Kind::folder && !store::DirectoryExchange::is_remote(place.address))
    throw Error(ExitCode::config, "'" + place.address + "' is no folder of nines sync",
                "name the folder that the machines share, or a checkpoint file", "NO_REMOTE");
  const auto open = open_place(session, place, {.read_only = true});
  auto& exchange = *open.exchange;
  const auto there = exchange.heads();
  if (place.kind == SyncPlace::Kind::postgres && there.empty())
    throw Error(ExitCode::not_found, "'" + open.name + "' holds nothing to compare with",
                "is it the right stream?", "NO_REMOTE");
  for (const auto& [replica, head] : there) {
    const auto hash = store::hash_of_event(store.db(), {replica, head.seq});
    if (hash && *hash != head.hash)
      add(report, "event " + replica.to_string() + ":" + std::to_string(head.seq) +
                      " is another one there");
  }
  const auto statements = exchange.statements();
  for (const auto& one : contradictions_of(store, statements, there, options.key_file)) {
    if (one.proven())
      add(report, to_string(one));
    else
      report.unproven.push_back(to_string(one));
  }
  for (const auto& replica : exchange.rewritten())
    add(report, "the log of replica " + replica.to_string() +
                    " was replaced there by force since the last exchange");
  report.place = {there.size(), statements.size()};
}

void compare(AuditReport& report, const Session& session, const AuditOptions& options) {
  if (options.place) return compare_place(report, session, *options.place, options);
  if (std::filesystem::is_directory(*options.against))
    return compare_place(report, session, {SyncPlace::Kind::folder, options.against->string()},
                         options);
  const auto& store = session.store();
  const auto note = read_note(*options.against);
  const auto then = log::checkpoint_from(note.text);
  if (!then)
    throw Error(ExitCode::bad_data, "'" + options.against->string() + "' is no checkpoint",
                "nines audit checkpoint writes one", "BAD_CHECKPOINT");
  AgainstCheckpoint against{then->origin,
                            then->size,
                            then->origin == log::origin_of(store.id()),
                            SignatureState::none,
                            {}};
  const auto known = known_keys(store, options.key_file);
  against.signature = check_signatures(note, known, against.signer);
  if (against.signature == SignatureState::bad) add(report, "the checkpoint's signature is bad");
  if (against.same_log)
    compare_root(report, store, *then);
  else
    compare_heads(report, store, *then);
  report.against = against;
}

std::vector<std::string> changed_projections(AuditReport& report, const store::Store& store) {
  try {
    return store::differing_projections(store);
  } catch (const Error& e) {
    // A body that cannot be read has been named by the walk over the log already.
    if (report.faults.empty()) add(report, std::string("the log cannot be folded: ") + e.what());
    return {};
  }
}

}  // namespace

AuditReport audit_verify(const Session& session, const AuditOptions& options) {
  require_present(session);
  const auto& store = session.store();
  const auto result = store::verify_log(store);
  AuditReport report{
      result.events, result.bodies, result.erased, result.left_out, result.place,
      result.heads.size(), result.root, {}, {},
      std::nullopt};
  for (const auto& f : result.faults)
    report.faults.push_back({f.number, f.event, f.kind, f.subject, f.what});
  // A body that was changed is named already, and cannot be what was signed.
  if (report.faults.empty()) audit_signatures(session, report);
  if (options.against || options.place) compare(report, session, options);
  if (!options.log_only) report.projections = changed_projections(report, store);
  return report;
}

}  // namespace nines::usecases
