// Gathers pages and incidents for the pure figures.
#include "usecases/paging/review.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "domain/incident/milestones.hpp"
#include "store/escalations.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "usecases/paging/people.hpp"
#include "usecases/paging/policies.hpp"

namespace nines::usecases {
namespace {

using incident::Page;
using incident::PageResult;

bool went_out(const Page& page) {
  return page.result == PageResult::sent || page.result == PageResult::intended ||
         page.result == PageResult::unresolved;
}

std::optional<Instant> milestone_at(const incident::Record& record, std::string_view name) {
  const auto found = record.milestones.find(std::string(name));
  return found == record.milestones.end() ? std::nullopt : std::optional(found->second.at);
}

/// When nobody had to stay up any more.
std::optional<Instant> over_at(const incident::Record& record) {
  std::optional<Instant> over;
  for (const auto name : {incident::milestone::kMitigated, incident::milestone::kResolved,
                          incident::milestone::kClosed})
    if (const auto at = milestone_at(record, name); at && (!over || *at < *over)) over = at;
  return over;
}

/// For a proposed policy, and for the one in force.
const PinnedPolicy& proposed_policy(PolicyBook& book, const ReplayQuery& query) {
  if (query.file) {
    auto policy = read_policy_file(*query.file);
    const auto name = policy.policy.name;
    book.put(std::move(policy));
    return *book.find(name);
  }
  if (query.policy) {
    if (const auto* found = book.find(*query.policy)) return *found;
    throw Error(ExitCode::not_found, "no escalation policy '" + *query.policy + "' is on record",
                "name a file to try one that is not: --policy FILE", "NO_POLICY");
  }
  if (book.current().size() == 1) return book.current().front();
  throw Error(ExitCode::usage, "--replay needs a policy to try",
              "--policy NAME, or --policy FILE for one that is not applied yet", "NO_POLICY");
}

bool is_for(const incident::EscalationPolicy& policy, const incident::Incident& incident) {
  if (policy.services.empty()) return true;
  return std::any_of(policy.services.begin(), policy.services.end(), [&](const auto& service) {
    return std::find(incident.services.begin(), incident.services.end(), service) !=
           incident.services.end();
  });
}

std::vector<Page> real_pages(const Session& session, const Uid& incident) {
  auto pages = store::pages(session.store(), {.incident = incident});
  // What only would have been sent says as much about a policy as what was.
  std::erase_if(pages, [](const Page& page) { return page.result == PageResult::failed; });
  return pages;
}

}  // namespace

LoadReport page_load_report(const Session& session, const LoadQuery& query) {
  LoadReport report{.query = query};
  incident::PageLoadInput input;
  input.now = std::min(session.now(), query.to);
  for (auto& page : store::pages(session.store(), {.from = query.from, .to = query.to})) {
    if (!input.incidents.contains(page.incident)) {
      const auto record =
          store::incident_record(session.store(), page.incident, store::Lines::none);
      input.incidents[page.incident] = {
          over_at(record), milestone_at(record, incident::milestone::kAcknowledged).has_value(),
          record.head.open()};
    }
    const auto head = store::find_incident(session.store(), page.incident);
    if (!head || !head->counts()) {
      ++report.drills;
      continue;
    }
    if (page.result == PageResult::simulated) ++report.simulated;
    const bool counts =
        went_out(page) || (query.with_simulated && page.result == PageResult::simulated);
    if (!counts) continue;
    if (went_out(page)) ++report.sent;
    input.pages.push_back(std::move(page));
  }
  input.on_duty_s = seconds_on_duty(session, {query.from, query.to});
  report.shifts_known = !input.on_duty_s.empty();
  input.zones = zones_on_record(session);
  report.load = incident::page_load(input);
  return report;
}

ReplayReport replay_escalations(const Session& session, const ReplayQuery& query) {
  PolicyBook present(session);
  PolicyBook book(session);
  const auto& proposed = proposed_policy(book, query);
  ReplayReport report{.policy = proposed.policy.name};
  auto around = surroundings_of(session, book);
  around.last_told.clear();
  auto found = store::incidents(session.store(), {.from = query.from, .to = query.to});
  std::reverse(found.begin(), found.end());
  for (const auto& head : found) {
    if (!head.counts()) continue;
    if (query.from && head.opened_at < *query.from) continue;
    if (!is_for(proposed.policy, head)) {
      ++report.other_services;
      continue;
    }
    const auto record = store::incident_record(session.store(), head.uid, store::Lines::none);
    incident::ReplayCase recorded{head.name, head.severity, head.opened_at, {}, {}, {}};
    recorded.answered_at = milestone_at(record, incident::milestone::kAcknowledged);
    recorded.pages = real_pages(session, head.uid);
    recorded.triggers = store::alert_times(session.store(), head.uid);
    recorded.triggers.push_back(head.opened_at);
    std::string why;
    const auto* in_force = present.choose(head, why);
    report.lines.push_back(incident::replay(
        recorded, proposed.policy, in_force != nullptr ? &in_force->policy : nullptr, around));
  }
  report.totals = incident::totals_of(report.lines);
  return report;
}

}  // namespace nines::usecases
