// Commands as the log remembers them: one tx of events each, to be taken back or brought again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/log/event.hpp"

namespace nines::store {

class Db;
class Store;

/// One command: the events that share a tx, those about the log itself left out.
struct CommandRecord {
  Uid tx;
  Uid replica;
  std::uint64_t first_seq = 0;
  std::int64_t number = 0;  ///< of its first event here, from 1: "#17"
  Instant recorded_at{};
  std::string actor;    ///< name
  std::string command;  ///< "slo apply"
  std::string because;
  std::vector<std::string> subjects;  ///< sorted, unique
  std::size_t events = 0;
  bool undone = false;
};

std::optional<CommandRecord> find_command(Db& db, const Uid& tx);

/// The newest command of this replica that is not undone.
std::optional<CommandRecord> newest_command(const Store& store);
/// The command of this replica that was undone last and still is.
std::optional<CommandRecord> last_undone_command(const Store& store);

/// The event that `text` names: "17" or "#17" (number here), "<replica>:<seq>", or the beginning
/// (at least eight hex digits) of a tx. Throws Error{not_found}.
log::Event get_event(const Store& store, std::string_view text);

/// Throws Error{needs_approval} when an event of the command can never be taken back, and
/// Error{conflict} when a later live event touched the same fields of the same subject.
void require_reversible(Db& db, const CommandRecord& command, std::string_view verb);

}  // namespace nines::store
