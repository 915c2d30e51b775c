// Memory that grows and is written before it is read.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>

namespace nines::ingest {

/// Bytes behind the end that may be read.
inline constexpr std::size_t kPadding = 64;

/// Bytes that are overwritten, so never cleared first.
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept
      : data_(std::move(other.data_)),
        size_(std::exchange(other.size_, 0)),
        capacity_(std::exchange(other.capacity_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }

  char* data() { return data_.get(); }
  const char* data() const { return data_.get(); }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }  ///< with the padding
  void resize(std::size_t size) { reserve(size), size_ = size; }
  void reserve(std::size_t capacity);
  void assign(std::string_view bytes);  ///< takes no more memory than they need
  std::string_view view() const { return {data_.get(), size_}; }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace nines::ingest
