// Many small numbers in order: in memory as long as they are few, then in a file without a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <vector>

namespace nines::ingest {

class NumberSpool {
 public:
  /// Numbers that stay in memory before a file is begun in the system's folder for such files.
  explicit NumberSpool(std::size_t in_memory = 1u << 20) : in_memory_(in_memory) {}

  /// Throws Error{io} when the file cannot be written.
  void push(std::uint32_t number) {
    held_.push_back(number);
    if (held_.size() >= in_memory_) spill();
  }
  std::uint64_t size() const { return spilled_ + held_.size(); }
  /// Every number in the order of pushing, until `each` says false.
  void each(const std::function<bool(std::uint32_t)>& each) const;

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void spill();

  std::size_t in_memory_;
  std::vector<std::uint32_t> held_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::uint64_t spilled_ = 0;
};

}  // namespace nines::ingest
