// Writes log.undone and log.redone; the folds of the store do the rest.
#include "usecases/log/undo.hpp"

#include "base/error.hpp"
#include "store/commands.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

using store::CommandRecord;

CommandRecord named_command(const store::Store& store, const std::string& text) {
  const auto event = store::get_event(store, text);
  const auto command = store::find_command(store.db(), event.header.tx);
  if (!command)
    throw Error(ExitCode::needs_approval,
                "cannot undo '" + event.header.kind + "': it is about the log itself",
                "nines redo brings an undone command again", "IRREVERSIBLE");
  return *command;
}

Reverted describe(const store::Store& store, const CommandRecord& command, bool dry_run) {
  Reverted r{command.tx.to_string(),
             command.number,
             command.command,
             command.actor,
             command.because,
             command.recorded_at,
             {},
             command.events,
             dry_run};
  for (const auto& subject : command.subjects)
    r.subjects.push_back(store::name_of(store.db(), subject));
  return r;
}

/// Appends the one event that turns a command off or on.
void append(store::Transaction& tx, const char* kind, const CommandRecord& command) {
  const auto uid = command.tx.to_string();
  log::NewEvent event{.kind = kind, .subject = "tx/" + uid, .target = uid};
  event.body.set("of", command.command);
  tx.append(event);
}

store::Transaction begin(Session& session) {
  const auto& o = session.options();
  return store::Transaction(session.store(), o.actor, o.command, o.because);
}

}  // namespace

Reverted undo(Session& session, const std::optional<std::string>& event, bool dry_run) {
  auto tx = begin(session);
  const auto& store = session.store();
  const auto command = event ? named_command(store, *event) : store::newest_command(store);
  if (!command)
    throw Error(ExitCode::not_found, "nothing to undo",
                "only commands of this machine are undone without naming them: nines undo EVENT",
                "NOTHING_TO_UNDO");
  if (command->undone)
    throw Error(ExitCode::conflict, "'" + command->command + "' is undone already",
                "nines redo " + std::to_string(command->number) + " brings it again",
                "UNDONE_ALREADY");
  store::require_reversible(store.db(), *command, "undo");
  const auto result = describe(store, *command, dry_run);
  append(tx, "log.undone", *command);
  if (!dry_run) tx.commit();
  return result;
}

Reverted redo(Session& session, const std::optional<std::string>& event, bool dry_run) {
  auto tx = begin(session);
  const auto& store = session.store();
  const auto command = event ? named_command(store, *event) : store::last_undone_command(store);
  if (!command)
    throw Error(ExitCode::not_found, "nothing to redo", "nines history lists what was undone",
                "NOTHING_TO_REDO");
  if (!command->undone)
    throw Error(ExitCode::conflict, "'" + command->command + "' is not undone",
                "nines undo " + std::to_string(command->number) + " takes it back", "NOT_UNDONE");
  store::require_reversible(store.db(), *command, "redo");
  append(tx, "log.redone", *command);
  const auto result =
      describe(store, *command, dry_run);  // only now do its records have names again
  if (!dry_run) tx.commit();
  return result;
}

}  // namespace nines::usecases
