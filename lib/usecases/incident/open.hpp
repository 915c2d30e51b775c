// Declaring an incident.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "usecases/incident/spool.hpp"
#include "usecases/session.hpp"

namespace nines::store {
class Transaction;
}

namespace nines::usecases {

struct OpenRequest {
  std::string title;
  incident::Mode mode = incident::Mode::standard;
  bool triage = false;  ///< somebody looks at it; it is not declared yet
  incident::Severity severity = incident::Severity::undetermined;
  std::string priority = {};
  std::vector<std::string> services = {};
  std::vector<std::string> tags = {};
  std::string commander = {};
  std::optional<incident::StatedTime> started = {};   ///< when the impact began
  std::optional<incident::StatedTime> detected = {};  ///< when somebody or something noticed
  std::optional<incident::StatedTime> declared = {};  ///< default now
  incident::Origin origin = {};
  std::optional<Uid> uid = {};  ///< where machines that are apart may open the same one
};

struct Opened {
  incident::Incident incident;                ///< without a name when nothing was written
  std::size_t queued = 0;                     ///< lines that had waited for it
  std::vector<std::string> unknown_services;  ///< not defined in the catalogue
};

/// What a person typed as a title, or as a name, on one line: line breaks and tabs become blanks.
/// Throws Error{usage} when nothing is left of it, or when it is longer than 1,000 bytes: every
/// list, page and message repeats it. `what` is its word: "title".
NINES_EXPORT std::string one_line(std::string_view text, const std::string& what);

/// Declares it, makes it current, and adds the lines that were logged before there was one.
NINES_EXPORT Opened open_incident(Session& session, const OpenRequest& request, bool dry_run);

/// The same within a transaction that does more. The lines' files go once it is committed.
struct Opening {
  incident::Incident incident;
  std::vector<SpooledLine> taken;
};
Opening append_opening(Session& session, store::Transaction& tx, const OpenRequest& request);

}  // namespace nines::usecases
