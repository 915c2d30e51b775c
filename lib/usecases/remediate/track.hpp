// An action becomes an issue of a tracker, by the user's own command.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/remediate/action.hpp"
#include "usecases/paging/pager.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct TrackResult {
  nines::remediate::Action action;
  std::vector<std::string> command;  ///< as it ran, or would have; empty: there is none
  bool ran = false;
  std::string off;        ///< why nothing was run; empty: it was
  std::string reference;  ///< of the new issue: "shop/app#14", "OPS-313", else what was printed
};

/// Runs the channel "tracker" of channels.yaml with the action as {title}, {text}, {services} and
/// {incident}, and keeps the reference it prints. Off until that file says 'send: true', as pages
/// are. That it is being created is on record before the command runs: a run that is cut short is
/// never repeated by itself. Throws Error: not_found, conflict (it has a reference already, or one
/// is being created), io (the command failed: the record is as before).
NINES_EXPORT TrackResult track_action(Session& session, const std::string& name,
                                      const PagingSetup& setup, bool dry_run);

/// The reference in what a tracker's command printed: of a URL of GitHub or Jira, else its last
/// line. Empty when it printed nothing.
std::string reference_printed(const std::string& output);

}  // namespace nines::usecases
