// One model of what happened side by side in time: lanes with marks and stretches, as text or SVG.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nines::render {

/// Places are shares of the axis, 0 to 1; what lies outside is drawn at the edge.
struct LaneMark {
  double at = 0;
  double low = 0, high = 0;  ///< where it may have been
  std::string label;
};

struct LaneStretch {
  double from = 0, to = 0;
  std::string label;
};

struct Lane {
  std::string name;
  std::vector<LaneMark> marks;
  std::vector<LaneStretch> stretches;
};

struct Lanes {
  std::string title;
  std::string description;  ///< what a reader who does not see the drawing should know
  std::vector<Lane> lanes;
  std::optional<double> guide;  ///< a line across all lanes
  std::string guide_label;
  std::vector<std::string> x_labels;  ///< evenly spaced, first and last at the ends
};

/// A row per lane, the labels of the axis below, lines joined by '\n', no final newline; at least 40
/// columns are used. A mark is a dot, several in one place their number; where a mark may have been
/// is a thin line, a stretch a thick one.
std::string draw_text(const Lanes& lanes, int width, bool utf8);

/// A standalone SVG document as that of a plot: each mark with its label as title.
std::string draw_svg(const Lanes& lanes);

}  // namespace nines::render
