// Finds the events behind revisions and reviews, and compares identities.
#include "usecases/report/reviewers.hpp"

#include <map>
#include <optional>

#include "base/error.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"

namespace nines::usecases {
namespace {

using postmortem::Postmortem;
using postmortem::Review;
using postmortem::Verdict;

Error author_reviews(const log::Who& reviewer, const std::string& writer) {
  const auto as = writer == reviewer.name ? std::string() : ", as '" + writer + "',";
  return Error(
      ExitCode::needs_approval,
      "'" + reviewer.name + "' wrote this text" + (as.empty() ? "," : as) + " and cannot review it",
      "ask somebody who did not: --ask NAME", "AUTHOR_REVIEWS");
}

/// Whom a revision names; their signature is not looked at, for to refuse a name is enough.
std::vector<log::Who> claimed_writers(const Session& session, const Postmortem& one,
                                      const PersonFinder& people) {
  std::vector<log::Who> writers;
  for (const auto& written :
       recorded_events(session, store::postmortem_subject(one.uid), {"postmortem.written"})) {
    log::Who who{written.body.text("by"), written.actor, {}};
    if (const auto attested = log::attestation_of(written.body))
      who.proof.principal = attested->principal;
    people.name(who.proof, who.name);
    writers.push_back(std::move(who));
  }
  return writers;
}

/// The newest verdict of each reviewer, by the name that was asked.
std::map<std::string, log::Authentication> proofs_of_reviews(const Session& session,
                                                             const Postmortem& one) {
  std::map<std::string, log::Authentication> proofs;
  for (auto& given :
       vouched_events(session, store::postmortem_subject(one.uid), {"postmortem.reviewed"},
                      one.published ? one.published->at : session.now()))
    proofs[given.body.text("reviewer")] = std::move(given.proof);
  return proofs;
}

/// Where a Person is called as the reviewer is, nobody else can sign for them; empty: they did.
std::string another_person(const PersonFinder& people, const log::Authentication& proof,
                           const std::string& reviewer) {
  const auto asked = people.find(reviewer);
  if (!proof.proven() || asked.empty() || asked == proof.person) return {};
  return "it is by " + proof.principal + ", who is not '" + reviewer + "' on record";
}

}  // namespace

void refuse_other_reviewer(const Session& session, const log::Who& reviewer) {
  const PersonFinder people(session);
  auto proof = reviewer.proof;
  people.name(proof, reviewer.name);
  if (const auto why = another_person(people, proof, reviewer.name); !why.empty())
    throw Error(ExitCode::needs_approval, "the word does not count: " + why,
                "work under your own name: 'actor' of your config.yaml", "NOT_AN_APPROVER");
}

void authenticate_reviews(const Session& session, Postmortem& one, bool open_only) {
  const auto subject = store::postmortem_subject(one.uid);
  if (one.published)
    for (auto& published :
         vouched_events(session, subject, {"postmortem.published"}, one.published->at))
      one.published->proof = std::move(published.proof);
  if (one.reviews.empty()) return;
  if (open_only && postmortem::state_of(one) == postmortem::State::published) return;
  auto proofs = proofs_of_reviews(session, one);
  if (proofs.empty()) return;
  const PersonFinder people(session);
  const auto writers = claimed_writers(session, one, people);
  for (auto& review : one.reviews) {
    if (review.verdict == Verdict::none) continue;
    auto proof = std::move(proofs[review.reviewer]);
    people.name(proof, review.reviewer);
    if (auto why = another_person(people, proof, review.reviewer); !why.empty())
      refuse(proof, std::move(why));
    for (const auto& writer : writers)
      if (review.verdict == Verdict::approve && same_identity(proof, writer.proof))
        refuse(proof, "whoever wrote the text cannot approve of it");
    review.proof = std::move(proof);
  }
}

void refuse_writer(const Session& session, const Postmortem& one, const log::Who& reviewer) {
  const PersonFinder people(session);
  auto who = reviewer;
  people.name(who.proof, who.name);
  log::Authentication newest;
  for (auto& written : vouched_events(session, store::postmortem_subject(one.uid),
                                      {"postmortem.written"}, Instant{})) {
    log::Who writer{written.body.text("by"), written.actor, std::move(written.proof)};
    people.name(writer.proof, writer.name);
    if (who.same_as(writer)) throw author_reviews(reviewer, writer.name);
    newest = std::move(writer.proof);
  }
  if (!newest.counts())
    throw Error(ExitCode::needs_approval,
                "nobody can review it, as it is not known who wrote this text: " + newest.why,
                "its author writes it again, signed: nines report postmortem edit", "UNSIGNED");
}

}  // namespace nines::usecases
