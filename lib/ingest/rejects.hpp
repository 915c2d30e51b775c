// Rejected lines of an import: counted by reason, the first ones kept, all of them written on
// request.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace nines::ingest {

struct Measured;

/// Threads meet segments in any order, so places are resolved to line numbers at the end.
class Rejects {
 public:
  explicit Rejects(std::ostream* all) : all_(all) {}

  void add(std::size_t segment, std::uint64_t line_in_segment, std::string_view line,
           std::string reason);
  /// Lines of one segment, header included; each segment once.
  void lines(std::size_t segment, std::uint64_t count);
  void report(Measured& into) const;

 private:
  struct Sample {
    std::size_t segment;
    std::uint64_t line;
    std::string reason;
    std::string text;
  };
  static bool before(const Sample& a, const Sample& b) {
    return a.segment != b.segment ? a.segment < b.segment : a.line < b.line;
  }

  mutable std::mutex mutex_;
  std::ostream* all_;
  std::uint64_t count_ = 0;
  std::vector<Sample> samples_;  ///< a heap: the latest on top
  std::map<std::string, std::uint64_t> reasons_;
  std::vector<std::uint64_t> lines_;
};

}  // namespace nines::ingest
