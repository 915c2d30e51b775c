// Runs nines remediate runbook link and check.
#include <fmt/core.h>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/json_or_null.hpp"
#include "nines/remediate/verbs.hpp"
#include "usecases/remediate/runbooks.hpp"

namespace nines::app::remediate {
namespace {

using usecases::CheckedRunbook;
using usecases::RunbookReport;

usecases::RunbookRequest link_request(const Context& context) {
  usecases::RunbookRequest request;
  request.link = context.args.required("link");
  request.reviewed = context.args.flag("reviewed");
  int given = 0;
  for (const auto& [option, kind] :
       {std::pair("slo", "SLO"), std::pair("service", "service"), std::pair("alert", "alert")})
    if (const auto name = context.args.text(option)) {
      request.kind = kind;
      request.about = *name;
      ++given;
    }
  if (given != 1)
    throw Error(ExitCode::usage, "a link belongs to one thing",
                "give one of --slo NAME, --service NAME and --alert NAME", "BAD_COMBINATION");
  return request;
}

Json change_json(const std::optional<usecases::RunbookChange>& change) {
  if (!change) return {};
  return Json::object({{"commit", text_or_null(change->commit)},
                       {"diff", text_or_null(change->diff)},
                       {"why_not", text_or_null(change->why_not)}});
}

Json report_json(const RunbookReport& report) {
  auto runbooks = Json::array();
  for (const auto& one : report.runbooks) {
    auto of = Json::array(), records = Json::array(), problems = Json::array();
    for (const auto& name : one.of) of.push(name);
    for (const auto& name : one.records) records.push(name);
    for (const auto& problem : one.problems)
      problems.push(Json::object({{"kind", problem.kind}, {"text", problem.text}}));
    runbooks.push(
        Json::object({{"link", one.link},
                      {"of", std::move(of)},
                      {"records", std::move(records)},
                      {"reviewed", one.reviewed ? Json(format_day(*one.reviewed)) : Json()},
                      {"problems", std::move(problems)},
                      {"change", change_json(one.change)}}));
  }
  auto without = Json::array();
  for (const auto& name : report.without) without.push(name);
  return Json::object({{"sound", report.sound()},
                       {"runbooks", std::move(runbooks)},
                       {"without", std::move(without)}});
}

render::Table report_table(const RunbookReport& report) {
  render::Table table{{{"runbook"}, {"of", render::Align::left, false, true}, {"reviewed"},
                       {"problems"}},
                      {}};
  for (const auto& one : report.runbooks) {
    std::vector<std::string> kinds;
    bool counts = false;
    for (const auto& problem : one.problems) {
      if (std::find(kinds.begin(), kinds.end(), problem.kind) == kinds.end())
        kinds.push_back(problem.kind);
      counts = counts || problem.counts();
    }
    table.rows.push_back({one.link, join(one.of, ", "),
                          one.reviewed ? format_day(*one.reviewed) : std::string("-"),
                          render::Cell(kinds.empty() ? "none" : join(kinds, ", "),
                                       counts ? render::Tone::bad : render::Tone::plain)});
  }
  return table;
}

/// What is to be read again, of a stale one.
void add_change(render::Page& page, const CheckedRunbook& runbook) {
  constexpr std::size_t kMostLines = 40;
  if (!runbook.change) return;
  const auto& change = *runbook.change;
  const auto day = format_day(*runbook.reviewed);
  if (change.diff.empty()) {
    page.push_back(render::Paragraph{
        runbook.link + ": " +
        (change.why_not.empty() ? "nothing in it changed since " + day : change.why_not)});
    return;
  }
  page.push_back(
      render::Paragraph{"what changed in it since " + day + " (" + change.commit + "):"});
  const auto lines = split(trim(change.diff), '\n');
  std::string shown;
  for (std::size_t i = 0; i < lines.size() && i < kMostLines; ++i)
    shown += std::string(lines[i]) + "\n";
  if (lines.size() > kMostLines)
    shown += fmt::format("... and {} more lines; -o json has all\n", lines.size() - kMostLines);
  page.push_back(render::Preformatted{std::move(shown)});
}

}  // namespace

void declare_runbook_link(Options& options) {
  options.about(
      "Records which runbook is for a service, an SLO or an alert, beside those that definitions "
      "name by the annotation nines.dev/runbook. Links are paths below the project, with "
      "'#heading' where wanted, or URLs.");
  options.positional("link", "a path below the project, or a URL");
  options.text("slo", "NAME", "for the time this SLO is missed");
  options.text("service", "NAME", "for all that happens to this service");
  options.text("alert", "NAME", "for this alert");
  options.flag("reviewed", "it was read today, and is right");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines remediate runbook link runbooks/pool.md --alert CheckoutErrors",
                  "what to do about an alert");
  options.example("nines remediate runbook link runbooks/pool.md --alert CheckoutErrors --reviewed",
                  "it was read and is right");
}

