// Runs nines slo check: validates definition files, shows or makes the mends.
#include "usecases/slo/check.hpp"
#include "base/read_file.hpp"

#include <fstream>
#include <ostream>

#include "base/text.hpp"
#include "nines/companion.hpp"
#include "nines/findings_output.hpp"
#include "nines/slo/verbs.hpp"
#include "render/findings.hpp"

namespace nines::app::slo {

namespace {

using render::FindingFormat;

/// Mends made by one fix may let the next be seen, never more than a few times over.
constexpr int kMostRounds = 5;
constexpr std::size_t kMostInput = 64U * 1024 * 1024;

FindingFormat format_of(const Context& context) {
  if (context.format() == render::Format::json) return FindingFormat::json;
  if (const auto name = context.global("output"))
    return render::finding_format_from(*name).value_or(FindingFormat::text);
  const auto actions = context.env.find("GITHUB_ACTIONS");
  return actions != context.env.end() && actions->second == "true" ? FindingFormat::github
                                                                   : FindingFormat::text;
}

usecases::CheckRequest check_request(Context& context) {
  usecases::CheckRequest request;
  request.paths = context.args.list("path");
  if (request.paths.empty()) request.paths = {"."};
  request.cwd = context.cwd();
  request.profile = *nines::slo::profile_from(context.args.text("profile").value_or("strict"));
  if (context.args.flag("closed") && context.args.flag("open")) {
    throw Error(ExitCode::usage, "both '--closed' and '--open'", "give one of them");
  }
  if (context.args.flag("closed")) request.closed = true;
  if (context.args.flag("open")) request.closed = false;
  request.changed_since = context.args.text("changed-since");
  request.now = context.now();
  request.calendar_program = find_companion(context.env, "nines-calendar");
  for (const auto& path : request.paths) {
    if (path == "-") request.input = read_stream(context.in, kMostInput);
  }
  return request;
}

void show(Context& context, const render::FindingReport& report) {
  const FindingFormat format = format_of(context);
  if (format == FindingFormat::json) {
    render::Output output;
    output.schema = "nines/slo.check/v1";
    output.data = render::findings_json(report);
    context.show(output);
    return;
  }
  write_findings(context, report, format);
}

ExitCode verdict(const Context& context, const Findings& findings) {
  const auto counts = render::count(findings);
  const bool failed = counts.errors > 0 || (context.warnings_as_errors() && counts.warnings > 0);
  return failed ? ExitCode::no : ExitCode::done;
}

}  // namespace

void declare_check(Options& options) {
  options.positionals("path",
                      "files, or directories to look through; '-' is standard input; default the "
                      "current directory");
  options
      .choice("profile", {"strict", "spec", "go-sdk", "sloth"}, "who has to accept the documents")
      .fallback = "strict";
  options.flag("closed",
               "all that is referred to must be among the files; the default for directories");
  options.flag("open",
               "what is referred to may be defined elsewhere; the default for single files");
  options.text("changed-since", "REF", "report only files that differ from this git revision");
  options.flag("fix", "make the mends that are certain, keeping comments and layout");
  options.flag("diff", "show those mends without making them");
  options.formats(
      {"text", "concise", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"});
  options.about(
      "Reads OpenSLO v1, v1alpha and v2alpha, Sloth's two dialects, and nines/v1. Each finding "
      "names its place, the profiles that reject the document, and what to do.");
  options.about(
      "A finding passes with a comment on its line or the line above: '# nines: allow CODE until "
      "2026-12-31 because REASON'. Under GitHub Actions the format is 'github' unless another is "
      "asked for.");
  options.example("nines slo check slos/", "every definition below a directory, as one closed set");
  options.example("nines slo check --diff slos/", "what '--fix' would change");
  options.example("nines slo check -o sarif slos/", "for code scanning");
  options.see_also("nines-slo(5)");
}

ExitCode run_check(Context& context) {
  auto request = check_request(context);
  auto result = usecases::check(request);
  if (context.args.flag("diff") || context.args.flag("fix")) {
    const bool write = context.args.flag("fix") && !context.args.flag("diff") && !context.dry_run();
    std::size_t fixes = 0;
    for (int round = 0; round < kMostRounds; ++round) {
      const auto fixed = usecases::fix(request, result.findings, write);
      for (const auto& file : fixed) {
        if (!write) context.out << file.diff;
        fixes += file.fixes;
      }
      if (fixed.empty() || !write) break;
      result = usecases::check(request);
    }
    context.say((write ? "fixed " : "can fix ") + count_of(fixes, "finding"));
    if (!write) return verdict(context, result.findings);
  }
  const render::FindingReport report{std::move(result.findings), std::move(result.files),
                                     result.documents, result.suppressed};
  if (report.files.empty()) context.say("found no definition files");
  show(context, report);
  context.say(render::summary(report));
  return verdict(context, report.findings);
}

}  // namespace nines::app::slo
