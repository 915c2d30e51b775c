// Tries orders of variables under rising limits of nodes, and takes the first diagram that fits.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "domain/rca/tree/bdd.hpp"
#include "domain/rca/tree/order.hpp"

namespace nines::rca::tree {

/// Beside the nodes there are their hash table and a cache of results: at most about 600 MiB.
inline constexpr std::size_t kNodeBudget = std::size_t{1} << 24;

struct Fitting {
  Compiled compiled;
  Order order = Order::document;
};

/// No order is small for every tree, and a bad one can be a thousand times larger than a good one:
/// each is tried with few nodes first, then each with sixteen times as many, up to `nodes`. The same
/// tree always takes the same one. Nothing when none fits.
std::optional<Fitting> compile_fitting(const FaultTree& tree, std::uint32_t top,
                                       const std::vector<Known>& known, std::size_t nodes);

}  // namespace nines::rca::tree
