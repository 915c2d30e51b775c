// Draws plots with characters: a grid of dots, two by four to a braille cell.
#include "render/plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/text.hpp"

namespace nines::render {
namespace {

/// Dots addressed from the top left; `columns` by `rows` character cells.
class Canvas {
 public:
  Canvas(int columns, int rows, bool utf8)
      : columns_(columns),
        rows_(rows),
        utf8_(utf8),
        dots_(static_cast<std::size_t>(width() * height())) {}

  int width() const { return columns_ * (utf8_ ? 2 : 1); }
  int height() const { return rows_ * (utf8_ ? 4 : 2); }

  void set(int x, int y) {
    if (x >= 0 && y >= 0 && x < width() && y < height()) dots_[index(x, y)] = true;
  }

  std::string row(int r) const {
    std::string text;
    for (int c = 0; c < columns_; ++c) text += utf8_ ? braille(c, r) : ascii(c, r);
    return text;
  }

 private:
  std::size_t index(int x, int y) const { return static_cast<std::size_t>(y * width() + x); }
  bool dot(int x, int y) const { return dots_[index(x, y)]; }

  std::string braille(int c, int r) const {
    constexpr std::array<std::array<int, 2>, 4> kBits = {
        {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}};
    int bits = 0;
    for (int y = 0; y < 4; ++y)
      for (int x = 0; x < 2; ++x)
        if (dot(2 * c + x, 4 * r + y))
          bits |= kBits[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
    if (bits == 0) return " ";
    return {static_cast<char>(0xE2), static_cast<char>(0xA0 | (bits >> 6)),
            static_cast<char>(0x80 | (bits & 0x3F))};
  }

  std::string ascii(int c, int r) const {
    const bool up = dot(c, 2 * r), down = dot(c, 2 * r + 1);
    return up && down ? ":" : up ? "'" : down ? "." : " ";
  }

  int columns_;
  int rows_;
  bool utf8_;
  std::vector<bool> dots_;
};

class Drawing {
 public:
  Drawing(const Plot& plot, Canvas& canvas) : plot_(plot), canvas_(canvas) {}

  void line(const PlotLine& line) {
    if (line.bars) return bars(line);
    std::optional<std::pair<int, int>> last;
    for (std::size_t i = 0; i < line.points.size(); ++i) {
      if (!line.points[i]) {
        last.reset();
        continue;
      }
      const std::pair at{x_of(i, line.points.size()), y_of(*line.points[i])};
      segment(last.value_or(at), at, line.dashed);
      last = at;
    }
  }

 private:
  /// Bars share the width evenly, with a column of nothing between them where there is room.
  void bars(const PlotLine& line) {
    const auto count = static_cast<int>(line.points.size());
    for (int i = 0; i < count; ++i) {
      const auto& value = line.points[static_cast<std::size_t>(i)];
      if (!value || *value <= plot_.low) continue;
      const int from = canvas_.width() * i / count, to = canvas_.width() * (i + 1) / count;
      for (int x = from; x < std::max(from + 1, to - 1); ++x)
        for (int y = y_of(*value); y < canvas_.height(); ++y) canvas_.set(x, y);
    }
  }

  int x_of(std::size_t i, std::size_t count) const {
    if (count < 2) return 0;
    return static_cast<int>(std::lround(static_cast<double>(i) * (canvas_.width() - 1) /
                                        static_cast<double>(count - 1)));
  }
  int y_of(double value) const {
    const double share = std::clamp((plot_.high - value) / (plot_.high - plot_.low), 0.0, 1.0);
    return static_cast<int>(std::lround(share * (canvas_.height() - 1)));
  }
  void segment(std::pair<int, int> a, std::pair<int, int> b, bool dashed) {
    const int steps = std::max({std::abs(b.first - a.first), std::abs(b.second - a.second), 1});
    for (int i = 0; i <= steps; ++i) {
      const auto between = [&](int from, int to) {
        return from + static_cast<int>(std::lround(static_cast<double>(to - from) * i / steps));
      };
      const int x = between(a.first, b.first);
      if (!dashed || x % 4 < 2) canvas_.set(x, between(a.second, b.second));
    }
  }

