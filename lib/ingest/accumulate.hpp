// Adds typed rows up per series and minute: one thread's share, in blocks that spill when they
// grow.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "ingest/buffer.hpp"
#include "ingest/counter_tiles.hpp"
#include "ingest/fragments.hpp"
#include "ingest/rule.hpp"
#include "ingest/typed_rows.hpp"

namespace nines::ingest {

/// Minutes and rows that were counted.
struct Covered {
  std::int64_t first = 0;  ///< minutes since the epoch; meaningful with rows > 0
  std::int64_t last = 0;
  std::uint64_t rows = 0;

  void add(const Covered& other);
};

/// Number of a series: unit x rules + rule.
class Accumulator {
 public:
  Accumulator(const std::vector<Rule>& rules, const Plan& plan, const SourceSpec& spec,
              FragmentPool& pool, std::size_t memory_limit);
  ~Accumulator();

  void add(const TypedRows& rows);
  void flush();  ///< hands everything to the pool
  const Covered& covered() const { return covered_; }

  /// For previews: 0 not counted, 1 bad, 2 good, per row of the batch.
  void judge(const TypedRows& rows, std::size_t rule, std::uint8_t* verdicts);

 private:
  struct Bound;
  struct Slab;

  void evaluate(const TypedRows& rows, Bound& rule);
  void add_run(const TypedRows& rows, std::size_t from, std::size_t to);
  void add_units(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                 std::size_t to);
  void find_cells(const TypedRows& rows, const std::uint32_t* units, std::size_t from,
                  std::size_t to);
  void add_events(const Bound& rule, std::size_t index, std::size_t from, std::size_t to);
  void add_sums(Slab& slab, const TypedRows& rows, const Bound& rule, std::size_t index,
                std::size_t from, std::size_t to);
  void add_latencies(Slab& slab, const TypedRows& rows, const std::uint32_t* units,
                     const Bound& rule, std::size_t from, std::size_t to);
  Slab& slab_at(std::int64_t stretch);
  void evict(Slab& slab);
  void evict_idle();
  void evict_current();
  void evict_oldest();

  FragmentPool& pool_;
  std::size_t memory_limit_;
  std::vector<Bound> rules_;
  std::size_t latency_rules_ = 0;
  std::vector<std::unique_ptr<Slab>> slabs_;
  Slab* current_ = nullptr;
  CounterTiles::Shape shape_;
  TilePool tiles_;
  LatencyScratch scratch_;
  std::vector<LatencyLog> spare_logs_;
  std::array<CounterCell*, kBatchRows> cells_{};  ///< per row, of its minute's first rule
  Buffer pieces_;                                 ///< of the slab that is handed over
  std::size_t held_ = 0;
  std::uint64_t clock_ = 0;
  Covered covered_;
};

}  // namespace nines::ingest
