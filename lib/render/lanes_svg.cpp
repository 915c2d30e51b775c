// Draws lanes as SVG that any browser, screen reader and diff can read.
#include <fmt/core.h>

#include <algorithm>

#include "base/xml_text.hpp"
#include "render/lanes.hpp"

namespace nines::render {
namespace {

constexpr double kLanesWidth = 720, kLaneHeight = 28;
constexpr double kLanesLeft = 96, kLanesRight = 704, kLanesTop = 48, kLanesFoot = 36;

constexpr const char* kLanesStyle = R"css(
  .lane { stroke: #d0d7de; stroke-width: 1; }
  .stretch { stroke: #953800; stroke-width: 10; opacity: 0.6; }
  .unsure { stroke: #0550ae; stroke-width: 2; }
  .mark { fill: #0550ae; }
  .guide { stroke: #57606a; stroke-width: 1; stroke-dasharray: 4 3; }
  text { fill: #1f2328; font: 12px system-ui, sans-serif; }
  .title { font-weight: 600; font-size: 14px; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .lane { stroke: #3d444d; }
    .stretch { stroke: #ffa657; }
    .unsure { stroke: #79c0ff; }
    .mark { fill: #79c0ff; }
    .guide { stroke: #9198a1; }
    text { fill: #f0f6fc; }
    .back { fill: #0d1117; }
  }
)css";

double x_of(double share) {
  return kLanesLeft + std::clamp(share, 0.0, 1.0) * (kLanesRight - kLanesLeft);
}

std::string draw_rule(const char* style, double from, double to, double y,
                      const std::string& label) {
  return fmt::format(
      "  <line class=\"{}\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\">"
      "<title>{}</title></line>\n",
      style, x_of(from), y, std::max(x_of(to), x_of(from) + 1), y, xml_escaped(label));
}

std::string draw_lane(const Lane& lane, double y) {
  auto out = fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                         kLanesLeft - 10, y + 4, xml_escaped(lane.name));
  out += draw_rule("lane", 0, 1, y, lane.name);
  for (const auto& one : lane.stretches) out += draw_rule("stretch", one.from, one.to, y, one.label);
  for (const auto& one : lane.marks)
    if (one.low < one.high) out += draw_rule("unsure", one.low, one.high, y, one.label);
  for (const auto& one : lane.marks)
    out += fmt::format(
        "  <circle class=\"mark\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4\"><title>{}</title></circle>\n",
        x_of(one.at), y, xml_escaped(one.label));
  return out;
}

std::string draw_foot(const Lanes& lanes, double y) {
  std::string out;
  const auto count = lanes.x_labels.size();
  for (std::size_t i = 0; i < count; ++i) {
    const double share = count < 2 ? 0 : static_cast<double>(i) / static_cast<double>(count - 1);
    const char* anchor = i == 0 ? "start" : i + 1 == count ? "end" : "middle";
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                       x_of(share), y, anchor, xml_escaped(lanes.x_labels[i]));
  }
  return out;
}

}  // namespace

std::string draw_svg(const Lanes& lanes) {
  const double bottom = kLanesTop + kLaneHeight * static_cast<double>(lanes.lanes.size());
  const double height = bottom + kLanesFoot;
  auto out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n",
      kLanesWidth, height);
  out += fmt::format("  <title id=\"title\">{}</title>\n  <desc id=\"desc\">{}</desc>\n",
                     xml_escaped(lanes.title), xml_escaped(lanes.description));
  out += fmt::format("  <style>{}  </style>\n", kLanesStyle);
  out += fmt::format("  <rect class=\"back\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", kLanesWidth,
                     height);
  out += fmt::format("  <text class=\"title\" x=\"16\" y=\"20\">{}</text>\n",
                     xml_escaped(lanes.title));
  if (lanes.guide) {
    const double x = x_of(*lanes.guide);
    out += fmt::format(
        "  <line class=\"guide\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{0:.1f}\" y2=\"{2:.1f}\"/>\n", x,
        kLanesTop - 8, bottom);
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", x,
                       kLanesTop - 12, xml_escaped(lanes.guide_label));
  }
  for (std::size_t i = 0; i < lanes.lanes.size(); ++i)
    out += draw_lane(lanes.lanes[i], kLanesTop + kLaneHeight * (static_cast<double>(i) + 0.5));
  return out + draw_foot(lanes, bottom + 20) + "</svg>\n";
}

}  // namespace nines::render
