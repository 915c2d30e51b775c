// Runs nines report postmortem review and publish: others read the text before it goes out.
#include "base/day.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/report/postmortem_pages.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/postmortem_reviews.hpp"
#include "usecases/report/review.hpp"

namespace nines::app::report {
namespace {

using nines::postmortem::Verdict;

std::optional<Day> day_option(const Context& context) {
  const auto text = context.args.text("by");
  if (!text) return std::nullopt;
  if (const auto day = parse_day(*text)) return day;
  throw Error(ExitCode::usage, "'" + *text + "' is no day", "write YYYY-MM-DD, such as 2026-12-24",
              "BAD_VALUE");
}

ExitCode show_state(Context& context, const usecases::PostmortemView& view, std::string headline,
                    const std::vector<std::string>& lines, std::vector<std::string> warnings = {}) {
  render::Output output;
  output.schema = "nines/report.postmortem.review/v1";
  output.data = postmortem_json(view, false);
  output.page.push_back(render::Heading{std::move(headline)});
  for (const auto& line : lines) output.page.push_back(render::Paragraph{line});
  add_postmortem_facts(output.page, view, context.now());
  output.page.push_back(next_of(view));
  output.warnings = std::move(warnings);
  context.show(output);
  return ExitCode::done;
}

ExitCode run_reviews(Context& context, const std::string& file) {
  for (const char* other : {"approve", "changes", "ask", "by", "because"})
    if (context.args.given(other))
      throw Error(ExitCode::usage, "--reviews and --" + std::string(other),
                  "give one of them: reviews speak for those who gave them", "BAD_COMBINATION");
  const auto imported = usecases::import_postmortem_reviews(
      context.session(), context.args.text("incident"),
      {context.resolve(file), file, context.args.text("commit").value_or("")}, context.dry_run());
  return show_state(context, imported.view,
                    imported.view.postmortem.name +
                        (context.dry_run() ? "  would take: " : "  taken: ") +
                        join(imported.taken, ", "),
                    {}, imported.ignored);
}

}  // namespace

void declare_postmortem_review(Options& options) {
  options.about(
      "Asks people to read the text, and takes their word: draft, in review, changes asked, "
      "approved, published. Whoever wrote a revision cannot review. A text that was changed after "
      "a word about it is read again.");
  options.about(
      "With --reviews, those who reviewed the pull or merge request of the text give their word: "
      "the "
      "newest of each, an approval of its newest commit, bots and its author left out.");
  options.about("Reviews that nobody gave by their day are reminded of by 'nines tick'.");
  options.positional_optional("incident", "INC-4, or PM-4; default: the current one");
  options.list("ask", "NAME", "who is to review");
  options.text("by", "DAY", "until when: YYYY-MM-DD; default: the day it is due");
  options.flag("approve", "you approve of the text as it is");
  options.flag("changes", "you ask for changes, because");
  options.text("because", "TEXT", "which changes, or why you approve");
  options.path("reviews", "FILE", "the word of others: reviews, as gh and glab print them");
  options.text("commit", "SHA", "newest commit of the request, where the file does not say");
  options.example("nines report postmortem review INC-4 --ask bo,cy", "two people are asked");
  options.example(
      "nines report postmortem review INC-4 --changes --because \"section 3 names Kim\"",
      "what you want changed");
  options.example("nines report postmortem review INC-4 --reviews reviews.json",
                  "of 'gh pr view 7 --json author,headRefOid,reviews,url'");
  options.see_also("nines-approvals(7)");
}

ExitCode run_postmortem_review(Context& context) {
  if (const auto file = context.args.text("reviews")) return run_reviews(context, *file);
  if (context.args.given("commit"))
    throw Error(ExitCode::usage, "--commit is for reviews",
                "nines report postmortem review INC-4 --reviews FILE --commit SHA",
                "BAD_COMBINATION");
  usecases::ReviewRequest request;
  request.incident = context.args.text("incident");
  request.ask = context.args.list("ask");
  request.due = day_option(context);
  request.because = context.args.text("because").value_or("");
  const bool approves = context.args.flag("approve"), changes = context.args.flag("changes");
  if (approves && changes)
    throw Error(ExitCode::usage, "both --approve and --changes", "give one of them",
                "BAD_COMBINATION");
  if (approves) request.verdict = Verdict::approve;
  if (changes) request.verdict = Verdict::changes;
  const auto reviewed = usecases::review_postmortem(context.session(), request, context.dry_run());
  std::vector<std::string> lines;
  const std::string would = context.dry_run() ? "would be " : "";
  if (!reviewed.asked.empty()) lines.push_back(would + "asked: " + join(reviewed.asked, ", "));
  if (approves || changes)
    lines.push_back(context.actor() + (approves ? " approves" : " asks for changes") +
                    (reviewed.joined ? ", without having been asked" : ""));
  return show_state(context, reviewed.view,
                    reviewed.view.postmortem.name + "  " + reviewed.view.incident.title, lines);
}

void declare_postmortem_publish(Options& options) {
  options.about(
      "Pins the text that all reviewers approve of, with the newest event of every log it was made "
      "from, so that what it said can be made again. A change after that is another text, and "
      "reviewed anew. 'nines undo' takes the publication back on record; copies that were handed "
      "out stay out.");
  options.positional_optional("incident", "INC-4, or PM-4; default: the current one");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines report postmortem publish INC-4", "once all reviewers approve");
  options.example("nines report postmortem publish INC-4 --dry-run", "what stands in the way");
}

ExitCode run_postmortem_publish(Context& context) {
  const auto view = usecases::publish_postmortem(context.session(), context.args.text("incident"),
                                                 context.dry_run());
  return show_state(context, view,
                    view.postmortem.name +
                        (context.dry_run() ? "  would be published: " : "  published: ") +
                        view.incident.title,
                    {});
}

}  // namespace nines::app::report
