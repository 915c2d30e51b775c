// Draws lanes with characters.
#include "render/lanes.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace nines::render {
namespace {

constexpr int kLeastWidth = 40;

struct LaneMarks {
  const char* empty;
  const char* unsure;
  const char* stretch;
  const char* guide;
  const char* mark;
};
constexpr LaneMarks kUnicodeMarks = {"·", "─", "━", "│", "●"};
constexpr LaneMarks kAsciiMarks = {".", "-", "=", "|", "*"};

std::size_t column_of(double share, std::size_t width) {
  const auto last = static_cast<double>(width - 1);
  return static_cast<std::size_t>(std::lround(std::clamp(share, 0.0, 1.0) * last));
}

std::string draw_row(const Lane& lane, const Lanes& lanes, std::size_t width,
                     const LaneMarks& marks) {
  std::vector<std::string> cells(width, marks.empty);
  const auto fill = [&](double from, double to, const char* with) {
    for (auto i = column_of(from, width); i <= column_of(to, width); ++i) cells[i] = with;
  };
  for (const auto& one : lane.stretches) fill(one.from, one.to, marks.stretch);
  for (const auto& one : lane.marks) fill(one.low, one.high, marks.unsure);
  if (lanes.guide) cells[column_of(*lanes.guide, width)] = marks.guide;
  std::vector<int> count(width, 0);
  for (const auto& one : lane.marks) ++count[column_of(one.at, width)];
  for (std::size_t i = 0; i < width; ++i) {
    if (count[i] == 1) cells[i] = marks.mark;
    if (count[i] > 1) cells[i] = count[i] < 10 ? std::to_string(count[i]) : "+";
  }
  return join(cells, "");
}

/// Each label centred on its place, the first and the last at the ends; one that would touch the
/// label before it is left out.
std::string draw_labels(const std::vector<std::string>& labels, std::size_t width) {
  std::string row(width, ' ');
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto& label = labels[i];
    if (label.size() > width) continue;
    const double share =
        labels.size() < 2 ? 0 : static_cast<double>(i) / static_cast<double>(labels.size() - 1);
    const auto at = column_of(share, width);
    const auto begin = std::min(at < label.size() / 2 ? 0 : at - label.size() / 2,
                                width - label.size());
    if (begin < free_from) continue;
    row.replace(begin, label.size(), label);
    free_from = begin + label.size() + 1;
  }
  return row.substr(0, row.find_last_not_of(' ') + 1);
}

}  // namespace

std::string draw_text(const Lanes& lanes, int width, bool utf8) {
  std::size_t names = 0;
  for (const auto& lane : lanes.lanes) names = std::max(names, lane.name.size());
  const auto columns = static_cast<std::size_t>(std::max(width, kLeastWidth));
  const auto room = columns > names + 2 + kLeastWidth / 2 ? columns - names - 2 : kLeastWidth / 2;
  const auto& marks = utf8 ? kUnicodeMarks : kAsciiMarks;
  std::string out;
  for (const auto& lane : lanes.lanes)
    out += lane.name + std::string(names - lane.name.size() + 2, ' ') +
           draw_row(lane, lanes, room, marks) + "\n";
  return out + std::string(names + 2, ' ') + draw_labels(lanes.x_labels, room);
}

}  // namespace nines::render
