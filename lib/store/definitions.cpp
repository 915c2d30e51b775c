// One row per definition; its revisions are its live events.
#include "store/definitions.hpp"

#include <algorithm>
#include <array>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "store/event_log.hpp"
#include "store/log_aggregates.hpp"
#include "store/search.hpp"

namespace nines::store {
namespace {

using slo::DefinitionRecord;

constexpr std::string_view kApplied = "definition.applied";
constexpr std::string_view kRetired = "definition.retired";

/// Every text of the document once, in its order: names, descriptions, queries, conditions.
void collect_texts(const Json& json, std::vector<std::string>& texts) {
  if (json.is_string()) {
    const auto& text = json.as_string();
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  } else if (json.is_array()) {
    for (const auto& item : json.as_array()) collect_texts(item, texts);
  } else if (json.is_object()) {
    for (const auto& [key, value] : json.as_object()) collect_texts(value, texts);
  }
}

void put_definition_text(Db& db, const log::Event& event) {
  const auto& body = event.body;
  std::vector<std::string> texts{body.text("path"), body.text("owner")};
  // In the order of the stored bytes, so that a rebuild finds the same text.
  if (const auto* document = body.find("document"))
    collect_texts(Json::parse(document->canonical()), texts);
  put_text(db, event.header,
           {.kind = "definition",
            .title = body.text("kind") + " " + body.text("name"),
            .text = join(texts, "\n")});
}

void apply_applied(Db& db, const log::Event& event) {
  const auto& body = event.body;
  const auto* document = body.find("document");
  db.run(
      "INSERT INTO definition (subject, kind, name, api_version, path, document, revision, "
      "retired, "
      "renamed_from, owner, approver, because, actor, at, tx) "
      "VALUES (?, ?, ?, ?, ?, ?, 1, 0, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (subject) DO UPDATE SET api_version = excluded.api_version, "
      "path = excluded.path, document = excluded.document, revision = revision + 1, retired = 0, "
      "renamed_from = excluded.renamed_from, owner = excluded.owner, approver = excluded.approver, "
      "because = excluded.because, actor = excluded.actor, at = excluded.at, tx = excluded.tx",
      event.header.subject, body.text("kind"), body.text("name"), body.text("api_version"),
      body.text("path"), document == nullptr ? "null" : document->canonical(),
      body.text("renamed_from"), body.text("owner"), body.text("approver"), body.text("because"),
      event.header.actor, event.header.occurred_at, event.header.tx);
  put_definition_text(db, event);
}

void apply_definition_retired(Db& db, const log::Event& event) {
  db.run(
      "UPDATE definition SET retired = 1, revision = revision + 1, because = ?, actor = ?, at = ?, "
      "tx = ? WHERE subject = ?",
      event.body.text("because"), event.header.actor, event.header.occurred_at, event.header.tx,
      event.header.subject);
}

void clear_definition(Db& db, std::string_view subject) {
  db.run("DELETE FROM definition WHERE subject = ?", subject);
}

std::string definition_subject(std::string_view kind, std::string_view name) {
  return "definition/" + std::string(kind) + "/" + std::string(name);
}

constexpr std::string_view kColumns =
    "kind, name, api_version, path, document, revision, retired, renamed_from, owner, approver, "
    "because, actor, at, tx";

/// All but the document, the text of which is column kDocument.
DefinitionRecord facts_of(Db& db, const Query& row) {
  return {.kind = row.text(0),
          .name = row.text(1),
          .api_version = row.text(2),
          .path = row.text(3),
          .document = {},
          .revision = row.integer(5),
          .retired = row.integer(6) != 0,
          .renamed_from = row.text(7),
          .owner = row.text(8),
          .approver = row.text(9),
          .because = row.text(10),
          .actor = actor_name(db, row.uid(11)),
          .at = row.instant(12),
          .tx = row.uid(13)};
}

constexpr int kDocument = 4;

std::vector<DefinitionRecord> read_definitions(Db& db, Query rows) {
  std::vector<DefinitionRecord> all;
  std::vector<std::string> documents;
  while (rows.step()) {
    all.push_back(facts_of(db, rows));
    documents.push_back(rows.text(kDocument));
  }
  in_parallel(all.size(), [&](std::size_t i) { all[i].document = Json::parse(documents[i]); });
  return all;
}

std::string select_definitions(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM definition " + std::string(rest);
}

DefinitionRecord revision_of(Db& db, const log::Event& event, const DefinitionRecord& before) {
  const auto& body = event.body;
  DefinitionRecord revision = before;
  revision.retired = event.header.kind == kRetired;
  if (!revision.retired) {
    revision.kind = body.text("kind");
    revision.name = body.text("name");
    revision.api_version = body.text("api_version");
    revision.path = body.text("path");
    const auto* document = body.find("document");
    revision.document = document == nullptr ? Json() : *document;
    revision.renamed_from = body.text("renamed_from");
    revision.owner = body.text("owner");
    revision.approver = body.text("approver");
  }
  revision.revision = before.revision + 1;
  revision.because = body.text("because");
  revision.actor = actor_name(db, event.header.actor);
  revision.at = event.header.occurred_at;
  revision.tx = event.header.tx;
  return revision;
}

}  // namespace

const Aggregate& definition_aggregate() {
  static const std::array kKinds{Projection{kApplied, apply_applied},
                                 Projection{kRetired, apply_definition_retired}};
  static const Aggregate kAggregate{"definition/", kKinds, clear_definition, R"sql(
CREATE TABLE definition (
  subject TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  api_version TEXT NOT NULL,
  path TEXT NOT NULL,
  document TEXT NOT NULL,
  revision INTEGER NOT NULL,
  retired INTEGER NOT NULL,
  renamed_from TEXT NOT NULL,
  owner TEXT NOT NULL,
  approver TEXT NOT NULL,
  because TEXT NOT NULL,
  actor BLOB NOT NULL,
  at INTEGER NOT NULL,
  tx BLOB NOT NULL
);
)sql"};
  return kAggregate;
}

std::vector<slo::DefinitionRecord> definitions(const Store& store, bool with_retired) {
  static const auto kSql = select_definitions("WHERE retired <= ? ORDER BY kind, name");
  return read_definitions(store.db(), store.db().query(kSql, with_retired));
}

std::vector<slo::DefinitionRecord> definitions_of_kind(const Store& store, std::string_view kind) {
  static const auto kSql = select_definitions("WHERE retired = 0 AND kind = ? ORDER BY name");
  return read_definitions(store.db(), store.db().query(kSql, std::string(kind)));
}

std::optional<slo::DefinitionRecord> find_definition(const Store& store, std::string_view kind,
                                                     std::string_view name) {
  static const auto kSql = select_definitions("WHERE subject = ?");
  auto found = read_definitions(store.db(), store.db().query(kSql, definition_subject(kind, name)));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<slo::DefinitionRecord> definition_revisions(const Store& store, std::string_view kind,
                                                        std::string_view name) {
  std::vector<DefinitionRecord> revisions;
  DefinitionRecord before;
  auto rows = store.db().query(kLiveEventsOfSubject, definition_subject(kind, name));
  while (rows.step()) {
    const auto event = event_at(rows);
    if (event.header.kind != kApplied && event.header.kind != kRetired) continue;
    // A retirement that arrived before any definition has nothing to retire.
    if (event.header.kind == kRetired && revisions.empty()) continue;
    before = revision_of(store.db(), event, before);
    revisions.push_back(before);
  }
  return revisions;
}

std::int64_t definition_count(const Store& store) {
  return store.db().integer("SELECT coalesce(sum(revision), 0) FROM definition").value_or(0);
}

log::NewEvent definition_applied(const NewDefinition& d) {
  log::NewEvent event{.kind = std::string(kApplied), .subject = definition_subject(d.kind, d.name)};
  event.body.set("kind", d.kind).set("name", d.name).set("api_version", d.api_version);
  event.body.set("path", d.path).set("document", d.document);
  if (d.previous != Hash256{}) event.body.set("previous", to_hex(d.previous));
  if (!d.renamed_from.empty()) event.body.set("renamed_from", d.renamed_from);
  if (!d.owner.empty()) event.body.set("owner", d.owner);
  if (!d.approver.empty()) event.body.set("approver", d.approver);
  return event;
}

log::NewEvent definition_retired(std::string_view kind, std::string_view name,
                                 std::string_view renamed_to) {
  log::NewEvent event{.kind = std::string(kRetired), .subject = definition_subject(kind, name)};
  event.body.set("kind", kind).set("name", name);
  if (!renamed_to.empty()) event.body.set("renamed_to", renamed_to);
  return event;
}

Hash256 definition_digest(const Json& document) { return sha256(document.canonical()); }

}  // namespace nines::store
