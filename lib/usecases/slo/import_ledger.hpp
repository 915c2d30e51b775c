// The ledger of imported files: which runs a file goes on from, and which times they cover.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "ingest/measure.hpp"
#include "store/store.hpp"

namespace nines::usecases {

/// A run of the ledger: in the log, or staged by this command.
struct LedgerRun {
  std::string uid;
  std::string file;
  std::string origin;
  std::vector<Hash128> rules;
  ingest::Chain chain;  ///< empty when it proves nothing about the file's head
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::uint64_t rows = 0;

  bool covers(const Hash128& rule) const;
};

class ImportLedger {
 public:
  ImportLedger() = default;
  ImportLedger(const store::Store& store, const std::string& source);

  void add(LedgerRun run) { runs_.push_back(std::move(run)); }

  /// "label=value" told apart by earlier runs, each once.
  const std::vector<std::string>& split_values() const { return split_values_; }
  /// Runs of this origin whose file begins as this one does; all of them for standard input, whose
  /// head cannot be looked at. Good while the ledger lives.
  std::vector<const LedgerRun*> lineage_of(const std::string& file,
                                           const std::string& origin) const;
  /// Times that runs of this origin cover for any of the rules, joined and ascending.
  std::vector<ingest::MinuteRange> covered_minutes(const std::vector<Hash128>& rules,
                                                   const std::string& origin) const;
  /// Files with rows that no run has read for this rule.
  std::vector<std::string> files_without(const Hash128& rule) const;

 private:
  std::deque<LedgerRun> runs_;  // pointers into it stay good while it grows
  std::vector<std::string> split_values_;
};

/// The run whose whole chain begins this one and is the longest; null when there is none.
const LedgerRun* longest_prefix(const std::vector<const LedgerRun*>& runs,
                                const ingest::Chain& chain);

/// The chain as the store keeps it: number of segments, then the length and hash of each.
std::string encode_chain(const ingest::Chain& chain);
/// As far as the bytes are sound.
ingest::Chain decode_chain(std::string_view bytes);

}  // namespace nines::usecases
