// Reads, plans, then writes: the proposals first, so that what is cut short is found again.
#include "usecases/incident/alerts.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/alert_proposal.hpp"
#include "ingest/alerts.hpp"
#include "ingest/json_stream.hpp"
#include "store/alerts.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/page_cache.hpp"
#include "store/proposals.hpp"
#include "store/store.hpp"
#include "usecases/incident/alert_plan.hpp"
#include "usecases/incident/alert_timeline.hpp"
#include "usecases/incident/proposal_kinds.hpp"
#include "usecases/incident/proposals.hpp"

namespace nines::usecases {
namespace {

using incident::Alert;
using incident::AlertGroup;
using incident::ProposalState;

constexpr EnumNames<GroupOutcome, 6> kOutcomes{
    {"proposed", "revised", "unchanged", "followed", "turned-down", "retired"}};

/// What one command writes at a time, so that nobody waits long for the store.
constexpr std::size_t kPart = 2000;

std::vector<incident::OpenIncident> open_incidents(const Session& session) {
  std::vector<incident::OpenIncident> open;
  for (auto& head : store::incidents(session.store(), {.open_only = true}))
    if (head.counts() && !head.services.empty())
      open.push_back(
          {store::incident_subject(head.uid), head.name, std::move(head.services), head.opened_at});
  return open;
}

NewProposal proposal_of(const AlertGroup& group, const AlertPlan& plan,
                        const std::vector<incident::OpenIncident>& open) {
  auto words = words_of(group, plan.graph, plan.rules);
  const auto started = format_utc(group.started());
  NewProposal wanted;
  wanted.key = "alerts/" + group.members.front().alert.uid.to_string();
  wanted.kind = "incident.open";
  wanted.rule = to_string(group.weakest());
  wanted.title = words.title;
  wanted.evidence = std::move(words.evidence);
  wanted.body = Json::object({{"title", words.title},
                              {"severity", to_string(words.severity)},
                              {"services", join(words.services, ",")},
                              {"started", started},
                              {"detected", started},
                              {"clock", group.members.front().alert.source},
                              {"detected_by", "alert"}});
  if (const auto found = find_attachment(group, open, plan.graph, plan.rules)) {
    wanted.kind = "incident.attach";
    wanted.rule = found->rule;
    wanted.subject = open[found->incident].subject;
    wanted.evidence.insert(wanted.evidence.begin() + 1, found->evidence);
  }
  return wanted;
}

std::vector<Alert> alerts_of(const AlertGroup& group) {
  std::vector<Alert> alerts;
  for (const auto& member : group.members) alerts.push_back(member.alert);
  return alerts;
}

class Writer {
 public:
  Writer(Session& session, const AlertPlan& plan)
      : session_(session), plan_(plan), open_(open_incidents(session)) {}

  /// Without a transaction it only says what it would do.
  AlertGroupResult settle(const AlertGroup& group, store::Transaction* tx) {
    AlertGroupResult result;
    result.alerts = group.members.size();
    result.firing = static_cast<std::size_t>(
        std::count_if(group.members.begin(), group.members.end(),
                      [](const auto& member) { return !member.alert.resolved(); }));
    const auto known = store::find_proposal(session_.store(), group.uid);
    if (known && known->state == ProposalState::accepted) {
      result.proposal = *known;
      follow(group, tx, result);
    } else if (known && known->state != ProposalState::open) {
      result.proposal = *known;
      result.outcome = GroupOutcome::turned_down;
    } else {
      propose_group(group, tx, result);
    }
    if (const auto* kind = find_proposal_kind(result.proposal.kind))
      result.effect = kind->effect(session_, result.proposal);
    return result;
  }

 private:
  void propose_group(const AlertGroup& group, store::Transaction* tx, AlertGroupResult& result) {
    auto wanted = proposal_of(group, plan_, open_);
    wanted.uid = group.uid;
    auto proposed = tx ? propose(session_, *tx, wanted) : plan_proposal(session_, wanted);
    result.proposal = std::move(proposed.proposal);
    switch (proposed.outcome) {
      case ProposeOutcome::made:
        result.outcome = GroupOutcome::proposed;
        break;
      case ProposeOutcome::revised:
        result.outcome = GroupOutcome::revised;
        break;
      case ProposeOutcome::retired:
        result.outcome = GroupOutcome::retired;
        break;
      case ProposeOutcome::unchanged:
      case ProposeOutcome::decided:
        break;
    }
  }

