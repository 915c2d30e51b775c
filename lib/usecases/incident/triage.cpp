// Plans, runs, decides and shows the steps of playbooks.
#include "usecases/incident/triage.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/change_requests.hpp"
#include "store/evidence.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/store.hpp"
#include "store/triage.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/triage_run.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::PlaybookStep;
using incident::shown_command;
using incident::TriageState;
using incident::TriageStep;

constexpr std::string_view kClaimed = "claimed";
constexpr std::string_view kSigned = "ssh-signature";

std::vector<const PlaybookStep*> chosen_steps(const incident::Playbook& playbook,
                                              const std::optional<std::string>& word) {
  std::vector<const PlaybookStep*> chosen;
  std::vector<std::string_view> names;
  for (const auto& step : playbook.steps) {
    names.push_back(step.name);
    if (!word || step.name == *word || std::to_string(names.size()) == *word)
      chosen.push_back(&step);
  }
  if (!chosen.empty()) return chosen;
  const auto close = did_you_mean_hint(*word, names);
  throw Error(
      ExitCode::not_found, "playbook '" + playbook.name + "' has no step '" + *word + "'",
      close.empty() ? "nines incident triage --playbook " + playbook.name + " --dry-run" : close,
      "NO_STEP");
}

void check_parameters(const incident::Playbook& playbook, const incident::ParameterValues& values) {
  std::vector<std::string_view> known{"incident", "region", "service", "severity"};
  for (const auto& one : playbook.parameters) known.push_back(one.name);
  for (const auto& [name, value] : values) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto close = did_you_mean_hint(name, known);
    std::string all;
    for (const auto one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    throw Error(ExitCode::usage, "playbook '" + playbook.name + "' has no parameter '" + name + "'",
                close.empty() ? "known are " + all : close, "BAD_VALUE");
  }
}

TriageStep new_record(Session& session, const TriageReport& report, const PlaybookStep& step,
                      std::vector<std::string> argv) {
  TriageStep record;
  record.uid = make_uid(session);
  record.incident = report.incident.uid;
  record.playbook = report.playbook.playbook.name;
  record.digest = report.playbook.digest;
  record.step = step.name;
  record.argv = std::move(argv);
  record.read_only = step.read_only;
  record.approval = step.approval;
  record.requested_by = session.options().actor;
  record.requested_at = session.now();
  return record;
}

/// Asks for approval, unless exactly this is asked for already.
TriageStep ask_for(Session& session, TriageStep record) {
  for (auto& other : store::triage_steps(session.store(), record.incident))
    if (other.state == TriageState::waiting && other.digest == record.digest &&
        other.step == record.step && other.argv == record.argv)
      return std::move(other);
  auto event = store::triage_requested(record);
  sign_event(session, event);
  append_all(session, record.incident, {event});
  return record;
}

StepReport take_step(Session& session, const TriageRequest& request, const TriageReport& report,
                     const PlaybookStep& step, const incident::ParameterValues& values,
                     bool dry_run) {
  StepReport result{step.name, step.description, {}, step.read_only};
  auto filled = fill_command(report.playbook.playbook, step, values);
  if (auto* unfilled = std::get_if<incident::Unfilled>(&filled)) {
    result.unfilled = std::move(*unfilled);
    return result;
  }
  result.argv = std::move(std::get<std::vector<std::string>>(filled));
  if (dry_run) return result;
  auto record = new_record(session, report, step, result.argv);
  if (step.read_only)
    return run_step(session, report.incident, step, std::move(record), request.env);
  result.record = ask_for(session, std::move(record));
  return result;
}

bool names_step(const TriageStep& step, const std::string& word) {
  return step.step == word || step.playbook + "/" + step.step == word;
}

Error decided_already(const TriageStep& step) {
  return Error(ExitCode::conflict,
               "'" + step.step + "' was " +
                   (step.state == TriageState::refused ? "refused" : "approved") + " by " +
                   step.decided_by + " already",
               "nines incident triage --playbook " + step.playbook + " --step " + step.step +
                   " asks for it anew",
               "DECIDED_ALREADY");
}

