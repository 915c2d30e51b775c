// What is wrong with a fault tree, at which of its parts; whoever read the file knows where that is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/finding.hpp"
#include "domain/slo/codes.hpp"

namespace nines::rca::tree {

struct Problem {
  enum class Of { tree, top, gate, event, group };

  slo::Code code;
  Severity severity;
  std::string message;  ///< as a finding has it: lower case, no full stop
  std::string hint;
  Of of = Of::tree;
  std::size_t index = 0;             ///< in the list of gates, events or groups
  std::optional<std::size_t> input;  ///< of a gate, or member of a group
};

using Problems = std::vector<Problem>;

/// More help nobody. Errors have as many places again: no warning hides that a tree is unsound.
inline constexpr std::size_t kMostProblems = 300;
/// Whether a list of so many has room for one more.
inline bool has_room(std::size_t size, Severity severity) {
  return size < (severity == Severity::error ? 2 * kMostProblems : kMostProblems);
}

bool has_errors(const Problems& problems);

}  // namespace nines::rca::tree
