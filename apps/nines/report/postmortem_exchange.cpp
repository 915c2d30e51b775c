// Runs nines report postmortem import and export: documents of others in, ours out.
#include <filesystem>
#include <fstream>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/json_or_null.hpp"
#include "nines/report/postmortem_pages.hpp"
#include "nines/report/verbs.hpp"
#include "usecases/report/exchange.hpp"

namespace nines::app::report {
namespace {

namespace fs = std::filesystem;
using usecases::PostmortemOutcome;

/// JSON lines of many documents.
constexpr std::size_t kMostImported = 64u << 20;

std::vector<usecases::IngestText> import_texts(Context& context) {
  std::vector<usecases::IngestText> texts;
  for (const auto& name : context.args.list("file")) {
    std::error_code unreadable;
    if (name != "-" && fs::is_directory(context.resolve(name), unreadable))
      throw Error(ExitCode::usage, "'" + name + "' is a folder",
                  "name its files: " + name + "/*.md", "BAD_VALUE");
    auto bytes = name == "-" ? read_stream(context.in, kMostImported)
                             : read_file(context.resolve(name), kMostImported);
    if (bytes.size() > kMostImported)
      throw Error(ExitCode::bad_data, "'" + name + "' is larger than 64 MiB", "split it",
                  "TOO_LARGE");
    texts.push_back({name, std::move(bytes)});
  }
  return texts;
}

usecases::IngestZone import_zone(const Context& context) {
  if (const auto name = context.args.text("zone")) {
    if (auto zone = Zone::find(*name)) return {*zone, "--zone"};
    throw Error(ExitCode::usage, "unknown time zone '" + *name + "'",
                "a name of the IANA database, for example 'Europe/Paris'", "UNKNOWN_ZONE");
  }
  return {context.time_rules().zone, "assumed"};
}

std::string said(const usecases::ImportedPostmortem& one, bool dry_run) {
  switch (one.outcome) {
    case PostmortemOutcome::recorded:
      return dry_run ? "would be recorded" : "recorded";
    case PostmortemOutcome::amended:
      return dry_run ? "would be amended" : "amended";
    case PostmortemOutcome::unchanged:
      return "unchanged";
    case PostmortemOutcome::differs:
      break;
  }
  return "kept: people wrote something else";
}

void write_files(Context& context, const std::vector<usecases::PostmortemView>& views,
                 const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  for (const auto& view : views) {
    const auto file = folder / (view.incident.name + ".md");
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << usecases::text_for_editing(view.postmortem);
    out.close();
    if (!out)
      throw Error(ExitCode::cannot_create, "cannot write '" + file.string() + "'",
                  "name a folder that takes files", "CANNOT_CREATE");
  }
  context.say("wrote " + count_of(views.size(), "file"));
}

}  // namespace

void declare_postmortem_import(Options& options) {
  options.about(
      "Takes postmortems in: Markdown files, or JSON lines and CSV with the members 'incident' and "
      "'text'. A file whose front matter names no incident brings one along: its timeline is read "
      "as 'nines incident ingest' does. The text is kept byte for byte, but for the line that "
      "names "
      "the incident.");
  options.about(
      "The same again adds nothing. A file that reads otherwise amends what was imported; where "
      "people have edited since, theirs stays, and the command exits 4.");
  options.positionals_required("file", "files; '-' is standard input");
  options.text("incident", "ID", "the incident that the one document is about");
  options.text("zone", "ZONE", "of times that state none, such as Europe/Paris");
  options.text("because", "TEXT", "the reason, for the record");
  options.example("nines report postmortem import postmortems/*.md", "a folder of them");
  options.example("nines report postmortem import notes.md --incident INC-4", "about this one");
}

ExitCode run_postmortem_import(Context& context) {
  const auto imported = usecases::import_postmortems(
      context.session(),
      {import_texts(context), context.args.text("incident"), import_zone(context)},
      context.dry_run());
  render::Output output;
  output.schema = "nines/report.postmortem.import/v1";
  output.data = Json::array();
  render::Table table{{{"incident"},
                       {"what"},
                       {"remarks", render::Align::right},
                       {"file", render::Align::left, false, true}},
                      {}};
  bool differs = false;
  for (const auto& one : imported) {
    differs |= one.outcome == PostmortemOutcome::differs;
    output.data.push(Json::object({{"file", one.file},
                                   {"incident", text_or_null(one.incident.name)},
                                   {"title", one.incident.title},
                                   {"opened", one.opened},
                                   {"outcome", usecases::to_string(one.outcome)},
                                   {"remarks", static_cast<std::int64_t>(one.remarks)}}));
    table.rows.push_back({(one.incident.name.empty() ? "new" : one.incident.name) +
                              (one.opened && !one.incident.name.empty() ? " (new)" : ""),
                          said(one, context.dry_run()), std::to_string(one.remarks), one.file});
  }
  output.page.push_back(std::move(table));
  const auto& first = imported.empty() ? std::string() : imported.front().incident.name;
  if (!first.empty())
    output.page.push_back(
        render::Next{"nines report postmortem lint " + first, "what its wording asks"});
  context.show(output);
  return differs ? ExitCode::conflict : ExitCode::done;
}

void declare_postmortem_export(Options& options) {
  options.about(
      "With --out: one Markdown file per incident, as 'edit --from' and 'import' take them back. "
      "Without: rows with their texts, for -o jsonl or -o csv; cells that a spreadsheet would run "
      "are written as text. CSV shows control characters and direction marks as escapes: "
      "JSON lines and Markdown bring every byte back.");
  options.positionals("incident", "INC-4, or PM-4; default: all");
  options.path("out", "FOLDER", "where the files go");
  options.example("nines report postmortem export --out postmortems", "all of them as files");
  options.example("nines report postmortem export -o jsonl",
                  "for another store, or a search engine");
}

ExitCode run_postmortem_export(Context& context) {
  const auto views = usecases::export_postmortems(context.session(), context.args.list("incident"));
  if (const auto folder = context.args.text("out")) {
    if (!context.dry_run()) write_files(context, views, context.resolve(*folder));
  }
  render::Output output;
  output.schema = "nines/report.postmortem.export/v1";
  output.data = Json::array();
  render::Table table{{{"incident"},
                       {"state"},
                       {"revision"},
                       {"bytes", render::Align::right},
                       {"title", render::Align::left, false, true}},
                      {}};
  for (const auto& view : views) {
    const auto& one = view.postmortem;
    output.data.push(Json::object(
        {{"incident", view.incident.name},
         {"title", view.incident.title},
         {"state", to_string(view.state)},
         {"revision", one.token()},
         {"author", one.author},
         {"changed_at", format_utc(std::chrono::floor<std::chrono::seconds>(one.changed_at))},
         {"text", one.text}}));
    table.rows.push_back({view.incident.name, std::string(to_string(view.state)), one.token(),
                          group_digits(one.text.size()), view.incident.title});
  }
  if (table.rows.empty()) {
    output.page.push_back(render::Paragraph{"no postmortem is on record"});
    output.page.push_back(
        render::Next{"nines report postmortem draft INC-4", "the first text of one"});
  } else {
    output.page.push_back(std::move(table));
    output.page.push_back(render::Next{
        "nines report postmortem export -o jsonl > postmortems.jsonl", "with their texts"});
  }
  context.show(output);
  return ExitCode::done;
}

}  // namespace nines::app::report
