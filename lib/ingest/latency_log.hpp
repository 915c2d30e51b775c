// Latencies of many series: kept as they come, one word each, and counted when they are many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nines::ingest {

/// How often a word came.
struct CodedCount {
  std::uint32_t code = 0;
  std::uint32_t count = 0;
};

/// What logs of one thread share, so that each need not have it.
struct LatencyScratch {
  std::vector<std::uint32_t> words;
  std::vector<CodedCount> counts;
};

/// Writing to the end of one list costs a series next to nothing; that its words lie apart then is
/// settled by one sort for all series.
class LatencyLog {
 public:
  /// Place for this many words more.
  std::uint32_t* room(std::size_t words, LatencyScratch& scratch) {
    if (used_ + words > words_.size()) make_room(words, scratch);
    return words_.data() + used_;
  }
  /// The words up to here, in the place that `room` gave, are there.
  void wrote(const std::uint32_t* end) { used_ = static_cast<std::size_t>(end - words_.data()); }

  /// All words, ascending. Good until the next call of `room`.
  const std::vector<CodedCount>& counted(LatencyScratch& scratch);
  void clear();
  std::size_t bytes() const {  ///< memory, with what is reserved
    return words_.capacity() * sizeof(std::uint32_t) + counts_.capacity() * sizeof(CodedCount);
  }

 private:
  void make_room(std::size_t words, LatencyScratch& scratch);
  void count(LatencyScratch& scratch);

  std::vector<std::uint32_t> words_;
  std::size_t used_ = 0;
  std::vector<CodedCount> counts_;
};

}  // namespace nines::ingest