TriageStep waiting_step(const Session& session, const incident::Incident& incident,
                        const std::string& word) {
  const auto all = store::triage_steps(session.store(), incident.uid);
  std::vector<const TriageStep*> waiting;
  const TriageStep* decided = nullptr;
  for (const auto& step : all) {
    if (!names_step(step, word) || step.read_only) continue;
    if (step.state == TriageState::waiting)
      waiting.push_back(&step);
    else
      decided = &step;
  }
  if (waiting.size() == 1) return *waiting.front();
  if (waiting.empty() && decided != nullptr) throw decided_already(*decided);
  if (waiting.empty())
    throw Error(ExitCode::not_found, "no step '" + word + "' of " + incident.name + " waits",
                "nines incident triage show " + incident.name + " lists what waits", "NO_STEP");
  Error error(ExitCode::conflict,
              count_of(waiting.size(), "step") + " called '" + word + "' wait in " + incident.name,
              "refuse the others: nines incident triage --refuse PLAYBOOK/STEP", "AMBIGUOUS");
  for (const auto* step : waiting)
    error.note(step->playbook + "/" + step->step + ": " + shown_command(step->argv));
  throw error;
}

const PlaybookStep& step_of(const LoadedPlaybook& loaded, const TriageStep& step) {
  for (const auto& one : loaded.playbook.steps)
    if (one.name == step.step && loaded.digest == step.digest) return one;
  throw Error(
      ExitCode::conflict,
      "playbook '" + step.playbook + "' has changed since '" + step.step + "' was asked for",
      "nines incident triage --refuse " + step.step + ", then ask for it anew", "PLAYBOOK_CHANGED");
}

std::string triage_subject(const TriageStep& step) { return "triage/" + step.uid.to_string(); }

/// Where another person has to approve: not the one who asked, under whatever name.
void refuse_own_step(const Session& session, const TriageStep& step, log::Authentication proof) {
  if (step.approval != incident::Approval::another) return;
  const PersonFinder people(session);
  log::Who me{step.decided_by, store::known_actor(session.store(), step.decided_by),
              std::move(proof)};
  people.name(me.proof, me.name);
  for (auto& asked :
       vouched_events(session, triage_subject(step), {"triage.requested"}, Instant{})) {
    log::Who asker{step.requested_by, asked.actor, std::move(asked.proof)};
    people.name(asker.proof, asker.name);
    if (!asker.proof.counts())
      throw Error(ExitCode::needs_approval,
                  "nobody can approve '" + step.step + "', as it is not known who '" + asker.name +
                      "' is, who asked for it: " + asker.proof.why,
                  "refuse it, and ask for it anew, signed", "UNSIGNED");
    if (me.same_as(asker))
      throw Error(ExitCode::needs_approval,
                  "'" + step.step + "' was asked for by " + asker.name +
                      ", who is you, and another person has to approve it",
                  "ask somebody else; the playbook may say 'approval: anyone'", "NEEDS_ANOTHER");
  }
}

}  // namespace

TriageReport run_triage(Session& session, const TriageRequest& request, bool dry_run,
                        const std::function<void(const StepReport&)>& tell) {
  TriageReport report{choose_incident(session, request.incident),
                      load_playbook(session, request.playbook, request.shipped),
                      {},
                      false};
  const auto& playbook = report.playbook.playbook;
  check_parameters(playbook, request.values);
  const auto steps = chosen_steps(playbook, request.step);
  if (!dry_run && !report.playbook.trusted)
    throw Error(ExitCode::config,
                "playbook '" + playbook.name + "' is not trusted by you as it stands",
                "read it with --dry-run, then nines trust --playbook " + playbook.name,
                "PLAYBOOK_NOT_TRUSTED");
  auto values = values_from(
      report.incident,
      store::incident_record(session.store(), report.incident.uid, store::Lines::none).impact);
  for (const auto& [name, value] : request.values) values[name] = value;
  for (const auto* step : steps) {
    report.steps.push_back(take_step(session, request, report, *step, values, dry_run));
    const auto& last = report.steps.back();
    if (tell) tell(last);
    if (last.stop_asked) {
      report.interrupted = true;
      break;
    }
  }
  return report;
}