  const Plot& plot_;
  Canvas& canvas_;
};

std::string left_pad(const std::string& text, int width) {
  const int missing = width - display_width(text);
  return std::string(static_cast<std::size_t>(std::max(0, missing)), ' ') + text;
}

/// The label of each row, right-aligned; the first of two that fall on one row is kept.
std::vector<std::string> row_labels(const Plot& plot, int rows, int width) {
  std::vector<std::string> labels(static_cast<std::size_t>(rows),
                                  std::string(static_cast<std::size_t>(width), ' '));
  std::vector<bool> taken(labels.size(), false);
  for (const auto& [value, label] : plot.y_labels) {
    const double share = std::clamp((plot.high - value) / (plot.high - plot.low), 0.0, 1.0);
    const auto row = static_cast<std::size_t>(std::lround(share * (rows - 1)));
    if (taken[row]) continue;
    taken[row] = true;
    labels[row] = left_pad(label, width);
  }
  return labels;
}

/// Labels spread over `width` columns; one that would touch the one before it is left out.
std::string x_axis(const std::vector<std::string>& labels, int width) {
  std::string text;
  int used = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const int size = display_width(labels[i]);
    const double share =
        labels.size() < 2 ? 0 : static_cast<double>(i) / static_cast<double>(labels.size() - 1);
    const int centre = static_cast<int>(std::lround(share * (width - 1)));
    const int at = std::clamp(centre - size / 2, 0, std::max(0, width - size));
    if (i > 0 && at < used + 1) continue;
    text += std::string(static_cast<std::size_t>(std::max(0, at - used)), ' ') + labels[i];
    used = at + size;
  }
  return text;
}

std::string trim_right(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string pick(std::span<const std::string_view> steps, double share) {
  const double top = static_cast<double>(steps.size() - 1);
  return std::string(
      steps[static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * top))]);
}

}  // namespace

std::string draw_text(const Plot& plot, int width, int height, bool utf8) {
  int label_width = 0;
  for (const auto& [value, label] : plot.y_labels)
    label_width = std::max(label_width, display_width(label));
  const int rows = std::max(4, height) - 2;
  const int columns = std::max(24, width) - label_width - 2;
  Canvas canvas(std::max(columns, 8), rows, utf8);
  Drawing drawing(plot, canvas);
  for (const auto& line : plot.lines) drawing.line(line);
  const auto labels = row_labels(plot, rows, label_width);
  std::string text;
  for (int r = 0; r < rows; ++r)
    text += trim_right(labels[static_cast<std::size_t>(r)] + (utf8 ? " ┤" : " |") + canvas.row(r)) +
            "\n";
  const std::string indent(static_cast<std::size_t>(label_width) + 1, ' ');
  text += indent + (utf8 ? "└" : "+");
  for (int c = 0; c < std::max(columns, 8); ++c) text += utf8 ? "─" : "-";
  return text + "\n" + indent + " " + x_axis(plot.x_labels, std::max(columns, 8));
}

std::string sparkline(std::span<const std::optional<double>> points, double low, double high,
                      bool utf8) {
  static constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄",
                                                              "▅", "▆", "▇", "█"};
  static constexpr std::array<std::string_view, 7> kAscii = {".", ":", "-", "=", "+", "*", "#"};
  std::string text;
  for (const auto& point : points) {
    if (!point) {
      text += ' ';
      continue;
    }
    const double share = high > low ? (*point - low) / (high - low) : 0.5;
    text += utf8 ? pick(kBlocks, share) : pick(kAscii, share);
  }
  return text;
}

std::string heat_strip(std::span<const std::optional<double>> points, bool utf8) {
  static constexpr std::array<std::string_view, 5> kShades = {"▁", "░", "▒", "▓", "█"};
  static constexpr std::array<std::string_view, 5> kAscii = {"_", ".", "o", "O", "#"};
  std::string text;
  for (const auto& point : points) {
    if (!point)
      text += utf8 ? "·" : "-";
    else if (*point <= 0)
      text += utf8 ? kShades[0] : kAscii[0];
    else  // any spending at all is shown as some
      text += utf8 ? pick(std::span(kShades).subspan(1), *point)
                   : pick(std::span(kAscii).subspan(1), *point);
  }
  return text;
}

}  // namespace nines::render
