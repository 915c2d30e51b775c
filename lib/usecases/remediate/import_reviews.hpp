// Takes the reviews of a pull or merge request as the word of those who gave them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/remediate/change_requests.hpp"

namespace nines::usecases {

struct ReviewImport {
  std::string request;         ///< "CR-3"
  std::filesystem::path file;  ///< see ingest/reviews.hpp
  std::string shown;           ///< the file as it was named
  std::string commit = {};     ///< newest of the request, where the file does not say
};
struct ReviewsImported {
  RequestView view;
  std::vector<std::string> taken = {};    ///< "bo approves", by person
  std::vector<std::string> ignored = {};  ///< whose word does not count, and why
};
/// The newest word of each person counts: an approval of the newest commit, a demand for changes,
/// a withdrawal. Bots, the author, persons who are not on record and those whose word does not
/// count are left out. Throws Error: bad_data (no such file of reviews), usage (no commit is
/// known), needs_approval (nobody's word counts; reviews that the one who asked has brought).
NINES_EXPORT ReviewsImported import_reviews(Session& session, const ReviewImport& import,
                                            bool dry_run);

}  // namespace nines::usecases
