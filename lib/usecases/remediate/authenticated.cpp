// Finds the events behind votes and overrides, and holds them against the rules.
#include "usecases/remediate/authenticated.hpp"

#include <map>
#include <optional>

#include "base/text.hpp"
#include "store/change_requests.hpp"
#include "store/gate_overrides.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::ChangeRequest;
using nines::remediate::RequestState;

bool is_over(const ChangeRequest& request) {
  const auto state = request.state();
  return state == RequestState::rejected ||
         (state == RequestState::finished && !request.review_due());
}

/// Reading the catalogue costs more than all else here, so it is read at most once.
using LazyPeople = std::optional<PersonFinder>;

const PersonFinder& known_people(const Session& session, LazyPeople& people) {
  if (!people) people.emplace(session);
  return *people;
}

void authenticate(const Session& session, ChangeRequest& request, LazyPeople& people) {
  const auto subject = "change_request/" + request.uid.to_string();
  // What was asked for is asked for, however long ago.
  for (auto& made : vouched_events(session, subject, {"change_request.made"}, request.at)) {
    request.by.proof = std::move(made.proof);
    request.digest = log::said_digest(made.body);
  }
  if (request.votes.empty()) return;
  const bool required = session.options().approvals.requires_signed("change");
  std::map<Uid, log::Authentication> words;
  for (auto& vote : vouched_events(session, subject, {"change_request.voted"},
                                   request.started_at.value_or(session.now()))) {
    if (vote.proof.proven() && vote.body.text("of") != request.digest)
      refuse(vote.proof, "what is asked for is no longer what was agreed to");
    if (required && !vote.proof.imported_by.empty() &&
        to_lower_ascii(vote.proof.imported_by) == to_lower_ascii(request.by.proof.principal))
      refuse(vote.proof, "whoever asked for it brought the review");
    words[store::voter_of(vote.body, vote.actor)] = std::move(vote.proof);
  }
  const auto& persons = known_people(session, people);
  persons.name(request.by.proof, request.by.name);
  for (auto& vote : request.votes) {
    if (const auto found = vote.who.actor ? words.find(*vote.who.actor) : words.end();
        found != words.end())
      vote.who.proof = found->second;
    persons.name(vote.who.proof, vote.who.name);
  }
}

}  // namespace

ChangeRequest authenticated_request(const Session& session, const std::string& name) {
  auto request = store::get_change_request(session.store(), name);
  LazyPeople people;
  authenticate(session, request, people);
  return request;
}

std::vector<ChangeRequest> authenticated_requests(const Session& session) {
  auto all = store::change_requests(session.store());
  LazyPeople people;
  for (auto& one : all)
    if (!is_over(one) && !one.votes.empty()) authenticate(session, one, people);
  return all;
}

std::vector<nines::remediate::GateOverride> authenticated_overrides(const Session& session) {
  auto all = store::gate_overrides(session.store());
  LazyPeople people;
  for (auto& one : all) {
    if (!one.live(session.now())) continue;
    // An override says itself when it ends.
    for (auto& made :
         vouched_events(session, "override/" + one.uid.to_string(), {"gate.overridden"}, one.at))
      one.proof = std::move(made.proof);
    if (one.proof.proven()) known_people(session, people).name(one.proof, one.by);
  }
  return all;
}

}  // namespace nines::usecases
