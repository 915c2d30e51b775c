// Plans and judges canaries from counts.
#include "domain/remediate/canary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/enum_names.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<CanaryVerdict, 3> kVerdicts{{"promote", "roll-back", "inconclusive"}};
constexpr int kGrid = 12;
constexpr double kLeast = 1.25, kMost = 20;

/// Share of the errors that fall into the canary at a ratio of error rates.
double share_at(double ratio, double share) { return share * ratio / (share * ratio + 1 - share); }

using Terms = std::array<double, kGrid>;

/// Adds the log likelihood ratio of each grid point.
void add_terms(Terms& terms, std::uint64_t canary_bad, std::uint64_t all_bad, double share) {
  for (int i = 0; i < kGrid; ++i) {
    const double ratio = kLeast * std::pow(kMost / kLeast, static_cast<double>(i) / (kGrid - 1));
    const double q = share_at(ratio, share);
    terms[static_cast<std::size_t>(i)] +=
        static_cast<double>(canary_bad) * std::log(q / share) +
        static_cast<double>(all_bad - canary_bad) * std::log((1 - q) / (1 - share));
  }
}

double log_mean(const Terms& terms) {
  const double top = *std::max_element(terms.begin(), terms.end());
  double sum = 0;
  for (const double term : terms) sum += std::exp(term - top);
  return top + std::log(sum / kGrid);
}

double share_of(const ArmCounts& canary, const ArmCounts& baseline) {
  return static_cast<double>(canary.total) /
         (static_cast<double>(canary.total) + static_cast<double>(baseline.total));
}

void add_to(ArmCounts& sum, const ArmCounts& one) {
  sum.bad += one.bad;
  sum.total += one.total;
}

double ratio_at(double p, double share) {
  if (p >= 1) return std::numeric_limits<double>::infinity();
  return p * (1 - share) / (share * (1 - p));
}

/// Errors at which a canary like its baseline has an interval that ends below the margin.
std::optional<std::uint64_t> errors_to_promote(double share, double margin) {
  const double limit = share_at(margin, share);
  for (std::uint64_t errors = 1; errors < 1'000'000;
       errors += std::max<std::uint64_t>(1, errors / 50)) {
    const auto canary =
        static_cast<std::uint64_t>(std::llround(share * static_cast<double>(errors)));
    if (stats::clopper_pearson(canary, errors).high < limit) return errors;
  }
  return std::nullopt;
}

}  // namespace

std::string_view to_string(CanaryVerdict verdict) { return kVerdicts.of(verdict); }

double log_evidence(std::uint64_t canary_bad, std::uint64_t all_bad, double share) {
  Terms terms{};
  add_terms(terms, canary_bad, all_bad, share);
  return log_mean(terms);
}

double log_evidence(std::span<const CanaryLook> looks) {
  Terms terms{};
  for (const auto& look : looks)
    if (look.canary.total > 0 && look.baseline.total > 0)
      add_terms(terms, look.canary.bad, look.canary.bad + look.baseline.bad,
                share_of(look.canary, look.baseline));
  return log_mean(terms);
}

CanaryJudgement judge_canary(const ArmCounts& canary, const ArmCounts& baseline,
                             const CanaryRules& rules) {
  const CanaryLook only{canary, baseline};
  return judge_canary({&only, 1}, rules);
}

CanaryJudgement judge_canary(std::span<const CanaryLook> looks, const CanaryRules& rules) {
  CanaryJudgement judged;
  ArmCounts canary, baseline;
  for (const auto& look : looks) {
    add_to(canary, look.canary);
    add_to(baseline, look.baseline);
  }
  const auto all = canary.bad + baseline.bad;
  judged.share = share_of(canary, baseline);
  const double log_e = log_evidence(looks);
  judged.evidence = std::exp(std::min(log_e, 700.0));
  if (baseline.bad > 0)
    judged.ratio = static_cast<double>(canary.bad) / static_cast<double>(canary.total) /
                   (static_cast<double>(baseline.bad) / static_cast<double>(baseline.total));
  const auto p = stats::clopper_pearson(canary.bad, all);
  judged.ratio_interval = {ratio_at(p.low, judged.share), ratio_at(p.high, judged.share)};
  if (log_e >= -std::log(rules.alpha)) {
    judged.verdict = CanaryVerdict::roll_back;
  } else if (all > 0 && judged.ratio_interval.high < rules.margin) {
    judged.verdict = CanaryVerdict::promote;
  } else {
    judged.errors_needed = errors_to_promote(judged.share, rules.margin);
  }
  return judged;
}

double canary_requests(const CanaryDesign& d) {
  const double k = (1 - d.share) / d.share;
  const double p0 = d.base_rate, p1 = std::min(1.0, d.base_rate * d.ratio);
  const double pb = (p1 + k * p0) / (1 + k);
  const double za = stats::normal_quantile(1 - d.alpha), zb = stats::normal_quantile(d.power);
  const double root = za * std::sqrt(pb * (1 - pb) * (1 + 1 / k)) +
                      zb * std::sqrt(p1 * (1 - p1) + p0 * (1 - p0) / k);
  return root * root / ((p1 - p0) * (p1 - p0));
}

double canary_errors(const CanaryDesign& d) {
  return canary_requests(d) * std::min(1.0, d.base_rate * d.ratio);
}

std::optional<double> visible_ratio(const CanaryDesign& design, double seconds) {
  const double requests = design.per_second * design.share * seconds;
  const auto seen = [&](double ratio) {
    auto d = design;
    d.ratio = ratio;
    return canary_requests(d) <= requests;
  };
  double low = 1, high = std::min(1000.0, 1 / design.base_rate);
  if (!seen(high)) return std::nullopt;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (seen(middle) ? high : low) = middle;
  }
  return high;
}

std::uint64_t requests_without_error(double rate) {
  return static_cast<std::uint64_t>(std::ceil(std::log(0.05) / std::log1p(-rate) - 1e-9));
}

double largest_share(double budget_events, double part, double per_second, double seconds,
                     double p_bad) {
  return part * budget_events / (per_second * seconds * p_bad);
}

}  // namespace nines::remediate
