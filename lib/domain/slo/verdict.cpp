// Judges a tally against a target, exactly and statistically.
#include "domain/slo/verdict.hpp"

#include <algorithm>
#include <cmath>

namespace nines::slo {
namespace {

struct Sample {
  std::uint64_t good;
  std::uint64_t total;
};

Sample real_units(const Tally& tally) {
  const auto total = tally.total - tally.imputed;
  auto good = tally.ratios ? static_cast<std::uint64_t>(tally.ratios->sum()) : tally.good;
  if (tally.missing == MissingData::good) good -= std::min(good, tally.imputed);
  return {std::min(good, total), total};
}

/// Wilson's interval holds the target while n (p - t)^2 <= z^2 t (1 - t): solved for n at the rate
/// seen so far.
std::optional<std::uint64_t> units_needed(const Sample& sample, double target) {
  constexpr double kZ = 1.959963984540054;  // 97.5th percentile of the normal distribution
  const double rate = sample.total == 0
                          ? 1.0
                          : static_cast<double>(sample.good) / static_cast<double>(sample.total);
  const double gap = rate - target;
  const double needed = std::ceil(kZ * kZ * target * (1 - target) / (gap * gap));
  if (!std::isfinite(needed) || needed <= 0 || needed > 1e15) return std::nullopt;
  const auto n = static_cast<std::uint64_t>(needed);
  return n > sample.total ? n - sample.total : 1;
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

Inference infer(const Tally& tally, const Ratio& target, IntervalMethod method) {
  const auto sample = real_units(tally);
  Inference answer;
  answer.method = method;
  answer.sli = method == IntervalMethod::wilson
                   ? stats::wilson(sample.good, sample.total, kConfidence)
                   : stats::clopper_pearson(sample.good, sample.total, kConfidence);
  const double wanted = target.to_double();
  if (answer.sli.low >= wanted)
    answer.evidence = Evidence::supported;
  else if (answer.sli.high < wanted)
    answer.evidence = Evidence::refuted;
  else
    answer.units_needed = units_needed(sample, wanted);
  return answer;
}

}  // namespace nines::slo
