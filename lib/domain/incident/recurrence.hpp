// How often incidents like one came within the last year.
#pragma once

#include <cstdint>
#include <span>

#include "domain/incident/model.hpp"

namespace nines::incident {

struct Recurrence {
  std::uint64_t like = 0;  ///< share a service with it and count in statistics, itself included
  double years = 0;  ///< they were counted over, at most 1; 0: the record is shorter than 30 days
};

/// `all` is the whole record: its first incident says how far back it goes.
Recurrence recurrence_of(const Incident& mine, std::span<const Incident> all, Instant now);

}  // namespace nines::incident
