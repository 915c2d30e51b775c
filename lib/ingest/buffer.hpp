// Memory that grows and is written before it is read.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace nines::ingest {

/// Bytes behind the end that may be read.
inline constexpr std::size_t kPadding = 64;

/// Bytes that are overwritten, so never cleared first.
class Buffer {
 public:
  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  void resize(std::size_t size) { reserve(size), size_ = size; }
  void reserve(std::size_t capacity);
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace nines::ingest
