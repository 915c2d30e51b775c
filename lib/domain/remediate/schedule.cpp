// Fills the releases in their order.
#include "domain/remediate/schedule.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr Day kNoDay{std::chrono::days{1'000'000}};

class Trains {
 public:
  Trains(const std::vector<ScheduleItem>& items, const std::vector<Release>& releases, Day from)
      : items_(items), releases_(releases), from_(from), placed_(items.size()) {
    for (const auto& release : releases) room_.push_back(release.half_days);
    under_way_.assign(items.size(), false);
    tried_.assign(items.size(), false);
  }

  std::vector<Placement> run() {
    std::vector<std::size_t> order(items_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto key = [&](std::size_t i) {
        return std::tuple(!items_[i].must, items_[i].due.value_or(kNoDay), -items_[i].per_day);
      };
      return key(a) < key(b);
    });
    for (const auto i : order) place(i);
    return std::move(placed_);
  }

 private:
  void place(std::size_t i) {
    if (tried_[i] || under_way_[i]) return;
    under_way_[i] = true;
    std::size_t first = 0;
    std::string blocked;
    for (const auto need : items_[i].needs) {
      place(need);
      if (!placed_[need].release)
        blocked = "it needs " + items_[need].name + ", which is not placed";
      else
        first = std::max(first, *placed_[need].release);
    }
    under_way_[i] = false;
    tried_[i] = true;
    auto& placement = placed_[i];
    if (!blocked.empty()) {
      placement.reason = std::move(blocked);
      return;
    }
    std::string why;
    for (auto r = first; r < releases_.size(); ++r) {
      if (releases_[r].day < from_) continue;
      auto obstacle = obstacle_in(i, r);
      if (obstacle.empty()) {
        room_[r] -= items_[i].half_days;
        placement.release = r;
        placement.late = items_[i].due && releases_[r].day > *items_[i].due;
        placement.reason = std::move(why);
        return;
      }
      if (why.empty()) why = std::move(obstacle);
    }
    placement.reason = why.empty() ? "no release is to come" : std::move(why);
    if (const auto most = most_room(i, first); most && *most < items_[i].half_days)
      placement.reason =
          fmt::format("it takes {:.1f} days, and no release that takes it has more than {:.1f} left",
                      items_[i].half_days / 2.0, *most / 2.0);
  }

  /// The largest room in a release that takes the item; empty when none does.
  std::optional<int> most_room(std::size_t i, std::size_t first) const {
    std::optional<int> most;
    for (auto r = first; r < releases_.size(); ++r)
      if (releases_[r].day >= from_ && releases_[r].closed.empty() && takes(i, r))
        most = std::max(most.value_or(0), room_[r]);
    return most;
  }

  bool takes(std::size_t i, std::size_t r) const {
    const auto& services = releases_[r].services;
    return services.empty() ||
           std::all_of(items_[i].services.begin(), items_[i].services.end(),
                       [&](const std::string& service) {
                         return std::find(services.begin(), services.end(), service) !=
                                services.end();
                       });
  }

  /// Why the item cannot ride in the release; empty when it can.
  std::string obstacle_in(std::size_t i, std::size_t r) const {
    const auto& release = releases_[r];
    if (!release.closed.empty()) return release.name + ": " + release.closed;
    if (!takes(i, r)) return release.name + " takes only " + join(release.services, ", ");
    if (room_[r] < items_[i].half_days)
      return fmt::format("{} has {:.1f} of {:.1f} days left", release.name, room_[r] / 2.0,
                         items_[i].half_days / 2.0);
    return {};
  }

  const std::vector<ScheduleItem>& items_;
  const std::vector<Release>& releases_;
  Day from_;
  std::vector<Placement> placed_;
  std::vector<int> room_;
  std::vector<bool> under_way_, tried_;
};

}  // namespace

std::vector<Placement> schedule_items(const std::vector<ScheduleItem>& items,
                                      const std::vector<Release>& releases, Day from) {
  return Trains(items, releases, from).run();
}

}  // namespace nines::remediate
