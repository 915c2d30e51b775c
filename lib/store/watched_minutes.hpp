// The minutes of a day that is watched whole, as a range that a vector takes in one go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "domain/series/day_part.hpp"

namespace nines::store {

/// For vector::insert, which then writes each minute once and asks for room once a day: half of what
/// a push_back per minute costs.
class WatchedMinutes {
 public:
  using iterator_category = std::random_access_iterator_tag;
  using value_type = series::MinuteCount;
  using difference_type = std::ptrdiff_t;
  using pointer = const value_type*;
  using reference = value_type;

  WatchedMinutes(const series::MinuteSlot* slot, std::int64_t minute)
      : slot_(slot), minute_(minute) {}
  value_type operator*() const { return {minute_, slot_->good, slot_->total, true}; }
  WatchedMinutes& operator++() {
    ++slot_;
    ++minute_;
    return *this;
  }
  WatchedMinutes& operator--() {
    --slot_;
    --minute_;
    return *this;
  }
  WatchedMinutes& operator+=(difference_type n) {
    slot_ += n;
    minute_ += n;
    return *this;
  }
  friend difference_type operator-(const WatchedMinutes& a, const WatchedMinutes& b) {
    return a.slot_ - b.slot_;
  }
  friend bool operator==(const WatchedMinutes& a, const WatchedMinutes& b) {
    return a.slot_ == b.slot_;
  }

 private:
  const series::MinuteSlot* slot_;
  std::int64_t minute_;
};

}  // namespace nines::store
