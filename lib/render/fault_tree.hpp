// Fault trees drawn as text, as Graphviz DOT, and as SVG.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/rca/tree/model.hpp"

namespace nines::render {

/// One line of a drawing: what stands there, how deep, and below which row.
struct TreeRow {
  rca::tree::Ref ref;
  std::uint32_t depth = 0;
  std::uint32_t parent = 0;  ///< row; of the first row itself
  bool again = false;        ///< a gate whose inputs stand at an earlier row
  bool cut = false;          ///< a gate whose inputs are deeper than was asked for
  bool last = false;         ///< the last input of its gate
};

/// The tree below `from`, depth first, down to `depth` levels; a gate that is met again is not
/// unfolded twice, so there is one row for each input of each gate. Needs no recursion.
std::vector<TreeRow> tree_rows(const rca::tree::FaultTree& tree, std::uint32_t from,
                               std::uint32_t depth);

/// Lines with branches; ASCII without `utf8`. Control characters of names are escaped.
std::string draw_tree_text(const rca::tree::FaultTree& tree, std::uint32_t from,
                           std::uint32_t depth, bool utf8);

/// A digraph, each gate and event once.
std::string draw_tree_dot(const rca::tree::FaultTree& tree, std::uint32_t from,
                          std::uint32_t depth);

/// A standalone SVG document, gates as boxes that name their type, events as circles, repeated gates
/// as references; colours follow the reader's light or dark preference.
std::string draw_tree_svg(const rca::tree::FaultTree& tree, std::uint32_t from,
                          std::uint32_t depth);

}  // namespace nines::render
