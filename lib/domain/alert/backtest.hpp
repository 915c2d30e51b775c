// Replays a policy over stored minutes, and scores what fires against what is known to have hurt.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/alert/policy.hpp"
#include "domain/series/counts.hpp"

namespace nines::alert {

/// The counts of one SLO minute by minute, as running sums: any window is one subtraction. Sums are
/// exact below 2^53. 16 bytes a minute, which one that is started anew uses again.
class MinuteHistory {
 public:
  MinuteHistory() = default;
  MinuteHistory(std::int64_t begin, std::int64_t end, Millis lead,
                std::span<const series::MinuteCount> minutes);

  /// Minutes [begin, end) since the epoch; `lead` is the longest window that will be asked for.
  void start(std::int64_t begin, std::int64_t end, Millis lead);
  /// In ascending order, over any number of calls; minutes without a record count nothing.
  void add(std::span<const series::MinuteCount> minutes);
  /// Before anything is asked.
  void finish();

  std::int64_t begin() const { return begin_; }
  std::size_t size() const { return size_; }
  std::size_t observed() const { return observed_; }  ///< minutes that were watched
  /// Sums over the minutes [from, to) of this history; `from` may lie up to `lead` before 0.
  double bad(std::int64_t from, std::int64_t to) const { return bad_at(to)[0] - bad_at(from)[0]; }
  double total(std::int64_t from, std::int64_t to) const {
    return total_at(to)[0] - total_at(from)[0];
  }
  /// Running sums from a minute on; before the beginning they are 0.
  const double* bad_at(std::int64_t minute) const { return bad_.data() + lead_ + minute; }
  const double* total_at(std::int64_t minute) const { return total_.data() + lead_ + minute; }
  std::int64_t lead() const { return lead_; }

 private:
  void fill_to(std::size_t place);

  std::int64_t begin_ = 0;
  std::size_t size_ = 0;
  std::int64_t lead_ = 0;
  std::size_t observed_ = 0;
  std::size_t next_ = 0;  ///< first place that is not filled
  double bad_sum_ = 0;
  double total_sum_ = 0;
  std::vector<double> bad_;
  std::vector<double> total_;
};

/// A bit per minute.
using MinuteBits = std::vector<std::uint64_t>;

/// At the end of each minute: the exact ratio of the events of each window is over the limit. A
/// Prometheus sees the same to within a scrape and an evaluation, but for what it extrapolates.
/// Windows are rounded down to whole minutes, at least one. Where no minute of a block can be over
/// the limit none is looked at, so quiet times cost next to nothing.
void fire(const MinuteHistory& history, const Condition& condition, const LowTraffic& guard,
          double budget, MinuteBits& into);
/// The minutes of every window by which it fires, those in which it fires included: what an alert
/// has seen. `window` is the longest of the condition.
MinuteBits covered(const MinuteBits& fired, std::size_t minutes, Millis window);

struct Fired {
  MinuteBits bits;     ///< the alert fires
  MinuteBits covered;  ///< what its conditions saw when they did
};
/// All conditions of an alert, and its `hold`.
Fired fire(const MinuteHistory& history, const Alert& alert, const LowTraffic& guard,
           double budget);

/// Minutes [first, past) of the history.
struct Episode {
  std::int64_t first = 0;
  std::int64_t past = 0;

  friend bool operator==(const Episode&, const Episode&) = default;
};

/// What people are told of: stretches of firing, joined while the quiet between them is shorter
/// than `quiet` minutes (Alertmanager waits 5 before it tells of a group anew).
inline constexpr std::int64_t kQuiet = 5;
std::vector<Episode> episodes(const MinuteBits& bits, std::size_t minutes,
                              std::int64_t quiet = kQuiet);

/// An alert belongs to an incident when it begins from `kEarly` minutes before its impact to its
/// end, or fires through its beginning: impact is often dated later than it was.
inline constexpr std::int64_t kEarly = 15;

/// One incident as one alert saw it.
struct Detection {
  std::size_t incident = 0;            ///< index into the incidents given
  std::optional<std::int64_t> after;   ///< minutes from the impact's begin; 0 when earlier
  std::optional<double> budget_spent;  ///< share of a period's budget spent until then
};

/// What one alert does over one history.
struct Score {
  std::size_t alerts = 0;
  std::size_t true_alerts = 0;  ///< that belong to an incident
  std::size_t firing_minutes = 0;
  double bad = 0;  ///< events in all
  double total = 0;
  double unseen_bad = 0;              ///< events in no minute that is covered
  std::vector<Detection> detections;  ///< one per incident
  std::vector<double> spent_before;   ///< per alert: share of a period's budget in the covered
                                      ///< minutes just before it
};

/// `incidents` as stretches of the history; `period` is the SLO's. A period's budget is that of the
/// mean traffic of the whole history.
Score score(const MinuteHistory& history, const Fired& fired, std::span<const Episode> incidents,
            double budget, Millis period);

}  // namespace nines::alert
