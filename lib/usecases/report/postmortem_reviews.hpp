// Takes the reviews of a pull or merge request as the word of those who gave them about a
// postmortem.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/approval/reviews_file.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::usecases {

struct PostmortemReviews {
  PostmortemView view;
  std::vector<std::string> taken = {};    ///< "bo approves", by person
  std::vector<std::string> ignored = {};  ///< whose word does not count, and why
};
/// They are about the text as it is now. Who reviewed without having been asked is a reviewer from
/// then on; who wrote any revision is not. Throws Error: what reviews_by_persons throws, conflict
/// (this text is published already), needs_approval (nobody's word counts, or where texts have to
/// be signed, their own writer brings the reviews).
NINES_EXPORT PostmortemReviews import_postmortem_reviews(Session& session,
                                                         const std::optional<std::string>& incident,
                                                         const ReviewsFile& file, bool dry_run);

}  // namespace nines::usecases
