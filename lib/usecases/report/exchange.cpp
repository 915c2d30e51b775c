// Tells formats apart, finds the incident of each document, records what is new.
#include "usecases/report/exchange.hpp"

#include <algorithm>

#include "base/enum_names.hpp"
#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "domain/postmortem/document.hpp"
#include "ingest/json_stream.hpp"
#include "ingest/table_rows.hpp"
#include "store/incidents.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

using postmortem::Postmortem;

constexpr EnumNames<PostmortemOutcome, 4> kPostmortemOutcomes{
    {"recorded", "amended", "unchanged", "differs"}};

/// A cell that a spreadsheet would have run was written with a quote before it.
std::string cell_text(std::string_view cell) {
  if (cell.size() > 1 && cell[0] == '\'' &&
      (cell[1] == '-' || cell[1] == '=' || cell[1] == '+' || cell[1] == '@'))
    cell.remove_prefix(1);
  return std::string(cell);
}

std::vector<ImportedText> texts_of_lines(const std::string& name, const std::string& bytes) {
  std::vector<ImportedText> found;
  ingest::JsonStream stream(bytes);
  while (const auto piece = stream.next()) {
    const auto record = ingest::JsonStream::read(*piece, name);
    if (!record.is_object() || record.text("text").empty())
      throw Error(ExitCode::bad_data, "a record has no member 'text'",
                  "nines report postmortem export -o jsonl writes such lines", "BAD_RECORD")
          .at({name, piece->line, 0});
    found.push_back({record.text("incident"), record.text("text")});
  }
  return found;
}

std::vector<ImportedText> texts_of_table(const std::string& name, const std::string& bytes) {
  std::vector<ImportedText> found;
  ingest::TableRows rows(bytes, name);
  if (!rows.next()) return found;
  std::optional<std::size_t> incident, text;
  for (std::size_t i = 0; i < rows.cells().size(); ++i) {
    const auto title = to_lower_ascii(rows.cells()[i]);
    if (title == "incident") incident = i;
    if (title == "text") text = i;
  }
  if (!text)
    throw Error(ExitCode::bad_data, "'" + name + "' has no column 'text'",
                "nines report postmortem export -o csv writes such a table", "BAD_TABLE");
  while (rows.next()) {
    if (rows.cells().size() <= *text) continue;
    found.push_back({incident && *incident < rows.cells().size()
                         ? cell_text(rows.cells()[*incident])
                         : std::string(),
                     cell_text(rows.cells()[*text])});
  }
  return found;
}

/// The incident that a document without one brings along.
Ingested incident_within(Session& session, const std::string& name, const ImportedText& one,
                         const IngestZone& zone, bool dry_run) {
  IngestRequest request;
  request.texts = {{name, one.text}};
  request.format = "markdown";
  request.zone = zone;
  auto result = ingest_incidents(session, request, dry_run);
  if (result.incidents.size() != 1)
    throw Error(ExitCode::bad_data,
                "'" + name + "' tells of " + count_of(result.incidents.size(), "incident"),
                "say which one it is about: --incident ID", "NO_INCIDENT");
  return std::move(result.incidents.front());
}

ImportedPostmortem import_one(Session& session, const std::string& name, const ImportedText& one,
                              const PostmortemImport& request, bool dry_run) {
  ImportedPostmortem imported{name, {}};
  auto named = request.incident;
  if (!named && !one.incident.empty()) named = one.incident;
  if (!named) named = postmortem::front_value(one.text, "incident");
  if (named) {
    imported.incident = incident_of_postmortem(session, named);
  } else {
    auto within = incident_within(session, name, one, request.zone, dry_run);
    imported.incident = std::move(within.incident);
    imported.opened = within.outcome == IngestOutcome::recorded;
  }
  const auto& about = imported.incident;
  Postmortem next;
  const auto before =
      about.name.empty() ? std::nullopt : store::find_postmortem(session.store(), about.uid);
  if (before) next = *before;
  next.text = postmortem::without_front(one.text, "revision");
  if (!about.name.empty() && postmortem::front_value(next.text, "incident") != about.name)
    next.text = postmortem::with_front(next.text, "incident", about.name);
  next.digest = to_hex(Sha256().add(next.text).finish());
  next.origin = name;
  imported.remarks = lint_text(name, next.text, {}, false).findings.size();
  if (before) {
    const auto revisions = store::postmortem_revisions(session.store(), before->uid);
    const bool known = std::any_of(revisions.begin(), revisions.end(), [&](const auto& revision) {
      return revision.digest == next.digest;
    });
    imported.outcome = known                             ? PostmortemOutcome::unchanged
                       : revisions.back().origin.empty() ? PostmortemOutcome::differs
                                                         : PostmortemOutcome::amended;
  }
  const bool writes = imported.outcome == PostmortemOutcome::recorded ||
                      imported.outcome == PostmortemOutcome::amended;
  if (writes && !dry_run) record_text(session, next, about);
  return imported;
}

}  // namespace

std::string_view to_string(PostmortemOutcome outcome) { return kPostmortemOutcomes.of(outcome); }

std::vector<ImportedText> read_postmortems(const std::string& name, const std::string& bytes) {
  if (!is_valid_utf8(bytes))
    throw Error(ExitCode::bad_data, "'" + name + "' is not valid UTF-8", "save it as UTF-8",
                "BAD_UTF8");
  const auto lower = to_lower_ascii(name);
  if (lower.ends_with(".csv")) return texts_of_table(name, bytes);
  if (lower.ends_with(".jsonl") || lower.ends_with(".ndjson") || lower.ends_with(".json") ||
      trim(bytes).starts_with("{\""))
    return texts_of_lines(name, bytes);
  return {{"", bytes}};
}

std::vector<ImportedPostmortem> import_postmortems(Session& session,
                                                   const PostmortemImport& request, bool dry_run) {
  std::vector<std::pair<std::string, ImportedText>> all;
  for (const auto& text : request.texts)
    for (auto& one : read_postmortems(text.name, text.bytes)) {
      if (trim(postmortem::body_of(one.text)).empty())
        throw Error(ExitCode::bad_data, "'" + text.name + "' holds no text", "name a postmortem",
                    "EMPTY_TEXT");
      all.emplace_back(text.name, std::move(one));
    }
  if (request.incident && all.size() != 1)
    throw Error(ExitCode::usage,
                "--incident names one, and there are " + count_of(all.size(), "document"),
                "import them one by one", "BAD_COMBINATION");
  std::vector<ImportedPostmortem> imported;
  for (const auto& [name, one] : all)
    imported.push_back(import_one(session, name, one, request, dry_run));
  return imported;
}

std::vector<PostmortemView> export_postmortems(const Session& session,
                                               const std::vector<std::string>& incidents) {
  std::vector<PostmortemView> views;
  for (const auto& word : incidents) views.push_back(show_postmortem(session, word));
  if (!incidents.empty()) return views;
  for (auto& row : list_postmortems(session)) views.push_back(std::move(row.view));
  std::stable_sort(views.begin(), views.end(),
                   [](const PostmortemView& a, const PostmortemView& b) {
                     return a.postmortem.created_at < b.postmortem.created_at;
                   });
  return views;
}

}  // namespace nines::usecases
