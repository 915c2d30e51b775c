// One model of a line plot, drawn in braille, in ASCII, or as SVG.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nines::render {

/// Points evenly spaced along x; no value: a hole in the line.
using Points = std::vector<std::optional<double>>;

struct PlotLine {
  std::string name;
  Points points;
  bool dashed = false;  ///< a guide or a forecast; drawn with gaps
  bool bars = false;    ///< each point is a bar from the bottom: counts
};

struct Plot {
  std::string title;
  std::string description;  ///< what a reader who does not see the plot should know
  std::vector<PlotLine> lines;
  double low = 0;  ///< of the y axis; low < high
  double high = 1;
  /// Value and label, any order; each gets a row (SVG: a line) of its own.
  std::vector<std::pair<double, std::string>> y_labels;
  std::vector<std::string> x_labels;  ///< evenly spaced, first and last at the ends
};

/// `width` columns by `height` rows including axes, lines joined by '\n', no final newline. At
/// least 24 by 4 is used.
std::string draw_text(const Plot& plot, int width, int height, bool utf8);

/// A standalone SVG document: title and description for screen readers, colours that follow the
/// reader's light or dark preference; the same bytes for the same plot.
std::string draw_svg(const Plot& plot);

/// The same to stand inside an HTML page: half as wide, so that its labels can be read on a phone,
/// without a style of its own (classes axis, grid, line, dashed, bar), its ids begin with `id`.
std::string draw_inline_svg(const Plot& plot, std::string_view id);

/// One character a point, from low to high: eight blocks, or " .:-=+*#" in ASCII. A hole is a space
/// ("." is the lowest value).
std::string sparkline(std::span<const std::optional<double>> points, double low, double high,
                      bool utf8);

/// One character a point for values from 0 (fine) to 1 and above (all of it): five shades; a hole
/// is "·", in ASCII "-".
std::string heat_strip(std::span<const std::optional<double>> points, bool utf8);

}  // namespace nines::render
