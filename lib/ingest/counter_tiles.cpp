// Tiles come and go; what 32 bits cannot hold goes to a table beside them.
#include "ingest/counter_tiles.hpp"

#include <algorithm>

namespace nines::ingest {

static_assert(kStretchMinutes <= 256);

TilePool::Tile TilePool::take() {
  if (!spare_.empty()) {
    Tile tile = std::move(spare_.back());
    spare_.pop_back();
    return tile;
  }
  auto* memory = static_cast<CounterCell*>(
      ::operator new[](cells_ * sizeof(CounterCell), std::align_val_t{kCacheLine}));
  std::uninitialized_fill_n(memory, cells_, CounterCell{});
  return Tile(memory);
}

void TilePool::give(Tile tile) {
  constexpr std::size_t kMostSpare = std::size_t{8} << 20;
  if (spare_.size() * bytes_of_one() < kMostSpare) spare_.push_back(std::move(tile));
}

void CounterTiles::add_tile(std::size_t tile) {
  if (tiles_.size() <= tile) tiles_.resize(std::max(tile + 1, 2 * tiles_.size()));
  tiles_[tile] = pool_->take();
  ++held_tiles_;
}

void CounterTiles::add_wide(CounterCell& cell, std::uint64_t total, std::uint64_t part) {
  series::MinuteSlot& slot = wide_[&cell];
  slot.total += total;
  slot.good += part;
  cell = {};
}

std::span<const std::uint8_t> CounterTiles::minutes_of(const CounterCell* tile,
                                                       std::span<std::uint8_t> room) const {
  std::size_t count = 0;
  for (std::size_t m = 0; m < kStretchMinutes; ++m, tile += shape_.stride()) {
    if (!expected_[m]) continue;
    std::uint32_t any = wide_.empty() ? 0 : 1;
    for (std::size_t i = 0; i < shape_.stride(); ++i) {
      any |= tile[i].total | tile[i].part;
    }
    room[count] = static_cast<std::uint8_t>(m);
    count += any != 0;
  }
  return room.first(count);
}

void CounterTiles::clear_lines(CounterCell* tile, std::span<const std::uint8_t> minutes) const {
  for (const std::uint8_t m : minutes) {
    std::fill_n(tile + m * shape_.stride(), shape_.stride(), CounterCell{});
  }
}

}  // namespace nines::ingest
