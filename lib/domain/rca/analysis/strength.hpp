// How strongly a piece of evidence speaks: the coarse table of likelihood ratios.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace nines::rca {

/// How much likelier the evidence is if the hypothesis is true: a coarse table, so that nobody
/// argues about digits.
enum class Strength : std::uint8_t { tenth, third, one, three, ten };

std::string_view to_string(Strength strength);  ///< "1/10", "1/3", "1", "3", "10"
std::optional<Strength> strength_from(std::string_view text);
std::vector<std::string_view> strength_names();

/// The likelihood ratio that the word stands for.
double ratio_of(Strength strength);

}  // namespace nines::rca
