// Reviews of a pull or merge request as the word of persons on record.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"
#include "domain/log/attestation.hpp"
#include "ingest/reviews.hpp"
#include "usecases/approval/reviews_file.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// What one person on record says by their review.
struct PersonsReview {
  log::Who who;
  ingest::ForeignReview review;
};
struct PersonsReviews {
  std::vector<PersonsReview> reviews = {};
  std::vector<std::string> ignored = {};  ///< whose word does not count, and why
  std::string shown;                      ///< the file as it was named
  std::string system;                     ///< "github", "gitlab"
  std::string head;                       ///< newest commit; empty: nobody says
  std::string digest;                     ///< SHA-256 of the file, in hex
};
/// The newest word of each person. Bots, the author of the request, persons who are not on record
/// and approvals of an older commit are left out, with the reason. Throws Error: bad_data (no such
/// file of reviews), usage (no commit is known), conflict (the file is about another commit).
PersonsReviews reviews_by_persons(const Session& session, const ReviewsFile& file);

/// Where a review is from, for the body of the event that takes it over, under "review".
Json origin_of(const PersonsReviews& all, const PersonsReview& one);

/// For when there is no review that counts.
Error no_review_counts(const PersonsReviews& all);

}  // namespace nines::usecases
