// Declaring an incident.
#pragma once

#include <optional>
#include <string>
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

/// Declares it, makes it current, and adds the lines that were logged before there was one.
NINES_EXPORT Opened open_incident(Session& session, const OpenRequest& request, bool dry_run);

/// The same within a transaction that does more. The lines' files go once it is committed.
struct Opening {
  incident::Incident incident;
  std::vector<SpooledLine> taken;
};
Opening append_opening(Session& session, store::Transaction& tx, const OpenRequest& request);

}  // namespace nines::usecases
