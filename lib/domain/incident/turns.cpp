// Counts turns along the wall clock and places them on the UTC axis.
#include "domain/incident/turns.hpp"

#include <algorithm>

namespace nines::incident {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;

/// Nothing real comes near: a start in 1970 with turns of an hour has half a million.
constexpr std::int64_t kMostTurns = 2'000'000;

/// The first regular handoff at or after the start.
LocalTime first_handoff(const LayerVersion& version) {
  if (!version.handoff) return version.start;
  auto day = floor<days>(version.start);
  for (int i = 0; i < 8; ++i, day += days{1}) {
    const bool fits = !version.handoff->weekday ||
                      std::chrono::weekday{day}.iso_encoding() - 1 == *version.handoff->weekday;
    const auto at = LocalTime{day} + version.handoff->time;
    if (fits && at >= version.start) return at;
  }
  return version.start;
}

struct Sum {
  std::int64_t months = 0;
  std::int64_t hours = 0;
};

/// The first `count` lengths of the list together.
Sum sum_of(const std::vector<TurnLength>& turns, std::size_t count) {
  Sum sum;
  for (std::size_t i = 0; i < count; ++i) {
    sum.months += turns[i].months;
    sum.hours += turns[i].days * 24 + turns[i].hours;
  }
  return sum;
}

/// A turn that surely begins at or before `at`, near to it.
std::int64_t turn_near(const LayerVersion& version, LocalTime at) {
  const auto cycle = sum_of(version.turns, version.turns.size());
  const auto longest = hours{cycle.hours} + days{31} * cycle.months;
  const auto ahead = at - version.start;
  if (ahead <= Micros{0} || longest <= hours{0}) return 0;
  const auto cycles = ahead / longest - 2;
  const auto count = static_cast<std::int64_t>(version.turns.size());
  return std::max<std::int64_t>(0, static_cast<std::int64_t>(cycles) * count);
}

/// The turn that holds the wall time `at`; 0 before the start.
std::int64_t turn_at(const LayerVersion& version, LocalTime at) {
  auto k = turn_near(version, at);
  for (std::int64_t steps = 0; steps < kMostTurns; ++steps, ++k) {
    const auto next = turn_start(version, k + 1);
    if (!next || *next > at) break;
  }
  return k;
}

/// One layer walked along its turns.
class Walk {
 public:
  explicit Walk(const Layer& layer) : layer_(layer), zone_(layer.zone) {}

  std::vector<TurnPiece> run(const Period& period) {
    std::vector<TurnPiece> pieces;
    for (std::size_t v = 0; v < layer_.versions.size(); ++v) add_version(v, period, pieces);
    return pieces;
  }

 private:
  /// When the version is in force.
  Period reign_of(std::size_t v) const {
    const auto from = zone_.resolve(std::max(version(v).from, version(v).start)).first;
    Instant to = Instant::max();
    if (v + 1 < layer_.versions.size()) to = zone_.resolve(version(v + 1).from).first;
    if (layer_.until) to = std::min(to, zone_.resolve(*layer_.until).second);
    return {from, to};
  }

  void add_version(std::size_t v, const Period& period, std::vector<TurnPiece>& pieces) {
    const auto reign = reign_of(v);
    const Period wanted{std::max(period.from, reign.from), std::min(period.to, reign.to)};
    if (wanted.from >= wanted.to || version(v).participants.empty() || version(v).turns.empty())
      return;
    // A day early: wall time may run behind where the clocks were put back.
    auto k = std::max(first_of(v), turn_at(version(v), zone_.to_local(wanted.from) - days{1}));
    auto number = number_of(v, k);
    for (std::int64_t steps = 0; steps < kMostTurns; ++steps, ++k) {
      const auto from = turn_start(version(v), k);
      const auto to = turn_start(version(v), k + 1);
      if (!from || !to) return;
      const Period turn{zone_.resolve(*from).first, zone_.resolve(*to).first};
      if (turn.from >= wanted.to) return;
      if (turn.to > wanted.from) {
        const auto& names = version(v).participants;
        add_turn(v, k, {std::max(turn.from, reign.from), std::min(turn.to, reign.to)},
                 names[static_cast<std::size_t>(number) % names.size()], pieces);
      }
      // The walk begins a turn or two before the version is in force.
      if (is_counted(in_force_at(*from, v), {*from, *to})) ++number;
    }
  }

