// The sources of duties: clocks of incidents, review dates, contracts that end, data that grew old.
#include "usecases/tick/due.hpp"

#include <algorithm>
#include <array>

#include "base/day.hpp"
#include "base/text.hpp"
#include "store/actions.hpp"
#include "store/analyses.hpp"
#include "store/asks.hpp"
#include "store/hypotheses.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/incident/duties.hpp"
#include "usecases/remediate/authenticated.hpp"
#include "usecases/remediate/verify.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

/// How long before its end a contract is worth a word.
constexpr std::chrono::days kContractNotice{30};

std::string day_text(Instant at) { return format_utc(at).substr(0, 10); }

std::optional<Instant> review_date(const nines::slo::Slo& slo) {
  const auto found = slo.annotations.find("nines.dev/review-by");
  if (found == slo.annotations.end()) return std::nullopt;
  return parse_rfc3339(found->second + "T00:00:00Z");
}

/// What somebody owes an open incident; pages have their own engine.
std::vector<Due> clocks(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& duty : running_duties(session))
    if (duty.due && duty.kind != "escalation")
      found.push_back({duty.kind, duty.incident, duty.what, duty.who, *duty.due, duty.command});
  return found;
}

/// Who is called now because a threshold was passed, each of them once: a call is made where the
/// money is counted, and tick is what tells the person.
std::vector<Due> called(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& one : store::incidents(session.store(), {.open_only = true})) {
    if (one.mode == incident::Mode::retrospective) continue;
    for (const auto& ask : store::asks_of(session.store(), one.uid)) {
      if (ask.kind != incident::AskKind::call || !ask.waiting()) continue;
      const auto since = ask.due && ask.patience ? *ask.due - *ask.patience : ask.at;
      found.push_back({"called", one.name, "call of " + ask.role + " (" + ask.to + "): " + ask.text,
                       ask.to, since, "nines incident impact " + one.name + " --ack " + ask.role});
    }
  }
  return found;
}

std::vector<Due> reviews(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& slo : load_catalogue(session).slos) {
    const auto at = review_date(slo);
    if (!at) continue;
    const auto owner = slo.annotations.find("nines.dev/owner");
    found.push_back({"review", "SLO " + slo.name, "it is due for a review since " + day_text(*at),
                     owner == slo.annotations.end() ? "" : owner->second, *at,
                     "nines slo show " + slo.name});
  }
  return found;
}

std::vector<Due> contracts(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& [name, vendor] : load_catalogue(session).vendors) {
    if (!vendor.until) continue;
    const Instant end{*vendor.until};
    found.push_back({"contract", "vendor " + name, "the contract ends on " + day_text(end), "",
                     end - kContractNotice, "nines slo list"});
  }
  return found;
}

std::vector<Due> old_data(const Session& session, Instant now) {
  std::vector<Due> found;
  for (const auto& row : slo_status(session, {}).rows) {
    const auto& fresh = row.assessment.freshness;
    if (!fresh.stale || !fresh.data_to || *fresh.data_to > now) continue;
    const auto at = *fresh.data_to + fresh.limit;
    const auto about = "SLO " + row.assessment.slo;
    const bool listed =
        std::any_of(found.begin(), found.end(), [&](const Due& due) { return due.about == about; });
    if (!listed)
      found.push_back({"stale-data", about,
                       "its data ends at " + format_utc(*fresh.data_to) +
                           (row.source.empty() ? "" : ", source " + row.source),
                       "", at,
                       row.source.empty() ? "nines slo show " + row.assessment.slo
                                          : data_command(row.source, row.source_type)});
  }
  return found;
}

/// A risk that was left where it is, on the day somebody promised to look at it again.
std::vector<Due> risks(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& one : store::analyses(session.store()))
    if (one.state == nines::rca::AnalysisState::stopped && one.review)
      found.push_back({"review", one.name,
                       "the risk that stays is due for a review: " + one.conclusion, one.owner,
                       Instant{*one.review}, "nines rca show " + one.name});
  return found;
}

/// A suspected cause that struck again after its analysis had ended.
std::vector<Due> struck_again(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& analysis : store::analyses(session.store())) {
    if (analysis.state == nines::rca::AnalysisState::open || !analysis.ended_at) continue;
    for (const auto& one : store::hypotheses_of(session.store(), analysis.uid))
      for (const auto& item : one.evidence)
        if (item.watch && item.at > *analysis.ended_at)
          found.push_back({"recurrence", one.name, item.source + ": " + item.text, analysis.owner,
                           item.at, "nines rca reopen " + analysis.name});
  }
  return found;
}

/// Actions whose day is over, once each for every day they were given.
std::vector<Due> actions(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& one : store::actions(session.store())) {
    const auto due = one.due();
    if (one.closed() || !due) continue;
    const auto& team = one.text(nines::remediate::field::kTeam);
    const auto& owner = one.text(nines::remediate::field::kOwner);
    found.push_back(
        {"action", one.name,
         "it was due on " + format_day(*due) + ": " + one.text(nines::remediate::field::kTitle),
         owner.empty() ? team : owner, Instant{*due + std::chrono::days{1}},
         "nines remediate show " + one.name});
  }
  return found;
}

/// Done actions of which the record can say by now whether they helped.
std::vector<Due> effects(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& one : store::actions(session.store())) {
    if (!one.incident) continue;
    if (const auto due = verify_due(session, one))
      found.push_back(
          {"verify", one.name, "did it help? " + one.text(nines::remediate::field::kTitle),
           one.text(nines::remediate::field::kTeam), *due, "nines remediate verify " + one.name});
  }
  return found;
}

/// Emergencies that nobody else has agreed to yet.
std::vector<Due> change_reviews(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& one : authenticated_requests(session))
    if (const auto due = one.review_due())
      found.push_back({"review", one.name,
                       "it was an emergency, and nobody else has agreed to it: " + one.asked.title,
                       "", *due, "nines remediate change approve " + one.name});
  return found;
}

/// Postmortems that were begun and are not published on their day, and reviews nobody gave.
std::vector<Due> postmortems(const Session& session, Instant) {
  std::vector<Due> found;
  for (const auto& row : list_postmortems(session)) {
    const auto& view = row.view;
    if (view.state == postmortem::State::published) continue;
    const auto& name = view.incident.name;
    if (view.due)
      found.push_back({"postmortem", name,
                       "its postmortem was due on " + format_day(*view.due) + ", and is " +
                           std::string(to_string(view.state)),
                       view.postmortem.author, Instant{*view.due + std::chrono::days{1}},
                       "nines report postmortem show " + name});
    for (const auto* review : postmortem::waiting_reviews(view.postmortem))
      if (review->due)
        found.push_back({"review", name,
                         "the review of its postmortem was due on " + format_day(*review->due),
                         review->reviewer, Instant{*review->due + std::chrono::days{1}},
                         "nines report postmortem review " + name + " --approve"});
  }
  return found;
}

}  // namespace

std::span<const DueSource> due_sources() {
  // One per line, so that sources added side by side merge.
  // clang-format off
  static constexpr std::array<DueSource, 11> kSources{
      clocks,
      called,
      reviews,
      contracts,
      old_data,
      risks,
      struck_again,
      actions,
      change_reviews,
      effects,
      postmortems,
  };
  // clang-format on
  return kSources;
}

std::vector<Due> all_due(const Session& session, Instant now) {
  std::vector<Due> all;
  for (const auto source : due_sources())
    for (auto& due : source(session, now)) all.push_back(std::move(due));
  std::stable_sort(all.begin(), all.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
  return all;
}

}  // namespace nines::usecases
