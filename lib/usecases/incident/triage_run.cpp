// From argument vector to evidence: run, redact, judge, record.
#include "usecases/incident/triage_run.hpp"

#include "base/secrets.hpp"
#include "base/text.hpp"
#include "store/evidence.hpp"
#include "store/incident_events.hpp"
#include "store/store.hpp"
#include "store/triage.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/proposed_finding.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using incident::StepOutcome;

StepOutcome outcome_of(ProcessResult::End end) {
  switch (end) {
    case ProcessResult::End::exited:
      return StepOutcome::expected;
    case ProcessResult::End::signalled:
      return StepOutcome::killed;
    case ProcessResult::End::timed_out:
      return StepOutcome::timed_out;
    case ProcessResult::End::interrupted:
      return StepOutcome::interrupted;
    case ProcessResult::End::not_found:
      return StepOutcome::tool_missing;
    case ProcessResult::End::not_started:
      break;
  }
  return StepOutcome::not_started;
}

std::string line_of(const incident::TriageStep& record, std::size_t redacted) {
  auto text = "playbook " + record.playbook + ", step " + record.step + ": " + record.why;
  if (record.evidence)
    text += "; output " + record.output_hash.substr(0, 12) + (record.truncated ? ", cut" : "");
  if (redacted > 0) text += ", " + count_of(redacted, "secret") + " taken out";
  return text;
}

incident::Entry step_entry(Session& session, const incident::PlaybookStep& step,
                           const incident::TriageStep& record, std::size_t redacted) {
  auto entry = new_entry(session, line_of(record, redacted));
  entry.kind = record.read_only ? incident::EntryKind::observation : incident::EntryKind::action;
  if (step.keep == incident::EvidenceClass::privileged)
    entry.visibility = incident::Visibility::privileged;
  entry.origin = {"triage", record.uid.to_string()};
  return entry;
}

}  // namespace

StepReport run_step(Session& session, const incident::Incident& incident,
                    const incident::PlaybookStep& step, incident::TriageStep record,
                    const ProcessEnvironment& env) {
  const auto began = session.now();
  auto ran = run_process({.argv = record.argv,
                          .env = allowed_environment(env, step.environment),
                          .folder = "/",
                          .timeout = step.timeout});
  const auto ended = session.now();
  // Secrets go before anything is judged, so that no pattern can carry one into a proposal.
  const auto output = redact_secrets(ran.output, ran.truncated);
  const auto judged =
      judge_step(step, {outcome_of(ran.end), ran.exit_code, ran.signal, output.text});
  record.outcome = judged.outcome;
  record.why = judged.why + (ran.problem.empty() ? "" : ": " + ran.problem);
  record.exit_code = ran.exit_code;
  record.signal = ran.signal;
  record.lasted = std::max(Micros{0}, ended - began);
  record.ended_at = ended;
  record.output_bytes = static_cast<std::int64_t>(ran.output_bytes);
  record.truncated = ran.truncated;
  record.state = incident::TriageState::done;
  StepReport report{step.name, step.description, record.argv, record.read_only};
  report.redacted = output.kinds.size();
  report.stop_asked = ran.stop_asked;
  for (const auto* conclusion : judged.conclusions) {
    record.rules.push_back(conclusion->rule);
    report.conclusions.push_back(*conclusion);
  }
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  if (!output.text.empty()) {
    const store::Evidence evidence{make_uid(session),
                                   sha256(output.text),
                                   step.keep,
                                   static_cast<std::int64_t>(output.text.size()),
                                   ran.truncated,
                                   output.kinds,
                                   record.playbook + "/" + step.name + " of " + incident.name,
                                   ended};
    record.evidence = evidence.uid;
    record.output_hash = to_hex(evidence.hash);
    store::keep_bytes(session.store().db(), evidence.hash, output.text);
    tx.append(store::evidence_kept(evidence));
  }
  tx.append(store::triage_ran(record));
  for (const auto* conclusion : judged.conclusions)
    report.proposals.push_back(
        propose(session, tx, conclusion_proposal(record, *conclusion)).proposal.name);
  auto entry = step_entry(session, step, record, report.redacted);
  entry.number = take_entry_number(session, incident.uid);
  tx.append(store::incident_entry_added(incident.uid, entry));
  tx.commit();
  Desk(session).touch(incident.uid);
  report.line = std::to_string(entry.number);
  report.record = std::move(record);
  return report;
}

}  // namespace nines::usecases
