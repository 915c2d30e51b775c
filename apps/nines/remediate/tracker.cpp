// Runs nines remediate import and export: actions and the issues of a tracker.
#include <fstream>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/document.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/action_pages.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/tracker.hpp"

namespace nines::app::remediate {
namespace {

namespace field = nines::remediate::field;
using usecases::TrackedIssue;
using usecases::TrackedIssues;
using usecases::TrackedOutcome;

Json tracked_json(const TrackedIssues& result) {
  auto issues = Json::array();
  for (const auto& one : result.issues) {
    auto drift = Json::array();
    for (const auto& d : one.drift)
      drift.push(Json::object({{"field", d.field}, {"here", d.here}, {"there", d.there}}));
    issues.push(Json::object({{"reference", one.reference},
                              {"action", text_or_null(one.action)},
                              {"outcome", to_string(one.outcome)},
                              {"title", one.title},
                              {"state_here", text_or_null(one.state_here)},
                              {"state_there", text_or_null(one.state_there)},
                              {"drift", std::move(drift)}}));
  }
  auto remarks = Json::array();
  for (const auto& remark : result.remarks) remarks.push(remark);
  return Json::object({{"format", result.format},
                       {"issues", std::move(issues)},
                       {"remarks", std::move(remarks)}});
}

render::Table tracked_table(const TrackedIssues& result) {
  render::Table table{{{"issue"},
                       {"action"},
                       {"says"},
                       {"here"},
                       {"there"},
                       {"title", render::Align::left, false, true}},
                      {}};
  for (const auto& one : result.issues)
    table.rows.push_back(
        {one.reference, one.action.empty() ? "-" : one.action,
         render::Cell(std::string(to_string(one.outcome)),
                      one.outcome == TrackedOutcome::drifted ? render::Tone::warn
                                                             : render::Tone::plain),
         one.state_here.empty() ? "-" : one.state_here,
         one.state_there.empty() ? "-" : one.state_there, one.title});
  return table;
}

std::size_t count_outcome(const TrackedIssues& result, TrackedOutcome outcome) {
  return static_cast<std::size_t>(
      std::count_if(result.issues.begin(), result.issues.end(),
                    [&](const TrackedIssue& one) { return one.outcome == outcome; }));
}

void add_drift(render::Page& page, const TrackedIssues& result) {
  for (const auto& one : result.issues)
    for (const auto& d : one.drift)
      page.push_back(render::Paragraph{
          fmt::format("{}: {} is '{}' here, '{}' there", one.action, d.field, d.here, d.there)});
}

usecases::TrackerImport import_request(const Context& context, const std::string& file) {
  usecases::TrackerImport request;
  request.name = file == "-" ? std::string("-") : std::filesystem::path(file).filename().string();
  request.format = context.args.text("format");
  request.repository = context.args.text("repo").value_or("");
  request.incident = context.args.text("incident");
  request.closed = context.args.flag("closed");
  request.take = context.args.flag("take");
  request.only = context.args.list("only");
  if (const auto team = context.args.text("team")) request.fields.emplace(field::kTeam, *team);
  if (context.args.given("services"))
    request.fields.emplace(field::kServices, join(context.args.list("services"), ","));
  return request;
}

TrackedIssues import_from(Context& context) {
  const auto file = context.args.required("file");
  const auto request = import_request(context, file);
  if (file == "-")
    return usecases::import_issues(context.session(), context.in, request, context.dry_run());
  std::ifstream in(context.resolve(file), std::ios::binary);
  if (!in)
    throw Error(ExitCode::not_found, "no file '" + file + "'",
                "name an export, or '-' for standard input", "NO_FILE");
  return usecases::import_issues(context.session(), in, request, context.dry_run());
}

/// The columns that 'remediate import' reads.
Json export_row(const usecases::ListedAction& one) {
  const auto& action = one.action;
  const auto works = action.effort_days();
  return Json::object({{"name", action.name},
                       {"tracker", action.text(field::kTracker)},
                       {"title", action.text(field::kTitle)},
                       {"state", to_string(action.state)},
                       {"because", action.because},
                       {"type", action.text(field::kType)},
                       {"team", action.text(field::kTeam)},
                       {"owner", action.text(field::kOwner)},
                       {"services", action.text(field::kServices)},
                       {"due", action.text(field::kDue)},
                       {"done_when", action.text(field::kDoneWhen)},
                       {"effort", works ? action.text(field::kEffort) : std::string()},
                       {"incident", one.incident}});
}

}  // namespace

void declare_import(Options& options) {
  options.about(
      "Takes the issues of a tracker in as actions: 'gh issue list --json …', Jira's CSV and the "
      "answer of its search, task lists in Markdown, and what 'nines remediate export' writes. An "
      "issue is known by its reference (org/repo#12, OPS-311): taking the same export in again "
      "adds nothing, and shows where the two differ, here and there.");
  options.positional("file", "the export, or '-' for standard input");
  std::vector<std::string> formats;
  for (const auto name : usecases::tracker_formats()) formats.emplace_back(name);
  options.choice("format", formats, "default: by what it looks like");
  options.text("repo", "ORG/REPO", "of GitHub issues that were exported without their URL");
  options.text("incident", "ID", "the incident that new actions answer");
  options.text("team", "TEAM", "of new actions that name none");
  options.list("services", "NAME", "of new actions that name none");
  options.list("only", "REF", "only these issues");
  options.flag("closed", "take in issues that are closed there, too");
  options.flag("take", "where the two differ, do as the tracker says");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines remediate import issues.json --incident INC-4",
                  "of gh issue list --json number,title,state,stateReason,url,assignees");
  options.example("nines remediate import jira.csv --take", "the tracker is right");
}

