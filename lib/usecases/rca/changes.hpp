// Recording what changed: one deploy from a pipeline, or many from another system's record.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/catalog/change.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// elsewhere: it is known, and lies at a place; whether it still says the same is not.
enum class RecordOutcome { recorded, amended, unchanged, elsewhere };
std::string_view to_string(RecordOutcome outcome);

struct RecordedChange {
  catalog::Change change;
  RecordOutcome outcome = RecordOutcome::recorded;
};

/// Records the changes in one transaction. One with a reference that is known already amends that
/// record, or leaves it as it is when it says the same; without a reference each is new. Nothing is
/// written by a dry run, or when nothing is new; a record that is not written has no name.
NINES_EXPORT std::vector<RecordedChange> record_changes(Session& session,
                                                        std::vector<catalog::Change> changes,
                                                        bool dry_run);

/// The same of one that somebody typed. Throws Error{not_found} when it is known and not here: what
/// they say would be lost.
NINES_EXPORT RecordedChange record_change(Session& session, catalog::Change change, bool dry_run);

struct ReadChanges {
  std::vector<catalog::Change> changes;
  std::size_t skipped = 0;  ///< events that are no change
};
/// JSON lines, CSV, or the events of a Kubernetes cluster; without `format` by what the text looks
/// like. Throws Error{bad_data} naming every record that cannot be read; then none is.
NINES_EXPORT ReadChanges read_changes(std::istream& in, std::string_view name,
                                      const std::optional<std::string>& format = {});
/// "jsonl", "csv", "kubernetes-events".
NINES_EXPORT std::vector<std::string_view> change_format_names();

struct GitImport {
  std::filesystem::path folder;
  std::string service;
  catalog::ChangeKind kind = catalog::ChangeKind::deploy;
  bool tags_only = false;  ///< only commits that carry a tag: releases
  std::optional<Instant> since;
  int limit = 10'000;  ///< commits looked at
};

/// Commits of the first-parent history as changes, oldest first; the reference is the commit.
NINES_EXPORT std::vector<catalog::Change> changes_from_git(const GitImport& import);

struct ChangeQuery {
  std::optional<std::string> service;
  std::optional<Instant> from;
  std::optional<Instant> to;
};
NINES_EXPORT std::vector<catalog::Change> list_changes(const Session& session,
                                                       const ChangeQuery& query);

}  // namespace nines::usecases
