// A postmortem for an audience, and the check that no name was left in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "domain/postmortem/rendering.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct RenderingRequest {
  std::optional<std::string> incident = {};
  nines::postmortem::Audience audience = nines::postmortem::Audience::roles;
  /// A text that came from the postmortem by other ways, checked in place of a rendering.
  std::optional<std::string> check = {};
  std::string check_name = {};
  Zone zone = Zone::utc();  ///< of the times in the timeline for everybody
};
struct Rendering {
  PostmortemView view;
  std::string text;  ///< for that audience, or the text that was checked
  Findings leaks = {};
  std::vector<nines::postmortem::Identity> identities = {};  ///< private: names everybody again
};
/// Looks only.
NINES_EXPORT Rendering render_postmortem(const Session& session, const RenderingRequest& request);

}  // namespace nines::usecases
