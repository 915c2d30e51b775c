// Runs nines report postmortem lint: the wording of documents, as findings in every format.
#include <filesystem>
#include <ostream>

#include <fmt/core.h>

#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/findings_output.hpp"
#include "nines/report/verbs.hpp"
#include "render/findings.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::app::report {
namespace {

using render::FindingFormat;
using usecases::LintResult;

FindingFormat lint_format(const Context& context) {
  if (context.format() == render::Format::json) return FindingFormat::json;
  if (const auto name = context.global("output"))
    return render::finding_format_from(*name).value_or(FindingFormat::text);
  const auto actions = context.env.find("GITHUB_ACTIONS");
  return actions != context.env.end() && actions->second == "true" ? FindingFormat::github
                                                                   : FindingFormat::text;
}

/// "INC-4", "pm-4", "4", "@", where no file is called so.
bool names_record(const Context& context, const std::string& word) {
  std::error_code failed;
  if (word == "-" || std::filesystem::exists(context.resolve(word), failed)) return false;
  return word == "@" || starts_with_ignoring_case(word, "inc-") ||
         starts_with_ignoring_case(word, "pm-") ||
         (!word.empty() && word.find_first_not_of("0123456789") == std::string::npos);
}

LintResult lint_all(Context& context) {
  const bool suggestions = context.args.flag("suggestions");
  LintResult all;
  std::optional<usecases::Session> session;
  for (const auto& name : context.args.list("document")) {
    if (names_record(context, name)) {
      if (!session) session.emplace(usecases::Session::open(context.session_options()));
      usecases::join_lint(all, usecases::lint_postmortem(*session, name, suggestions));
      continue;
    }
    usecases::LintRequest request{{name}, context.cwd(), {}, suggestions};
    if (name == "-") request.input = read_stream(context.in, usecases::kMostPostmortemBytes);
    usecases::join_lint(all, usecases::lint_files(request));
  }
  return all;
}

/// "1 warning in 420 words of prose: 2.4 per 1,000; 3 suggestions not shown".
std::string lint_summary(const LintResult& result) {
  auto text = count_of(result.findings.size(), "finding") + " in " + group_digits(result.words) +
              " words of prose";
  if (result.words > 0)
    text += fmt::format(": {:.1f} per 1,000", static_cast<double>(result.findings.size()) * 1000 /
                                                  static_cast<double>(result.words));
  if (result.suppressed > 0) text += "; " + std::to_string(result.suppressed) + " suppressed";
  if (result.suggestions > 0)
    text += "; " + count_of(result.suggestions, "suggestion") + " not shown (--suggestions)";
  return text;
}

}  // namespace

void declare_postmortem_lint(Options& options) {
  options.about(
      "Finds judgements of people: a person who should have, forgot, failed to; human error; "
      "blame, hindsight, and actions that only ask people to be different. The subject must be a "
      "person, a role or a team, so that machines may fail in peace. Each finding asks a question "
      "and proposes no other words. Code, quotes, log lines, links and tables are skipped.");
  options.about(
      "Exits 0 whatever it finds, and stands in the way of nothing: --warnings-as-errors exits 1. "
      "'nines explain CODE' tells why, and how often the rule was right. "
      "'<!-- nines: allow CODE because REASON -->' lets one pass on its line or the line below.");
  options.positionals_required("document", "INC-4, or Markdown files; '-' is standard input");
  options.flag("suggestions", "milder remarks too: one root cause, actions without owner or day");
  options.formats(
      {"text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"});
  options.example("nines report postmortem lint INC-4", "what is on record");
  options.example("nines report postmortem lint --suggestions -o github *.md",
                  "as annotations of a pull request");
}

ExitCode run_postmortem_lint(Context& context) {
  const auto result = lint_all(context);
  const render::FindingReport report{result.findings, result.files, result.files.size(),
                                     result.suppressed, "nines report postmortem lint"};
  const auto format = lint_format(context);
  if (format == FindingFormat::json) {
    render::Output output;
    output.schema = "nines/report.postmortem.lint/v1";
    output.data = render::findings_json(report);
    output.data.set("words", static_cast<std::int64_t>(result.words))
        .set("suggestions_not_shown", static_cast<std::int64_t>(result.suggestions));
    context.show(output);
  } else {
    write_findings(context, report, format);
  }
  context.say(lint_summary(result));
  const auto counts = render::count(result.findings);
  return context.warnings_as_errors() && counts.warnings > 0 ? ExitCode::no : ExitCode::done;
}

}  // namespace nines::app::report
