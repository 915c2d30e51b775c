// Facts as intervals: what is missing leaves a side open.
#include "usecases/incident/assess_facts.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::usecases {
namespace {

using incident::Known;

Decimal decimal_of(double value) {
  return Decimal::parse(fmt::format("{:.4f}", value)).value_or(Decimal(0, 0));
}

/// The largest of several figures of which some may be missing.
class Worst {
 public:
  void add(const std::string& name, const std::optional<double>& value) {
    if (!value) {
      missing_.push_back(name);
    } else if (!most_ || *value > *most_) {
      most_ = value;
      of_ = name;
    }
  }
  Known known(const std::string& what) const {
    Known known;
    if (most_) known.low = decimal_of(*most_);
    if (most_ && missing_.empty()) known.high = known.low;
    known.source = most_ ? what + " of " + of_ : "no data of " + join(missing_, ", ");
    if (most_ && !missing_.empty()) known.source += "; no data of " + join(missing_, ", ");
    return known;
  }

 private:
  std::optional<double> most_;
  std::string of_;
  std::vector<std::string> missing_;
};

const incident::Fact* fact_named(const incident::Record& record,
                                 std::initializer_list<std::string_view> names) {
  for (const auto& fact : record.facts)
    if (std::find(names.begin(), names.end(), fact.name) != names.end()) return &fact;
  return nullptr;
}

Known not_on_record(std::string why) { return {std::nullopt, std::nullopt, std::move(why)}; }

std::string said(const incident::Record& record, const incident::Fact& fact) {
  return "fact " + fact.name + " of " + record.head.name + (fact.estimate ? " (estimate)" : "");
}

}  // namespace

void put_figures(incident::AssessFacts& facts, const std::vector<StatusRow>& rows) {
  std::map<std::chrono::minutes, Worst> burns;
  Worst spent;
  for (const auto& row : rows) {
    const auto& a = row.assessment;
    for (const auto& burn : a.burns) burns[burn.window].add(a.slo, burn.rate);
    if (a.burns.empty())
      for (const auto window : slo::kBurnWindows) burns[window].add(a.slo, std::nullopt);
    spent.add(a.slo, a.budget.share ? std::optional(std::round((1 - *a.budget.share) * 1000) / 10)
                                    : std::nullopt);
  }
  for (const auto& [window, worst] : burns)
    facts.burn_rates[window] = worst.known(format_duration(window) + " burn rate");
  if (!rows.empty()) facts.budget_spent = spent.known("budget");
}

void put_tier(incident::AssessFacts& facts, const Catalogue& catalogue,
              const std::vector<std::string>& services) {
  Known tier = not_on_record("no service is named");
  std::vector<std::string> without;
  for (const auto& name : services) {
    const auto found = catalogue.services.find(name);
    if (found == catalogue.services.end() || !found->second.tier) {
      without.push_back(name);
      continue;
    }
    const Decimal value(*found->second.tier, 0);
    if (tier.high && *tier.high <= value) continue;
    tier.high = value;
    tier.source = "service " + name;
  }
  if (tier.high && without.empty()) tier.low = tier.high;
  if (!without.empty())
    tier.source = (tier.high ? tier.source + "; " : "") + "no tier of " + join(without, ", ");
  facts.tier = std::move(tier);
}

void put_recorded(incident::AssessFacts& facts, const incident::Record& record) {
  if (const auto* reach = fact_named(record, {"users_affected", "reach"})) {
    const auto value = reach->value ? Decimal::parse(*reach->value) : std::nullopt;
    facts.reach = value ? Known::exactly(*value, said(record, *reach))
                        : not_on_record(said(record, *reach) + " is not known");
  } else {
    facts.reach = not_on_record("no fact users_affected of " + record.head.name);
  }
  const auto* exposure = fact_named(record, {"data_exposure", "data_exposed"});
  if (exposure == nullptr) {
    facts.data_exposure = not_on_record("no fact data_exposure of " + record.head.name);
    return;
  }
  const auto word = to_lower_ascii(exposure->value.value_or(""));
  const bool yes = word == "yes" || word == "true", no = word == "no" || word == "false";
  facts.data_exposure =
      yes || no ? Known::exactly(Decimal(yes ? 1 : 0, 0), said(record, *exposure))
                : not_on_record(said(record, *exposure) +
                                (exposure->value ? " is not yes or no" : " is not known"));
}

void put_money(incident::AssessFacts& facts, const incident::Money& money) {
  if (money.known())
    facts.lost_revenue = {money.low, money.high, money.method};
  else
    facts.lost_revenue = not_on_record(money.why_not);
}

}  // namespace nines::usecases
