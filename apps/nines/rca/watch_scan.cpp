// Runs nines rca hypothesis scan and logs: what a log says to hypotheses, awaited or not.
#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/case_pages.hpp"
#include "nines/rca/hypothesis_page.hpp"
#include "nines/rca/log_request.hpp"
#include "nines/rca/verbs.hpp"
#include "nines/rca/watch_pages.hpp"
#include "usecases/incident/playbooks.hpp"
#include "usecases/rca/proposed_evidence.hpp"

namespace nines::app::rca {
namespace {

constexpr std::size_t kShownMessages = 10;

/// One word of a command for people to copy.
std::string command_word(const std::string& text) {
  return nines::incident::shown_command({text});
}

/// The command that gives the message as evidence.
std::string accepting(const usecases::LogJoin& join, const usecases::JoinedMessage& message,
                      const Context& context) {
  const auto& request = join.request;
  const auto& row = join.comparison.templates[message.template_index];
  auto command = "nines rca hypothesis evidence " +
                 join.view.file.hypotheses[*message.hypothesis].name + " --log " +
                 command_word(request.before.name);
  if (request.after) command += " --log-after " + command_word(request.after->name);
  if (!request.after && !join.onset_from_incident) command += " --at " + format_utc(*request.onset);
  if (const auto lookback = context.args.text("lookback")) command += " --lookback " + *lookback;
  if (const auto zone = context.args.text("zone")) command += " --zone " + command_word(*zone);
  return command + " --template " + row.id;
}

Json joined_json(const usecases::LogJoin& join, const usecases::JoinedMessage& message,
                 const Context& context) {
  const auto& row = join.comparison.templates[message.template_index];
  const auto& ratio = message.evidence.ratio;
  auto shared = Json::array();
  for (const auto& word : message.shared) shared.push(word);
  return Json::object(
      {{"hypothesis",
        message.hypothesis ? Json(join.view.file.hypotheses[*message.hypothesis].name) : Json()},
       {"template_id", row.id},
       {"template", row.text},
       {"change", to_string(row.shift.kind)},
       {"service", row.service.empty() ? Json() : Json(row.service)},
       {"shared", std::move(shared)},
       {"ratio", to_string(ratio.step)},
       {"ratio_estimate", probability_json(ratio.ratio)},
       {"ratio_low", probability_json(ratio.low)},
       {"ratio_high", probability_json(ratio.high)},
       {"method", ratio.method},
       {"command", message.hypothesis ? Json(accepting(join, message, context)) : Json()}});
}

void show_joined(const usecases::LogJoin& join, const Context& context, render::Page& page) {
  std::size_t shown = 0, unnamed = 0;
  for (const auto& message : join.messages) {
    const auto& row = join.comparison.templates[message.template_index];
    if (!message.hypothesis) {
      if (unnamed++ == 0)
        page.push_back(render::Heading{"Moved, and named by no hypothesis"});
      if (unnamed <= kShownMessages)
        page.push_back(render::Paragraph{fmt::format("{}  {}{}: {}", row.id,
                                                     to_string(row.shift.kind),
                                                     row.service.empty() ? "" : " in " + row.service,
                                                     row.text)});
      continue;
    }
    if (++shown > kShownMessages) continue;
    const auto& one = join.view.file.hypotheses[*message.hypothesis];
    page.push_back(render::Paragraph{fmt::format(
        "x {}  {} {}: {}", to_string(message.evidence.ratio.step), one.name, one.text,
        message.evidence.text)});
    page.push_back(render::Paragraph{
        fmt::format("    both say {}; {}", nines::join(message.shared, ", "),
                    estimate_text(message.evidence.ratio)),
        render::Tone::dim});
    page.push_back(render::Next{accepting(join, message, context), "take it"});
  }
  if (shown > kShownMessages || unnamed > kShownMessages)
    page.push_back(render::Paragraph{"more: -o json", render::Tone::dim});
  if (unnamed > 0)
    page.push_back(render::Next{"nines rca hypothesis add TEXT", "if one of them is a cause"});
}

}  // namespace

void declare_hypothesis_scan(Options& options) {
  options.about(
      "Reads logs for the watches that wait for a line. A match attaches itself as evidence, once; "
      "time that a log covers without a match counts as quiet, an hour at most before each line. Lines of a time before the watch was "
      "armed are counted and left alone: the past is given as evidence by a person.");
  options.positionals_required("file", "logs, of any form; - reads standard input");
  options.text("hypothesis", "HYP", "only the watches of this one");
  options.text("zone", "ZONE", "zone of times without an offset, UTC unless set");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines rca hypothesis scan app.log", "what the watches see in it");
  options.example("nines rca hypothesis scan app.log --hypothesis HYP-2 --dry-run",
                  "what would attach itself");
}

ExitCode run_hypothesis_scan(Context& context) {
  std::vector<usecases::LogFile> files;
  for (const auto& name : context.args.list("file"))
    files.push_back({name, context.resolve(name), &context.in});
  const auto report =
      usecases::scan_logs(context.session(), files, context.args.text("hypothesis"),
                          log_zone(context), context.dry_run());
  render::Output output;
  output.schema = "nines/rca.hypothesis.scan/v1";
  auto news = Json::array(), scans = Json::array();
  for (const auto& one : report.news) news.push(watch_news_json(one));
  for (const auto& one : report.scans)
    scans.push(Json::object({{"file", one.file},
                             {"lines", one.lines},
                             {"untimed_lines", one.untimed},
                             {"from", one.from ? Json(format_utc(*one.from)) : Json()},
                             {"to", one.to ? Json(format_utc(*one.to)) : Json()}}));
  output.data = Json::object({{"news", std::move(news)}, {"files", std::move(scans)}});
  output.warnings = report.problems;
  for (const auto& line : watch_news_lines(report.news, context.dry_run()))
    output.page.push_back(render::Paragraph{line});
  for (const auto& one : report.scans)
    output.page.push_back(render::Paragraph{
        fmt::format("{}: {}{}", one.file, count_of(one.lines, "line"),
                    one.from ? ", " + format_utc(*one.from) + " to " + format_utc(*one.to)
                             : ", none tells a time: no quiet is counted")});
  if (report.news.empty())
    output.page.push_back(render::Paragraph{"nothing new for any watch"});
  output.page.push_back(render::Next{"nines rca hypothesis watches", "where they stand"});
  context.show(output);
  return ExitCode::done;
}

void declare_hypothesis_logs(Options& options) {
  options.about(
      "Compares a log before and after the onset, and joins every message that moved to the "
      "hypotheses that speak of the same thing: the words they share, and the service. Each comes "
      "with the ratio that it is proposed with, the formula and its 90 % bounds, and one command "
      "that takes it. Messages that no hypothesis names come last: one of them may be the cause "
      "that nobody thought of.");
  options.about(
      "What moved may be a consequence and not the cause. The ratio only weighs that it moved "
      "against how often the other messages of this log did.");
  options.see_also("nines-logs(7)");
  declare_log_stretches(options, "one file: when it began; default the onset of the incident");
  options.text("analysis", "ID", "another analysis than the current incident's newest");
  options.example("nines rca hypothesis logs app.log --lookback 1h",
                  "what the log proposes around the onset");
  options.example("nines rca hypothesis logs good.log bad.log -o json", "for a program");
}

ExitCode run_hypothesis_logs(Context& context) {
  const auto join = usecases::join_logs(context.session(), context.args.text("analysis"),
                                        log_stretches(context));
  const auto& found = join.comparison;
  render::Output output;
  output.schema = "nines/rca.hypothesis.logs/v1";
  auto messages = Json::array();
  for (const auto& one : join.messages) messages.push(joined_json(join, one, context));
  output.data = Json::object(
      {{"verdict", found.fewest_new ? "compared" : "undecided"},
       {"analysis", join.view.file.analysis.name},
       {"onset", join.request.onset ? Json(format_utc(*join.request.onset)) : Json()},
       {"before_lines", found.before_lines},
       {"after_lines", found.after_lines},
       {"messages", std::move(messages)}});
  output.page.push_back(render::Heading{case_headline(join.view)});
  render::Facts facts{{{"before", count_of(found.before_lines, "line")},
                       {"after", count_of(found.after_lines, "line")}}};
  if (join.request.onset)
    facts.items.push_back({"onset", format_utc(*join.request.onset) +
                                        (join.onset_from_incident ? ", of the incident" : "")});
  output.page.push_back(std::move(facts));
  if (!found.fewest_new)
    output.page.push_back(render::Paragraph{
        "too few lines to tell anything: undecided is not 'nothing moved'"});
  else if (join.messages.empty())
    output.page.push_back(render::Paragraph{"no message moved"});
  show_joined(join, context, output.page);
  context.show(output);
  return found.fewest_new ? ExitCode::done : ExitCode::undecided;
}

}  // namespace nines::app::rca
