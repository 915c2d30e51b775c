// One transaction each: the start, a round of injects, a score.
#include "usecases/incident/drills.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "store/drills.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/proposed_finding.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/slo/stored_reader.hpp"

namespace nines::usecases {
namespace {

using incident::Drill;

constexpr std::string_view kDrillKind = "Drill";
constexpr std::string_view kOrigin = "drill";

incident::Incident drill_head(const Session& session, const Drill& drill) {
  auto head = store::find_incident(session.store(), drill.incident);
  if (!head)
    throw Error(ExitCode::not_found, "the incident of " + drill.name + " is not on record",
                "nines sync", "NO_INCIDENT");
  return std::move(*head);
}

bool runs(const incident::Incident& head) { return head.status < incident::Status::resolved; }

Drill choose_drill(const Session& session, const std::optional<std::string>& word) {
  if (!word || *word == "@") {
    if (const auto current = current_incident(session))
      if (auto drill = store::find_drill_of(session.store(), current->uid)) return *drill;
    auto all = store::drills(session.store());
    if (!all.empty()) return std::move(all.front());
    throw Error(ExitCode::not_found, "no drill was started yet",
                "nines incident drill start NAME; nines incident drill list names the scenarios",
                "NO_DRILL");
  }
  const auto lower = to_lower_ascii(*word);
  if (lower.starts_with("inc")) {
    if (auto drill = store::find_drill_of(session.store(), choose_incident(session, word).uid))
      return std::move(*drill);
  } else if (auto drill = store::find_drill(
                 session.store(), store::get_numbered(session.store(), "DRL", *word).uid)) {
    return std::move(*drill);
  }
  throw Error(ExitCode::not_found, "'" + *word + "' is no drill", "nines incident drill list",
              "NO_DRILL");
}

nines::slo::DefinitionRecord scenario_record(const Session& session, const std::string& name) {
  if (auto record = store::find_definition(session.store(), kDrillKind, name))
    return std::move(*record);
  std::vector<std::string> names;
  for (const auto& record : store::definitions(session.store()))
    if (record.kind == kDrillKind) names.push_back(record.name);
  const std::vector<std::string_view> views(names.begin(), names.end());
  const auto hint = did_you_mean_hint(name, views);
  throw Error(ExitCode::not_found, "no scenario '" + name + "' was applied",
              !hint.empty() ? hint
                            : "nines incident drill plan --from INC-7 drafts one; nines slo apply "
                              "FILE records it",
              "NO_SCENARIO");
}

void require_not_running(const Session& session, const std::string& scenario) {
  for (const auto& other : store::drills(session.store()))
    if (other.scenario.name == scenario && runs(drill_head(session, other)))
      throw Error(
          ExitCode::conflict,
          "'" + scenario + "' runs already, as " + other.name + " in " + other.incident_name,
          "nines incident close " + other.incident_name + " --as cancelled ends it", "DRILL_RUNS");
}

incident::Incident incident_of(Session& session, const Drill& drill, const std::string& commander) {
  incident::Incident head;
  head.uid = drill.incident;
  head.title = "drill: " + drill.scenario.name;
  head.mode = incident::Mode::drill;
  head.severity = drill.scenario.severity;
  head.services = drill.scenario.services;
  head.commander = commander;
  head.opened_at = session.now();
  return head;
}

std::string person_of(const Drill& drill, std::string_view role) {
  for (const auto& one : drill.scenario.participants)
    if (one.role == role) return one.person;
  return {};
}

incident::Entry inject_entry(Session& session, const Drill& drill, std::size_t index) {
  const auto& inject = drill.scenario.injects[index];
  auto entry = new_entry(session, inject.text);
  entry.when = {.at = due_at(drill, index), .clock = "drill"};
  entry.kind = incident::EntryKind::observation;
  entry.author = inject.from.empty() ? std::string(kOrigin) : inject.from;
  entry.origin = {std::string(kOrigin), drill.uid.to_string() + "/" + std::to_string(index)};
  return entry;
}

DrillView drill_view(const Session& session, const Drill& drill) {
  const auto record = store::incident_record(session.store(), drill.incident);
  return {drill, record.head, incident::score_drill(drill, record), {}};
}

}  // namespace

Json plan_drill(const Session& session, const std::string& word, const std::string& name) {
  const auto chosen = choose_incident(session, word);
  return incident::document_of(
      incident::draft_drill(store::incident_record(session.store(), chosen.uid), name));
}

Drill start_drill(Session& session, const StartDrillRequest& request, bool dry_run) {
  const auto record = scenario_record(session, request.scenario);
  auto scenario = incident::drill_from(record.document);
  if (!scenario)
    throw Error(ExitCode::bad_data, "scenario '" + request.scenario + "' can no longer be read",
                "apply it again: nines slo apply FILE", "SCENARIO_UNREADABLE");
  require_not_running(session, request.scenario);
  Drill drill;
  drill.scenario = std::move(*scenario);
  drill.speed = request.speed;
  drill.started_at = session.now();
  if (dry_run) return drill;
  drill.uid = make_uid(session);
  drill.incident = make_uid(session);
  const auto commander =
      request.commander.empty() ? person_of(drill, incident::kCommander) : request.commander;
  const auto head = incident_of(session, drill, commander);
  const auto& options = session.options();
  auto& db = session.store().db();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::incident_opened(head, store::take_number(db, "INC")));
  if (!commander.empty())
    tx.append(
        store::incident_role_set(head.uid, incident::kCommander, commander, "", head.opened_at));
  for (const auto& one : drill.scenario.participants)
    if (!one.person.empty() && one.role != incident::kCommander)
      tx.append(store::incident_role_set(head.uid, one.role, one.person, "", head.opened_at));
  tx.append(store::drill_started(drill, record.document, store::take_number(db, "DRL")));
  tx.commit();
  Desk(session).use(head.uid);
  return store::find_drill(session.store(), drill.uid).value_or(drill);
}

