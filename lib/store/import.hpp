// Import runs: parts staged in short transactions, then one event that makes them count.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/uid.hpp"
#include "domain/log/event.hpp"
#include "domain/series/counts.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "import/<uid>"; event measurement.imported.
const Aggregate& import_aggregate();

/// What a series counts, without service and split: the same for all series of one rule.
Hash128 rule_of(const series::SeriesKey& key);

struct NewPart {
  series::SeriesKey key;
  std::int32_t day = 0;  ///< days since the epoch
  int codec = 0;
  Hash256 hash{};                 ///< of `frame`
  std::string hours;              ///< series::encode(HourSums)
  std::int32_t first_minute = 0;  ///< of the day
  std::int32_t last_minute = 0;
  std::string frame;
};

/// Parts of one run on their way in. They do not count until the run's event is appended; what a
/// crashed import left is removed by the next one.
class ImportStage {
 public:
  /// Takes the store's import lock. Throws Error{busy} while another import runs.
  explicit ImportStage(Store& store);
  ~ImportStage();  ///< gives up the parts that were not announced
  ImportStage(const ImportStage&) = delete;
  ImportStage& operator=(const ImportStage&) = delete;

  const Uid& begin_run();          ///< a new run; earlier ones stay staged
  void begin_run(const Uid& uid);  ///< one that another machine measured
  void add(std::vector<NewPart> parts);
  /// Writes what `add` still holds back. `segments` is the run's encoded chain.
  void end_run(std::string_view segments);
  std::uint64_t parts() const;
  std::uint64_t bytes() const;
  const Hash256& manifest() const;  ///< of the parts in order of storing (parts.hpp)

  /// Says that the staged runs are in the log now; call inside the transaction that appends them.
  void announced();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The body of measurement.imported.
struct ImportRecord {
  Uid uid;
  std::string source;
  std::string origin;
  std::string file;
  std::vector<series::SeriesKey> rules;  ///< service and split empty
  std::int64_t first = 0;                ///< minutes since the epoch, both inclusive
  std::int64_t last = 0;
  bool sampled = false;  ///< watched minutes come from samples, not from the span
  std::uint64_t rows = 0;
  std::uint64_t rejected = 0;
  std::uint64_t skipped = 0;
  std::uint64_t bytes = 0;  ///< decoded bytes counted by this run
  std::uint64_t parts = 0;
  std::uint64_t part_bytes = 0;
  Hash256 manifest{};
  std::string segments_hash;        ///< hex of XXH3-128 over the encoded chain
  std::uint64_t first_segment = 0;  ///< earlier ones were counted by `continues`
  std::string continues;            ///< uid of the run whose file this one goes on with
  std::string overlap;              ///< what was said about times imported before: skip, count
  std::string source_class;
  std::string vantage;
  std::vector<std::string> split_values;  ///< "label=value", told apart by this run
  Json engine = {};  ///< of measured runs: who answered, what was asked, what was missing; no doubles
};
log::NewEvent measurement_imported(const ImportRecord& record);

/// A live run, and the chain of its file where the file's every segment still counts.
struct ImportedFile {
  ImportRecord record;
  Instant at;
  std::string segments;  ///< as given to end_run; empty on other replicas
};
std::vector<ImportedFile> imported_files(const Store& store, std::string_view source);

}  // namespace nines::store
