// Judges a tally against a target, exactly and statistically.
#include "domain/slo/verdict.hpp"

#include <algorithm>
#include <cmath>

namespace nines::slo {
namespace {

struct Sample {
  std::uint64_t good;
  std::uint64_t total;

  double rate() const {
    return total == 0 ? 1.0 : static_cast<double>(good) / static_cast<double>(total);
  }
};

Sample real_units(const Tally& tally) {
  const auto total = tally.total - tally.imputed;
  auto good = tally.ratios ? static_cast<std::uint64_t>(tally.ratios->sum()) : tally.good;
  if (tally.missing == MissingData::good) good -= std::min(good, tally.imputed);
  return {std::min(good, total), total};
}

/// Wilson's interval holds the target while n (p - t)^2 <= z^2 t (1 - t): solved for n at the rate
/// seen so far. Of units in bursts `per_one` are needed for one.
std::optional<std::uint64_t> units_needed(const Sample& sample, double target, double per_one) {
  constexpr double kZ = 1.959963984540054;  // 97.5th percentile of the normal distribution
  const double gap = sample.rate() - target;
  const double needed = std::ceil(kZ * kZ * target * (1 - target) / (gap * gap) * per_one);
  if (!std::isfinite(needed) || needed <= 0 || needed > 1e15) return std::nullopt;
  const auto n = static_cast<std::uint64_t>(needed);
  return n > sample.total ? n - sample.total : 1;
}

stats::Interval interval_of(const Sample& sample, IntervalMethod method,
                            const std::optional<Clustering>& clustering) {
  const bool wilson = method == IntervalMethod::wilson;
  if (clustering)
    return wilson ? stats::wilson_effective(sample.rate(), clustering->effective, kConfidence)
                  : stats::clopper_pearson_effective(sample.rate(), clustering->effective,
                                                     kConfidence);
  return wilson ? stats::wilson(sample.good, sample.total, kConfidence)
                : stats::clopper_pearson(sample.good, sample.total, kConfidence);
}

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return "met";
    case Verdict::missed:
      return "missed";
    case Verdict::no_data:
      return "no_data";
    case Verdict::not_started:
      return "not_started";
  }
  return "";
}

std::string_view to_string(Evidence evidence) {
  switch (evidence) {
    case Evidence::supported:
      return "supported";
    case Evidence::refuted:
      return "refuted";
    case Evidence::undecided:
      return "undecided";
  }
  return "";
}

std::string_view to_string(IntervalMethod method) {
  return method == IntervalMethod::wilson ? "wilson" : "clopper-pearson";
}

Verdict judge(const Tally& tally, const Ratio& target) {
  if (tally.empty()) return Verdict::no_data;
  return tally.meets(target) ? Verdict::met : Verdict::missed;
}

Inference infer(const Tally& tally, const Ratio& target, IntervalMethod method,
                const std::optional<Clustering>& clustering) {
  const auto sample = real_units(tally);
  Inference answer;
  answer.method = method;
  if (sample.total > 0) answer.clustering = clustering;
  answer.sli = interval_of(sample, method, answer.clustering);
  const double wanted = target.to_double();
  const double per_one =
      answer.clustering ? static_cast<double>(sample.total) / answer.clustering->effective : 1.0;
  if (answer.sli.low >= wanted)
    answer.evidence = Evidence::supported;
  else if (answer.sli.high < wanted)
    answer.evidence = Evidence::refuted;
  else
    answer.units_needed = units_needed(sample, wanted, per_one);
  return answer;
}

}  // namespace nines::slo
