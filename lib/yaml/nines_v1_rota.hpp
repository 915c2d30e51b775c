// The nines/v1 kind Rota: layers of turns, restrictions, overrides and swaps.
#pragma once

#include <optional>
#include <string_view>

#include "domain/incident/rota.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kRotaShape;
void read_rota(const Node& document, Definition& definition);

/// "12h", "1d", "2w", "1M"; at most 1000 of them.
std::optional<incident::TurnLength> turn_length_from(std::string_view text);

}  // namespace nines::yaml
