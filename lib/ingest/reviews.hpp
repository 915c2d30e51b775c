// Reviews of a pull or merge request, as GitHub's and GitLab's own tools print them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines::ingest {

inline constexpr std::size_t kMostReviewBytes = std::size_t{8} << 20;

enum class ReviewVerdict : std::uint8_t { approved, changes, dismissed };

/// What one person said last; what only comments says nothing.
struct ForeignReview {
  std::string login;
  bool bot = false;
  ReviewVerdict verdict = ReviewVerdict::approved;
  std::string commit;  ///< that was looked at; empty: the system does not say
  std::string url;     ///< of the review, else of the request
  std::optional<Instant> at;
};

struct ForeignReviews {
  std::string system;  ///< "github", "gitlab": also the channel of a Person's contacts
  std::string url;     ///< of the request; empty: not said
  std::string author;  ///< login; empty: not said
  std::string head;    ///< newest commit of the request; empty: not said
  std::vector<ForeignReview> reviews;  ///< one per person, by login
};

/// Reads `gh pr view --json author,headRefOid,reviews,url`, `gh api repos/…/pulls/N/reviews` (also
/// with --paginate --slurp), and `glab api projects/…/merge_requests/N/approvals`; `name` is the
/// file's. Throws Error{bad_data} for a text that is none of them, with its place.
ForeignReviews read_reviews(std::string_view text, const std::string& name);

}  // namespace nines::ingest