  /// A person opened or chose the incident: what its alerts do is noted there, what that means is
  /// proposed.
  void follow(const AlertGroup& group, store::Transaction* tx, AlertGroupResult& result) {
    result.outcome = GroupOutcome::followed;
    const auto& subject = result.proposal.decision->result;
    result.incident = store::name_of(session_.store().db(), subject);
    const auto incident = Uid::parse(subject.substr(subject.find('/') + 1));
    if (!incident || tx == nullptr) return;
    result.lines = append_alert_lines(session_, *tx, *incident, group.uid, alerts_of(group));
    if (result.firing > 0)
      result.withdrawn = withdraw_end(session_, *tx, *incident, "alerts of it fire again");
    else
      ended_.emplace_back(*incident, group.uid);
  }

 public:
  /// Once every alert is on record.
  void propose_ends(store::Transaction& tx, std::vector<AlertGroupResult>& results) {
    for (const auto& [incident, group] : ended_)
      if (auto next = propose_end(session_, tx, incident, group))
        for (auto& result : results)
          if (result.proposal.uid == group) result.next.push_back(*next);
  }

 private:
  Session& session_;
  const AlertPlan& plan_;
  std::vector<incident::OpenIncident> open_;
  std::vector<std::pair<Uid, Uid>> ended_;
};

void write_alerts(Session& session, const AlertPlan& plan, AlertIngest& result,
                  store::Transaction& first) {
  Writer writer(session, plan);
  for (const auto& group : plan.groups) result.groups.push_back(writer.settle(group, &first));
  const auto& sightings = plan.sightings;
  const auto append = [&](store::Transaction& tx, std::size_t from, std::size_t to) {
    for (auto i = from; i < to; ++i)
      tx.append(store::alert_seen(sightings[i].alert, sightings[i].group));
  };
  const auto end = std::min(kPart, sightings.size());
  append(first, 0, end);
  if (end == sightings.size()) writer.propose_ends(first, result.groups);
  first.commit();
  result.parts = 1;
  const auto& options = session.options();
  for (auto at = end; at < sightings.size(); at += kPart) {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    const auto until = std::min(at + kPart, sightings.size());
    append(tx, at, until);
    if (until == sightings.size()) writer.propose_ends(tx, result.groups);
    tx.commit();
    ++result.parts;
  }
}

AlertIngest read_texts(const std::vector<AlertText>& texts, std::vector<Alert>& alerts) {
  AlertIngest result;
  for (const auto& text : texts) {
    auto reading = ingest::read_alerts(text.bytes, text.name);
    alerts.insert(alerts.end(), std::make_move_iterator(reading.alerts.begin()),
                  std::make_move_iterator(reading.alerts.end()));
    result.payloads += reading.payloads;
    result.truncated += reading.truncated;
    result.cut += reading.cut;
    result.findings.insert(result.findings.end(), reading.findings.begin(), reading.findings.end());
  }
  return result;
}

void take_counts(AlertIngest& result, const AlertIngest& counts) {
  result.fired = counts.fired;
  result.resolved = counts.resolved;
  result.unchanged = counts.unchanged;
  result.suppressed = counts.suppressed;
  result.informational = counts.informational;
}

}  // namespace

std::string_view to_string(GroupOutcome outcome) { return kOutcomes.of(outcome); }

bool looks_like_alerts(std::string_view bytes) {
  ingest::JsonStream stream(bytes);
  const auto first = stream.next();
  if (!first || (first->text.front() != '{' && first->text.front() != '[')) return false;
  try {
    // Whole it is read later: here its own members tell what it is.
    const auto outline = ingest::outline(first->text);
    return ingest::is_alertmanager(ingest::JsonStream::read({outline, first->line}, ""));
  } catch (const Error&) {
    // A broken first payload of a spool still shows what it is.
    return first->text.find("\"alerts\"") != std::string_view::npos &&
           first->text.find("\"groupKey\"") != std::string_view::npos;
  }
}

AlertIngest ingest_alerts(Session& session, const std::vector<AlertText>& texts, bool dry_run) {
  std::vector<Alert> alerts;
  auto result = read_texts(texts, alerts);
  auto plan = plan_alerts(session, alerts);
  take_counts(result, plan.counts);
  if (dry_run) {
    Writer writer(session, plan);
    for (const auto& group : plan.groups) result.groups.push_back(writer.settle(group, nullptr));
    return result;
  }
  if (plan.sightings.empty()) return result;
  const auto& options = session.options();
  if (plan.sightings.size() > kPart) {
    store::widen_page_cache(session.store(), 64);
    // In the order of the keys a part touches few pages; what is said of one alert keeps its order.
    std::stable_sort(
        plan.sightings.begin(), plan.sightings.end(),
        [](const auto& one, const auto& other) { return one.alert.uid < other.alert.uid; });
  }
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  // What is read now cannot change any more; a large plan is not made twice while others wait.
  if (plan.sightings.size() <= kPart) {
    plan = plan_alerts(session, alerts);
    take_counts(result, plan.counts);
    if (plan.sightings.empty()) return result;
  }
  write_alerts(session, plan, result, tx);
  return result;
}

}  // namespace nines::usecases
