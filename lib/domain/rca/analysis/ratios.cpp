// The three formulas, each with its figures in words.
#include "domain/rca/analysis/ratios.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "base/stats.hpp"
#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr double kBounds = 0.90;
/// A step counts as reached in spite of rounding: 10 x 0.9999.
constexpr double kRounding = 1e-9;

ProposedRatio bounded(double ratio, double low, double high, std::string method) {
  ProposedRatio proposed;
  proposed.ratio = ratio;
  proposed.low = std::min(low, high);
  proposed.high = std::max(low, high);
  proposed.step = step_of(proposed.low, proposed.high);
  proposed.method = std::move(method);
  return proposed;
}

ProposedRatio says_nothing(std::string method) { return bounded(1, 1, 1, std::move(method)); }

/// Of a look whose hit has the chance `by_chance` although the hypothesis is false.
double look_ratio(bool hit, double by_chance) {
  const double chance = std::clamp(by_chance, 1e-6, 1 - 1e-6);
  return hit ? kSensitivity / chance : (1 - kSensitivity) / (1 - chance);
}

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

/// Groups above this size are taken as this large with the same share: nothing is claimed more
/// surely, and the grid below stays finer than their posteriors.
constexpr double kMostCounted = 50'000;

struct FailedOf {
  double failed = 0, held = 0;
};
FailedOf counted(std::uint64_t failed, std::uint64_t all) {
  const double scale = std::min(1.0, kMostCounted / static_cast<double>(all));
  return {static_cast<double>(failed) * scale, static_cast<double>(all - failed) * scale};
}

double log_sum(double a, double b) {
  const double top = std::max(a, b);
  return top == -INFINITY ? top : top + std::log1p(std::exp(std::min(a, b) - top));
}

/// ln of the integral of both likelihoods and priors over all pairs of shares of which the first is
/// the larger: a sum over the log odds from -40 to 40, in logarithms throughout.
double log_evidence_larger(const FailedOf& first, const FailedOf& second, double prior) {
  constexpr int kPoints = 32'000;
  constexpr double kReach = 40, kStep = 2 * kReach / kPoints;
  const auto density = [&](const FailedOf& of, double odds) {
    const double log_failed = -std::log1p(std::exp(-odds)), log_held = -std::log1p(std::exp(odds));
    return (of.failed + prior) * log_failed + (of.held + prior) * log_held;
  };
  double below = -INFINITY, sum = -INFINITY;
  for (int i = 0; i < kPoints; ++i) {
    const double odds = -kReach + (i + 0.5) * kStep;
    const double here = density(second, odds);
    sum = log_sum(sum, density(first, odds) + log_sum(below, here - std::log(2)));
    below = log_sum(below, here);
  }
  return sum + 2 * std::log(kStep);
}

double bayes_factor(const ExposureTable& table, double prior) {
  const auto first = counted(table.exposed_failed, table.exposed);
  const auto second = counted(table.others_failed, table.others);
  // The prior chance that the first is the larger is one half.
  const double two = std::log(2) + log_evidence_larger(first, second, prior) -
                     2 * log_beta(prior, prior);
  const double one =
      log_beta(first.failed + second.failed + prior, first.held + second.held + prior) -
      log_beta(prior, prior);
  return std::exp(std::clamp(two - one, -700.0, 700.0));
}

}  // namespace

Strength step_of(double low, double high) {
  if (low >= 10 * (1 - kRounding)) return Strength::ten;
  if (low >= 3 * (1 - kRounding)) return Strength::three;
  if (high <= 0.1 * (1 + kRounding)) return Strength::tenth;
  if (high <= (1.0 / 3) * (1 + kRounding)) return Strength::third;
  return Strength::one;
}

ProposedRatio ratio_of_message(const MovedMessage& message) {
  if (!message.moved && !message.could_be_told)
    return says_nothing("it did not move, but so few lines would not show a doubling");
  const auto share = stats::jeffreys(message.others_moved, message.others, kBounds);
  const double point = message.others == 0 ? 0.5
                                           : (static_cast<double>(message.others_moved) + 0.5) /
                                                 (static_cast<double>(message.others) + 1);
  const auto chance = [&](double moved) {
    return message.moved ? std::max(moved, message.q) : moved;
  };
  return bounded(
      look_ratio(message.moved, chance(point)), look_ratio(message.moved, chance(share.high)),
      look_ratio(message.moved, chance(share.low)),
      fmt::format("{}: s = {:.2f} of true causes show, f = {:.3f} ({:.3f} to {:.3f}) of the other "
                  "messages moved ({} of {}){}; ratio = {}",
                  message.moved ? "it moved by the G-test" : "it did not move by the G-test",
                  kSensitivity, point, share.low, share.high, group_digits(message.others_moved),
                  group_digits(message.others),
                  message.moved ? fmt::format(", q = {:.2g}", message.q) : std::string(),
                  message.moved ? "s / max(f, q)" : "(1 - s) / (1 - f)"));
}

ProposedRatio ratio_of_near_change(const NearChange& change) {
  if (change.too_short || change.length.count() <= 0)
    return says_nothing("the series is too short for any change point");
  const double share = std::min(
      1.0, static_cast<double>(change.window.count()) / static_cast<double>(change.length.count()));
  const auto counts = stats::poisson_mean(change.changes, kBounds);
  const auto chance = [&](double changes) { return 1 - std::exp(-changes * share); };
  // Of no change at all the mean is not 0: half of one (Jeffreys).
  const double point = chance(static_cast<double>(change.changes) + 0.5);
  return bounded(
      look_ratio(change.near, point), look_ratio(change.near, chance(counts.high)),
      look_ratio(change.near, chance(counts.low)),
      fmt::format("{} near: s = {:.2f} of true causes show, c = {:.3f} ({:.3f} to {:.3f}) is the "
                  "chance that one of {} lies within {} of {}; ratio = {}",
                  change.near ? "a change point" : "no change point", kSensitivity, point,
                  chance(counts.low), chance(counts.high),
                  count_of(change.changes, "change point"), format_duration(change.window),
                  format_duration(change.length), change.near ? "s / c" : "(1 - s) / (1 - c)"));
}

ProposedRatio ratio_of_exposure(const ExposureTable& table) {
  if (table.exposed == 0 || table.others == 0)
    return says_nothing("one of the two groups is empty");
  constexpr std::array kPriors{0.25, 0.5, 1.0};
  double low = INFINITY, high = 0;
  for (const double prior : kPriors) {
    const double factor = bayes_factor(table, prior);
    low = std::min(low, factor);
    high = std::max(high, factor);
  }
  const auto shares = [](std::uint64_t failed, std::uint64_t all) {
    const auto range = stats::jeffreys(failed, all, kBounds);
    return fmt::format("{} of {} ({:.1f} to {:.1f} %)", group_digits(failed), group_digits(all),
                       range.low * 100, range.high * 100);
  };
  return bounded(bayes_factor(table, 0.5), low, high,
                 fmt::format("exposed {} failed, others {}; ratio = Bayes factor of a larger share "
                             "against one share, priors Beta(1/4) to Beta(1)",
                             shares(table.exposed_failed, table.exposed),
                             shares(table.others_failed, table.others)));
}

}  // namespace nines::rca
