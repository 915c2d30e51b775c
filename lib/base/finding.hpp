// One remark about an input: what is wrong, where exactly, and the edit that mends it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace nines {

enum class Severity { info, warning, error };

std::string_view to_string(Severity severity);  ///< "info", "warning", "error"

/// A stretch of a text. Lines and columns are 1-based code points, byte offsets 0-based; the end is
/// one past the last character.
struct Span {
  int line = 0;
  int column = 0;
  int end_line = 0;
  int end_column = 0;
  std::size_t byte_begin = 0;
  std::size_t byte_end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// Replaces the bytes [begin, end) of the file by `text`.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;

  friend bool operator==(const Edit&, const Edit&) = default;
};

/// Validation returns all of these, never just the first.
struct Finding {
  Severity severity = Severity::error;
  std::string code;     ///< stable, upper-snake: "UNKNOWN_FIELD"
  std::string file;     ///< as the user named it
  Span span;            ///< line 0 when the finding is about the whole file
  std::string message;  ///< lower case, no full stop, the value seen in single quotes
  std::string hint;     ///< what would be accepted
  std::string path;     ///< "spec.objectives[0].target"
  std::string object;   ///< "SLO checkout", where known
  int document = 0;     ///< 0-based index in the file
  std::vector<std::string> rejected_by;  ///< profiles: "spec", "go-sdk", "sloth", "nines"
  std::string source_line;               ///< the line the caret goes under, without its line end
  std::vector<Edit> fix;                 ///< empty unless only one mend is sensible

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

bool has_errors(const Findings& findings);

}  // namespace nines