ExitCode run_import(Context& context) {
  const auto result = import_from(context);
  render::Output output;
  output.schema = "nines/remediate.import/v1";
  output.data = tracked_json(result);
  output.warnings = result.remarks;
  const auto added = count_outcome(result, TrackedOutcome::added);
  const auto drifted = count_outcome(result, TrackedOutcome::drifted);
  if (!result.issues.empty()) output.page.push_back(tracked_table(result));
  add_drift(output.page, result);
  output.page.push_back(render::Paragraph{fmt::format(
      "{}: {} {}, {} the same, {} differ, {} taken over, {} skipped", result.format,
      context.dry_run() ? "would be added" : "added", added,
      count_outcome(result, TrackedOutcome::same), drifted,
      count_outcome(result, TrackedOutcome::taken), count_outcome(result, TrackedOutcome::skipped))});
  if (drifted > 0)
    output.page.push_back(render::Next{"nines remediate import " + context.args.required("file") +
                                           " --take",
                                       "where the tracker is right"});
  else if (count_outcome(result, TrackedOutcome::skipped) > 0 && added == 0)
    output.page.push_back(render::Next{"nines remediate import " + context.args.required("file") +
                                           " --closed",
                                       "takes in what is closed there, too"});
  else
    output.page.push_back(render::Next{"nines remediate list", "what is to be done, by due day"});
  context.show(output);
  return ExitCode::done;
}

void declare_export(Options& options) {
  options.about(
      "Actions for others: a task list in Markdown, or with '-o csv', '-o jsonl' or '-o json' rows "
      "that 'nines remediate import' reads again. Cells that a spreadsheet would run as a formula "
      "are made text.");
  options.flag("all", "closed ones too");
  options.text("team", "TEAM", "only theirs");
  options.text("incident", "ID", "only those that answer it");
  options.text("service", "NAME", "only those that change it");
  options.path("out", "FILE", "with Markdown: write it there; an older one is replaced");
  options.formats({"md", "csv", "tsv", "jsonl", "json", "yaml"});
  options.example("nines remediate export --out actions.md", "a task list");
  options.example("nines remediate export --all -o csv > actions.csv", "for a spreadsheet");
}

ExitCode run_export(Context& context) {
  usecases::ActionQuery query;
  query.all = context.args.flag("all");
  query.team = context.args.text("team");
  query.incident = context.args.text("incident");
  query.service = context.args.text("service");
  const auto found = usecases::list_actions(context.session(), query);
  if (render::shows_page(context.format())) {
    write_document(context, usecases::task_list(found));
    return ExitCode::done;
  }
  if (context.args.given("out"))
    throw Error(ExitCode::usage, "--out is for Markdown",
                "nines remediate export -o csv > FILE", "BAD_COMBINATION");
  render::Output output;
  output.schema = "nines/remediate.export/v1";
  output.data = Json::array();
  for (const auto& one : found) output.data.push(export_row(one));
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::remediate
