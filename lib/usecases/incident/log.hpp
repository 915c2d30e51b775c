// Adding a line to a timeline: the on-call person's three keystrokes.
#pragma once

#include <optional>
#include <string>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct LogRequest {
  std::string text;
  std::optional<std::string> incident = {};  ///< default: the current one
  std::optional<incident::StatedTime> when = {};
  incident::EntryKind kind = incident::EntryKind::note;
  incident::Visibility visibility = incident::Visibility::internal;
  bool estimate = false;
  std::string role = {};
};

struct Logged {
  incident::Entry entry;
  std::optional<incident::Incident> incident;  ///< none: the line waits
  std::size_t queued = 0;                      ///< earlier lines that went in with it
  std::string waits_because;                   ///< "no incident is current", "the store is busy"
};

/// Never loses the line: without a store, without a current incident, or while the store is busy,
/// it is spooled and goes in with a later command. An incident that was named must exist
/// (Error{not_found}). `session` opens nothing until it is needed.
NINES_EXPORT Logged log_line(const SessionOptions& session, const LogRequest& request);

}  // namespace nines::usecases
