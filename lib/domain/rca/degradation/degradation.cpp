// Looks for steps first, since a step explains a burn.
#include "domain/rca/degradation/degradation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "base/count_tests.hpp"
#include "domain/rca/changepoints/change_points.hpp"

namespace nines::rca {
namespace {

constexpr std::size_t kLeastHours = 6;  ///< of a slow burn: fewer say nothing about a mean

struct Sample {
  double mean = 0;
  double variance = 0;  ///< of one value
  double worth = 0;     ///< as many independent values
};

/// Mean and spread, and how many independent values these are worth when neighbours resemble.
Sample sample_of(std::span<const double> values) {
  Sample s;
  const auto n = static_cast<double>(values.size());
  if (values.empty()) return s;
  for (const double v : values) s.mean += v / n;
  double together = 0;
  double squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double d = values[i] - s.mean;
    squares += d * d;
    if (i > 0) together += d * (values[i - 1] - s.mean);
  }
  s.variance = n > 1 ? squares / (n - 1) : 0;
  const double r = squares > 0 ? std::clamp(together / squares, 0.0, 0.98) : 0;
  s.worth = std::max(1.0, n * (1 - r) / (1 + r));
  return s;
}

double one_sided(double t, double freedom) {
  const double both = stats::student_two_sided(t, std::max(1.0, freedom));
  return t > 0 ? both / 2 : 1 - both / 2;
}

/// That `after` lies above `before` by chance.
double welch_p(const Sample& before, const Sample& after) {
  const double a = before.variance / before.worth;
  const double b = after.variance / after.worth;
  const double difference = after.mean - before.mean;
  if (difference <= 0) return 1;
  if (a + b <= 0) return 0;  // no spread at all: the counts alone decide
  const double freedom =
      (a + b) * (a + b) /
      (a * a / std::max(1.0, before.worth - 1) + b * b / std::max(1.0, after.worth - 1));
  return one_sided(difference / std::sqrt(a + b), freedom);
}

double counts_p(std::uint64_t bad_before, std::uint64_t before, std::uint64_t bad_after,
                std::uint64_t after) {
  const double root = stats::signed_root_g({bad_before, before, bad_after, after});
  if (root <= 0) return 1;
  return stats::g_test_p(root * root) / 2;
}

class Search {
 public:
  Search(const std::vector<EventBin>& bins, const DegradationRules& rules)
      : bins_(bins), rules_(rules) {
    for (const auto& bin : bins)
      angles_.push_back(std::asin(std::sqrt((static_cast<double>(bin.bad) + 0.375) /
                                            (static_cast<double>(bin.total) + 0.75))));
  }

  std::vector<Degradation> run() {
    steps();
    if (found_.empty()) slow_burn();
    return std::move(found_);
  }

 private:
  struct Stretch {
    std::size_t from = 0;
    std::size_t to = 0;
    std::uint64_t bad = 0;
    std::uint64_t total = 0;

    double share() const {
      return total == 0 ? 0 : static_cast<double>(bad) / static_cast<double>(total);
    }
  };

  Stretch stretch(std::size_t from, std::size_t to) const {
    Stretch s{from, to, 0, 0};
    for (std::size_t i = from; i < to; ++i) {
      s.bad += bins_[i].bad;
      s.total += bins_[i].total;
    }
    return s;
  }

  std::vector<std::size_t> borders() const {
    std::vector<std::size_t> at{0};
    const auto changes = find_change_points(angles_);
    for (const auto& point : changes.points) at.push_back(point.index);
    at.push_back(bins_.size());
    return at;
  }

