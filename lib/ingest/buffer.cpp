// Growth without clearing.
#include "ingest/buffer.hpp"

#include <algorithm>
#include <cstring>

namespace nines::ingest {

void Buffer::reserve(std::size_t capacity) {
  if (capacity + kPadding <= capacity_) return;
  capacity_ = std::max(capacity + kPadding, capacity_ + capacity_ / 2);
  auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
  if (size_ > 0) std::memcpy(larger.get(), data_.get(), size_);
  data_ = std::move(larger);
}

void Buffer::fit() {
  const auto needed = size_ + kPadding;
  if (capacity_ <= needed + needed / 4) return;
  auto exact = std::make_unique_for_overwrite<char[]>(needed);
  if (size_ > 0) std::memcpy(exact.get(), data_.get(), size_);
  data_ = std::move(exact);
  capacity_ = needed;
}

}  // namespace nines::ingest
