// One vote per person whose review counts, all in one transaction, signed by who imports them.
#include "usecases/remediate/import_reviews.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/change_requests.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/approval/foreign_reviews.hpp"
#include "usecases/remediate/authenticated.hpp"

namespace nines::usecases {
namespace {

using ingest::ReviewVerdict;
using nines::remediate::ChangeRequest;
using nines::remediate::RequestState;

bool has_voted(const ChangeRequest& request, const log::Who& who) {
  return std::any_of(request.votes.begin(), request.votes.end(),
                     [&](const auto& vote) { return vote.who.same_as(who); });
}

/// Why a person's review is no vote; empty: it is one.
std::string refuse_review(const ChangeRequest& request, const PersonsReview& one) {
  if (one.review.verdict == ReviewVerdict::approved) return refuse_vote(request, one.who);
  if (one.review.verdict == ReviewVerdict::dismissed && !has_voted(request, one.who))
    return "the review was dismissed";
  return {};
}

log::NewEvent vote_of(const Session& session, const ChangeRequest& request,
                      const PersonsReviews& all, const PersonsReview& one) {
  const auto verdict = one.review.verdict;
  nines::remediate::Vote vote{one.who, verdict == ReviewVerdict::approved, {}, session.now()};
  if (verdict == ReviewVerdict::changes) vote.because = "asks for changes";
  auto event = store::change_request_voted(request.uid, vote);
  event.body.set("of", request.digest).set("review", origin_of(all, one));
  if (verdict == ReviewVerdict::dismissed) event.body.set("withdrawn", true);
  return event;
}

std::string word_of(const PersonsReview& one) {
  return one.who.name + (one.review.verdict == ReviewVerdict::approved  ? " approves"
                         : one.review.verdict == ReviewVerdict::changes ? " asks for changes"
                                                                        : " takes it back");
}

/// Whoever asked for the change would only have to write the file.
void refuse_own_import(const Session& session, const ChangeRequest& request,
                       const log::NewEvent& event) {
  const auto attested = log::attestation_of(event.body);
  if (session.options().approvals.requires_signed("change") && attested &&
      to_lower_ascii(attested->principal) == to_lower_ascii(request.by.proof.principal))
    throw Error(ExitCode::needs_approval, "whoever asked for it cannot bring the reviews of it",
                "let the pipeline import them, or somebody else", "NOT_AN_APPROVER");
}

}  // namespace

ReviewsImported import_reviews(Session& session, const std::string& name, const ReviewsFile& file,
                               bool dry_run) {
  auto request = authenticated_request(session, name);
  if (request.state() == RequestState::rejected || request.state() == RequestState::finished)
    throw Error(ExitCode::conflict,
                "'" + request.name + "' is " + std::string(to_string(request.state())) + " already",
                "nines remediate change show " + request.name, "TOO_LATE");
  auto all = reviews_by_persons(session, file);
  ReviewsImported result;
  std::vector<log::NewEvent> events;
  for (const auto& one : all.reviews) {
    if (const auto why = refuse_review(request, one); !why.empty()) {
      all.ignored.push_back(one.review.login + ": " + why);
      continue;
    }
    events.push_back(vote_of(session, request, all, one));
    result.taken.push_back(word_of(one));
  }
  if (events.empty()) throw no_review_counts(all);
  for (auto& event : events) {
    sign_event(session, event);
    refuse_own_import(session, request, event);
  }
  if (!dry_run) {
    const auto& options = session.options();
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (const auto& event : events) tx.append(event);
    tx.commit();
  }
  std::sort(all.ignored.begin(), all.ignored.end());
  result.ignored = std::move(all.ignored);
  result.view = show_request(session, request.name);
  return result;
}

}  // namespace nines::usecases
