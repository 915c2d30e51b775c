// Walks from the symptom down, and says what order the intervals allow.
#include "domain/rca/deps/cascade_path.hpp"

#include <algorithm>
#include <map>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::rca {
namespace {

std::string clock_of(Instant at) { return format_utc(at).substr(11, 8); }

std::string when_text(const ServiceOnset& onset) {
  if (onset.earliest == onset.latest) return "at " + clock_of(onset.earliest);
  return "between " + clock_of(onset.earliest) + " and " + clock_of(onset.latest);
}

class PathWalk {
 public:
  explicit PathWalk(const CascadeQuestion& question) : question_(question) {
    for (const auto& onset : question.onsets) onsets_.emplace(onset.service, &onset);
    for (const auto& [dependant, dependency] : question.calls)
      needs_[dependant].push_back(dependency);
  }

  CascadePath trace() const {
    std::vector<CascadeStep> best;
    for (const auto& service : question_.hurt) {
      auto steps = from(service);
      const bool longer = steps.size() > best.size() ||
                          (steps.size() == best.size() && !steps.empty() &&
                           steps.back().onset.earliest < best.back().onset.earliest);
      if (longer) best = std::move(steps);
    }
    CascadePath path;
    std::reverse(best.begin(), best.end());
    // `through` and `order` tell of the step before, which was behind while walking down.
    for (std::size_t i = best.size(); i-- > 1;) best[i].through = std::move(best[i - 1].through);
    if (!best.empty()) best.front().through.clear();
    for (std::size_t i = 1; i < best.size(); ++i)
      best[i].order = best[i - 1].onset.latest + question_.apart <= best[i].onset.earliest
                          ? CascadeStep::Order::certain
                          : CascadeStep::Order::open;
    path.steps = std::move(best);
    note_others(path);
    path.sentence = sentence(path);
    return path;
  }

 private:
  struct Candidate {
    const ServiceOnset* onset = nullptr;
    std::vector<std::string> through;
  };

  bool certainly_later(const ServiceOnset& one, const ServiceOnset& other) const {
    return one.earliest >= other.latest + question_.apart && one.earliest > other.latest;
  }

  /// What moved below `from`, directly or behind services that are not measured.
  std::vector<Candidate> moved_below(const std::string& from,
                                     const std::set<std::string>& visited) const {
    std::vector<Candidate> found;
    std::set<std::string> seen = visited;
    std::vector<std::pair<std::string, std::vector<std::string>>> open{{from, {}}};
    for (std::size_t at = 0; at < open.size(); ++at) {
      const auto [service, through] = open[at];
      const auto needs = needs_.find(service);
      if (needs == needs_.end()) continue;
      for (const auto& need : needs->second) {
        if (!seen.insert(need).second) continue;
        const auto onset = onsets_.find(need);
        if (onset != onsets_.end()) {
          found.push_back({onset->second, through});
        } else if (!question_.measured.contains(need)) {
          auto further = through;
          further.push_back(need);
          open.emplace_back(need, std::move(further));
        }
      }
    }
    return found;
  }

  /// From the hurt service down; each step's `through` lies between it and the one above.
  std::vector<CascadeStep> from(const std::string& service) const {
    std::vector<CascadeStep> steps;
    const auto first = onsets_.find(service);
    if (first == onsets_.end()) return steps;
    std::set<std::string> visited{service};
    steps.push_back({*first->second, CascadeStep::Order::first, {}});
    while (true) {
      const auto& above = steps.back().onset;
      const Candidate* best = nullptr;
      const auto candidates = moved_below(above.service, visited);
      for (const auto& one : candidates) {
        if (certainly_later(*one.onset, above)) continue;
        const auto key = [](const ServiceOnset& onset) {
          return std::tuple(onset.earliest, onset.latest, -onset.spreads, onset.service);
        };
        if (best == nullptr || key(*one.onset) < key(*best->onset)) best = &one;
      }
      if (best == nullptr) return steps;
      visited.insert(best->onset->service);
      steps.push_back({*best->onset, CascadeStep::Order::first, best->through});
    }
  }

  bool needs_directly(const std::string& dependant, const std::string& dependency) const {
    return question_.calls.contains({dependant, dependency});
  }

  void note_others(CascadePath& path) const {
    std::set<std::string> on_path;
    for (const auto& step : path.steps) on_path.insert(step.onset.service);
    for (const auto& onset : question_.onsets) {
      if (on_path.contains(onset.service)) continue;
      std::string why = "no way to it from the path";
      for (const auto& step : path.steps) {
        if (needs_directly(step.onset.service, onset.service)) {
          why = certainly_later(onset, step.onset)
                    ? "moved later than " + step.onset.service + ", which needs it"
                    : step.onset.service + " needs it too, and another that it needs moved first";
          break;
        }
        if (needs_directly(onset.service, step.onset.service)) {
          why = "needs " + step.onset.service + ": another branch";
          break;
        }
      }
      path.aside.push_back({onset, std::move(why)});
    }
  }

  std::string sentence(const CascadePath& path) const {
    if (path.steps.empty()) {
      if (path.aside.empty()) return "nothing that is measured moved";
      return fmt::format("{} moved, and no declared or seen dependency leads there from {}",
                         count_of(path.aside.size(), "service"), join(question_.hurt, ", "));
    }
    const auto& first = path.steps.front().onset;
    auto text = first.service + (path.steps.size() > 1 ? " moved first, " : " moved, ") +
                when_text(first);
    std::size_t open = 0;
    for (std::size_t i = 1; i < path.steps.size(); ++i) {
      const auto& step = path.steps[i];
      text += "; then " + step.onset.service + ", which needs it" +
              (step.through.empty()
                   ? std::string()
                   : " through " + join(step.through, " and ") + " (not measured)") +
              ", " + when_text(step.onset);
      open += step.order == CascadeStep::Order::open ? 1 : 0;
    }
    if (path.steps.size() == 1) return text + "; nothing that it needs moved before it";
    if (open == 0) return text + ". The order is certain";
    return text + fmt::format(". The order is open at {} of {}: the times alone do not tell it", open,
                              count_of(path.steps.size() - 1, "step"));
  }

  const CascadeQuestion& question_;
  std::map<std::string, const ServiceOnset*> onsets_;
  std::map<std::string, std::vector<std::string>> needs_;
};

}  // namespace

std::string_view to_string(CascadeStep::Order order) {
  switch (order) {
    case CascadeStep::Order::first:
      return "first";
    case CascadeStep::Order::certain:
      return "certain";
    case CascadeStep::Order::open:
      return "open";
  }
  return "";
}

CascadePath trace_path(const CascadeQuestion& question) { return PathWalk(question).trace(); }

}  // namespace nines::rca
