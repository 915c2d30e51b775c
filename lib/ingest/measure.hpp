// Reads one raw file into parts: all rules in one pass, on several threads, in bounded memory.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ingest/accumulate.hpp"
#include "ingest/byte_source.hpp"
#include "ingest/fragments.hpp"
#include "ingest/names.hpp"
#include "ingest/rule.hpp"
#include "ingest/segments.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

/// Minutes since the epoch, half open.
struct MinuteRange {
  std::int64_t begin = 0;
  std::int64_t end = 0;

  friend bool operator==(const MinuteRange&, const MinuteRange&) = default;
};

struct Progress {
  std::uint64_t taken = 0;  ///< bytes from the disk or pipe
  std::optional<std::uint64_t> available;
};

struct MeasureOptions {
  int threads = 2;
  std::size_t memory = std::size_t{96} << 20;  ///< for counters and fragments of all threads
  bool take_last_line = false;
  std::vector<Chain> known;                       ///< chains of earlier imports of the source
  std::vector<MinuteRange> skip;                  ///< rows in these minutes are left out, ascending
  SplitValues split_values;                       ///< told apart; filled up from the file by `top`
  std::ostream* rejects = nullptr;                ///< every rejected line goes here, as it stands
  std::function<void(const Progress&)> progress;  ///< called often, under a lock
};

struct RejectSample {
  std::uint64_t line = 0;  ///< 1-based in the decoded file
  std::string reason;
  std::string text;  ///< at most 200 bytes
};

struct Measured {
  Covered covered;  ///< rows counted and their time
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;          ///< in minutes that were to be skipped
  std::vector<RejectSample> rejects;  ///< the first ten by line
  std::vector<std::pair<std::string, std::uint64_t>> reasons;  ///< most frequent first
  std::uint64_t bytes = 0;                                     ///< decoded, in whole lines
  std::uint64_t new_bytes = 0;                                 ///< of them not counted before
  std::uint64_t incomplete_bytes = 0;  ///< a last line without its end, left for next time
  Chain chain;
  std::size_t known_segments = 0;
  bool departs = false;     ///< it begins like a file imported before, and does not go on with it
  std::vector<Unit> units;  ///< series number = unit x rules + rule
  SplitValues split_values;
};

/// A PartSink that can also ask which unit a series belongs to.
using MeasureSink = std::function<void(std::vector<EncodedPart>&&, const UnitTable&)>;

/// Throws Error: what ByteSource and make_decoder throw; bad_data for an empty rule's column.
Measured measure(std::unique_ptr<ByteSource> bytes, const SourceSpec& spec,
                 const std::vector<Rule>& rules, const MeasureOptions& options,
                 const MeasureSink& sink);

/// One decoded row, for people.
struct PreviewRow {
  std::int64_t minute = 0;
  std::string service;
  std::vector<std::string> values;  ///< per column of Preview
  std::vector<int> verdicts;        ///< per rule: 0 not counted, 1 bad, 2 good
};
struct Preview {
  std::vector<std::string> columns;
  std::vector<PreviewRow> rows;
};

/// How many rows a person is shown before an import.
inline constexpr std::size_t kPreviewRows = 20;

/// The first rows of a file, decoded and judged; rejects are skipped.
Preview preview(std::unique_ptr<ByteSource> bytes, const SourceSpec& spec,
                const std::vector<Rule>& rules, std::size_t rows);

}  // namespace nines::ingest
