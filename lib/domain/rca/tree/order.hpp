// Orders of the variables of a decision diagram: which one is small is not known before trying.
#pragma once

#include <cstdint>
#include <vector>

#include "base/enum_names.hpp"
#include "domain/rca/tree/model.hpp"

namespace nines::rca::tree {

/// Depth first and leftmost, the inputs of each gate: as written; by size of what is below them,
/// smallest or largest first; events before gates.
enum class Order : std::uint8_t { document, ascending, descending, events_first };
inline constexpr EnumNames<Order, 4> kOrderNames{
    {"document", "ascending", "descending", "events first"}};

/// Basic events under `top` in that order, each once; house events have no variable.
/// O(inputs log inputs), without recursion.
std::vector<std::uint32_t> order_events(const FaultTree& tree, std::uint32_t top, Order order);

}  // namespace nines::rca::tree
