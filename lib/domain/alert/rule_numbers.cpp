// Numbers as rule files spell them: the order of each computation is part of the result.
#include "domain/alert/rule_numbers.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace nines::alert {

namespace {

/// 0.999 for 99.9, without rounding: a percentage has at most 16 decimals here.
Decimal hundredth(const Decimal& percent) { return Decimal(percent.units(), percent.scale() + 2); }

/// 100 - percent.
Decimal rest_of(const Decimal& percent) {
  std::int64_t hundred = 100;
  for (int i = 0; i < percent.scale(); ++i) hundred *= 10;
  return Decimal(hundred - percent.units(), percent.scale());
}

/// Beyond 16 decimals neither fits; no document says so much.
bool fits(const Decimal& percent) { return percent.scale() <= 16; }

}  // namespace

std::string number_text(double value) { return fmt::format("{}", value); }

std::string plain_number_text(double value) {
  std::array<char, 400> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return std::string(buffer.data(), end.ptr);
}

std::string objective_text(const RuleSource& source, Numbers numbers) {
  if (numbers == Numbers::exact && fits(source.exact_objective))
    return hundredth(source.exact_objective).to_string();
  return number_text(source.objective / 100);
}

std::string budget_text(const RuleSource& source, Numbers numbers) {
  if (numbers == Numbers::exact && fits(source.exact_objective))
    return hundredth(rest_of(source.exact_objective)).to_string();
  return number_text((100 - source.objective) / 100);
}

std::string metadata_budget_text(const RuleSource& source, Numbers numbers) {
  if (numbers == Numbers::exact && fits(source.exact_objective))
    return budget_text(source, numbers);
  return "1-" + objective_text(source, numbers);
}

std::string factor_text(const WindowPair& pair, Millis period, Numbers numbers) {
  if (numbers == Numbers::exact) {
    if (const auto exact = exact_burn_factor(pair, period)) return exact->to_string();
  }
  return number_text(burn_factor(pair, period));
}

std::string days_text(Millis period) {
  using Hours = std::chrono::duration<double, std::ratio<3600>>;
  return number_text(Hours(period).count() / 24);
}

}  // namespace nines::alert
