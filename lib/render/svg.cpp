// Draws a plot as SVG that any browser, screen reader and diff can read.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/xml_text.hpp"
#include "render/plot.hpp"

namespace nines::render {
namespace {

/// The paper and the area of the plot on it, in user units: labels are 12 units high.
struct Sheet {
  double width, height;
  double left, right, top, bottom;
};
constexpr Sheet kAlone{720, 260, 64, 704, 36, 224};
constexpr Sheet kInline{400, 196, 52, 390, 12, 168};

constexpr const char* kPlotStyle = R"css(
  .axis { stroke: #57606a; stroke-width: 1; }
  .grid { stroke: #d0d7de; stroke-width: 1; }
  .line { fill: none; stroke: #0550ae; stroke-width: 2; stroke-linejoin: round; }
  .dashed { stroke: #953800; stroke-dasharray: 6 4; }
  .bar { fill: #0550ae; }
  text { fill: #1f2328; font: 12px system-ui, sans-serif; }
  .title { font-weight: 600; font-size: 14px; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .axis { stroke: #9198a1; }
    .grid { stroke: #3d444d; }
    .line { stroke: #79c0ff; }
    .dashed { stroke: #ffa657; }
    .bar { fill: #79c0ff; }
    text { fill: #f0f6fc; }
    .back { fill: #0d1117; }
  }
)css";

/// Foreign text: neither markup, nor anything that could turn or hide the text around it.
std::string svg_text(std::string_view text) { return xml_escaped(escape_controls(text)); }

double y_of(const Plot& plot, const Sheet& sheet, double value) {
  const double share = std::clamp((plot.high - value) / (plot.high - plot.low), 0.0, 1.0);
  return sheet.top + share * (sheet.bottom - sheet.top);
}

std::string polyline(const PlotLine& line, const std::string& points) {
  return fmt::format("  <polyline class=\"line{}\" points=\"{}\"><title>{}</title></polyline>\n",
                     line.dashed ? " dashed" : "", points, svg_text(line.name));
}

/// A bar for each point, four fifths of its place wide; none for a hole, a stroke for a zero.
std::string draw_bars(const Plot& plot, const Sheet& sheet, const PlotLine& line) {
  std::string out;
  const double place = (sheet.right - sheet.left) / static_cast<double>(line.points.size());
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    if (!line.points[i]) continue;
    const double y = y_of(plot, sheet, *line.points[i]);
    out += fmt::format(
        "  <rect class=\"bar\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>\n",
        sheet.left + place * (static_cast<double>(i) + 0.1), y, place * 0.8,
        std::max(sheet.bottom - y, 1.0));
  }
  return out;
}

/// One polyline for each stretch without a hole; a lone point gets a length so that it shows.
std::string draw_line(const Plot& plot, const Sheet& sheet, const PlotLine& line) {
  if (line.bars) return draw_bars(plot, sheet, line);
  std::string out, points;
  const double step = line.points.size() < 2 ? 0
                                             : (sheet.right - sheet.left) /
                                                   static_cast<double>(line.points.size() - 1);
  int count = 0;
  const auto flush = [&](double x, double y) {
    if (count == 1) points += fmt::format(" {:.1f},{:.1f}", x + 1, y);
    if (count > 0) out += polyline(line, points);
    points.clear();
    count = 0;
  };
  double x = sheet.left, y = sheet.bottom;
  for (std::size_t i = 0; i < line.points.size(); ++i) {
    if (!line.points[i]) {
      flush(x, y);
      continue;
    }
    x = sheet.left + step * static_cast<double>(i);
    y = y_of(plot, sheet, *line.points[i]);
    points += fmt::format("{}{:.1f},{:.1f}", count > 0 ? " " : "", x, y);
    ++count;
  }
  flush(x, y);
  return out;
}

std::string draw_axes(const Plot& plot, const Sheet& sheet) {
  std::string out;
  for (const auto& [value, label] : plot.y_labels) {
    const double y = y_of(plot, sheet, value);
    out += fmt::format(
        "  <line class=\"grid\" x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\"/>\n",
        sheet.left, y, sheet.right, y);
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n",
                       sheet.left - 6, y + 4, svg_text(label));
  }
  out += fmt::format(
      "  <line class=\"axis\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\"/>\n",
      sheet.left, sheet.bottom, sheet.right);
  for (std::size_t i = 0; i < plot.x_labels.size(); ++i) {
    const double share =
        plot.x_labels.size() < 2
            ? 0
            : static_cast<double>(i) / static_cast<double>(plot.x_labels.size() - 1);
    const char* anchor = i == 0 ? "start" : i + 1 == plot.x_labels.size() ? "end" : "middle";
    out += fmt::format("  <text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                       sheet.left + share * (sheet.right - sheet.left), sheet.bottom + 18, anchor,
                       svg_text(plot.x_labels[i]));
  }
  return out;
}

}  // namespace

std::string draw_svg(const Plot& plot) {
  const auto& sheet = kAlone;
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n",
      sheet.width, sheet.height);
  out += fmt::format("  <title id=\"title\">{}</title>\n  <desc id=\"desc\">{}</desc>\n",
                     svg_text(plot.title), svg_text(plot.description));
  out += fmt::format("  <style>{}  </style>\n", kPlotStyle);
  out += fmt::format("  <rect class=\"back\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", sheet.width,
                     sheet.height);
  out += fmt::format("  <text class=\"title\" x=\"{:.1f}\" y=\"20\">{}</text>\n", sheet.left,
                     svg_text(plot.title));
  out += draw_axes(plot, sheet);
  for (const auto& line : plot.lines) out += draw_line(plot, sheet, line);
  return out + "</svg>\n";
}

std::string draw_inline_svg(const Plot& plot, std::string_view id) {
  const auto& sheet = kInline;
  std::string out = fmt::format(
      "<svg viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\" aria-labelledby=\"{2}-title {2}-desc\">\n"
      "  <title id=\"{2}-title\">{3}</title>\n  <desc id=\"{2}-desc\">{4}</desc>\n",
      sheet.width, sheet.height, id, svg_text(plot.title), svg_text(plot.description));
  out += draw_axes(plot, sheet);
  for (const auto& line : plot.lines) out += draw_line(plot, sheet, line);
  return out + "</svg>\n";
}

}  // namespace nines::render
