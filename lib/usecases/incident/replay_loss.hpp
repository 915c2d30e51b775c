// What a past case cost as it went on, and which thresholds that would have passed when.
#pragma once

#include <string>
#include <vector>

#include "domain/incident/impact_money.hpp"
#include "usecases/incident/assess.hpp"
#include "usecases/incident/bad_events.hpp"

namespace nines::usecases {

/// One incident, or one breach that nobody recorded.
struct LossCase {
  std::vector<incident::ImpactSpan> spans;
  const slo::Slo* breach = nullptr;  ///< the SLO of a breach; null: an incident
  std::optional<incident::Fact> reach;
};

/// Lost revenue as the policy counts it, known at any minute of the case. Of a breach all bad
/// events of its time count: no incident is on record that could have a part of them.
class Loss {
 public:
  /// All must outlive it.
  Loss(const Catalogue& catalogue, const BadEventCounter& counter,
       const incident::AssessPolicy& policy, const LossCase& of);

  incident::Money until(Instant at) const;
  /// Each threshold once, at the first minute it is passed, with those who are asked in turn while
  /// nobody acknowledges: the next name when `within` is over, until the case is. By time.
  std::vector<ReplayedCall> calls() const;

 private:
  struct Part {
    const slo::Slo* slo;
    std::vector<incident::ImpactSpan> spans;
    std::optional<catalog::BadMinuteCost> cost;
  };
  struct Counted {
    incident::Money money;
    std::optional<std::uint64_t> failed;
  };

  void choose_parts();
  const slo::Slo* most_hurt(const std::string& service,
                            const std::vector<incident::ImpactSpan>& spans) const;
  Counted count(Instant at) const;
  incident::Figures figures(Instant at) const;
  Instant first_minute(const incident::Threshold& threshold) const;
  std::string reason(const incident::Threshold& threshold, Instant at) const;

  const Catalogue& catalogue_;
  const BadEventCounter& counter_;
  const incident::AssessPolicy& policy_;
  const LossCase& case_;
  Instant from_;
  Instant to_;
  std::vector<Part> parts_;
  std::string why_not_;
};

}  // namespace nines::usecases
