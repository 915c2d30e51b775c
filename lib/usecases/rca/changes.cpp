// Decides for each change whether it is new, says more, or says the same.
#include "usecases/rca/changes.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/finding.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "ingest/change_lines.hpp"
#include "ingest/git.hpp"
#include "store/changes.hpp"
#include "store/left_out.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

bool says_the_same(catalog::Change a, const catalog::Change& b) {
  a.name = b.name;
  return a == b;
}

Uid fresh_uid(Session& session) {
  SystemEntropy system;
  auto* entropy = session.options().entropy;
  return Uid::make(session.now(), entropy != nullptr ? *entropy : system);
}

/// Gives each change its identity, and keeps the last of several with one reference.
std::vector<RecordedChange> plan(Session& session, std::vector<catalog::Change> changes) {
  std::vector<RecordedChange> planned;
  std::map<Uid, std::size_t> place;
  for (auto& change : changes) {
    change.uid = change.reference.empty() ? fresh_uid(session)
                                          : catalog::change_uid(change.system, change.reference);
    const auto [found, fresh] = place.try_emplace(change.uid, planned.size());
    if (fresh)
      planned.push_back({std::move(change), RecordOutcome::recorded});
    else
      planned[found->second].change = std::move(change);
  }
  for (auto& one : planned) {
    const auto known = store::find_change(session.store(), one.change.uid);
    if (!known) {
      // It may say something else by now; nobody here can compare.
      if (store::is_left_out(session.store().db(), "change/" + one.change.uid.to_string()))
        one.outcome = RecordOutcome::elsewhere;
      continue;
    }
    one.change.name = known->name;
    one.outcome =
        says_the_same(one.change, *known) ? RecordOutcome::unchanged : RecordOutcome::amended;
  }
  return planned;
}

bool leaves_as_it_is(const RecordedChange& one) {
  return one.outcome == RecordOutcome::unchanged || one.outcome == RecordOutcome::elsewhere;
}

std::string first_words(const Findings& findings) {
  std::string text;
  for (std::size_t i = 0; i < findings.size() && i < 10; ++i)
    text += fmt::format("{}{}:{}: {}", i == 0 ? "" : "; ", findings[i].file, findings[i].span.line,
                        findings[i].message);
  if (findings.size() > 10) text += fmt::format("; and {} more", findings.size() - 10);
  return text;
}

ingest::ChangeLines read_as(ingest::ChangeFormat format, const std::string& text,
                            std::string_view name) {
  switch (format) {
    case ingest::ChangeFormat::csv:
      return ingest::read_change_table(text, name);
    case ingest::ChangeFormat::kubernetes_events:
      return ingest::read_kubernetes_events(text, name);
    case ingest::ChangeFormat::json_lines:
      break;
  }
  std::istringstream lines(text);
  return ingest::read_change_lines(lines, name);
}

}  // namespace

std::string_view to_string(RecordOutcome outcome) {
  switch (outcome) {
    case RecordOutcome::recorded:
      return "recorded";
    case RecordOutcome::amended:
      return "amended";
    case RecordOutcome::unchanged:
      return "unchanged";
    case RecordOutcome::elsewhere:
      return "elsewhere";
  }
  return "";
}

std::vector<RecordedChange> record_changes(Session& session, std::vector<catalog::Change> changes,
                                           bool dry_run) {
  auto planned = plan(session, std::move(changes));
  const bool nothing_new = std::all_of(
      planned.begin(), planned.end(),
      [](const RecordedChange& one) { return leaves_as_it_is(one); });
  if (dry_run || nothing_new) return planned;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  for (auto& one : planned) {
    if (leaves_as_it_is(one)) continue;
    if (one.outcome == RecordOutcome::amended)
      tx.append(store::change_amended(one.change));
    else
      tx.append(
          store::change_recorded(one.change, store::take_number(session.store().db(), "CHG")));
    one.change.name = store::name_of(session.store().db(), "change/" + one.change.uid.to_string());
  }
  tx.commit();
  return planned;
}

RecordedChange record_change(Session& session, catalog::Change change, bool dry_run) {
  auto recorded = record_changes(session, {std::move(change)}, dry_run).front();
  if (recorded.outcome == RecordOutcome::elsewhere)
    store::require_here(session.store().db(), "change/" + recorded.change.uid.to_string());
  return recorded;
}

std::vector<std::string_view> change_format_names() {
  return {ingest::kChangeFormats.begin(), ingest::kChangeFormats.end()};
}

ReadChanges read_changes(std::istream& in, std::string_view name,
                         const std::optional<std::string>& format) {
  const auto text = read_stream(in, ingest::kMostChangeBytes);
  if (text.size() > ingest::kMostChangeBytes)
    throw Error(ExitCode::bad_data, "'" + std::string(name) + "' is larger than 64 MiB", "split it",
                "TOO_LARGE");
  if (trim(text).empty()) return {};
  const auto stated = format ? ingest::change_format_from(*format) : std::nullopt;
  auto read = read_as(stated.value_or(ingest::sniff_changes(text)), text, name);
  if (read.findings.empty()) return {std::move(read.changes), read.skipped};
  const auto& first = read.findings.front();
  Error error(ExitCode::bad_data, first.message, first.hint, first.code);
  error.at({first.file, first.span.line, first.span.column});
  if (read.findings.size() > 1) {
    const Findings rest(read.findings.begin() + 1, read.findings.end());
    error.note("also " + first_words(rest));
  }
  error.note("nothing was recorded");
  throw error;
}

std::vector<catalog::Change> changes_from_git(const GitImport& import) {
  std::vector<catalog::Change> changes;
  for (const auto& commit : ingest::git_commits(import.folder, import.limit)) {
    const auto at = parse_rfc3339(commit.time);
    if (!at || (import.tags_only && commit.tags.empty())) continue;
    if (import.since && *at < *import.since) continue;
    catalog::Change change;
    change.kind = import.kind;
    change.service = import.service;
    change.version = commit.tags.empty() ? commit.hash.substr(0, 12) : commit.tags.front();
    change.start = *at;
    change.author = commit.author;
    change.system = "git";
    // One commit may be deployed by several services: each is a change of its own.
    change.reference = commit.hash + " " + import.service;
    change.summary = commit.subject;
    if (!commit.touched.empty()) change.size = commit.lines;
    change.touched = commit.touched;
    change.reverts = commit.reverts;
    changes.push_back(std::move(change));
  }
  std::reverse(changes.begin(), changes.end());
  return changes;
}

std::vector<catalog::Change> list_changes(const Session& session, const ChangeQuery& query) {
  return store::changes(session.store(), {query.service, query.from, query.to});
}

}  // namespace nines::usecases
