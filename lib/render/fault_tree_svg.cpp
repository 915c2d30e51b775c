// Fault trees as SVG: leaves side by side, each gate above the middle of its inputs.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/xml_text.hpp"
#include "render/fault_tree.hpp"

namespace nines::render {
namespace {

using namespace rca::tree;

constexpr double kLeafWidth = 132, kLevelHeight = 96, kMargin = 24, kTitleHeight = 32;
constexpr double kBoxWidth = 120, kBoxHeight = 44, kRadius = 14;
constexpr int kNameWidth = 17;

constexpr const char* kTreeStyle = R"css(
  .wire { fill: none; stroke: #57606a; stroke-width: 1; }
  .gate { fill: #ddf4ff; stroke: #0550ae; stroke-width: 1.5; }
  .again { fill: #f6f8fa; stroke: #57606a; stroke-dasharray: 4 3; }
  .event { fill: #fff8c5; stroke: #953800; stroke-width: 1.5; }
  text { fill: #1f2328; font: 12px system-ui, sans-serif; text-anchor: middle; }
  .type { font-size: 11px; font-style: italic; }
  .title { font-weight: 600; font-size: 14px; text-anchor: start; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .wire { stroke: #9198a1; }
    .gate { fill: #0c2d6b; stroke: #79c0ff; }
    .again { fill: #21262d; stroke: #9198a1; }
    .event { fill: #3d2f00; stroke: #ffa657; }
    text { fill: #f0f6fc; }
    .back { fill: #0d1117; }
  }
)css";

struct Layout {
  std::vector<double> x;  ///< of each row
  double width = 0, height = 0;
};

/// Rows without rows below them are leaves; parents come before their children in the list.
Layout lay_out(const std::vector<TreeRow>& rows) {
  Layout layout;
  std::vector<double> least(rows.size(), 0), most(rows.size(), 0);
  std::vector<bool> inner(rows.size(), false);
  for (std::size_t i = 1; i < rows.size(); ++i) inner[rows[i].parent] = true;
  layout.x.resize(rows.size());
  double leaves = 0;
  std::uint32_t deepest = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    deepest = std::max(deepest, rows[i].depth);
    if (!inner[i]) layout.x[i] = kMargin + kLeafWidth * (leaves++ + 0.5);
  }
  std::vector<bool> met(rows.size(), false);
  for (auto i = rows.size(); i-- > 0;) {
    if (inner[i]) layout.x[i] = (least[i] + most[i]) / 2;
    if (i == 0) break;
    const auto parent = rows[i].parent;
    least[parent] = layout.x[i];
    if (!met[parent]) most[parent] = layout.x[i];
    met[parent] = true;
  }
  layout.width = 2 * kMargin + kLeafWidth * std::max(leaves, 1.0);
  layout.height = kTitleHeight + 2 * kMargin + kLevelHeight * deepest + kBoxHeight;
  return layout;
}

std::string short_name(const std::string& name) {
  return xml_escaped(fit_width(escape_controls(name), kNameWidth));
}

double top_of_row(const TreeRow& row) {
  return kTitleHeight + kMargin + kLevelHeight * row.depth;
}

std::string gate_shape(const Gate& gate, const TreeRow& row, double x, double y) {
  auto type = gate.op == Operator::atleast
                  ? fmt::format("{} of {}", gate.least, gate.inputs.size())
                  : std::string(kOperatorNames.of(gate.op));
  if (row.again) type += ", see there";
  if (row.cut) type += ", more below";
  return fmt::format(
      "  <g><title>{}</title><rect class=\"gate{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.0f}\" "
      "height=\"{:.0f}\" rx=\"4\"/><text x=\"{:.1f}\" y=\"{:.1f}\">{}</text><text class=\"type\" "
      "x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
      xml_escaped(gate.label.empty() ? gate.name : gate.name + ": " + gate.label),
      row.again || row.cut ? " again" : "", x - kBoxWidth / 2, y, kBoxWidth, kBoxHeight, x, y + 18,
      short_name(gate.name), x, y + 35, type);
}

std::string event_shape(const Event& event, double x, double y) {
  std::string note;
  if (event.house)
    note = event.state ? "true" : "false";
  else if (event.probability)
    note = fmt::format("{:.4g}", *event.probability);
  else if (event.rate)
    note = fmt::format("{:.4g}/h", *event.rate);
  const auto shape =
      event.house
          ? fmt::format("<path class=\"event\" d=\"M{0:.1f} {1:.1f} l{2:.0f} {2:.0f} v{2:.0f} h-{3:.0f} "
                        "v-{2:.0f} z\"/>",
                        x, y, kRadius, 2 * kRadius)
          : fmt::format("<circle class=\"event\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.0f}\"/>", x,
                        y + kRadius, kRadius);
  return fmt::format(
      "  <g><title>{}</title>{}<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text><text class=\"type\" "
      "x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
      xml_escaped(event.label.empty() ? event.name : event.name + ": " + event.label), shape, x,
      y + 2 * kRadius + 14, short_name(event.name), x, y + 2 * kRadius + 28, note);
}

}  // namespace

std::string draw_tree_svg(const FaultTree& tree, std::uint32_t from, std::uint32_t depth) {
  const auto rows = tree_rows(tree, from, depth);
  const auto layout = lay_out(rows);
  const auto title = "Fault tree of " + tree.gates[from].name;
  std::string wires, shapes;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const double x = layout.x[i], y = top_of_row(row);
    if (i > 0) {
      const double above = top_of_row(rows[row.parent]) + kBoxHeight, middle = (above + y) / 2;
      wires += fmt::format("  <path class=\"wire\" d=\"M{:.1f} {:.1f} V{:.1f} H{:.1f} V{:.1f}\"/>\n",
                           layout.x[row.parent], above, middle, x, y);
    }
    shapes += row.ref.gate ? gate_shape(tree.gates[row.ref.index], row, x, y)
                           : event_shape(tree.events[row.ref.index], x, y);
  }
  auto out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n",
      layout.width, layout.height);
  out += fmt::format("  <title id=\"title\">{}</title>\n  <desc id=\"desc\">{} drawn; gates are boxes, "
                     "events circles, dashed boxes stand for gates drawn elsewhere</desc>\n",
                     xml_escaped(title), count_of(rows.size(), "gate or event", "gates and events"));
  out += fmt::format("  <style>{}  </style>\n", kTreeStyle);
  out += fmt::format("  <rect class=\"back\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", layout.width,
                     layout.height);
  out += fmt::format("  <text class=\"title\" x=\"{:.0f}\" y=\"24\">{}</text>\n", kMargin,
                     xml_escaped(escape_controls(title)));
  return out + wires + shapes + "</svg>\n";
}

}  // namespace nines::render
