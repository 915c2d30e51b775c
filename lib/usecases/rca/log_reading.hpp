// Reads a log line by line with the header that its first lines agree on: inside of the use cases.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/rca/logs/header.hpp"
#include "ingest/log_lines.hpp"
#include "usecases/rca/log_file.hpp"

namespace nines::usecases {

class LogReading {
 public:
  /// Throws Error: not_found, io.
  explicit LogReading(const LogFile& file);

  /// The next line taken apart; views that live until the next call. False at the end.
  bool next(rca::LineParts& parts);

  const rca::HeaderLayout& layout() const { return layout_; }
  std::uint64_t lines() const { return given_; }
  std::uint64_t headed() const { return headed_; }
  std::uint64_t cut() const { return lines_.cut(); }

 private:
  void learn();

  ingest::LogLines lines_;
  rca::HeaderLayout layout_;
  std::string sample_;  ///< the first lines, which are read before their header is known
  std::vector<std::string_view> sampled_;
  std::size_t replayed_ = 0;
  std::uint64_t given_ = 0;
  std::uint64_t headed_ = 0;
};

}  // namespace nines::usecases
