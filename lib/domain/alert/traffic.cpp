// Traffic as a test describes it, turned into the counters a scraper would have seen of it.
#include "domain/alert/traffic.hpp"

#include <algorithm>

#include "base/wide.hpp"

namespace nines::alert {

namespace {

/// Rate times milliseconds, per event.
constexpr Wide kOneEvent = Wide{1'000'000'000} * 1000;

/// One turn of a phase.
struct Turn {
  Tick from = 0;
  Tick to = 0;
  std::size_t phase = 0;
};

/// Every turn that ends at or after `from` and begins by `to`.
std::vector<Turn> turns_of(const Traffic& traffic, Tick from, Tick to) {
  std::vector<Turn> turns;
  for (std::size_t i = 0; i < traffic.phases.size(); ++i) {
    const Phase& phase = traffic.phases[i];
    for (Tick at = phase.from; at <= to; at += *phase.every) {
      if (at + phase.length >= from) turns.push_back({at, at + phase.length, i});
      if (!phase.every) break;
    }
  }
  std::stable_sort(turns.begin(), turns.end(),
                   [](const Turn& a, const Turn& b) { return a.from < b.from; });
  return turns;
}

std::vector<Span> maintenance_of(const Traffic& traffic, Tick from, Tick to) {
  std::vector<Span> spans;
  for (const Turn& turn : turns_of(traffic, from, to)) {
    if (!traffic.phases[turn.phase].maintenance) continue;
    if (!spans.empty() && turn.from <= spans.back().to)
      spans.back().to = std::max(spans.back().to, turn.to);
    else
      spans.push_back({turn.from, turn.to});
  }
  return spans;
}

/// The state of the world between two instants at which anything changes.
class World {
 public:
  World(const Traffic& traffic, Tick from, Tick to)
      : traffic_(traffic), turns_(turns_of(traffic, from, to)) {
    for (const Turn& turn : turns_) {
      edges_.push_back(turn.from);
      edges_.push_back(turn.to);
      if (traffic.phases[turn.phase].restart) restarts_.push_back(turn.from);
    }
    std::sort(edges_.begin(), edges_.end());
    std::sort(restarts_.begin(), restarts_.end());
    settle(from);
  }

  /// Moves to an instant that is not before the last.
  void settle(Tick at) {
    while (next_turn_ < turns_.size() && turns_[next_turn_].from <= at)
      active_.push_back(turns_[next_turn_++]);
    std::erase_if(active_, [at](const Turn& turn) { return turn.to <= at; });
    std::sort(active_.begin(), active_.end(),
              [](const Turn& a, const Turn& b) { return a.phase < b.phase; });
    while (next_edge_ < edges_.size() && edges_[next_edge_] <= at) ++next_edge_;
    rate = traffic_.rate;
    errors = traffic_.errors;
    lost = false;
    for (const Turn& turn : active_) {
      const Phase& phase = traffic_.phases[turn.phase];
      if (phase.rate) rate = *phase.rate;
      if (phase.errors) errors = *phase.errors;
      if (phase.lost) lost = true;
    }
  }
  /// The next change after the last settled instant, at most `limit`.
  Tick next_change(Tick limit) const {
    return next_edge_ < edges_.size() ? std::min(edges_[next_edge_], limit) : limit;
  }
  /// Whether the counters begin anew at or before `at`; says so once.
  bool take_restart(Tick at) {
    bool any = false;
    for (; next_restart_ < restarts_.size() && restarts_[next_restart_] <= at; ++next_restart_)
      any = true;
    return any;
  }

  NanoRate rate = 0;
  Share errors = 0;
  bool lost = false;

 private:
  const Traffic& traffic_;
  std::vector<Turn> turns_;
  std::vector<Turn> active_;
  std::vector<Tick> edges_;
  std::vector<Tick> restarts_;
  std::size_t next_turn_ = 0;
  std::size_t next_edge_ = 0;
  std::size_t next_restart_ = 0;
};

class Simulation {
 public:
  Simulation(const Traffic& traffic, Tick from, Tick to)
      : traffic_(traffic), world_(traffic, from, to), now_(from) {
    world_.take_restart(from - 1);
  }

  void run(Tick to) {
    const Tick step = traffic_.scrape_interval;
    Tick scrape = now_ / step * step;
    if (scrape < now_) scrape += step;
    for (; scrape <= to; scrape += step) {
      advance(scrape);
      result.truth.push_back({scrape, bad_, total_});
      if (!world_.lost) keep(scrape);
    }
  }

  Simulated result;

 private:
  void advance(Tick to) {
    while (now_ < to) {
      const Tick next = world_.next_change(to);
      count(next - now_);
      now_ = next;
      world_.settle(now_);
      if (world_.take_restart(now_)) {
        base_bad_ = bad_;
        base_total_ = total_;
      }
    }
  }

  void count(Tick length) {
    begun_ += Wide{world_.rate} * length;
    const auto requests = static_cast<std::uint64_t>(begun_ / kOneEvent);
    begun_ %= kOneEvent;
    owed_ += Wide{requests} * world_.errors;
    const auto errors = static_cast<std::uint64_t>(owed_ / kWholeShare);
    owed_ %= kWholeShare;
    bad_ += errors;
    total_ += requests;
  }

  void keep(Tick at) {
    const auto bad = static_cast<double>(bad_ - base_bad_);
    const auto total = static_cast<double>(total_ - base_total_);
    if (!traffic_.errors_appear_late || bad > 0) result.bad.add(at, bad);
    result.good.add(at, total - bad);
    result.total.add(at, total);
  }

  const Traffic& traffic_;
  World world_;
  Tick now_;
  Wide begun_ = 0;  ///< part of the next request
  Wide owed_ = 0;   ///< part of the next error
  std::uint64_t bad_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t base_bad_ = 0;
  std::uint64_t base_total_ = 0;
};

}  // namespace

TrueCounts Simulated::between(Tick from, Tick to) const {
  const auto last_at = [this](Tick at) {
    const auto next = std::upper_bound(
        truth.begin(), truth.end(), at,
        [](Tick instant, const TrueCounts& counts) { return instant < counts.at; });
    return next == truth.begin() ? TrueCounts{} : *(next - 1);
  };
  const TrueCounts begin = last_at(from);
  const TrueCounts end = last_at(to);
  return {to, end.bad - begin.bad, end.total - begin.total};
}

TrueCounts Simulated::counted(Tick from, Tick to) const {
  TrueCounts counts = between(from, to);
  for (const Span& span : maintenance) {
    const Tick begin = std::max(from, span.from);
    const Tick end = std::min(to, span.to);
    if (begin >= end) continue;
    const TrueCounts out = between(begin, end);
    counts.bad -= out.bad;
    counts.total -= out.total;
  }
  return counts;
}

Simulated simulate(const Traffic& traffic, Tick from, Tick to) {
  Simulation simulation(traffic, from, to);
  simulation.run(to);
  simulation.result.maintenance = maintenance_of(traffic, from, to);
  return std::move(simulation.result);
}

}  // namespace nines::alert
