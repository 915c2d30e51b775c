// Exact arithmetic on decimals; nothing is rounded up.
#include "domain/incident/impact_money.hpp"

#include <limits>

#include "base/text.hpp"
#include "base/wide.hpp"

namespace nines::incident {
namespace {

constexpr int kCents = 2;

Decimal one_minus(const Decimal& share) {
  Wide unit = 1;
  for (int i = 0; i < share.scale(); ++i) unit *= 10;
  return Decimal(static_cast<std::int64_t>(unit - share.units()), share.scale());
}

std::optional<Decimal> plus(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  if (!a || !b) return std::nullopt;
  Wide left = a->units(), right = b->units();
  int scale = a->scale();
  for (; scale < b->scale(); ++scale) left *= 10;
  for (int i = b->scale(); i < scale; ++i) right *= 10;
  const Wide total = left + right;
  if (total > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return Decimal(static_cast<std::int64_t>(total), scale);
}

/// "1,234.5": whole units are grouped, cents are kept.
std::string amount_text(const Decimal& amount) {
  const auto text = amount.to_string();
  const auto point = text.find('.');
  const auto whole = text.substr(0, point);
  std::uint64_t units = 0;
  for (const char c : whole)
    if (c >= '0' && c <= '9') units = units * 10 + static_cast<std::uint64_t>(c - '0');
  return group_digits(units) + (point == std::string::npos ? "" : text.substr(point));
}

Money unknown(std::string why) {
  Money money;
  money.why_not = std::move(why);
  return money;
}

}  // namespace

std::string Money::text() const {
  if (!low && !high) return "not known" + (why_not.empty() ? "" : ": " + why_not);
  if (low && high && *low == *high) return amount_text(*low) + " " + currency;
  if (low && high) return amount_text(*low) + " to " + amount_text(*high) + " " + currency;
  return low ? "at least " + amount_text(*low) + " " + currency
             : "at most " + amount_text(*high) + " " + currency;
}

std::optional<Decimal> product(const Decimal& a, const Decimal& b) {
  Wide units = static_cast<Wide>(a.units()) * b.units();
  int scale = a.scale() + b.scale();
  for (; scale > kCents; --scale) units /= 10;
  if (units > std::numeric_limits<std::int64_t>::max() ||
      units < std::numeric_limits<std::int64_t>::min())
    return std::nullopt;
  return Decimal(static_cast<std::int64_t>(units), scale);
}

Money lost_revenue(std::uint64_t failed, bool complete, const TransactionValue& value) {
  if (failed > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
    return unknown("the count is too large");
  const auto all = product(Decimal(static_cast<std::int64_t>(failed), 0), value.amount);
  if (!all) return unknown("the amount is too large");
  Money money;
  money.low = product(*all, one_minus(value.recovered_high));
  if (complete) money.high = product(*all, one_minus(value.recovered_low));
  money.currency = value.currency;
  money.method = group_digits(failed) + " failed x " + value.amount.to_string() + " " +
                 value.currency + " (" + value.source + ") x share not recovered, " +
                 one_minus(value.recovered_high).to_string() + " to " +
                 one_minus(value.recovered_low).to_string() +
                 (value.recovered_source.empty() ? "" : " (" + value.recovered_source + ")");
  return money;
}

Money cost_of_minutes(const Decimal& bad_minutes, bool complete,
                      const catalog::BadMinuteCost& cost) {
  const auto amount = product(bad_minutes, cost.amount);
  if (!amount) return unknown("the amount is too large");
  Money money;
  money.low = amount;
  if (complete) money.high = amount;
  money.currency = cost.currency;
  money.method = bad_minutes.to_string() + " minutes of full outage x " + cost.amount.to_string() +
                 " " + cost.currency + " (" + cost.source + ")";
  return money;
}

Money sum(const std::vector<Money>& parts) {
  if (parts.empty()) return unknown("no service has a value per transaction or a cost per minute");
  Money total = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto& part = parts[i];
    if (!part.known() || !total.known())
      return unknown(part.known() ? total.why_not : part.why_not);
    if (part.currency != total.currency)
      return unknown("amounts in " + total.currency + " and " + part.currency + " cannot be added");
    total.low = plus(total.low, part.low);
    total.high = plus(total.high, part.high);
    total.method += "; " + part.method;
  }
  return total;
}

const std::optional<Decimal>& Figures::of(Threshold::Of what) const {
  switch (what) {
    case Threshold::Of::lost_revenue:
      return lost_low;
    case Threshold::Of::failed:
      return failed;
    case Threshold::Of::reach:
      return reach;
    case Threshold::Of::minutes:
      break;
  }
  return minutes;
}

std::vector<Threshold> passed(const AssessPolicy& policy, const Figures& figures) {
  std::vector<Threshold> fired;
  for (const auto& threshold : policy.thresholds)
    if (const auto& figure = figures.of(threshold.of); figure && *figure >= threshold.at_least)
      fired.push_back(threshold);
  return fired;
}

}  // namespace nines::incident
