// Takes the reviews of a pull or merge request as the word of those who gave them about a change.
#pragma once

#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/approval/reviews_file.hpp"
#include "usecases/remediate/change_requests.hpp"

namespace nines::usecases {

struct ReviewsImported {
  RequestView view;
  std::vector<std::string> taken = {};    ///< "bo approves", by person
  std::vector<std::string> ignored = {};  ///< whose word does not count, and why
};
/// The newest word of each person counts: an approval of the newest commit, a demand for changes,
/// a withdrawal. Throws Error: what reviews_by_persons throws, needs_approval (nobody's word
/// counts; reviews that the one who asked has brought).
NINES_EXPORT ReviewsImported import_reviews(Session& session, const std::string& request,
                                            const ReviewsFile& file, bool dry_run);

}  // namespace nines::usecases
