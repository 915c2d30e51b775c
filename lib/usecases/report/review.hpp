// The review of a postmortem, and its publication.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ReviewRequest {
  std::optional<std::string> incident = {};
  std::vector<std::string> ask = {};  ///< reviewers to be asked
  std::optional<Day> due = {};        ///< default: the postmortem's own day, else in three days
  std::optional<nines::postmortem::Verdict> verdict = {};  ///< of the session's actor
  std::string because = {};                                ///< required to ask for changes
};
struct Reviewed {
  PostmortemView view;
  std::vector<std::string> asked = {};  ///< in this run
  bool joined = false;                  ///< gave a verdict without having been asked
};
/// Whoever wrote any revision cannot review: Error{needs_approval}. Throws Error{usage} when
/// changes are asked for without a reason, conflict when the text is published already.
NINES_EXPORT Reviewed review_postmortem(Session& session, const ReviewRequest& request,
                                        bool dry_run);

/// Throws Error{conflict} when the text as it is now is out already.
void refuse_published(const PostmortemView& view);

/// Pins the text and what it was made from. Throws Error{needs_approval} with who has not approved
/// of this text, conflict when this text is published already.
NINES_EXPORT PostmortemView publish_postmortem(Session& session,
                                               const std::optional<std::string>& incident,
                                               bool dry_run);

}  // namespace nines::usecases
