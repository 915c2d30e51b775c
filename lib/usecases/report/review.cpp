// Who is asked, what they say, and when a text may go out.
#include "usecases/report/review.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/change_requests.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/report/reviewers.hpp"

namespace nines::usecases {
namespace {

using postmortem::Review;
using postmortem::State;
using postmortem::Verdict;

Day default_due(const Session& session, const PostmortemView& view) {
  const auto today = std::chrono::floor<std::chrono::days>(session.now());
  if (view.due && *view.due > today) return *view.due;
  return today + std::chrono::days{3};
}

void commit_all(Session& session, const std::vector<log::NewEvent>& events) {
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  for (const auto& event : events) tx.append(event);
  tx.commit();
}

}  // namespace

void refuse_published(const PostmortemView& view) {
  if (view.state != State::published) return;
  throw Error(ExitCode::conflict, "this text of '" + view.incident.name + "' is published already",
              "nines report postmortem edit " + view.incident.name + " makes another one",
              "WRONG_STATE");
}

Reviewed review_postmortem(Session& session, const ReviewRequest& request, bool dry_run) {
  Reviewed reviewed{show_postmortem(session, request.incident)};
  auto& one = reviewed.view.postmortem;
  if (request.ask.empty() && !request.verdict) return reviewed;
  refuse_published(reviewed.view);
  if (request.verdict == Verdict::changes && trim(request.because).empty())
    throw Error(ExitCode::usage, "changes are asked for without saying which",
                "--changes --because TEXT: it is what the author reads", "MISSING_ARGUMENT");
  const auto& actor = session.options().actor;
  std::vector<log::NewEvent> events;
  const auto put = [&](Review review) {
    std::erase_if(one.reviews,
                  [&](const Review& other) { return other.reviewer == review.reviewer; });
    one.reviews.push_back(std::move(review));
  };
  const auto ask = [&](const std::string& name) {
    Review review;
    review.reviewer = name;
    review.asked_by = actor;
    review.asked_at = session.now();
    review.due = request.due.value_or(default_due(session, reviewed.view));
    events.push_back(store::review_asked(one.uid, review));
    put(std::move(review));
  };
  for (const auto& given : request.ask) {
    const auto name = one_line(given, "name");
    refuse_writer(session, one, {name, std::nullopt, {}});
    ask(name);
    reviewed.asked.push_back(name);
  }
  if (request.verdict) {
    log::Who me{actor, store::known_actor(session.store(), actor), {}};
    refuse_writer(session, one, me);
    const auto known = std::find_if(one.reviews.begin(), one.reviews.end(),
                                    [&](const Review& review) { return review.reviewer == actor; });
    if (known == one.reviews.end()) {
      reviewed.joined = true;
      ask(actor);
    }
    auto review = *std::find_if(one.reviews.begin(), one.reviews.end(),
                                [&](const Review& other) { return other.reviewer == actor; });
    review.verdict = *request.verdict;
    review.because = request.because.empty() ? "" : one_line(request.because, "reason");
    review.at = session.now();
    review.digest = one.digest;
    auto given = store::review_given(one.uid, review);
    me.proof = sign_event(session, given);
    review.proof = me.proof;
    refuse_writer(session, one, me);
    refuse_other_reviewer(session, me);
    events.push_back(std::move(given));
    put(std::move(review));
  }
  if (!dry_run) commit_all(session, events);
  std::sort(one.reviews.begin(), one.reviews.end(),
            [](const Review& a, const Review& b) { return a.reviewer < b.reviewer; });
  reviewed.view.state = postmortem::state_of(one);
  return reviewed;
}

PostmortemView publish_postmortem(Session& session, const std::optional<std::string>& incident,
                                  bool dry_run) {
  auto view = show_postmortem(session, incident);
  refuse_published(view);
  auto& one = view.postmortem;
  if (view.state != State::approved) {
    std::vector<std::string> missing;
    for (const auto& review : one.reviews)
      if (review.verdict != Verdict::approve || review.digest != one.digest ||
          !refusal_of(review).empty())
        missing.push_back(review.reviewer);
    Error error(ExitCode::needs_approval,
                missing.empty() ? "nobody has been asked to review '" + view.incident.name + "'"
                                : join(missing, ", ") + (missing.size() == 1 ? " has" : " have") +
                                      " not approved of this text",
                "nines report postmortem review " + view.incident.name +
                    (missing.empty() ? " --ask NAME" : ""),
                "NOT_APPROVED");
    for (const auto& review : one.reviews)
      if (const auto why = refusal_of(review); !why.empty())
        error.note("the word of '" + review.reviewer + "': " + why);
    throw error;
  }
  postmortem::Publication publication;
  publication.by = session.options().actor;
  publication.at = session.now();
  publication.digest = one.digest;
  publication.revision = one.revision;
  publication.head = store::head_vector(session.store());
  auto event = store::postmortem_published(one.uid, publication);
  publication.proof = sign_event(session, event);
  if (!dry_run) commit_all(session, {event});
  one.published = std::move(publication);
  view.state = postmortem::state_of(one);
  return view;
}

}  // namespace nines::usecases
