// One verdict per person whose review counts, all in one transaction, signed by who imports them.
#include "usecases/report/postmortem_reviews.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/change_requests.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/approval/foreign_reviews.hpp"
#include "usecases/report/review.hpp"
#include "usecases/report/reviewers.hpp"

namespace nines::usecases {
namespace {

using ingest::ReviewVerdict;
using postmortem::Postmortem;
using postmortem::Review;
using postmortem::Verdict;

Verdict verdict_of(ReviewVerdict verdict) {
  switch (verdict) {
    case ReviewVerdict::approved:
      return Verdict::approve;
    case ReviewVerdict::changes:
      return Verdict::changes;
    case ReviewVerdict::dismissed:
      return Verdict::none;
  }
  return Verdict::none;
}

const char* word_of(Verdict verdict) {
  return verdict == Verdict::approve   ? " approves"
         : verdict == Verdict::changes ? " asks for changes"
                                       : " takes it back";
}

class Importer {
 public:
  Importer(Session& session, Postmortem& one, PersonsReviews& all)
      : session_(session), one_(one), all_(all), people_(session) {}

  std::vector<log::NewEvent> take(PostmortemReviews& result) {
    for (const auto& given : all_.reviews) {
      if (const auto why = refuse(given); !why.empty())
        all_.ignored.push_back(given.review.login + ": " + why);
      else
        result.taken.push_back(put(given));
    }
    return std::move(events_);
  }

 private:
  /// The reviewer that the person is called here.
  Review* asked(const log::Who& who) {
    const auto found =
        std::find_if(one_.reviews.begin(), one_.reviews.end(), [&](const Review& review) {
          return review.reviewer == who.name || people_.find(review.reviewer) == who.proof.person;
        });
    return found == one_.reviews.end() ? nullptr : &*found;
  }

  /// Empty: the review is a verdict.
  std::string refuse(const PersonsReview& given) {
    const auto* known = asked(given.who);
    if (given.review.verdict == ReviewVerdict::dismissed &&
        (known == nullptr || known->verdict == Verdict::none))
      return "the review was dismissed";
    try {
      refuse_writer(session_, one_, given.who);
    } catch (const Error& error) {
      return error.what();
    }
    return {};
  }

  /// What they said, for people.
  std::string put(const PersonsReview& given) {
    auto* known = asked(given.who);
    if (known == nullptr) {
      Review review;
      review.reviewer = given.who.name;
      review.asked_by = session_.options().actor;
      review.asked_at = session_.now();
      review.due = std::chrono::floor<std::chrono::days>(session_.now());
      events_.push_back(store::review_asked(one_.uid, review));
      known = &one_.reviews.emplace_back(std::move(review));
    }
    known->verdict = verdict_of(given.review.verdict);
    known->because = known->verdict == Verdict::changes ? origin_of(all_, given).text("url") : "";
    known->at = session_.now();
    known->digest = one_.digest;
    auto event = store::review_given(one_.uid, *known);
    event.body.set("review", origin_of(all_, given));
    events_.push_back(std::move(event));
    return given.who.name + word_of(known->verdict);
  }

  Session& session_;
  Postmortem& one_;
  PersonsReviews& all_;
  PersonFinder people_;
  std::vector<log::NewEvent> events_;
};

}  // namespace

PostmortemReviews import_postmortem_reviews(Session& session,
                                            const std::optional<std::string>& incident,
                                            const ReviewsFile& file, bool dry_run) {
  PostmortemReviews result{show_postmortem(session, incident)};
  refuse_published(result.view);
  auto& one = result.view.postmortem;
  auto all = reviews_by_persons(session, file);
  auto events = Importer(session, one, all).take(result);
  if (events.empty()) throw no_review_counts(all);
  const auto& options = session.options();
  for (auto& event : events) {
    if (event.kind != "postmortem.reviewed") continue;
    log::Who bringer{options.actor, store::known_actor(session.store(), options.actor), {}};
    bringer.proof = sign_event(session, event);
    if (options.approvals.requires_signed("publish")) refuse_writer(session, one, bringer);
  }
  if (dry_run) {
    result.view.state = postmortem::state_of(one);
  } else {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    for (const auto& event : events) tx.append(event);
    tx.commit();
    result.view = show_postmortem(session, incident);
  }
  std::sort(all.ignored.begin(), all.ignored.end());
  result.ignored = std::move(all.ignored);
  return result;
}

}  // namespace nines::usecases
