// A fault tree by names, from the spec of its document; and where each of its parts stands.
#pragma once

#include "domain/rca/tree/draft.hpp"
#include "yaml/node.hpp"

namespace nines::yaml {

/// Parts that are no maps are left out, and so are values of the wrong type. `item` gives, for each
/// gate, event and group that was read, its place in its list.
struct FaultTreeParts {
  rca::tree::Draft draft;
  std::vector<int> gate_item, event_item, group_item;
};

FaultTreeParts fault_tree_parts(const Node& spec);

/// A number as JSON writes it, of any size; nothing for other nodes.
std::optional<double> number_of(const Node* node);

}  // namespace nines::yaml
