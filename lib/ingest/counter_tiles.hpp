// Counters of many series over one stretch of minutes, so laid out that the rows of a minute meet.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "domain/series/day_part.hpp"
#include "ingest/fragments.hpp"

namespace nines::ingest {

/// What one minute of one series has so far. Few minutes need more than 32 bits: those are kept
/// apart, and the cell begins anew.
struct CounterCell {
  std::uint32_t total = 0;
  std::uint32_t part = 0;  ///< good, or bad where the rule sums that
};

/// Tiles that are empty again, for the next stretch. One per thread.
class TilePool {
 public:
  struct Free {
    void operator()(CounterCell* tile) const {
      ::operator delete[](tile, std::align_val_t{kCacheLine});
    }
  };
  using Tile = std::unique_ptr<CounterCell[], Free>;

  explicit TilePool(std::size_t cells) : cells_(cells) {}
  Tile take();  ///< all zero
  void give(Tile tile);
  std::size_t bytes_of_one() const { return cells_ * sizeof(CounterCell); }

  static constexpr std::size_t kCacheLine = 64;

 private:
  std::size_t cells_;
  std::vector<Tile> spare_;
};

/// Logs are in order of time, so that what is counted together lies together: the same minute of
/// neighbouring units shares a cache line, and a thousand services a minute are a hundred lines.
class CounterTiles {
 public:
  struct Shape {
    std::size_t rules = 1;    ///< cells of one unit and minute
    unsigned lanes_bits = 3;  ///< units of a tile, as a power of two
    std::size_t stride() const { return rules << lanes_bits; }
    std::size_t cells() const { return stride() * kStretchMinutes; }
  };

  CounterTiles(const Shape& shape, TilePool& pool) : shape_(shape), pool_(&pool) {}

  /// Rows of minutes [from, to] are about to be counted.
  void expect(std::size_t from, std::size_t to) {
    for (std::size_t minute = from; minute <= to; ++minute) expected_[minute] = true;
  }
  /// The cell of the unit's first rule, the others behind it. `minute` counts from the stretch's
  /// begin.
  CounterCell* at(std::size_t unit, std::size_t minute) {
    const std::size_t tile = unit >> shape_.lanes_bits;
    if (tile >= tiles_.size() || tiles_[tile] == nullptr) add_tile(tile);
    const std::size_t lane = unit & ((std::size_t{1} << shape_.lanes_bits) - 1);
    return tiles_[tile].get() + minute * shape_.stride() + lane * shape_.rules;
  }

  void add(CounterCell& cell, std::uint64_t total, std::uint64_t part) {
    total += cell.total;
    part += cell.part;
    if (((total | part) >> 32) != 0) return add_wide(cell, total, part);
    cell.total = static_cast<std::uint32_t>(total);
    cell.part = static_cast<std::uint32_t>(part);
  }

  std::size_t bytes() const {
    return held_tiles_ * pool_->bytes_of_one() + wide_.size() * kBytesOfWide;
  }

  /// One series: calls `each(minute, total, part)`; also for minutes that have nothing of it, but
  /// something of its neighbours.
  class Column {
   public:
    template <class Each>
    void for_each(const Each& each) const {
      for (const std::uint8_t minute : minutes_) {
        const CounterCell& cell = first_[minute * stride_];
        std::uint64_t total = cell.total;
        std::uint64_t part = cell.part;
        if (!wide_.empty()) {
          if (const auto more = wide_.find(&cell); more != wide_.end()) {
            total += more->second.total;
            part += more->second.good;
          }
        }
        each(static_cast<int>(minute), total, part);
      }
    }

   private:
    friend class CounterTiles;
    const CounterCell* first_;
    std::size_t stride_;
    std::span<const std::uint8_t> minutes_;
    const std::map<const CounterCell*, series::MinuteSlot>& wide_;

    Column(const CounterCell* first, std::size_t stride, std::span<const std::uint8_t> minutes,
           const std::map<const CounterCell*, series::MinuteSlot>& wide)
        : first_(first), stride_(stride), minutes_(minutes), wide_(wide) {}
  };

  /// Calls `visit(unit, rule, column)` for all series of tiles that are there, by unit and rule;
  /// then all counters are gone.
  template <class Visit>
  void take_all(const Visit& visit) {
    std::array<std::uint8_t, kStretchMinutes> room;
    for (std::size_t t = 0; t < tiles_.size(); ++t) {
      if (tiles_[t] == nullptr) continue;
      const auto minutes = minutes_of(tiles_[t].get(), room);
      for (std::size_t lane = 0; lane < shape_.stride(); ++lane) {
        visit((t << shape_.lanes_bits) + lane / shape_.rules, lane % shape_.rules,
              Column(tiles_[t].get() + lane, shape_.stride(), minutes, wide_));
      }
      clear_lines(tiles_[t].get(), minutes);
      pool_->give(std::move(tiles_[t]));
    }
    tiles_.clear();
    wide_.clear();
    expected_ = {};
    held_tiles_ = 0;
  }

 private:
  static constexpr std::size_t kBytesOfWide = 96;  ///< a node of the map, about

  void add_tile(std::size_t tile);
  void add_wide(CounterCell& cell, std::uint64_t total, std::uint64_t part);
  /// The minutes in which any series of the tile has something.
  std::span<const std::uint8_t> minutes_of(const CounterCell* tile,
                                           std::span<std::uint8_t> room) const;
  void clear_lines(CounterCell* tile, std::span<const std::uint8_t> minutes) const;

  Shape shape_;
  TilePool* pool_;
  std::vector<TilePool::Tile> tiles_;
  std::array<bool, kStretchMinutes> expected_{};
  std::size_t held_tiles_ = 0;
  std::map<const CounterCell*, series::MinuteSlot> wide_;
};

}  // namespace nines::ingest
