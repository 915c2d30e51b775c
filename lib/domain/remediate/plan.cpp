// Branch and bound over the actions, the best ratio first.
#include "domain/remediate/plan.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/decimal.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

/// A generator of our own: the standard distributions differ between libraries.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  double uniform() {  // splitmix64
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
  }
  double triangular(const Estimate& e) {
    const double width = e.high - e.low;
    if (width <= 0) return e.likely;
    const double u = uniform(), mode = (e.likely - e.low) / width;
    if (u < mode) return e.low + std::sqrt(u * mode) * width;
    return e.high - std::sqrt((1 - u) * (1 - mode)) * width;
  }

 private:
  std::uint64_t state_;
};

/// Every candidate that `start` needs in the end, itself included; empty when it needs itself.
std::vector<std::size_t> closure_of(const std::vector<Candidate>& all, std::size_t start) {
  std::vector<bool> seen(all.size());
  std::vector<std::size_t> open{start}, found;
  while (!open.empty()) {
    const auto here = open.back();
    open.pop_back();
    if (seen[here]) continue;
    seen[here] = true;
    found.push_back(here);
    for (const auto need : all[here].needs) {
      if (need == start) return {};
      open.push_back(need);
    }
  }
  return found;
}

class Search {
 public:
  Search(const std::vector<Candidate>& all, const Capacity& capacity, std::uint64_t budget)
      : all_(all), budget_(budget), closures_(all.size()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      closures_[i] = closure_of(all, i);
      team_.push_back(team_index(all[i].team));
    }
    for (const auto& name : teams_) {
      const auto found = capacity.find(name);
      left_.push_back(found == capacity.end() ? 0 : found->second);
    }
    chosen_.assign(all.size(), false);
  }

  Plan run() {
    take_musts();
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (!chosen_[i] && !closures_[i].empty()) order_.push_back(i);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return all_[a].per_day() > all_[b].per_day();
    });
    best_ = chosen_;
    best_value_ = value_;
    branch(0);
    Plan plan;
    plan.chosen = best_;
    plan.averted = best_value_;
    plan.optimal = budget_ > 0;
    plan.must_fits = must_fits_;
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (best_[i]) plan.used[all_[i].team] += all_[i].half_days;
    return plan;
  }

 private:
  std::size_t team_index(const std::string& name) {
    const auto found = std::find(teams_.begin(), teams_.end(), name);
    if (found != teams_.end()) return static_cast<std::size_t>(found - teams_.begin());
    teams_.push_back(name);
    return teams_.size() - 1;
  }

  void take(std::size_t i) {
    chosen_[i] = true;
    value_ += all_[i].expected();
    left_[team_[i]] -= all_[i].half_days;
  }
  void give_back(std::size_t i) {
    chosen_[i] = false;
    value_ -= all_[i].expected();
    left_[team_[i]] += all_[i].half_days;
  }

  void take_musts() {
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (all_[i].must)
        for (const auto need : closures_[i])
          if (!chosen_[need]) take(need);
    for (auto& left : left_) {
      must_fits_ = must_fits_ && left >= 0;
      left = std::max(left, 0);
    }
  }

  /// What the rest could add at most: per team its candidates by ratio, the last one in part.
  double bound(std::size_t from) const {
    auto left = left_;
    double most = 0;
    for (auto k = from; k < order_.size(); ++k) {
      const auto i = order_[k];
      if (chosen_[i]) continue;
      auto& room = left[team_[i]];
      if (room <= 0) continue;
      const int part = std::min(room, all_[i].half_days);
      most += all_[i].expected() * part / all_[i].half_days;
      room -= part;
    }
    return most;
  }

  void branch(std::size_t k) {
    if (budget_ == 0) return;
    --budget_;
    if (value_ > best_value_ + 1e-9) {
      best_value_ = value_;
      best_ = chosen_;
    }
    while (k < order_.size() && chosen_[order_[k]]) ++k;
    if (k == order_.size() || value_ + bound(k) <= best_value_ + 1e-9) return;
    const auto i = order_[k];
    if (!refused_needed(i)) {
      std::vector<std::size_t> taken;
      for (const auto need : closures_[i])
        if (!chosen_[need]) {
          take(need);
          taken.push_back(need);
        }
      if (std::all_of(left_.begin(), left_.end(), [](int room) { return room >= 0; }))
        branch(k + 1);
      for (const auto need : taken) give_back(need);
    }
    refused_.push_back(i);
    branch(k + 1);
    refused_.pop_back();
  }

  /// A candidate that needs one that was refused on this path was weighed on the other path.
  bool refused_needed(std::size_t i) const {
    return std::any_of(refused_.begin(), refused_.end(), [&](std::size_t one) {
      return std::find(closures_[i].begin(), closures_[i].end(), one) != closures_[i].end();
    });
  }

  const std::vector<Candidate>& all_;
  std::uint64_t budget_;
  std::vector<std::vector<std::size_t>> closures_;
  std::vector<std::string> teams_;
  std::vector<std::size_t> team_;
  std::vector<int> left_;
  std::vector<std::size_t> order_, refused_;
  std::vector<bool> chosen_, best_;
  double value_ = 0, best_value_ = 0;
  bool must_fits_ = true;
};

}  // namespace

std::optional<Estimate> parse_estimate(std::string_view text) {
  std::vector<double> numbers;
  for (const auto part : split(text, ',')) {
    const auto number = Decimal::parse(trim(part));
    if (!number || number->to_double() < 0) return std::nullopt;
    numbers.push_back(number->to_double());
  }
  if (numbers.size() == 1) return Estimate{numbers[0], numbers[0], numbers[0]};
  if (numbers.size() != 3 || numbers[0] > numbers[1] || numbers[1] > numbers[2])
    return std::nullopt;
  return Estimate{numbers[0], numbers[1], numbers[2]};
}

Plan choose_actions(const std::vector<Candidate>& candidates, const Capacity& capacity,
                    std::uint64_t node_budget) {
  return Search(candidates, capacity, node_budget).run();
}

std::vector<double> rank_stability(const std::vector<Candidate>& candidates, std::size_t places,
                                   int draws, std::uint64_t seed) {
  Draws random(seed);
  std::vector<double> value(candidates.size());
  std::vector<int> times(candidates.size());
  std::vector<std::size_t> order(candidates.size());
  places = std::min(places, candidates.size());
  for (int draw = 0; draw < draws; ++draw) {
    for (std::size_t i = 0; i < candidates.size(); ++i)
      value[i] =
          random.triangular(candidates[i].averts) * candidates[i].works / candidates[i].half_days;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
    for (std::size_t k = 0; k < places; ++k) ++times[order[k]];
  }
  std::vector<double> share;
  for (const int count : times) share.push_back(static_cast<double>(count) / draws);
  return share;
}

double risk_minutes(double detect, double repair, double share, double days_between) {
  return (detect + repair) * share * 365.25 / days_between;
}

}  // namespace nines::remediate