PendingStep find_pending(const Session& session, const DecisionRequest& request) {
  PendingStep pending;
  pending.incident = choose_incident(session, request.incident);
  pending.step = waiting_step(session, pending.incident, request.step);
  if (!request.approve) return pending;
  pending.playbook = load_playbook(session, pending.step.playbook, request.shipped);
  step_of(pending.playbook, pending.step);
  if (pending.step.approval == incident::Approval::another &&
      pending.step.requested_by == session.options().actor)
    throw Error(ExitCode::needs_approval,
                "'" + pending.step.step + "' was asked for by " + pending.step.requested_by +
                    ", and another person has to approve it",
                "ask somebody else; the playbook may say 'approval: anyone'", "NEEDS_ANOTHER");
  return pending;
}

StepReport decide_step(Session& session, const PendingStep& pending,
                       const DecisionRequest& request) {
  auto record = pending.step;
  const auto& options = session.options();
  record.decided_by = options.actor;
  record.authenticated = options.identity.key.empty() ? kClaimed : kSigned;
  record.decided_at = session.now();
  auto decided = store::triage_decided(record, request.approve);
  record.proof = sign_event(session, decided);
  if (request.approve) refuse_own_step(session, record, record.proof);
  auto entry = new_entry(session, options.actor + (request.approve ? " approved " : " refused ") +
                                      record.playbook + "/" + record.step + ": " +
                                      shown_command(record.argv));
  entry.kind = incident::EntryKind::decision;
  {
    store::Transaction tx(session.store(), options.actor, options.command, options.because);
    // Under the lock nobody else can decide meanwhile.
    const auto now = store::find_triage_step(session.store(), record.uid);
    if (!now || now->state != TriageState::waiting) throw decided_already(now.value_or(record));
    tx.append(decided);
    entry.number = take_entry_number(session, record.incident);
    tx.append(store::incident_entry_added(record.incident, entry));
    if (request.approve) tx.append(store::triage_started(record));
    tx.commit();
  }
  if (request.approve)
    return run_step(session, pending.incident, step_of(pending.playbook, record), record,
                    request.env);
  record.state = TriageState::refused;
  StepReport report{record.step, {}, record.argv, false};
  report.line = std::to_string(entry.number);
  report.record = std::move(record);
  return report;
}

TriageView show_triage(const Session& session, const std::optional<std::string>& word) {
  TriageView view{choose_incident(session, word), {}};
  view.steps = store::triage_steps(session.store(), view.incident.uid);
  for (auto& step : view.steps)
    if (step.decided_at)
      for (auto& decided :
           vouched_events(session, triage_subject(step), {"triage.decided"}, *step.decided_at))
        step.proof = std::move(decided.proof);
  return view;
}

KeptOutput show_output(const Session& session, const TriageView& view, const std::string& word) {
  const TriageStep* found = nullptr;
  for (const auto& step : view.steps)
    if (step.state == TriageState::done &&
        (names_step(step, word) || (word.size() >= 4 && step.output_hash.starts_with(word))))
      found = &step;
  if (found == nullptr)
    throw Error(
        ExitCode::not_found, "nothing called '" + word + "' has run in " + view.incident.name,
        "nines incident triage show " + view.incident.name + " lists what has", "NO_OUTPUT");
  KeptOutput kept{*found, "normal", {}, std::string()};
  if (!found->evidence) return kept;
  kept.bytes.reset();
  if (const auto evidence = store::find_evidence(session.store(), *found->evidence)) {
    kept.sort = to_string(evidence->sort);
    kept.redacted = evidence->redacted;
    kept.bytes = store::evidence_bytes(session.store(), evidence->hash);
  }
  return kept;
}

}  // namespace nines::usecases
