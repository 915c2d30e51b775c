// The way an incident took through services: from what moved first to where people saw it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/rca/deps/compare.hpp"

namespace nines::rca {

/// When a service left its usual state: somewhere from `earliest` to `latest`.
struct ServiceOnset {
  std::string service;
  Instant earliest, latest;
  std::string metric;  ///< that moved; "impact on record" where the record says it
  double spreads = 0;  ///< 0 where the record says it
};

struct CascadeQuestion {
  std::vector<ServiceOnset> onsets;  ///< each service once
  EdgeSet calls;                     ///< dependant, dependency
  std::vector<std::string> hurt;     ///< where the symptom was seen
  std::set<std::string> measured;    ///< services of which it is known whether they moved
  Micros apart{0};                   ///< how far the clocks of two services may be apart
};

struct CascadeStep {
  ServiceOnset onset;
  /// Against the step before: `certain` when no clock or interval allows another order.
  enum class Order { first, certain, open };
  Order order = Order::first;
  std::vector<std::string> through;  ///< services between that are not measured
};
std::string_view to_string(CascadeStep::Order order);

struct CascadeAside {
  ServiceOnset onset;
  std::string why;  ///< it is not on the path
};

struct CascadePath {
  std::vector<CascadeStep> steps;  ///< from what moved first to what was hurt; empty: nothing moved
  std::vector<CascadeAside> aside;  ///< what else moved
  std::string sentence;             ///< all of it, for a person
};

/// From each hurt service down: of the dependencies that moved and not certainly later, the one
/// that moved first, and so on from there; a service that is not measured is passed through. The
/// longest such way is told. Linear in the edges; a service is visited once, so that cycles end.
CascadePath trace_path(const CascadeQuestion& question);

}  // namespace nines::rca
