// Sorts moments, and compares what each clock allows with the onset and with all that stands above.
#include "domain/rca/timeline/moments.hpp"

#include <algorithm>
#include <map>

namespace nines::rca {
namespace {

using incident::Bounds;
using incident::Order;

Bounds widened(const Bounds& bounds, Micros by) {
  return {bounds.earliest - by, bounds.latest + by};
}

/// What can be said of "not after the onset".
Order not_after_onset(const incident::StatedTime& when, const incident::StatedTime& onset,
                      Micros apart) {
  const auto own = incident::bounds_of(when), start = incident::bounds_of(onset);
  if (!own || !start) return Order::possible;
  const auto own_wide = when.clock == onset.clock ? *own : widened(*own, apart);
  if (own_wide.latest <= start->earliest) return Order::certain;
  return own_wide.earliest > start->latest ? Order::impossible : Order::possible;
}

/// The latest that anything so far can have been, per clock.
class LatestSoFar {
 public:
  explicit LatestSoFar(Micros apart) : apart_(apart) {}

  /// Whether something that cannot have been before `earliest` of `clock` comes after all of it.
  bool all_before(Instant earliest, const std::string& clock) const {
    return std::all_of(latest_.begin(), latest_.end(), [&](const auto& one) {
      return one.second + (one.first == clock ? Micros{0} : apart_) <= earliest;
    });
  }
  void add(Instant latest, const std::string& clock) {
    const auto [found, fresh] = latest_.try_emplace(clock, latest);
    if (!fresh) found->second = std::max(found->second, latest);
  }

 private:
  Micros apart_;
  std::map<std::string, Instant> latest_;
};

}  // namespace

std::string_view to_string(MomentLane lane) {
  switch (lane) {
    case MomentLane::impact:
      return "impact";
    case MomentLane::milestone:
      return "milestone";
    case MomentLane::change:
      return "change";
    case MomentLane::metric:
      return "metric";
    case MomentLane::log:
      return "log";
    case MomentLane::entry:
      break;
  }
  return "entry";
}

std::vector<PlacedMoment> place_moments(std::vector<Moment> moments,
                                        const incident::StatedTime& onset, Micros apart) {
  std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) {
    return a.when.at != b.when.at ? a.when.at < b.when.at : a.lane < b.lane;
  });
  std::vector<PlacedMoment> placed;
  placed.reserve(moments.size());
  LatestSoFar above(apart);
  bool unknown_above = false;
  for (auto& moment : moments) {
    PlacedMoment one;
    const auto bounds = incident::bounds_of(moment.when);
    one.before_onset = not_after_onset(moment.when, onset, apart);
    if (bounds) {
      const bool own_clock = moment.when.clock == onset.clock;
      one.bounds = own_clock ? *bounds : widened(*bounds, apart);
      one.order_certain = !unknown_above && above.all_before(bounds->earliest, moment.when.clock);
      above.add(bounds->latest, moment.when.clock);
    } else {
      one.order_certain = placed.empty();
      unknown_above = true;
    }
    one.moment = std::move(moment);
    placed.push_back(std::move(one));
  }
  return placed;
}

}  // namespace nines::rca
