// How far down a symptom goes along the calls between services.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/rca/rank/metric_table.hpp"

namespace nines::rca {

/// What is known of one node of the graph, in the same order as the graph's nodes.
struct CascadeNode {
  bool measured = false;  ///< without telemetry, a node passes on what it may have seen
  bool moved = false;     ///< with the symptom, more than the baseline does by itself
  double spreads = 0;
  double relative = 0;  ///< movement as a share of the usual level
};

struct CascadePlace {
  enum class Role {
    root,        ///< moved, and nothing that it calls explains it
    on_path,     ///< moved, and so did something that it calls
    behind_gap,  ///< as a root, but something between it and the target did not move
    called,      ///< the target calls it, directly or not
    not_called,
  };
  Role role = Role::not_called;
  /// Sum of ln(1 + spreads) over it and over all that moved and reach it: what it would explain.
  double evidence = 0;
  std::vector<std::uint32_t> explains;  ///< the others that moved and reach it, by index
};

/// `additive`: the time of a callee is part of its caller's, so that a relative movement can only
/// shrink on the way up; a callee that moved less than half as much does not explain its caller.
std::vector<CascadePlace> trace_cascade(const CallGraph& graph,
                                        const std::vector<CascadeNode>& nodes, std::uint32_t target,
                                        bool additive);

/// The strongly connected parts of a graph, each after all that it leads to.
struct Components {
  std::vector<std::uint32_t> of;                    ///< per node its component
  std::vector<std::vector<std::uint32_t>> members;  ///< per component, in the order they were met
};
Components components_of(const std::vector<std::vector<std::uint32_t>>& edges);

/// Cycles of calls as "a -> b -> a", one for each strongly connected part, at most `most`; of a
/// long one the first eight nodes and how many more there are.
std::vector<std::string> name_cycles(const CallGraph& graph, std::size_t most);

}  // namespace nines::rca
