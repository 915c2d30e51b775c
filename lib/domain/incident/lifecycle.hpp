// Which step may follow which in an incident's life, and why not.
#pragma once

#include <optional>
#include <string>

#include "domain/incident/model.hpp"

namespace nines::incident {

/// A step that somebody asks for.
struct StatusStep {
  Status to = Status::declared;
  Outcome outcome = Outcome::none;  ///< when `to` is closed
};

/// A step that was refused: what stands in the way, and what to do instead.
struct Refusal {
  std::string what;
  std::string hint;
};

/// Steps forward may skip; a step back needs `reopen`. Nothing when the step may be taken.
std::optional<Refusal> refuse_step(const Incident& incident, const StatusStep& step);
/// An open incident cannot be reopened, nor one that was merged into another.
std::optional<Refusal> refuse_reopening(const Incident& incident);

}  // namespace nines::incident
