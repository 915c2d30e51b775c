// Finds out who reviewed, and whose review says nothing.
#include "usecases/approval/foreign_reviews.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using ingest::ForeignReview;
using ingest::ForeignReviews;
using ingest::ReviewVerdict;
using People = std::map<std::string, catalog::Person, std::less<>>;

std::string newest_commit(const ForeignReviews& reviews, const ReviewsFile& file) {
  const auto given = to_lower_ascii(file.commit);
  if (!given.empty() && !reviews.head.empty() && given != reviews.head)
    throw Error(ExitCode::conflict,
                "'" + file.shown + "' is about commit " + reviews.head.substr(0, 12) + ", not " +
                    given.substr(0, 12),
                "fetch the reviews anew", "STALE_REVIEWS");
  const auto head = reviews.head.empty() ? given : reviews.head;
  const bool names_commits =
      std::any_of(reviews.reviews.begin(), reviews.reviews.end(),
                  [](const ForeignReview& one) { return !one.commit.empty(); });
  if (head.empty() && names_commits)
    throw Error(ExitCode::usage, "which commit is the newest of the request?",
                "--commit SHA, or a file of 'gh pr view N --json author,headRefOid,reviews,url'",
                "MISSING_ARGUMENT");
  return head;
}

/// The one person whose contacts have the login under the name of the system.
const catalog::Person* person_behind(const People& people, const std::string& system,
                                     const std::string& login) {
  const catalog::Person* found = nullptr;
  for (const auto& [name, person] : people) {
    const auto contact = person.contacts.find(system);
    if (contact == person.contacts.end() ||
        to_lower_ascii(contact->second) != to_lower_ascii(login))
      continue;
    if (found != nullptr) return nullptr;
    found = &person;
  }
  return found;
}

log::Who who_is(const catalog::Person& person, const ForeignReview& review) {
  log::Who who{person.name, std::nullopt, {}};
  who.proof.how = log::ProofKind::review;
  const auto mail = person.contacts.find("mail");
  who.proof.principal = mail == person.contacts.end() ? review.login : mail->second;
  who.proof.person = person.name;
  who.proof.review = review.url;
  return who;
}

/// Why a review says nothing, whatever it is about; empty: it does.
std::string ignored(const ForeignReviews& all, const ForeignReview& review,
                    const catalog::Person* person, const std::string& head) {
  if (review.bot) return "a bot";
  if (to_lower_ascii(review.login) == to_lower_ascii(all.author)) return "wrote the request itself";
  if (person == nullptr)
    return "no one Person on record has the contact '" + all.system + "' " + review.login;
  if (review.verdict == ReviewVerdict::approved && !review.commit.empty() && review.commit != head)
    return "approves of " + review.commit.substr(0, 12) + ", and " + head.substr(0, 12) +
           " is the newest commit";
  return {};
}

}  // namespace

PersonsReviews reviews_by_persons(const Session& session, const ReviewsFile& file) {
  const auto bytes = read_file(file.file, ingest::kMostReviewBytes);
  const auto foreign = ingest::read_reviews(bytes, file.shown);
  PersonsReviews all;
  all.shown = file.shown;
  all.system = foreign.system;
  all.head = newest_commit(foreign, file);
  all.digest = to_hex(sha256(bytes));
  const auto people = load_catalogue(session).people;
  for (const auto& review : foreign.reviews) {
    const auto* person = person_behind(people, foreign.system, review.login);
    if (const auto why = ignored(foreign, review, person, all.head); !why.empty())
      all.ignored.push_back(review.login + ": " + why);
    else
      all.reviews.push_back({who_is(*person, review), review});
  }
  return all;
}

Json origin_of(const PersonsReviews& all, const PersonsReview& one) {
  const auto& [who, review] = one;
  auto origin = Json::object({{"system", all.system},
                              {"login", review.login},
                              {"person", who.proof.person},
                              {"principal", who.proof.principal},
                              {"url", review.url.empty() ? all.shown : review.url},
                              {"commit", review.commit.empty() ? all.head : review.commit},
                              {"file_sha256", all.digest}});
  if (review.at) origin.set("at", format_utc(*review.at));
  return origin;
}

Error no_review_counts(const PersonsReviews& all) {
  Error error(ExitCode::needs_approval,
              all.ignored.empty() ? "'" + all.shown + "' holds no review yet"
                                  : "no review in '" + all.shown + "' counts",
              "a Person's contacts name their login: contacts: {github: bo-l}", "NOT_APPROVED");
  for (const auto& one : all.ignored) error.note(one);
  return error;
}

}  // namespace nines::usecases
