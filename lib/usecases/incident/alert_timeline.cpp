// Writes what alerts say into timelines, each word of theirs once, and of many the sum.
#include "usecases/incident/alert_timeline.hpp"

#include <algorithm>
#include <map>
#include <utility>

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

constexpr std::size_t kMostLines = 200;
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

/// What a hundred alerts of one name say is one thing: when the first began, and, once none fires,
/// when the last ended. The alerts themselves stay with their group, which the line is named after:
/// another group of that name may begin in the same instant.
std::vector<Line> lines_of(const std::vector<store::AlertKind>& kinds, const Uid& group) {
  std::vector<Line> lines;
  for (const auto& kind : kinds) {
    const auto& name = kind.alertname;
    const auto named = "group/" + group.to_string() + " " + name + "@";
    lines.push_back({kind.first,
                     incident::fires_text(name, kind.count),
                     {kind.source, named + format_utc(kind.first) + " all firing"}});
    if (kind.ended == kind.count)
      lines.push_back({*kind.last,
                       incident::ends_text(name, kind.count),
                       {kind.source, named + format_utc(*kind.last) + " all resolved"}});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.at < b.at; });
  return lines;
}

std::vector<store::AlertKind> kinds_of(const std::vector<Alert>& alerts) {
  std::map<std::pair<std::string, std::string>, store::AlertKind> kinds;  // by source and name
  for (const auto& alert : alerts) {
    const auto name = incident::label_of(alert.labels, "alertname");
    const auto [at, fresh] = kinds.try_emplace(
        {alert.source, name}, store::AlertKind{alert.source, name, 0, 0, alert.starts, {}});
    auto& kind = at->second;
    ++kind.count;
    kind.first = std::min(kind.first, alert.starts);
    if (!alert.ends) continue;
    ++kind.ended;
    kind.last = std::max(kind.last.value_or(*alert.ends), *alert.ends);
  }
  std::vector<store::AlertKind> all;
  for (auto& [key, kind] : kinds) all.push_back(std::move(kind));
  return all;
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

/// Every group that led to the incident or was attached to it.
std::vector<Uid> groups_of(const Session& session, const Uid& incident, const Uid& group) {
  std::vector<Uid> groups{group};
  store::ProposalFilter filter{.state = incident::ProposalState::accepted,
                               .result = store::incident_subject(incident)};
  for (const auto& proposal : store::proposals(session.store(), filter))
    if (proposal.uid != group) groups.push_back(proposal.uid);
  return groups;
}

std::int64_t append_lines(Session& session, store::Transaction& tx, const Uid& incident,
                          std::vector<Line> lines) {
  const auto known = store::entry_origins(session.store(), incident);
  std::erase_if(lines, [&](const Line& line) {
    return known.count({line.origin.system, line.origin.reference}) != 0;
  });
  const auto all = lines.size();
  if (all > kMostLines) {
    lines.resize(kMostLines + 1);
    auto& rest = lines.back();
    rest.text = "and " + count_of(all - kMostLines, "more start or end", "more starts and ends") +
                " of alerts";
    rest.origin.reference += " and more";
  }
  for (auto& line : lines) append_line(session, tx, incident, std::move(line));
  return static_cast<std::int64_t>(lines.size());
}

}  // namespace

std::int64_t append_alert_lines(Session& session, store::Transaction& tx, const Uid& incident,
                                const Uid& group, const std::vector<Alert>& alerts) {
  auto lines = lines_of(alerts);
  if (lines.size() > kMostLines) lines = lines_of(kinds_of(alerts), group);
  return append_lines(session, tx, incident, std::move(lines));
}

std::int64_t append_group_lines(Session& session, store::Transaction& tx, const Uid& incident,
                                const Uid& group) {
  const auto kinds = store::alert_kinds_of_group(session.store(), group);
  std::size_t lines = 0;
  for (const auto& kind : kinds) lines += kind.count + kind.ended;
  if (lines > kMostLines) return append_lines(session, tx, incident, lines_of(kinds, group));
  std::vector<Alert> alerts;
  for (auto& recorded : store::alerts_of_group(session.store(), group))
    alerts.push_back(std::move(recorded.alert));
  return append_alert_lines(session, tx, incident, group, alerts);
}

std::optional<incident::Proposal> propose_end(Session& session, store::Transaction& tx,
                                              const Uid& incident, const Uid& group) {
  const auto head = store::find_incident(session.store(), incident);
  if (!head || head->status >= incident::Status::resolved) return std::nullopt;
  std::size_t count = 0;
  std::optional<Alert> latest;
  for (const auto& one : groups_of(session, incident, group)) {
    for (const auto& kind : store::alert_kinds_of_group(session.store(), one)) {
      if (kind.ended < kind.count) return std::nullopt;
      count += kind.count;
    }
    auto ended = store::last_ended_of_group(session.store(), one);
    if (ended && (!latest || *latest->ends < *ended->alert.ends)) latest = std::move(ended->alert);
  }
  if (!latest) return std::nullopt;
  const auto last = *latest->ends;
  const auto to = head->status < incident::Status::mitigated ? incident::Status::mitigated
                                                             : incident::Status::resolved;
  const auto subject = store::incident_subject(incident);
  NewProposal wanted;
  wanted.key = "alerts-ended/" + incident.to_string() + "/" + format_utc(last);
  wanted.kind = "incident.step";
  wanted.rule = kEndedRule;
  wanted.subject = subject;
  wanted.title = (count == 1 ? "its alert has" : "all its " + count_of(count, "alert") + " have") +
                 " ended: " + head->title;
  wanted.body =
      Json::object({{"to", to_string(to)}, {"at", format_utc(last)}, {"clock", latest->source}});
  wanted.evidence = {{std::string(kEndedRule) + ": " + count_of(count, "alert") +
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
