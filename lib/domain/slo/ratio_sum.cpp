// Compares a sum of fractions: first by bounds of 96 bits, and only on a tie by exact rationals.
#include "domain/slo/ratio_sum.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <cassert>
#include <span>

#include "base/wide.hpp"

namespace nines::slo {
namespace {

using Big = boost::multiprecision::cpp_int;
constexpr int kFractionBits = 96;

/// floor(good / total * 2^96) for good < total.
WideUnsigned fixed(std::uint64_t good, std::uint64_t total) {
  const WideUnsigned shifted = static_cast<WideUnsigned>(good) << 64;
  const WideUnsigned high = shifted / total;
  const WideUnsigned rest = shifted % total;
  return (high << 32) | ((rest << 32) / total);
}

struct Fraction {
  Big num;
  Big den;
};

/// Halves of similar size keep the products balanced: about n log n instead of n squared.
Fraction exact_sum(std::span<const std::pair<std::uint64_t, std::uint64_t>> parts) {
  if (parts.empty()) return {0, 1};
  if (parts.size() == 1) return {parts[0].first, parts[0].second};
  const auto left = exact_sum(parts.first(parts.size() / 2));
  const auto right = exact_sum(parts.subspan(parts.size() / 2));
  return {left.num * right.den + right.num * left.den, left.den * right.den};
}

Big to_big(WideUnsigned value) {
  Big big = static_cast<std::uint64_t>(value >> 64);
  big <<= 64;
  return big + static_cast<std::uint64_t>(value);
}

}  // namespace

void RatioSum::add(std::uint64_t good, std::uint64_t total) {
  assert(total > 0 && good <= total);
  ++count_;
  if (good == total)
    ++whole_;
  else if (good > 0)
    parts_.emplace_back(good, total);
}

void RatioSum::add_whole(std::uint64_t count) {
  count_ += count;
  whole_ += count;
}

double RatioSum::sum() const {
  // Shortfalls are summed, since they are small where it matters and so lose fewer digits.
  double missing = 0;
  for (const auto& [good, total] : parts_)
    missing += static_cast<double>(total - good) / static_cast<double>(total);
  return static_cast<double>(whole_ + parts_.size()) - missing;
}

bool RatioSum::mean_at_least(const Ratio& target) const {
  assert(count_ > 0);
  WideUnsigned lower = 0;  // the true sum lies in [lower, lower + parts) units of 2^-96
  for (const auto& [good, total] : parts_) lower += fixed(good, total);
  const Big wanted = Big(count_) * target.num();  // sum * den >= wanted ?
  const Big scaled_wanted = wanted << kFractionBits;
  const Big low = (to_big(lower) + (Big(whole_) << kFractionBits)) * target.den();
  if (low >= scaled_wanted) return true;
  if (low + Big(parts_.size()) * target.den() <= scaled_wanted && !parts_.empty()) return false;
  const auto sum = exact_sum(parts_);
  return (sum.num + Big(whole_) * sum.den) * target.den() >= wanted * sum.den;
}

/// Sums weight x shortfall / count as one fraction, from bounds of the sums or exactly.
class WeightedShortfall {
 public:
  explicit WeightedShortfall(std::span<const WeightedMean> means) : means_(means) {}

  /// Never below the truth.
  Fraction at_most() const {
    return add([](const RatioSum& r) { return lower(r); });
  }
  /// Never above it.
  Fraction at_least() const {
    return add([](const RatioSum& r) {
      auto sum = lower(r);
      sum.num += Big(r.parts_.size());
      return sum;
    });
  }
  Fraction exactly() const {
    return add([](const RatioSum& r) {
      auto sum = exact_sum(r.parts_);
      sum.num += Big(r.whole_) * sum.den;
      return sum;
    });
  }

 private:
  static Fraction lower(const RatioSum& r) {
    WideUnsigned sum = 0;
    for (const auto& [good, total] : r.parts_) sum += fixed(good, total);
    return {to_big(sum) + (Big(r.whole_) << kFractionBits), Big(1) << kFractionBits};
  }

  template <typename SumOf>
  Fraction add(SumOf&& sum_of) const {
    Fraction all{0, 1};
    for (const auto& mean : means_) {
      const auto sum = sum_of(*mean.ratios);
      Big num = Big(mean.weight.units()) * (Big(mean.ratios->count_) * sum.den - sum.num);
      Big den = Big(mean.ratios->count_) * sum.den;
      for (int i = 0; i < mean.weight.scale(); ++i) den *= 10;
      all = {all.num * den + num * all.den, all.den * den};
    }
    return all;
  }

  std::span<const WeightedMean> means_;
};

bool shortfall_within(std::span<const WeightedMean> means, const Ratio& allowance) {
  const auto fits = [&](const Fraction& f) {
    return f.num * allowance.den() <= f.den * allowance.num();
  };
  const WeightedShortfall shortfall(means);
  if (fits(shortfall.at_most())) return true;
  if (!fits(shortfall.at_least())) return false;
  return fits(shortfall.exactly());
}

bool within_one(std::span<const WeightedShare> shares) {
  Fraction sum{0, 1};
  for (const auto& share : shares) {
    Big num = Big(share.weight.units()) * share.bad * share.allowance.den();
    Big den = Big(share.total) * share.allowance.num();
    for (int i = 0; i < share.weight.scale(); ++i) den *= 10;
    sum = {sum.num * den + num * sum.den, sum.den * den};
  }
  return sum.num <= sum.den;
}

}  // namespace nines::slo
