// Fault trees as rows, as lines of text, and as Graphviz DOT.
#include "render/fault_tree.hpp"

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::render {
namespace {

using namespace rca::tree;

std::string gate_type(const Gate& gate) {
  if (gate.op != Operator::atleast) return std::string(kOperatorNames.of(gate.op));
  return fmt::format("{} of {}", gate.least, gate.inputs.size());
}

std::string event_note(const Event& event) {
  if (event.house) return event.state ? "house: true" : "house: false";
  if (event.probability) return fmt::format("p={:.4g}", *event.probability);
  if (event.rate) return fmt::format("rate={:.4g}/h", *event.rate);
  return "";
}

/// Quotes and backslashes of a DOT string; control characters become visible escapes.
std::string dot_text(const std::string& text) {
  std::string out;
  for (const char c : escape_controls(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' || c == '\t' ? ' ' : c;
  }
  return out;
}

std::string dot_id(Ref ref) {
  return (ref.gate ? "g" : "e") + std::to_string(ref.index);
}

}  // namespace

std::vector<TreeRow> tree_rows(const FaultTree& tree, std::uint32_t from, std::uint32_t depth) {
  struct Visit {
    std::uint32_t gate, row;
    std::size_t next;
  };
  std::vector<TreeRow> rows{{{true, from}, 0, 0, false, depth == 0, true}};
  std::vector<bool> met(tree.gates.size(), false);
  std::vector<Visit> path;
  met[from] = true;
  if (depth > 0) path.push_back({from, 0, 0});
  while (!path.empty()) {
    auto& [gate, parent, next] = path.back();
    const auto& inputs = tree.gates[gate].inputs;
    if (next == inputs.size()) {
      path.pop_back();
      continue;
    }
    const auto ref = inputs[next++];
    const auto level = static_cast<std::uint32_t>(path.size());
    TreeRow row{ref, level, parent, false, false, next == inputs.size()};
    if (ref.gate) {
      row.again = met[ref.index];
      row.cut = !row.again && level >= depth;
    }
    rows.push_back(row);
    if (!ref.gate || row.again || row.cut) continue;
    met[ref.index] = true;
    path.push_back({ref.index, static_cast<std::uint32_t>(rows.size() - 1), 0});
  }
  return rows;
}

std::string draw_tree_text(const FaultTree& tree, std::uint32_t from, std::uint32_t depth,
                           bool utf8) {
  std::string out;
  std::vector<bool> ended;  // by depth: whether the branch above has no more rows
  for (const auto& row : tree_rows(tree, from, depth)) {
    ended.resize(row.depth);
    if (row.depth > 0) ended[row.depth - 1] = row.last;
    for (std::uint32_t level = 0; level + 1 < row.depth; ++level)
      out += ended[level] ? "   " : utf8 ? "│  " : "|  ";
    if (row.depth > 0) out += row.last ? (utf8 ? "└─ " : "`- ") : (utf8 ? "├─ " : "|- ");
    out += escape_controls(tree.name_of(row.ref));
    if (row.ref.gate) {
      out += "  [" + gate_type(tree.gates[row.ref.index]) + "]";
      if (row.again) out += "  (above)";
      if (row.cut) out += "  (more below)";
    } else if (const auto note = event_note(tree.events[row.ref.index]); !note.empty()) {
      out += "  " + note;
    }
    out += '\n';
  }
  return out;
}

std::string draw_tree_dot(const FaultTree& tree, std::uint32_t from, std::uint32_t depth) {
  const auto rows = tree_rows(tree, from, depth);
  std::string nodes, edges;
  std::vector<bool> drawn(tree.events.size(), false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (i > 0)
      edges += fmt::format("  {} -> {};\n", dot_id(rows[row.parent].ref), dot_id(row.ref));
    if (row.ref.gate) {
      if (row.again) continue;
      const auto& gate = tree.gates[row.ref.index];
      nodes += fmt::format("  {} [shape=box, label=\"{}\\n{}{}\"];\n", dot_id(row.ref),
                           dot_text(gate.name), gate_type(gate), row.cut ? "\\n..." : "");
    } else if (!drawn[row.ref.index]) {
      drawn[row.ref.index] = true;
      const auto& event = tree.events[row.ref.index];
      const auto note = event_note(event);
      nodes += fmt::format("  {} [shape={}, label=\"{}{}{}\"];\n", dot_id(row.ref),
                           event.house ? "house" : "circle", dot_text(event.name),
                           note.empty() ? "" : "\\n", note);
    }
  }
  return fmt::format("digraph \"{}\" {{\n  rankdir=TB;\n{}{}}}\n", dot_text(tree.name), nodes,
                     edges);
}

}  // namespace nines::render
