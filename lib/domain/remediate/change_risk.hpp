// How risky a change is: a sum of terms, each with its reason, and what such scores came to before.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nines::remediate {

enum class Reversibility : std::uint8_t { flag, rollback, forward_only, data_migration };
enum class Novelty : std::uint8_t { routine, rare, first };
enum class TestLevel : std::uint8_t { none, unit, integration, production_like };

std::string_view to_string(Reversibility value);  ///< "forward-only"
std::string_view to_string(Novelty value);
std::string_view to_string(TestLevel value);  ///< "production-like"
std::optional<Reversibility> reversibility_from(std::string_view text);
std::optional<Novelty> novelty_from(std::string_view text);
std::optional<TestLevel> test_level_from(std::string_view text);
std::vector<std::string_view> reversibility_names();
std::vector<std::string_view> novelty_names();
std::vector<std::string_view> test_level_names();

/// What is known of a change; what is not counts half, and says so.
struct RiskInputs {
  std::optional<std::int64_t> tier;  ///< of the most important service it touches
  std::optional<double> share;       ///< of the users it can reach, 0 to 1
  std::optional<Reversibility> reversibility;
  std::optional<Novelty> novelty;
  std::optional<std::uint64_t> lines;
  std::optional<TestLevel> tests;
  std::size_t dependents = 0;       ///< services that need one of those it touches
  std::uint64_t past_failed = 0;    ///< finished changes of its services and type that failed
  std::uint64_t past_total = 0;
  std::optional<bool> calm;         ///< its window lies in the hours the policy calls calm
  std::optional<double> budget;     ///< percent spent of the worst budget of its services
};

/// Names of the terms, in their order, with the points each gives at most; they sum to 100.
using RiskWeights = std::map<std::string, double, std::less<>>;
std::vector<std::string_view> risk_term_names();
RiskWeights default_risk_weights();

struct RiskTerm {
  std::string name;    ///< "blast-radius"
  double most = 0;     ///< points it gives at most
  double points = 0;   ///< that it gives, in tenths
  std::string reason;  ///< "tier 0, 100 % of users"

  friend bool operator==(const RiskTerm&, const RiskTerm&) = default;
};

/// Points of each term out of the weights, which are scaled to sum to 100.
std::vector<RiskTerm> risk_terms(const RiskInputs& inputs, const RiskWeights& weights);
/// 0 (nothing speaks against it) to 100.
double risk_score(const std::vector<RiskTerm>& terms);

/// The band of a score; outcomes are counted and approvals asked for by it.
enum class RiskBand : std::uint8_t { low, medium, high };
std::string_view to_string(RiskBand band);
RiskBand risk_band(double score);  ///< below 30, below 60, from 60

/// P(the change fails) of a band: 3, 10 or 25 % with the weight of 20 changes, moved by those of the
/// band that were finished (a Beta posterior mean). The three are ours, to be moved by the record.
double failure_chance(RiskBand band, std::uint64_t failed, std::uint64_t total);

}  // namespace nines::remediate
