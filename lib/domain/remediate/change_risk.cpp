// Each term between 0 and 1, times its weight.
#include "domain/remediate/change_risk.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr EnumNames<Reversibility, 4> kReversibility{
    {"flag", "rollback", "forward-only", "data-migration"}};
constexpr EnumNames<Novelty, 3> kNovelty{{"routine", "rare", "first"}};
constexpr EnumNames<TestLevel, 4> kTestLevels{{"none", "unit", "integration", "production-like"}};
constexpr EnumNames<RiskBand, 3> kRiskBands{{"low", "medium", "high"}};

struct TermWeight {
  std::string_view name;
  double weight;
};
constexpr std::array<TermWeight, 9> kTermWeights{{{"blast-radius", 20},
                                                  {"reversibility", 20},
                                                  {"novelty", 10},
                                                  {"size", 10},
                                                  {"tests", 15},
                                                  {"dependents", 5},
                                                  {"past-failures", 10},
                                                  {"time", 5},
                                                  {"budget", 5}}};

/// What is not known counts half.
constexpr double kUnknown = 0.5;

struct Judged {
  double value = kUnknown;
  std::string reason;
};

Judged blast_radius(const RiskInputs& in) {
  const double tier = in.tier ? 1 - 0.25 * static_cast<double>(std::clamp<std::int64_t>(
                                             *in.tier, 0, 4))
                              : kUnknown;
  return {tier * in.share.value_or(1),
          fmt::format("{}, {}", in.tier ? fmt::format("tier {}", *in.tier) : "tier not known",
                      in.share ? fmt::format("{:.4g} % of users", *in.share * 100)
                               : "share of users not said: all")};
}

Judged reversal(const RiskInputs& in) {
  constexpr std::array kValues{0.1, 0.3, 0.7, 1.0};
  if (!in.reversibility) return {kUnknown, "how it is taken back is not said"};
  return {kValues[static_cast<std::size_t>(*in.reversibility)],
          std::string(to_string(*in.reversibility))};
}

Judged newness(const RiskInputs& in) {
  constexpr std::array kValues{0.1, 0.5, 1.0};
  if (!in.novelty) return {kUnknown, "how often it was done before is not said"};
  return {kValues[static_cast<std::size_t>(*in.novelty)], std::string(to_string(*in.novelty))};
}

Judged size(const RiskInputs& in) {
  if (!in.lines) return {kUnknown, "size not said"};
  return {std::min(1.0, std::log10(1.0 + static_cast<double>(*in.lines)) / 4),
          count_of(*in.lines, "line")};
}

Judged testing(const RiskInputs& in) {
  constexpr std::array kValues{1.0, 0.6, 0.4, 0.1};
  if (!in.tests) return {1, "no tests are named"};
  return {kValues[static_cast<std::size_t>(*in.tests)], std::string(to_string(*in.tests))};
}

Judged dependents(const RiskInputs& in) {
  return {std::min(1.0, static_cast<double>(in.dependents) / 10),
          in.dependents == 0 ? std::string("no declared service needs it")
          : in.dependents == 1 ? std::string("1 service needs it")
                               : count_of(in.dependents, "service") + " need it"};
}

/// The rate by a Beta(1, 9) prior; half of them failing is as bad as it gets.
Judged past_failures(const RiskInputs& in) {
  const double rate = static_cast<double>(in.past_failed + 1) /
                      static_cast<double>(in.past_total + 10);
  return {std::min(1.0, rate / 0.5),
          fmt::format("{} of {} like it failed", in.past_failed, in.past_total)};
}

Judged timing(const RiskInputs& in) {
  if (!in.calm) return {kUnknown, "its window or the calm hours are not known"};
  return {*in.calm ? 0.0 : 1.0, *in.calm ? "in calm hours" : "outside calm hours"};
}

Judged budget(const RiskInputs& in) {
  if (!in.budget) return {kUnknown, "the budget is not known"};
  return {std::clamp(*in.budget / 100, 0.0, 1.0), fmt::format("{:.4g} % spent", *in.budget)};
}

}  // namespace

std::string_view to_string(Reversibility value) { return kReversibility.of(value); }
std::string_view to_string(Novelty value) { return kNovelty.of(value); }
std::string_view to_string(TestLevel value) { return kTestLevels.of(value); }
std::string_view to_string(RiskBand band) { return kRiskBands.of(band); }
std::optional<Reversibility> reversibility_from(std::string_view text) {
  return kReversibility.find(text);
}
std::optional<Novelty> novelty_from(std::string_view text) { return kNovelty.find(text); }
std::optional<TestLevel> test_level_from(std::string_view text) { return kTestLevels.find(text); }
std::vector<std::string_view> reversibility_names() { return kReversibility.all(); }
std::vector<std::string_view> novelty_names() { return kNovelty.all(); }
std::vector<std::string_view> test_level_names() { return kTestLevels.all(); }

std::vector<std::string_view> risk_term_names() {
  std::vector<std::string_view> names;
  for (const auto& term : kTermWeights) names.push_back(term.name);
  return names;
}

RiskWeights default_risk_weights() {
  RiskWeights weights;
  for (const auto& term : kTermWeights) weights.emplace(term.name, term.weight);
  return weights;
}

std::vector<RiskTerm> risk_terms(const RiskInputs& inputs, const RiskWeights& weights) {
  constexpr std::array kTerms{blast_radius, reversal,      newness, size,  testing,
                              dependents,   past_failures, timing,  budget};
  double sum = 0;
  for (const auto& [name, weight] : weights) sum += weight;
  std::vector<RiskTerm> terms;
  for (std::size_t i = 0; i < kTerms.size(); ++i) {
    const auto found = weights.find(kTermWeights[i].name);
    const double most = found == weights.end() || sum <= 0 ? 0 : found->second * 100 / sum;
    auto judged = kTerms[i](inputs);
    terms.push_back({std::string(kTermWeights[i].name), std::round(most * 10) / 10,
                     std::round(most * judged.value * 10) / 10, std::move(judged.reason)});
  }
  return terms;
}

double risk_score(const std::vector<RiskTerm>& terms) {
  double sum = 0;
  for (const auto& term : terms) sum += term.points;
  return std::clamp(std::round(sum * 10) / 10, 0.0, 100.0);
}

RiskBand risk_band(double score) {
  return score < 30 ? RiskBand::low : score < 60 ? RiskBand::medium : RiskBand::high;
}

double failure_chance(RiskBand band, std::uint64_t failed, std::uint64_t total) {
  constexpr std::array kPrior{0.03, 0.10, 0.25};
  constexpr double kWeight = 20;
  return (kPrior[static_cast<std::size_t>(band)] * kWeight + static_cast<double>(failed)) /
         (kWeight + static_cast<double>(total));
}

}  // namespace nines::remediate
