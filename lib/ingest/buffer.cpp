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

void Buffer::assign(std::string_view bytes) {
  if (capacity_ < bytes.size() + kPadding) {
    capacity_ = bytes.size() + kPadding;
    data_ = std::make_unique_for_overwrite<char[]>(capacity_);
  }
  size_ = bytes.size();
  if (size_ > 0) std::memcpy(data_.get(), bytes.data(), size_);
}

}  // namespace nines::ingest
