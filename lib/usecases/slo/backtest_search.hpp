// Adds up scores over SLOs, and looks for windows and factors that no others beat.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "domain/alert/backtest.hpp"
#include "usecases/slo/backtest.hpp"

namespace nines::usecases {

/// Adds up what one alert did over several histories.
class FigureSum {
 public:
  void add(const alert::Score& score, std::size_t minutes);
  BacktestFigures figures(std::size_t incidents, std::size_t caught) const;

 private:
  std::size_t alerts_ = 0, true_alerts_ = 0, firing_ = 0;
  std::size_t minutes_ = 0, longest_ = 0;
  double bad_ = 0, unseen_ = 0;
  std::vector<double> after_, spent_, before_;
};

/// One candidate over one history; empty where a factor would be 1 or less, which is no alert.
struct CandidateScore {
  std::optional<alert::Score> score;
};

/// One history under every candidate, in the order of `candidate_policies`.
struct CandidateTrack {
  std::vector<CandidateScore> scores;
  std::vector<std::size_t> incidents;  ///< of the detections, over all SLOs
  std::size_t minutes = 0;
};

/// The page alert of `policy` first, then each pair of windows alone, then every two of them that
/// differ in the long window.
std::vector<CandidateScore> play_candidates(const alert::MinuteHistory& history,
                                            const std::vector<alert::Episode>& incidents,
                                            double budget, alert::Millis period,
                                            const alert::Policy& policy);

struct Frontier {
  std::vector<BacktestCandidate> candidates;  ///< by alerts; the policy's own among them
  std::size_t tried = 0;
};

/// Those that no other beats: none has as few alerts and catches as many incidents (with too few
/// incidents: leaves as little unseen) and is better in one of them; between equals in both the one
/// with less spent by then. Only candidates that are alerts for every SLO are compared.
Frontier frontier_of(const std::vector<CandidateTrack>& tracks);

}  // namespace nines::usecases
