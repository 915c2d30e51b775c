// What a reader of foreign incidents could not read or had to infer, as findings with their lines.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/finding.hpp"
#include "ingest/document_time.hpp"

namespace nines::ingest {

class Remarks {
 public:
  explicit Remarks(std::string file) : file_(std::move(file)) {}

  void add(Severity severity, std::string code, int line, std::string message, std::string hint);
  /// A clock time that cannot be read: the entry is kept, its time is not known.
  void unreadable(int line, std::string_view written);
  void about(const DocumentTime::Read& read, int line, std::string_view written);
  Findings take() { return std::move(findings_); }

 private:
  std::string file_;
  Findings findings_;
};

}  // namespace nines::ingest
