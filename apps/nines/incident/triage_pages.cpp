// Tables and JSON of steps that run, ran, or wait.
#include "nines/incident/triage_pages.hpp"

#include "base/text.hpp"
#include "nines/incident/pages.hpp"
#include "nines/json_or_null.hpp"
#include "nines/playbook_files.hpp"

namespace nines::app::incident {
namespace {

using nines::incident::shown_command;
using nines::incident::StepOutcome;
using nines::incident::TriageState;
using nines::incident::TriageStep;

Json conclusion_json(const nines::incident::Conclusion& one, const std::string& proposal) {
  return Json::object({{"rule", one.rule},
                       {"proposal", text_or_null(proposal)},
                       {"severity", one.severity ? Json(to_string(*one.severity)) : Json()},
                       {"service", text_or_null(one.service)},
                       {"hypothesis", text_or_null(one.hypothesis)}});
}

std::string suggests(const nines::incident::Conclusion& one) {
  auto text = one.hypothesis;
  if (one.severity) text += (text.empty() ? "" : " ") + std::string(to_string(*one.severity)) + ".";
  if (!one.service.empty()) text += (text.empty() ? "" : " ") + ("Service " + one.service + ".");
  return text;
}

render::Cell outcome_cell(StepOutcome outcome) {
  switch (outcome) {
    case StepOutcome::expected:
      return {"ran", render::Tone::good};
    case StepOutcome::tool_missing:
      return {"tool missing", render::Tone::dim};
    case StepOutcome::timed_out:
      return {"timed out", render::Tone::warn};
    default:
      return {std::string(to_string(outcome)), render::Tone::warn};
  }
}

std::string why_of(const usecases::StepReport& report) {
  if (report.unfilled) return "'" + report.unfilled->parameter + "' " + report.unfilled->why;
  if (report.record && report.record->state == TriageState::done) return report.record->why;
  return shown_command(report.argv);
}

}  // namespace

std::span<const usecases::ShippedPlaybook> shipped_playbooks() {
  static const auto kAll = [] {
    std::vector<usecases::ShippedPlaybook> all;
    for (const auto& file : embedded_playbooks()) all.push_back({file.name, file.text});
    return all;
  }();
  return kAll;
}

Json triage_step_json(const TriageStep& step) {
  const bool done = step.state == TriageState::done;
  const auto when_done = [&](Json value) { return done ? std::move(value) : Json(); };
  return Json::object(
      {{"uid", step.uid.to_string()},
       {"playbook", step.playbook},
       {"digest", step.digest},
       {"step", step.step},
       {"argv", names_json(step.argv)},
       {"read_only", step.read_only},
       {"approval", to_string(step.approval)},
       {"state", to_string(step.state)},
       {"requested_by", step.requested_by},
       {"requested_at", format_utc(step.requested_at)},
       {"decided_by", text_or_null(step.decided_by)},
       {"authenticated", text_or_null(step.authenticated)},
       {"authentication", step.decided_at ? nines::log::to_json(step.proof) : Json()},
       {"decided_at", step.decided_at ? Json(format_utc(*step.decided_at)) : Json()},
       {"outcome", when_done(to_string(step.outcome))},
       {"why", when_done(step.why)},
       {"exit_code", when_done(step.exit_code)},
       {"signal", when_done(step.signal)},
       {"duration_ms", when_done(std::int64_t{step.lasted.count() / 1000})},
       {"ended_at", step.ended_at ? Json(format_utc(*step.ended_at)) : Json()},
       {"output_hash", text_or_null(step.output_hash)},
       {"output_bytes", when_done(step.output_bytes)},
       {"truncated", when_done(step.truncated)},
       {"rules", names_json(step.rules)}});
}

Json step_report_json(const usecases::StepReport& report) {
  auto conclusions = Json::array();
  for (std::size_t i = 0; i < report.conclusions.size(); ++i)
    conclusions.push(conclusion_json(report.conclusions[i], report.proposals[i]));
  const auto unfilled =
      report.unfilled
          ? Json::object({{"parameter", report.unfilled->parameter}, {"why", report.unfilled->why}})
          : Json();
  return Json::object({{"step", report.step},
                       {"read_only", report.read_only},
                       {"argv", names_json(report.argv)},
                       {"unfilled", unfilled},
                       {"record", report.record ? triage_step_json(*report.record) : Json()},
                       {"redacted", static_cast<std::int64_t>(report.redacted)},
                       {"line", text_or_null(report.line)},
                       {"conclusions", std::move(conclusions)}});
}

render::Cell state_of(const TriageStep& step) {
  switch (step.state) {
    case TriageState::waiting:
      return {"waits for approval", render::Tone::warn};
    case TriageState::refused:
      return {"refused by " + step.decided_by, render::Tone::dim};
    case TriageState::started:
      return {"begun, end unknown", render::Tone::bad};
    case TriageState::done:
      break;
  }
  return outcome_cell(step.outcome);
}

render::Cell state_of(const usecases::StepReport& report) {
  if (report.unfilled) return {"not run", render::Tone::warn};
  if (report.record) return state_of(*report.record);
  return {report.read_only ? "would run" : "would wait for approval"};
}

void add_reports(render::Page& page, const std::vector<usecases::StepReport>& reports) {
  render::Table table{{{"step"},
                       {"result"},
                       {"why", render::Align::left, false, true},
                       {"output"},
                       {"line", render::Align::right},
                       {"command", render::Align::left, true}},
                      {}};
  for (const auto& report : reports)
    table.rows.push_back({report.step, state_of(report), why_of(report),
                          report.record ? report.record->output_hash.substr(0, 8) : "",
                          report.line.empty() ? "" : "#" + report.line,
                          shown_command(report.argv)});
  page.push_back(std::move(table));
  for (const auto& report : reports)
    for (std::size_t i = 0; i < report.conclusions.size(); ++i)
      page.push_back(render::Paragraph{report.proposals[i] + " suggests (" +
                                           report.conclusions[i].rule +
                                           "): " + suggests(report.conclusions[i]),
                                       render::Tone::strong});
}

}  // namespace nines::app::incident
