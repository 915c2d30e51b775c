// Draws a plot as SVG that any browser, screen reader and diff can read.
#include <fmt/core.h>

#include <algorithm>

#include "base/xml_text.hpp"
#include "render/plot.hpp"

namespace nines::render {
namespace {

constexpr double kWidth = 720, kHeight = 260;
constexpr double kLeft = 64, kRight = 704, kTop = 36, kBottom = 224;

constexpr const char* kPlotStyle = R"css(
  .axis { stroke: #57606a; stroke-width: 1; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  .line { fill: none; stroke: #0550ae; stroke-width: 2; stroke-linejoin: round; }
  .dashed { stroke: #953800; stroke-dasharray: 6 4; }
  text { fill: #1f2328; font: 12px system-ui, sans-serif; }
  .title { font-weight: 600; font-size: 14px; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .axis { stroke: #9198a1; }
    .grid { stroke: #3d444d; }
    .line { stroke: #79c0ff; }
    .dashed { stroke: #ffa657; }
    text { fill: #f0f6fc; }
    .back { fill: #0d1117; }
  }
)css";

double y_of(const Plot& plot, double value) {
  const double share = std::clamp((plot.high - value) / (plot.high - plot.low), 0.0, 1.0);
  return kTop + share * (kBottom - kTop);
}

std::string polyline(const PlotLine& line, const std::string& points) {
  return fmt::format("  <polyline class=\"line{}\" points=\"{}\"><title>{}</title></polyline>\n",
                     line.dashed ? " dashed" : "", points, xml_escaped(line.name));
}

/// One polyline for each stretch without a hole; a lone point gets a length so that it shows.
std::string draw_line(const Plot& plot, const PlotLine& line) {
  std::string out, points;
  const double step =
      line.points.size() < 2 ? 0 : (kRight - kLeft) / static_cast<double>(line.points.size() - 1);
  int count = 0;
  const auto flush = [&](double x, double y) {
    if (count == 1) points += fmt::format(" {:.1f},{:.1f}", x + 1, y);
    if (count > 0) out += polyline(line, points);
    points.clear();
    count = 0;
  };
  double x = kLeft, y = kBottom;
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    if (!line.points[i]) {
      flush(x, y);
      continue;
    }
    x = kLeft + step * static_cast<double>(i);
    y = y_of(plot, *line.points[i]);
    points += fmt::format("{}{:.1f},{:.1f}", count > 0 ? " " : "", x, y);
    ++count;
  }
  flush(x, y);
  return out;
}

std::string draw_axes(const Plot& plot) {
  std::string out;
  for (const auto& [value, label] : plot.y_labels) {
    const double y = y_of(plot, value);
    out += fmt::format(
        "  <line class=\"grid\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n", kLeft,
        y, kRight, y);
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                       kLeft - 6, y + 4, xml_escaped(label));
  }
  out += fmt::format(
      "  <line class=\"axis\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\"/>\n",
      kLeft, kBottom, kRight);
  for (std::size_t i = 0; i < plot.x_labels.size(); ++i) {
    const double share =
        plot.x_labels.size() < 2
            ? 0
            : static_cast<double>(i) / static_cast<double>(plot.x_labels.size() - 1);
    const char* anchor = i == 0 ? "start" : i + 1 == plot.x_labels.size() ? "end" : "middle";
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                       kLeft + share * (kRight - kLeft), kBottom + 18, anchor,
                       xml_escaped(plot.x_labels[i]));
  }
  return out;
}

}  // namespace

std::string draw_svg(const Plot& plot) {
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n",
      kWidth, kHeight);
  out += fmt::format("  <title id=\"title\">{}</title>\n  <desc id=\"desc\">{}</desc>\n",
                     xml_escaped(plot.title), xml_escaped(plot.description));
  out += fmt::format("  <style>{}  </style>\n", kPlotStyle);
  out +=
      fmt::format("  <rect class=\"back\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", kWidth, kHeight);
  out += fmt::format("  <text class=\"title\" x=\"{:.1f}\" y=\"20\">{}</text>\n", kLeft,
                     xml_escaped(plot.title));
  out += draw_axes(plot);
  for (const auto& line : plot.lines) out += draw_line(plot, line);
  return out + "</svg>\n";
}

}  // namespace nines::render
