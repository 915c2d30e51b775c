// Which recorded change an incident came from: additive log-odds, each term with its reason.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/catalog/change.hpp"
#include "domain/rca/changes/exposure.hpp"
#include "domain/rca/changes/reach.hpp"

namespace nines::rca {

/// How the worth of a change fades with the time until the onset: exp(-dt / tau).
inline constexpr Micros kFadeTime = std::chrono::minutes{30};
/// A change may sleep: however old, it keeps this share, so that strong evidence can still name it.
inline constexpr double kLeastFade = 0.005;
/// Each hop between the changed service and the symptom halves it; without a declared way, or past
/// this many hops, it counts as one hop more.
inline constexpr int kMostHops = 5;
/// A change to the hurt service itself, at the onset, of average kind and size and with nothing for
/// or against it, is three times as likely the cause as that no recorded change is. Chosen, with
/// the other constants here, on generated incidents (tests/support/change_cases.hpp, seeds 1 to 8).
inline constexpr double kChangeOdds = 3;
/// Evidence, as likelihood ratios.
inline constexpr double kMovedRatio = 6;
inline constexpr double kStillRatio = 1.0 / 4;
inline constexpr double kNamedRatio = 10;
inline constexpr double kReversedRatio = 100;
inline constexpr double kNotReversedRatio = 1.0 / 10;
/// Cohorts of its exposure, one reached by the change and one not, differ or do not.
inline constexpr double kExposedWorseRatio = 10;
inline constexpr double kExposedSameRatio = 1.0 / 10;
/// What is at least this likely is the answer; else nobody can tell.
inline constexpr double kAnswer = 0.5;

struct BlameRules {
  Micros tau = kFadeTime;
  /// How far clocks may be apart, and the onset unsure: a change that began later than this after
  /// the onset cannot have caused it.
  Micros uncertainty = std::chrono::seconds{60};
};

/// How often changes of one kind are on record, and how often an incident names one as its cause.
struct KindRecord {
  std::size_t changes = 0;
  std::size_t blamed = 0;
};
using KindHistory = std::array<KindRecord, catalog::kChangeKinds>;

enum class SignalKind { moved, still, named, reversed, not_reversed };
/// Something seen that speaks for or against a change.
struct ChangeSignal {
  SignalKind kind = SignalKind::moved;
  std::string reason;
};

struct ChangeCandidate {
  catalog::Change change;
  std::optional<Reach> reach;  ///< nothing: no declared way from the symptom
  std::vector<ChangeSignal> signals;
  std::optional<Exposure> exposure = {};  ///< nothing: no cohorts are known
};

struct BlameTerm {
  std::string_view name;  ///< "base", "time", "topology", "kind", "risk", "evidence", "exposure"
  double log_odds = 0;    ///< natural logarithm
  std::string reason;
};

struct RankedChange {
  std::optional<std::size_t> candidate;  ///< nothing: none of the recorded changes
  std::vector<BlameTerm> terms;
  double log_odds = 0;     ///< their sum, against none of these
  double probability = 0;  ///< among all that are ranked
};

struct VetoedChange {
  std::size_t candidate = 0;
  std::string reason;
};

struct Blame {
  enum class Verdict { change, none, undecided };
  Verdict verdict = Verdict::undecided;
  std::string because;
  std::vector<RankedChange> ranked;  ///< the likeliest first, "none of these" among them
  std::vector<VetoedChange> vetoed;  ///< in the order given
};
std::string_view to_string(Blame::Verdict verdict);

/// Equal ones keep the order given; the same input gives the same answer.
Blame blame_changes(const std::vector<ChangeCandidate>& candidates, Instant onset,
                    const KindHistory& history, const BlameRules& rules);

}  // namespace nines::rca
