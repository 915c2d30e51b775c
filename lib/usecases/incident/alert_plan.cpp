// Compares what sources say with what is on record, and lets the domain group the rest.
#include "usecases/incident/alert_plan.hpp"

#include <algorithm>

#include "store/alerts.hpp"
#include "store/incidents.hpp"
#include "store/proposals.hpp"
#include "store/snapshot.hpp"
#include "store/store.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::Alert;
using incident::AlertGroup;
using incident::Member;
using incident::ProposalState;

/// One alert of the batch: the newest that is said of it, and what was known.
struct News {
  Alert alert;
  std::optional<store::RecordedAlert> known;
};

class Planner {
 public:
  explicit Planner(const Session& session) : session_(session) {
    const auto catalogue = load_catalogue(session);
    for (const auto& [name, service] : catalogue.services) {
      services_.insert(name);
      for (const auto& dependency : service.dependencies) plan_.graph.add(name, dependency.on);
    }
    if (auto policy = sole_policy(applied_policies(session)))
      words_ = std::move(policy->severity_words);
    for (const auto& record : store::rule_records(session.store()))
      if (record.retired_at) retired_.insert(record.rule);
    plan_.rules.by_service = !retired_.contains("alert-service");
    plan_.rules.by_dependency = !retired_.contains("alert-dependency");
    plan_.rules.attach_by_service = !retired_.contains("attach-service");
    plan_.rules.attach_by_dependency = !retired_.contains("attach-dependency");
  }

  AlertPlan run(const std::vector<Alert>& alerts) {
    for (const auto& alert : alerts) note(alert);
    std::vector<Member> fresh;
    std::set<Uid> touched;
    for (auto& [uid, news] : news_) sort_in(news, fresh, touched);
    auto known = live_groups(fresh, touched);
    for (auto& group : group_alerts(std::move(known), std::move(fresh), plan_.graph, plan_.rules)) {
      if (!group.touched) continue;
      if (!group.known)
        group.uid = proposal_uid("alerts/" + group.members.front().alert.uid.to_string());
      for (const auto& member : group.members) group_of_[member.alert.uid] = group.uid;
      plan_.groups.push_back(std::move(group));
    }
    for (auto& sighting : plan_.sightings)
      if (const auto found = group_of_.find(sighting.alert.uid); found != group_of_.end())
        sighting.group = found->second;
    return std::move(plan_);
  }

 private:
  void note(const Alert& alert) {
    const std::string status(store::alert_status(alert));
    const bool again = !said_.emplace(alert.uid, status).second ||
                       store::has_sighting(session_.store(), alert.uid, status);
    if (again) {
      ++plan_.counts.unchanged;
      return;
    }
    const auto [found, first] = news_.try_emplace(alert.uid, News{alert, std::nullopt});
    auto& news = found->second;
    if (first) {
      news.known = store::find_alert(session_.store(), alert.uid);
      if (!news.known) ++plan_.counts.fired;
      if (news.known && news.known->alert.ends) news.alert.ends = news.known->alert.ends;
    } else {
      if (alert.ends) news.alert.ends = alert.ends;
      news.alert.suppressed = alert.suppressed;
    }
    if (alert.resolved()) ++plan_.counts.resolved;
    plan_.sightings.push_back({alert, std::nullopt});
  }

  Member member_of(Alert alert) const {
    Member member{std::move(alert), {}, {}};
    member.service = incident::service_of(member.alert.labels, services_);
    member.severity = incident::severity_of(member.alert.labels, words_);
    return member;
  }

  void sort_in(News& news, std::vector<Member>& fresh, std::set<Uid>& touched) {
    if (news.known && news.known->group) {
      touched.insert(*news.known->group);
      group_of_[news.alert.uid] = *news.known->group;
    } else if (incident::is_informational(news.alert.labels, words_)) {
      ++plan_.counts.informational;
    } else if (news.alert.suppressed || (news.known && news.alert.resolved())) {
      // What was never proposed while it fired is not worth asking about once it is over.
      ++plan_.counts.suppressed;
    } else {
      fresh.push_back(member_of(news.alert));
    }
  }

  /// The groups that something may still join, and those that the news are about.
  std::vector<AlertGroup> live_groups(const std::vector<Member>& fresh,
                                      const std::set<Uid>& touched) {
    std::set<Uid> wanted = touched;
    if (!fresh.empty()) {
      const auto first =
          std::min_element(fresh.begin(), fresh.end(), [](const Member& a, const Member& b) {
            return a.alert.starts < b.alert.starts;
          })->alert.starts;
      for (const auto& uid : store::live_alert_groups(session_.store(), first - plan_.rules.lull,
                                                      first - plan_.rules.longest))
        if (touched.contains(uid) || can_grow(uid)) wanted.insert(uid);
    }
    std::vector<AlertGroup> groups;
    for (const auto& uid : wanted) groups.push_back(read_group(uid, touched.contains(uid)));
    std::erase_if(groups, [](const AlertGroup& group) { return group.members.empty(); });
    return groups;
  }

  /// Once its incident is closed, what fires again is a new group.
  bool can_grow(const Uid& uid) const {
    const auto proposal = store::find_proposal(session_.store(), uid);
    if (!proposal || proposal->state != ProposalState::accepted) return true;
    const auto& result = proposal->decision->result;
    const auto incident = Uid::parse(result.substr(result.find('/') + 1));
    const auto head = incident ? store::find_incident(session_.store(), *incident) : std::nullopt;
    return head && head->open();
  }

  AlertGroup read_group(const Uid& uid, bool touched) const {
    AlertGroup group;
    group.uid = uid;
    group.known = true;
    group.touched = touched;
    const auto proposal = store::find_proposal(session_.store(), uid);
    group.decided = proposal && proposal->state != ProposalState::open;
    for (auto& recorded : store::alerts_of_group(session_.store(), uid)) {
      const auto found = news_.find(recorded.alert.uid);
      group.members.push_back(
          member_of(found == news_.end() ? std::move(recorded.alert) : found->second.alert));
    }
    return group;
  }

  const Session& session_;
  AlertPlan plan_;
  std::set<std::string, std::less<>> services_;
  incident::SeverityWords words_;
  std::set<std::string> retired_;
  std::set<std::pair<Uid, std::string>> said_;
  std::map<Uid, News> news_;
  std::map<Uid, Uid> group_of_;
};

}  // namespace

AlertPlan plan_alerts(const Session& session, const std::vector<Alert>& alerts) {
  const store::Snapshot one_state(session.store());
  return Planner(session).run(alerts);
}

}  // namespace nines::usecases
