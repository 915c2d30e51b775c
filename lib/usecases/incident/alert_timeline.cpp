// Writes what alerts say into timelines, each word of theirs once.
#include "usecases/incident/alert_timeline.hpp"

#include <algorithm>

#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "domain/incident/alert_proposal.hpp"
#include "store/alerts.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/proposals.hpp"
#include "store/store.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::Alert;

constexpr std::int64_t kMostLines = 200;
constexpr const char* kEndedRule = "alerts-ended";

struct Line {
  Instant at;
  std::string text;
  incident::Origin origin;
};

incident::Origin origin_of(const Alert& alert, const char* status) {
  return {alert.source, alert.fingerprint + "@" + format_utc(alert.starts) + " " + status};
}

std::vector<Line> lines_of(const std::vector<Alert>& alerts) {
  std::vector<Line> lines;
  for (const auto& alert : alerts) {
    lines.push_back({alert.starts, fires_text(alert), origin_of(alert, "firing")});
    if (alert.ends) lines.push_back({*alert.ends, ends_text(alert), origin_of(alert, "resolved")});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.at < b.at; });
  return lines;
}

void append_line(Session& session, store::Transaction& tx, const Uid& incident, Line line) {
  incident::StatedTime when{.at = line.at};
  when.clock = line.origin.system;
  auto entry = new_entry(session, std::move(line.text), std::move(when));
  entry.uid = named_uid("nines alert line\n" + incident.to_string() + "\n" + line.origin.reference);
  entry.number = take_entry_number(session, incident);
  entry.kind = incident::EntryKind::observation;
  entry.author = line.origin.system;
  entry.origin = std::move(line.origin);
  tx.append(store::incident_entry_added(incident, entry));
}

/// The alerts of every group that led to the incident or was attached to it.
std::vector<Alert> alerts_of(const Session& session, const Uid& incident, const Uid& group) {
  std::vector<Uid> groups{group};
  store::ProposalFilter filter{.state = incident::ProposalState::accepted,
                               .result = store::incident_subject(incident)};
  for (const auto& proposal : store::proposals(session.store(), filter))
    if (proposal.uid != group) groups.push_back(proposal.uid);
  std::vector<Alert> alerts;
  for (const auto& one : groups)
    for (auto& recorded : store::alerts_of_group(session.store(), one))
      alerts.push_back(std::move(recorded.alert));
  return alerts;
}

}  // namespace

std::int64_t append_alert_lines(Session& session, store::Transaction& tx, const Uid& incident,
                                const std::vector<Alert>& alerts) {
  auto lines = lines_of(alerts);
  std::erase_if(lines, [&](const Line& line) {
    return store::has_entry_from(session.store(), incident, line.origin);
  });
  std::int64_t added = 0;
  for (auto& line : lines) {
    if (added == kMostLines) {
      line.text = "and " +
                  count_of(lines.size() - kMostLines, "more start or end", "more starts and ends") +
                  " of alerts";
      line.origin.reference += " and more";
    }
    append_line(session, tx, incident, std::move(line));
    if (++added > kMostLines) break;
  }
  return added;
}

std::optional<incident::Proposal> propose_end(Session& session, store::Transaction& tx,
                                              const Uid& incident, const Uid& group) {
  const auto head = store::find_incident(session.store(), incident);
  if (!head || head->status >= incident::Status::resolved) return std::nullopt;
  const auto alerts = alerts_of(session, incident, group);
  if (alerts.empty()) return std::nullopt;
  Instant last{};
  for (const auto& alert : alerts) {
    if (!alert.ends) return std::nullopt;
    last = std::max(last, *alert.ends);
  }
  const auto to = head->status < incident::Status::mitigated ? incident::Status::mitigated
                                                             : incident::Status::resolved;
  const auto subject = store::incident_subject(incident);
  NewProposal wanted;
  wanted.key = "alerts-ended/" + incident.to_string() + "/" + format_utc(last);
  wanted.kind = "incident.step";
  wanted.rule = kEndedRule;
  wanted.subject = subject;
  wanted.title = (alerts.size() == 1 ? "its alert has"
                                     : "all its " + count_of(alerts.size(), "alert") + " have") +
                 " ended: " + head->title;
  wanted.body = Json::object(
      {{"to", to_string(to)}, {"at", format_utc(last)}, {"clock", alerts.front().source}});
  const auto latest =
      std::max_element(alerts.begin(), alerts.end(),
                       [](const Alert& a, const Alert& b) { return *a.ends < *b.ends; });
  wanted.evidence = {{std::string(kEndedRule) + ": " + count_of(alerts.size(), "alert") +
                          " led to it, and none fires; the last to end was " + describe(*latest) +
                          " at " + format_utc(std::chrono::floor<std::chrono::seconds>(last)),
                      "alert/" + latest->uid.to_string()}};
  auto proposed = propose(session, tx, wanted);
  if (proposed.outcome != ProposeOutcome::made && proposed.outcome != ProposeOutcome::revised)
    return std::nullopt;
  return std::move(proposed.proposal);
}

std::vector<std::string> withdraw_end(Session& session, store::Transaction& tx, const Uid& incident,
                                      const std::string& because) {
  std::vector<std::string> names;
  store::ProposalFilter filter{.state = incident::ProposalState::open,
                               .rule = kEndedRule,
                               .subject = store::incident_subject(incident)};
  for (const auto& proposal : store::proposals(session.store(), filter)) {
    withdraw(session, tx, proposal, because);
    names.push_back(proposal.name);
  }
  return names;
}

}  // namespace nines::usecases
