// What time alone makes due, whoever owes it: a list of sources that others append to.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "usecases/session.hpp"

namespace nines::usecases {

/// Something that falls due once. The same kind, subject, words and instant are reminded of
/// once.
struct Due {
  std::string kind;   ///< "review", "stale-data", "contract"
  std::string about;  ///< "SLO checkout-availability", "INC-42"
  std::string what;   ///< "its objective is due for a review"
  std::string who;    ///< team, person or role that owes it; empty: nobody in particular
  Instant at;
  std::string command;  ///< that discharges it, or shows more
};

/// Reads only. What it gives may lie in the future: tick takes what is due.
using DueSource = std::vector<Due> (*)(const Session& session, Instant now);

/// A new source is one function and one line in due.cpp.
std::span<const DueSource> due_sources();

/// Of all sources, by time.
std::vector<Due> all_due(const Session& session, Instant now);

}  // namespace nines::usecases
