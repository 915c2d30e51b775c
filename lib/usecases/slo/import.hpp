// Imports raw files: every applied indicator that names the source, in one pass, each line once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/time.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

enum class Overlap { refuse, skip, count };

struct ImportProgress {
  std::string file;
  std::uint64_t taken = 0;  ///< bytes from the disk or pipe
  std::optional<std::uint64_t> available;
};

struct ImportOptions {
  std::string source;                 ///< DataSource metadata.name
  std::vector<std::string> files;     ///< "-" = standard input
  std::string origin;                 ///< tells equal times from different hosts apart
  Overlap overlap = Overlap::refuse;  ///< of times that an earlier import covers
  bool complete = false;              ///< a last line without its end counts too
  bool dry_run = false;               ///< decode and judge, store nothing
  std::string rejects_path;           ///< every rejected line goes there; empty = nowhere
  int threads = 2;
  std::function<void(const ImportProgress&)> progress;
};

/// One way of counting, and the SLOs that share it.
struct ImportedRule {
  std::string predicate;
  std::string total;
  std::string value;  ///< "latency_ms <= 300" or empty
  std::vector<std::string> slos;
  std::uint64_t good_events = 0;  ///< added by this command, all services
  std::uint64_t total_events = 0;
};

struct ImportReject {
  std::uint64_t line = 0;
  std::string reason;
  std::string text;
};

/// What one file brought.
struct ImportedFileResult {
  std::string file;
  std::string run;  ///< uid of the import run; empty when nothing was new
  std::uint64_t rows = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;
  std::uint64_t bytes = 0;        ///< decoded
  std::uint64_t known_bytes = 0;  ///< of them counted by earlier imports
  std::uint64_t incomplete_bytes = 0;
  std::optional<Instant> first;
  std::optional<Instant> last;
  std::vector<std::pair<std::string, std::uint64_t>> reasons;
  std::vector<ImportReject> rejects;  ///< the first ten
};

struct ImportPreviewRow {
  Instant at;
  std::string service;
  std::vector<std::string> values;
  std::vector<int> verdicts;  ///< per rule: 0 not counted, 1 bad, 2 good
};

struct ImportResult {
  std::string source;
  bool dry_run = false;
  std::vector<ImportedRule> rules;
  std::vector<ImportedFileResult> files;
  std::uint64_t services = 0;
  std::vector<std::string> preview_columns;  ///< dry run: the first rows of the first file
  std::vector<ImportPreviewRow> preview;
  std::vector<std::string> warnings;
};

/// Throws Error: not_found (no such source or file), bad_data (a column or value that is not there,
/// more good than total, times already covered), busy, io. Nothing is counted then.
NINES_EXPORT ImportResult import_files(Session& session, const ImportOptions& options);

/// Files imported from `source` before an indicator of it was applied: they must be read again.
NINES_EXPORT std::vector<std::string> files_to_import_again(const Session& session,
                                                            const std::string& source);

}  // namespace nines::usecases