  void steps() {
    const auto at = borders();
    std::uint64_t base_bad = 0;
    std::uint64_t base_total = 0;
    std::vector<double> base;
    std::optional<Stretch> open;
    const auto close = [&] {
      if (open) keep(*open, base_bad, base_total, base);
      open.reset();
    };
    for (std::size_t i = 0; i + 1 < at.size(); ++i) {
      const auto next = stretch(at[i], at[i + 1]);
      const double before = base_total == 0
                                ? 0
                                : static_cast<double>(base_bad) / static_cast<double>(base_total);
      if (i > 0 && (next.share() - before) / rules_.budget >= rules_.least_burn) {
        open = open ? stretch(open->from, next.to) : next;
        continue;
      }
      close();
      base_bad += next.bad;
      base_total += next.total;
      base.insert(base.end(), angles_.begin() + static_cast<std::ptrdiff_t>(next.from),
                  angles_.begin() + static_cast<std::ptrdiff_t>(next.to));
    }
    close();
  }

  void keep(const Stretch& s, std::uint64_t base_bad, std::uint64_t base_total,
            const std::vector<double>& base) {
    if (s.bad < rules_.least_bad || base_total == 0) return;
    const auto length = static_cast<std::ptrdiff_t>(s.to - s.from);
    const std::span<const double> during(angles_.data() + s.from,
                                         static_cast<std::size_t>(length));
    const double p = std::max(counts_p(base_bad, base_total, s.bad, s.total),
                              welch_p(sample_of(base), sample_of(during)));
    auto d = describe(s, Degradation::Kind::step);
    d.before = static_cast<double>(base_bad) / static_cast<double>(base_total);
    d.burn = (s.share() - *d.before) / rules_.budget;
    d.p = std::min(1.0, p * static_cast<double>(bins_.size()));
    found_.push_back(d);
  }

  Degradation describe(const Stretch& s, Degradation::Kind kind) const {
    Degradation d;
    d.kind = kind;
    d.begin = bins_[s.from].begin;
    d.end = bins_[s.to - 1].end;
    d.goes_on = s.to == bins_.size();
    d.bad = s.bad;
    d.total = s.total;
    d.interval = stats::wilson(s.bad, s.total);
    return d;
  }

  void slow_burn() {
    if (bins_.empty()) return;
    const auto all = stretch(0, bins_.size());
    const double burn = all.share() / rules_.budget;
    if (burn < rules_.least_burn || all.bad < rules_.least_bad) return;
    std::map<std::int64_t, double> hours;
    for (const auto& bin : bins_)
      hours[bin.begin / 60] +=
          static_cast<double>(bin.bad) - rules_.budget * static_cast<double>(bin.total);
    if (hours.size() < kLeastHours) return;
    std::vector<double> excess;
    for (const auto& [hour, value] : hours) excess.push_back(value);
    const auto s = sample_of(excess);
    auto d = describe(all, Degradation::Kind::slow_burn);
    d.burn = burn;
    d.p = s.variance <= 0 ? (s.mean > 0 ? 0 : 1)
                          : one_sided(s.mean / std::sqrt(s.variance / s.worth), s.worth - 1);
    found_.push_back(d);
  }

  const std::vector<EventBin>& bins_;
  const DegradationRules& rules_;
  std::vector<double> angles_;
  std::vector<Degradation> found_;
};

}  // namespace

double Degradation::share() const {
  return total == 0 ? 0 : static_cast<double>(bad) / static_cast<double>(total);
}

std::vector<Degradation> degradations(const std::vector<EventBin>& bins,
                                      const DegradationRules& rules) {
  std::vector<EventBin> with_events;
  for (const auto& bin : bins)
    if (bin.total > 0) with_events.push_back(bin);
  return Search(with_events, rules).run();
}

std::vector<std::size_t> trusted(std::vector<Degradation>& found, std::size_t series,
                                 double rate) {
  std::vector<double> p;
  for (const auto& one : found) p.push_back(one.p);
  p.resize(std::max(series, found.size()), 1.0);
  const auto adjusted = stats::benjamini_hochberg(p);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].p = adjusted[i];
    if (adjusted[i] <= rate) kept.push_back(i);
  }
  return kept;
}

}  // namespace nines::rca
