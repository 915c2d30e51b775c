// Runs nines report postmortem draft and edit: the text of a postmortem comes to be.
#include <filesystem>
#include <fstream>
#include <system_error>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "nines/report/editor.hpp"
#include "nines/report/postmortem_pages.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/postmortem.hpp"

namespace nines::app::report {
namespace {

namespace fs = std::filesystem;
using usecases::PostmortemView;

ExitCode show_written(Context& context, const PostmortemView& view, std::string headline,
                      std::vector<std::string> lines) {
  render::Output output;
  output.schema = "nines/report.postmortem/v1";
  output.data = postmortem_json(view, false);
  output.page.push_back(render::Heading{std::move(headline)});
  add_postmortem_facts(output.page, view, context.now());
  for (auto& line : lines)
    if (!line.empty()) output.page.push_back(render::Paragraph{std::move(line)});
  output.page.push_back(next_of(view));
  context.show(output);
  return ExitCode::done;
}

std::string headline_of(const PostmortemView& view, const std::string& verb) {
  return (view.postmortem.name.empty() ? "" : view.postmortem.name + "  ") + verb + ": " +
         view.incident.title;
}

/// Beside the store, for this person alone: what an editor left is found again there.
fs::path file_for_editing(const Context& context, const PostmortemView& view) {
  return context.session_options().db.parent_path() / "edit" / (view.postmortem.name + ".md");
}

void put_text(const fs::path& file, const std::string& text) {
  std::error_code failed;
  fs::create_directories(file.parent_path(), failed);
  fs::permissions(file.parent_path(), fs::perms::owner_all, failed);
  {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, failed);
    out << text;
    out.flush();
    if (out) return;
  }
  fs::remove(file, failed);
  throw Error(ExitCode::cannot_create, "cannot write '" + file.string() + "'",
              "the store's folder takes no more files", "CANNOT_CREATE");
}

ExitCode record_text(Context& context, const std::string& text, const std::string& name,
                     const fs::path& kept) {
  const auto written = usecases::write_postmortem(
      context.session(), {context.args.text("incident"), text, name}, context.dry_run());
  std::error_code failed;
  if (!kept.empty() && !context.dry_run()) fs::remove(kept, failed);
  const auto& view = written.view;
  return show_written(context, view,
                      headline_of(view, !written.changed    ? "unchanged"
                                        : context.dry_run() ? "would be written"
                                                            : "written"),
                      {wording_text(written.wording, view.incident.name)});
}

}  // namespace

void declare_postmortem_draft(Options& options) {
  options.about(
      "Writes a first postmortem from the record: facts, impact with SLO minutes, timeline with "
      "milestones, factors, what went well, open questions, actions. What is not recorded is said "
      "to be missing. What only people know is asked for in comments.");
  options.about(
      "What comes from the record stands between two comments; --refresh renews that and touches "
      "nothing else. A stretch whose comments people took out stays out.");
  options.positional_optional("incident", "INC-4, or 4; default: the current one");
  options.flag("refresh", "renew what comes from the record in a postmortem that is there");
  options.example("nines report postmortem draft INC-4", "the first text");
  options.example("nines report postmortem draft INC-4 --refresh", "after the record grew");
}

ExitCode run_postmortem_draft(Context& context) {
  const auto drafted = usecases::draft_postmortem(
      context.session(),
      {context.args.text("incident"), context.args.flag("refresh"), context.time_rules().zone},
      context.dry_run());
  const auto& view = drafted.view;
  std::vector<std::string> lines;
  if (!drafted.made)
    lines.push_back(drafted.renewed.empty() ? "the record says what it said"
                                            : "renewed: " + join(drafted.renewed, ", "));
  if (!drafted.gone.empty())
    lines.push_back("taken out by people, and left out: " + join(drafted.gone, ", "));
  return show_written(
      context, view,
      headline_of(view,
                  drafted.made ? context.dry_run() ? "would be drafted" : "drafted" : "refreshed"),
      std::move(lines));
}

void declare_postmortem_edit(Options& options) {
  options.about(
      "Opens the text in $VISUAL, else $EDITOR, and records what comes back as a new revision. "
      "Nothing of it is rewritten: unknown headings, comments and front matter stay. Wording never "
      "stands in the way; remarks are counted and told.");
  options.about(
      "If the editor fails, or somebody wrote meanwhile, nothing is recorded and nothing is lost: "
      "the file is kept beside the store, and the next edit goes on with it.");
  options.positional_optional("incident", "INC-4, or PM-4; default: the current one");
  options.path("from", "FILE", "take this text instead of an editor; '-' is standard input");
  options.flag("discard", "throw away what an earlier editor left");
  options.text("because", "TEXT", "what changes, for the record");
  options.example("nines report postmortem edit INC-4", "in your editor");
  options.example("nines report postmortem edit INC-4 --from pm-4.md",
                  "what 'show -o md' wrote, changed elsewhere");
}

ExitCode run_postmortem_edit(Context& context) {
  if (const auto from = context.args.text("from")) {
    const auto text = *from == "-"
                          ? read_stream(context.in, usecases::kMostPostmortemBytes)
                          : read_file(context.resolve(*from), usecases::kMostPostmortemBytes);
    return record_text(context, text, *from == "-" ? "standard input" : *from, {});
  }
  if (context.dry_run())
    throw Error(ExitCode::usage, "an editor cannot be tried dry", "--from FILE can",
                "BAD_COMBINATION");
  const auto view = usecases::show_postmortem(context.session(), context.args.text("incident"));
  const auto file = file_for_editing(context, view);
  std::error_code failed;
  if (context.args.flag("discard")) {
    const bool was = fs::remove(file, failed);
    context.say(was ? "threw away " + file.string() : std::string("nothing was left"));
    return ExitCode::done;
  }
  if (fs::exists(file, failed))
    context.say("going on with what an earlier edit left (--discard throws it away)");
  else
    put_text(file, usecases::text_for_editing(view.postmortem));
  const auto status = run_editor(context, file);
  if (status != 0)
    throw Error(ExitCode::io, "the editor ended with " + std::to_string(status),
                "nothing is recorded; your text is kept, and the next edit goes on with it",
                "EDITOR_FAILED");
  const auto text = read_file(file, usecases::kMostPostmortemBytes);
  return record_text(context, text, view.postmortem.name + ".md", file);
}

}  // namespace nines::app::report