  void add_turn(std::size_t v, std::int64_t k, const Period& turn, const std::string& person,
                std::vector<TurnPiece>& pieces) const {
    if (turn.from >= turn.to) return;
    const auto& windows = version(v).restrictions;
    if (windows.empty()) {
      pieces.push_back({turn, k, v, person});
      return;
    }
    for (const auto& open : catalog::open_spans(windows, zone_, {turn.from, turn.to}))
      pieces.push_back(
          {{std::max(open.from, turn.from), std::min(open.to, turn.to)}, k, v, person});
  }

  /// The version whose numbering this one continues.
  std::size_t origin_of(std::size_t v) const {
    while (v > 0 && version(v).continues) --v;
    return v;
  }

  /// The turn that the numbering begins with.
  std::int64_t first_of(std::size_t v) const {
    const auto& origin = version(origin_of(v));
    return turn_at(origin, origin.from);
  }

  /// How many turns count before turn `k`.
  std::int64_t number_of(std::size_t v, std::int64_t k) const {
    const auto origin = origin_of(v);
    const auto first = first_of(v);
    if (every_turn_counts(origin, v)) return k - first;
    std::int64_t number = 0;
    for (auto i = first; i < k && i - first < kMostTurns; ++i) {
      const auto from = turn_start(version(v), i);
      const auto to = turn_start(version(v), i + 1);
      if (!from || !to) break;
      if (is_counted(in_force_at(*from, v), {*from, *to})) ++number;
    }
    return number;
  }

  /// The version up to `v`, of the numbering that `v` continues, that ruled at that wall time.
  std::size_t in_force_at(LocalTime at, std::size_t v) const {
    auto in_force = origin_of(v);
    while (in_force < v && version(in_force + 1).from <= at) ++in_force;
    return in_force;
  }

  bool every_turn_counts(std::size_t first, std::size_t last) const {
    for (auto v = first; v <= last; ++v)
      if (!layer_.consume_skipped && !version(v).restrictions.empty()) return false;
    return true;
  }

  bool is_counted(std::size_t v, const catalog::LocalSpan& turn) const {
    const auto& windows = version(v).restrictions;
    return layer_.consume_skipped || windows.empty() || catalog::touches(windows, turn);
  }

  const LayerVersion& version(std::size_t v) const { return layer_.versions[v]; }

  const Layer& layer_;
  const Zone& zone_;
};

}  // namespace

std::optional<LocalTime> turn_start(const LayerVersion& version, std::int64_t k) {
  const auto handoff = first_handoff(version);
  if (handoff > version.start) {
    if (k == 0) return version.start;
    --k;  // the turn before the first regular handoff is a short one
  }
  const auto count = static_cast<std::int64_t>(version.turns.size());
  if (count == 0 || k < 0) return std::nullopt;
  const auto cycle = sum_of(version.turns, version.turns.size());
  const auto part = sum_of(version.turns, static_cast<std::size_t>(k % count));
  const auto months = cycle.months * (k / count) + part.months;
  const auto elapsed = cycle.hours * (k / count) + part.hours;
  constexpr std::int64_t kMostHours = 24LL * 366 * 8000;
  if (elapsed > kMostHours) return std::nullopt;
  const auto moved = slo::add_months(handoff, months);
  if (!moved) return std::nullopt;
  return *moved + hours{elapsed};
}

std::vector<TurnPiece> pieces_of(const Layer& layer, const Period& period) {
  return Walk(layer).run(period);
}

}  // namespace nines::incident