InjectReport inject_due(Session& session, const std::optional<std::string>& word, bool dry_run) {
  InjectReport report;
  std::vector<Drill> all;
  if (word)
    all.push_back(choose_drill(session, word));
  else
    all = store::drills(session.store());
  std::erase_if(all, [&](const Drill& drill) { return !runs(drill_head(session, drill)); });
  const auto now = session.now();
  const auto& options = session.options();
  std::optional<store::Transaction> tx;
  if (!dry_run && !all.empty())
    tx.emplace(session.store(), options.actor, options.command, options.because);
  for (auto& drill : all) {
    for (std::size_t i = 0; i < drill.scenario.injects.size(); ++i) {
      auto entry = inject_entry(session, drill, i);
      // Also where two ticks run at once: the second sees the first one's lines under the lock.
      if (store::has_entry_from(session.store(), drill.incident, entry.origin)) continue;
      if (entry.when.at > now) {
        report.next = std::min(report.next.value_or(entry.when.at), entry.when.at);
        continue;
      }
      if (tx) {
        entry.number = take_entry_number(session, drill.incident);
        tx->append(store::incident_entry_added(drill.incident, entry));
        tx->append(store::drill_injected(drill, i));
      }
      drill.given = static_cast<std::int64_t>(i) + 1;
      report.given.push_back({drill.name, drill.incident_name, drill.scenario.injects[i],
                              tx ? std::to_string(entry.number) : std::string()});
    }
  }
  if (tx && tx->size() > 0) tx->commit();
  report.drills = std::move(all);
  return report;
}

DrillView show_drill(const Session& session, const std::optional<std::string>& word) {
  return drill_view(session, choose_drill(session, word));
}

DrillView score_drill(Session& session, const std::optional<std::string>& word, bool dry_run) {
  auto view = show_drill(session, word);
  if (dry_run) return view;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(store::drill_scored(view.drill, view.score));
  for (const auto& finding : view.score.findings)
    view.proposals.push_back(
        propose(session, tx, finding_proposal(view.drill, finding)).proposal.name);
  tx.commit();
  view.drill.scored_at = session.now();
  return view;
}

DrillList list_drills(const Session& session) {
  DrillList list{store::drills(session.store()), {}, {}};
  std::map<std::string, DrilledService> services;
  for (const auto& record : store::definitions(session.store())) {
    if (record.kind == kDrillKind) list.scenarios.push_back(record.name);
    if (record.kind != "Service") continue;
    auto& row = services[record.name];
    if (const auto read = read_record(record))
      if (const auto* service = std::get_if<catalog::Service>(&read->object))
        row.tier = service->tier;
  }
  for (const auto& drill : list.drills)
    for (const auto& service : drill.scenario.services) {
      auto& row = services[service];
      if (row.last && *row.last >= drill.started_at) continue;
      row.last = drill.started_at;
      row.drill = drill.name;
    }
  for (auto& [name, row] : services) {
    row.service = name;
    list.services.push_back(std::move(row));
  }
  return list;
}

}  // namespace nines::usecases
