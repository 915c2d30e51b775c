// Tells the three forms apart by their members, and keeps the newest word of each person.
#include "ingest/reviews.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestAddress = 2000;

Error no_reviews(const std::string& name, const std::string& what) {
  return Error(ExitCode::bad_data, "'" + name + "' " + what,
               "gh pr view N --json author,headRefOid,reviews,url; or glab api "
               "projects/ID/merge_requests/N/approvals",
               "BAD_REVIEWS");
}

const Json& review_member(const Json& json, std::string_view key) {
  static const Json kNone = Json::object();
  const auto* found = json.find(key);
  return found != nullptr && found->is_object() ? *found : kNone;
}

/// Names end up on terminals and in the log, so none may be long or hold control characters.
std::string login_in(const Json& person, std::string_view key, const std::string& name) {
  auto text = person.text(key);
  if (text.size() > kLongestName || escape_controls(text) != text)
    throw no_reviews(name, "names a person in a way that nobody is called");
  return text;
}

std::string address_in(const Json& json, std::string_view key) {
  auto text = json.text(key);
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  if (!web || text.size() > kLongestAddress || escape_controls(text) != text ||
      text.find_first_of(" \t") != std::string::npos)
    return {};
  return text;
}

std::string commit_in(const Json& json, std::string_view key) {
  auto text = to_lower_ascii(json.text(key));
  const bool hex = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  });
  return hex && (text.size() == 40 || text.size() == 64) ? text : std::string();
}

std::optional<ReviewVerdict> verdict_of(std::string_view state) {
  if (state == "APPROVED") return ReviewVerdict::approved;
  if (state == "CHANGES_REQUESTED") return ReviewVerdict::changes;
  if (state == "DISMISSED") return ReviewVerdict::dismissed;
  return std::nullopt;  // a comment, or one that is not handed in yet
}

/// The last of each person by its time; where there is none, by its place in the file.
class NewestReviews {
 public:
  void add(ForeignReview review) {
    const auto key = to_lower_ascii(review.login);
    const auto found = newest_.find(key);
    if (found == newest_.end())
      newest_.emplace(key, std::move(review));
    else if (!review.at || !found->second.at || *review.at >= *found->second.at)
      found->second = std::move(review);
  }
  std::vector<ForeignReview> take() {
    std::vector<ForeignReview> list;
    for (auto& [login, review] : newest_) list.push_back(std::move(review));
    return list;
  }

 private:
  std::map<std::string, ForeignReview> newest_;
};

/// One of `gh pr view` (author, commit.oid) or of the API (user, commit_id).
void add_github(NewestReviews& newest, const Json& json, const std::string& name,
                const std::string& request) {
  if (!json.is_object()) throw no_reviews(name, "holds a review that is no object");
  const auto& user =
      json.find("user") != nullptr ? review_member(json, "user") : review_member(json, "author");
  ForeignReview review;
  review.login = login_in(user, "login", name);
  if (json.text("state").empty()) throw no_reviews(name, "holds a review without a state");
  const auto verdict = verdict_of(json.text("state"));
  if (!verdict || review.login.empty()) return;  // a person who is gone has no login
  review.verdict = *verdict;
  review.bot =
      user.text("type") == "Bot" || user.boolean("is_bot") || review.login.ends_with("[bot]");
  review.commit = json.find("commit") != nullptr ? commit_in(review_member(json, "commit"), "oid")
                                                 : commit_in(json, "commit_id");
  review.url = address_in(json, "html_url");
  if (review.url.empty()) review.url = request;
  const bool api = json.find("submitted_at") != nullptr;
  review.at = parse_rfc3339(json.text(api ? "submitted_at" : "submittedAt"));
  newest.add(std::move(review));
}

ForeignReviews read_github(const Json::Array& list, const std::string& name) {
  ForeignReviews found{"github", {}, {}, {}, {}};
  NewestReviews newest;
  // 'gh api --paginate --slurp' puts each page in a list of its own.
  for (const auto& one : list) {
    if (!one.is_array()) {
      add_github(newest, one, name, {});
      continue;
    }
    for (const auto& inner : one.as_array()) add_github(newest, inner, name, {});
  }
  found.reviews = newest.take();
  return found;
}

ForeignReviews read_github_view(const Json& json, const std::string& name) {
  ForeignReviews found{"github",
                       address_in(json, "url"),
                       login_in(review_member(json, "author"), "login", name),
                       commit_in(json, "headRefOid"),
                       {}};
  NewestReviews newest;
  for (const auto& one : json.find("reviews")->as_array()) add_github(newest, one, name, found.url);
  found.reviews = newest.take();
  return found;
}

ForeignReviews read_gitlab(const Json& json, const std::string& name) {
  ForeignReviews found{"gitlab",
                       address_in(json, "web_url"),
                       login_in(review_member(json, "author"), "username", name),
                       commit_in(json, "sha"),
                       {}};
  NewestReviews newest;
  for (const auto& one : json.find("approved_by")->as_array()) {
    if (!one.is_object()) throw no_reviews(name, "holds an approval that is no object");
    const auto& user = review_member(one, "user");
    ForeignReview review;
    review.login = login_in(user, "username", name);
    if (review.login.empty()) throw no_reviews(name, "holds an approval by nobody");
    review.bot = user.boolean("bot") || user.text("state") == "blocked";
    review.url = found.url.empty() ? address_in(user, "web_url") : found.url;
    review.at = parse_rfc3339(one.text("approved_at"));
    newest.add(std::move(review));
  }
  found.reviews = newest.take();
  return found;
}

bool has_list(const Json& json, std::string_view key) {
  const auto* found = json.find(key);
  return found != nullptr && found->is_array();
}

}  // namespace

ForeignReviews read_reviews(std::string_view text, const std::string& name) {
  if (text.size() > kMostReviewBytes) throw no_reviews(name, "is larger than 8 MiB");
  if (trim(text).empty()) throw no_reviews(name, "is empty");
  const auto json = Json::parse(text, name);
  if (json.is_array()) return read_github(json.as_array(), name);
  if (has_list(json, "reviews")) return read_github_view(json, name);
  if (has_list(json, "approved_by")) return read_gitlab(json, name);
  throw no_reviews(name, "holds no reviews");
}

}  // namespace nines::ingest
