// What failed for one thing, kept while everything behind it goes on.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace nines::usecases {

struct Problem {
  std::string stage;  ///< "escalation", "calls", "ask", "injects", "reminder", "unresolved"
  std::string about;  ///< "INC-1"; empty: the whole stage
  Error error;
};

/// Collects them. Somebody who pages people must not fall silent about one incident because of
/// another.
class Problems {
 public:
  /// Runs `work`. An Error of it is kept, but an interruption ends everything.
  template <class Work>
  void attempt(const std::string& stage, const std::string& about, Work&& work) {
    try {
      std::forward<Work>(work)();
    } catch (const Error& error) {
      if (error.kind() == ExitCode::interrupted) throw;
      all_.push_back({stage, about, error});
    }
  }
  std::vector<Problem> take() { return std::move(all_); }

 private:
  std::vector<Problem> all_;
};

}  // namespace nines::usecases