ExitCode run_runbook_link(Context& context) {
  const auto link =
      usecases::link_runbook(context.session(), link_request(context), context.dry_run());
  render::Output output;
  output.schema = "nines/remediate.runbook.link/v1";
  output.data = Json::object({{"name", text_or_null(link.name)},
                              {"link", link.link},
                              {"kind", link.kind},
                              {"about", link.about},
                              {"by", link.by},
                              {"at", format_utc(link.at)},
                              {"reviewed", time_or_null(link.reviewed)}});
  output.page.push_back(render::Paragraph{
      fmt::format("{}  {} is for {} {}{}", link.name.empty() ? "would link" : link.name, link.link,
                  link.kind, link.about,
                  link.reviewed ? ", reviewed " + format_utc(*link.reviewed).substr(0, 10) : "")});
  output.page.push_back(
      render::Next{"nines remediate runbook check", "whether it is there, fresh, and runs"});
  context.show(output);
  return ExitCode::done;
}

void declare_runbook_check(Options& options) {
  options.about(
      "Every runbook that a definition, an incident or the record links to: is the file there, and "
      "the heading; when was it last reviewed ('reviewed: YYYY-MM-DD' in it, or on record); are "
      "the programs of its shell blocks on PATH here, and those of applied playbooks. Of a stale "
      "one it shows what changed in it since the review, as git knows it. Names SLOs and alerts "
      "that have none. Exits 1 when something must be done. URLs are tried only by "
      "--url-command.");
  options.path("root", "DIR", "links are below it; default: the folder of the project");
  options.duration("max-age", "how long a review lasts").fallback = "180d";
  options.text("url-command", "COMMAND", "tries a URL: exit 0 for one that lives; {url} is its place");
  options.text("incident", "ID", "only what this incident touched");
  options.example("nines remediate runbook check", "all of them, in a pipeline");
  options.example(
      "nines remediate runbook check --url-command \"curl -fsIL --max-time 10 -o /dev/null {url}\"",
      "URLs too");
  options.example("nines remediate runbook check --incident INC-4", "after an incident");
}

ExitCode run_runbook_check(Context& context) {
  usecases::RunbookQuery query;
  if (const auto root = context.args.text("root"))
    query.root = context.resolve(*root);
  else
    query.root = context.session().options().db.parent_path().filename() == ".nines"
                     ? context.session().options().db.parent_path().parent_path()
                     : context.cwd();
  if (query.root.empty()) query.root = context.cwd();
  if (const auto age = context.args.duration("max-age")) query.longest = *age;
  if (const auto command = context.args.text("url-command")) {
    for (const auto word : split(*command, ' '))
      if (!word.empty()) query.url_command.emplace_back(word);
    if (std::find(query.url_command.begin(), query.url_command.end(), "{url}") ==
        query.url_command.end())
      throw Error(ExitCode::usage, "the command has no place for the URL",
                  "{url} is one of its words: \"curl -fsIL {url}\"", "BAD_VALUE");
  }
  query.env = context.env;
  query.incident = context.args.text("incident");
  const auto report = usecases::check_runbooks(context.session(), query);
  render::Output output;
  output.schema = "nines/remediate.runbook.check/v1";
  output.data = report_json(report);
  if (!report.runbooks.empty()) output.page.push_back(report_table(report));
  for (const auto& one : report.runbooks) {
    for (const auto& problem : one.problems)
      output.page.push_back(
          render::Paragraph{problem.text.starts_with(one.link.substr(0, one.link.find('#')) + ":")
                                ? problem.text
                                : one.link + ": " + problem.text,
                            problem.counts() ? render::Tone::bad : render::Tone::plain});
    add_change(output.page, one);
  }
  if (!report.without.empty())
    output.page.push_back(render::Paragraph{
        "nothing is linked to: " + join(report.without, ", "), render::Tone::bad});
  if (report.runbooks.empty() && report.without.empty())
    output.page.push_back(render::Paragraph{"there is nothing that a runbook could be for"});
  if (!report.without.empty() || report.runbooks.empty())
    output.page.push_back(render::Next{
        "nines remediate runbook link FILE --alert NAME", "or --slo NAME, --service NAME"});
  else if (!report.sound())
    output.page.push_back(render::Next{"nines remediate add TEXT --services NAME",
                                       "what must be mended, with an owner"});
  else
    output.page.push_back(render::Next{"nines remediate runbook check --url-command COMMAND",
                                       "try the URLs among them"});
  context.show(output);
  return report.sound() ? ExitCode::done : ExitCode::no;
}

}  // namespace nines::app::remediate
