// One vote per person whose review counts, all in one transaction, signed by who imports them.
#include "usecases/remediate/import_reviews.hpp"

#include <algorithm>
#include <optional>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "ingest/reviews.hpp"
#include "store/change_requests.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/remediate/authenticated.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using ingest::ForeignReview;
using ingest::ForeignReviews;
using ingest::ReviewVerdict;
using nines::remediate::ChangeRequest;
using nines::remediate::RequestState;
using People = std::map<std::string, catalog::Person, std::less<>>;

std::string newest_commit(const ForeignReviews& reviews, const ReviewImport& import) {
  const auto given = to_lower_ascii(import.commit);
  if (!given.empty() && !reviews.head.empty() && given != reviews.head)
    throw Error(ExitCode::conflict,
                "'" + import.shown + "' is about commit " + reviews.head.substr(0, 12) + ", not " +
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

bool has_voted(const ChangeRequest& request, const log::Who& who) {
  return std::any_of(request.votes.begin(), request.votes.end(),
                     [&](const auto& vote) { return vote.who.same_as(who); });
}

class Importer {
 public:
  Importer(Session& session, const ReviewImport& import, ChangeRequest& request)
      : session_(session), import_(import), request_(request) {
    const auto bytes = read_file(import.file, ingest::kMostReviewBytes);
    digest_ = to_hex(sha256(bytes));
    reviews_ = ingest::read_reviews(bytes, import.shown);
    head_ = newest_commit(reviews_, import);
  }

  std::vector<log::NewEvent> take(ReviewsImported& result) {
    const auto people = load_catalogue(session_).people;
    std::vector<log::NewEvent> events;
    for (const auto& review : reviews_.reviews) {
      const auto* person = person_behind(people, reviews_.system, review.login);
      auto why = ignored(review, person);
      if (why.empty() && review.verdict == ReviewVerdict::approved)
        why = refuse_vote(request_, who_is(*person, review));
      if (why.empty() && review.verdict == ReviewVerdict::dismissed &&
          !has_voted(request_, who_is(*person, review)))
        why = "the review was dismissed";
      if (!why.empty()) {
        result.ignored.push_back(review.login + ": " + why);
        continue;
      }
      events.push_back(event_of(review, who_is(*person, review), result));
    }
    return events;
  }

 private:
  std::string ignored(const ForeignReview& review, const catalog::Person* person) const {
    if (review.bot) return "a bot";
    if (to_lower_ascii(review.login) == to_lower_ascii(reviews_.author))
      return "wrote the request itself";
    if (person == nullptr)
      return "no one Person on record has the contact '" + reviews_.system + "' " + review.login;
    if (review.verdict == ReviewVerdict::approved && !review.commit.empty() &&
        review.commit != head_)
      return "approves of " + review.commit.substr(0, 12) + ", and " + head_.substr(0, 12) +
             " is the newest commit";
    return {};
  }

  log::NewEvent event_of(const ForeignReview& review, const log::Who& who,
                         ReviewsImported& result) const {
    const bool approves = review.verdict == ReviewVerdict::approved;
    nines::remediate::Vote vote{who, approves, {}, session_.now()};
    if (review.verdict == ReviewVerdict::changes) vote.because = "asks for changes";
    auto event = store::change_request_voted(request_.uid, vote);
    auto origin = Json::object({{"system", reviews_.system},
                                {"login", review.login},
                                {"person", who.proof.person},
                                {"principal", who.proof.principal},
                                {"url", review.url.empty() ? import_.shown : review.url},
                                {"commit", review.commit.empty() ? head_ : review.commit},
                                {"file_sha256", digest_}});
    if (review.at) origin.set("at", format_utc(*review.at));
    event.body.set("of", request_.digest).set("review", std::move(origin));
    if (review.verdict == ReviewVerdict::dismissed) event.body.set("withdrawn", true);
    result.taken.push_back(who.name + (approves ? " approves"
                                       : review.verdict == ReviewVerdict::changes
                                           ? " asks for changes"
                                           : " takes it back"));
    return event;
  }

  Session& session_;
  const ReviewImport& import_;
  ChangeRequest& request_;
  ForeignReviews reviews_;
  std::string digest_;
  std::string head_;
};

Error nobody_counts(const ReviewImport& import, const ReviewsImported& result) {
  Error error(ExitCode::needs_approval,
              result.ignored.empty() ? "'" + import.shown + "' holds no review yet"
                                     : "no review in '" + import.shown + "' counts",
              "a Person's contacts name their login: contacts: {github: bo-l}", "NOT_APPROVED");
  for (const auto& one : result.ignored) error.note(one);
  return error;
}

}  // namespace

ReviewsImported import_reviews(Session& session, const ReviewImport& import, bool dry_run) {
  auto request = authenticated_request(session, import.request);
  if (request.state() == RequestState::rejected || request.state() == RequestState::finished)
    throw Error(ExitCode::conflict,
                "'" + request.name + "' is " + std::string(to_string(request.state())) + " already",
                "nines remediate change show " + request.name, "TOO_LATE");
  ReviewsImported result;
  auto events = Importer(session, import, request).take(result);
  if (events.empty()) throw nobody_counts(import, result);
  const auto& options = session.options();
  for (auto& event : events) {
    sign_event(session, event);
    const auto attested = log::attestation_of(event.body);
    if (options.approvals.requires_signed("change") && attested &&
        to_lower_ascii(attested->principal) == to_lower_ascii(request.by.proof.principal))
      throw Error(ExitCode::needs_approval, "whoever asked for it cannot bring the reviews of it",
                  "let the pipeline import them, or somebody else", "NOT_AN_APPROVER");
  }
  if (!dry_run) {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (const auto& event : events) tx.append(event);
    tx.commit();
  }
  result.view = show_request(session, request.name);
  return result;
}

}  // namespace nines::usecases
