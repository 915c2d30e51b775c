// Why-trees as SVG: each box as high as what it holds, beside the middle of what explains it.
#include <fmt/core.h>

#include <algorithm>

#include "base/text.hpp"
#include "base/xml_text.hpp"
#include "render/why_tree.hpp"

namespace nines::render {
namespace {

constexpr double kWhyWidth = 300, kWhyGap = 96, kWhyLine = 16, kWhySpace = 16;
constexpr double kWhyMargin = 24, kWhyTop = 56, kWhyPad = 10;
constexpr int kWhyColumns = 44;
constexpr std::size_t kWhyTextLines = 3, kWhyShown = 8;

constexpr const char* kWhyStyle = R"css(
  .edge { fill: none; stroke: #57606a; stroke-width: 1.5; }
  .rival { stroke-dasharray: 5 4; }
  .box { fill: #f6f8fa; stroke: #0550ae; stroke-width: 1.5; }
  .question { fill: #ddf4ff; stroke: #0550ae; stroke-width: 1.5; }
  .refuted { stroke: #8c959f; stroke-dasharray: 3 3; opacity: 0.7; }
  .likely { fill: #0550ae; opacity: 0.25; }
  text { fill: #1f2328; font: 12px system-ui, sans-serif; }
  .name { font-weight: 600; }
  .title { font-weight: 600; font-size: 14px; }
  .for { fill: #116329; }
  .against { fill: #a40e26; }
  .idle { fill: #57606a; text-decoration: line-through; }
  .weight { font-size: 11px; text-anchor: middle; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    .edge { stroke: #9198a1; }
    .box { fill: #151b23; stroke: #79c0ff; }
    .question { fill: #0c2d6b; stroke: #79c0ff; }
    .refuted { stroke: #656c76; }
    .likely { fill: #79c0ff; }
    text { fill: #f0f6fc; }
    .for { fill: #7ee787; }
    .against { fill: #ffa198; }
    .idle { fill: #9198a1; }
    .back { fill: #0d1117; }
  }
)css";

/// Words on lines of the box's width; what does not fit ends in a mark, and is whole in the title.
std::vector<std::string> wrapped_label(const std::string& text, std::size_t most) {
  std::vector<std::string> lines;
  std::string line;
  const auto shown = escape_controls(text);
  for (const auto word : split(shown, ' ')) {
    if (word.empty()) continue;
    const auto joined = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (display_width(joined) <= kWhyColumns || line.empty()) {
      line = joined;
      continue;
    }
    if (lines.size() + 1 == most) {
      line = joined;
      break;
    }
    lines.push_back(std::move(line));
    line = word;
  }
  if (!line.empty()) lines.push_back(std::move(line));
  for (auto& one : lines) one = fit_width(one, kWhyColumns);
  return lines;
}

struct WhyText {
  std::string style;
  std::string text;
  std::string whole;
};

std::string weight_text(double weight) {
  if (weight >= 1) return fmt::format("x {:.3g}", weight);
  return fmt::format("x 1/{:.3g}", 1 / weight);
}

std::vector<WhyText> lines_of(const WhyBox& box) {
  std::vector<WhyText> lines;
  auto head = fmt::format("{}  {:.0f} %  {}", box.name, box.posterior * 100, box.state);
  if (!box.layer.empty()) head += "  [" + box.layer + "]";
  lines.push_back({"name", fit_width(escape_controls(head), kWhyColumns), head});
  for (auto& line : wrapped_label(box.text, kWhyTextLines))
    lines.push_back({"", std::move(line), box.text});
  std::vector<WhyText> below;
  for (const auto& item : box.evidence)
    below.push_back({!item.counts     ? "idle"
                     : item.ratio > 1 ? "for"
                     : item.ratio < 1 ? "against"
                                      : "",
                     fit_width(escape_controls(item.text), kWhyColumns), item.text});
  for (const auto& note : box.notes)
    below.push_back({"", fit_width(escape_controls(note), kWhyColumns), note});
  if (below.size() > kWhyShown) {
    const auto more = below.size() - kWhyShown + 1;
    below.resize(kWhyShown - 1);
    below.push_back({"", fmt::format("and {} more", more), ""});
  }
  lines.insert(lines.end(), below.begin(), below.end());
  return lines;
}

struct WhyPlace {
  std::vector<WhyText> lines;
  double x = 0, y = 0, height = 0;
  double span = 0;   ///< of all that stands beside and right of it
  double inner = 0;  ///< of its children
};

struct WhyLayout {
  std::vector<WhyPlace> places;  ///< the question first
  double width = 0, height = 0;
};

WhyLayout lay_out_why(const WhyDrawing& drawing) {
  WhyLayout layout;
  const auto count = drawing.boxes.size() + 1;
  auto& places = layout.places;
  places.resize(count);
  const auto parent_of = [&](std::size_t i) {
    const auto& parent = drawing.boxes[i - 1].parent;
    return parent ? *parent + 1 : 0;
  };
  for (auto& line : wrapped_label(drawing.question, kWhyTextLines))
    places[0].lines.push_back({"name", std::move(line), drawing.question});
  for (std::size_t i = 1; i < count; ++i) places[i].lines = lines_of(drawing.boxes[i - 1]);
  places[0].x = kWhyMargin;
  for (std::size_t i = 1; i < count; ++i)
    places[i].x = places[parent_of(i)].x + kWhyWidth + kWhyGap;
  for (auto i = count; i-- > 0;) {
    auto& place = places[i];
    place.height = 2 * kWhyPad + kWhyLine * static_cast<double>(place.lines.size());
    place.span = std::max(place.height, place.inner - kWhySpace);
    if (i > 0) places[parent_of(i)].inner += place.span + kWhySpace;
    layout.width = std::max(layout.width, place.x + kWhyWidth + kWhyMargin);
  }
  std::vector<double> next(count, 0);  // where the next child of each begins
  for (std::size_t i = 0; i < count; ++i) {
    auto& place = places[i];
    double top = kWhyTop;
    if (i > 0) {
      top = next[parent_of(i)];
      next[parent_of(i)] += place.span + kWhySpace;
    }
    place.y = top + (place.span - place.height) / 2;
    next[i] = top + (place.span - std::max(0.0, place.inner - kWhySpace)) / 2;
  }
  layout.height = kWhyTop + places[0].span + kWhyMargin;
  return layout;
}

std::string draw_edge(const WhyPlace& from, const WhyPlace& to, const WhyBox& box) {
  const double x1 = from.x + kWhyWidth, y1 = from.y + from.height / 2;
  const double x2 = to.x, y2 = to.y + to.height / 2, middle = (x1 + x2) / 2;
  auto label = box.rival ? "or" : std::string("and");
  if (box.weight != 1) label += "  " + weight_text(box.weight);
  return fmt::format(
      "  <path class=\"edge{}\" d=\"M{:.1f} {:.1f} C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\"/>"
      "<text class=\"weight\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
      box.rival ? " rival" : "", x1, y1, middle, y1, middle, y2, x2, y2, (middle + x2) / 2, y2 - 5,
      xml_escaped(label));
}

std::string draw_box(const WhyPlace& place, const char* style, double likely) {
  auto out = fmt::format(
      "  <g><rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.1f}\" "
      "rx=\"4\"/>",
      style, place.x, place.y, kWhyWidth, place.height);
  if (likely > 0)
    out += fmt::format(
        "<rect class=\"likely\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"4\"/>", place.x,
        place.y, kWhyWidth * std::clamp(likely, 0.0, 1.0));
  double y = place.y + kWhyPad + 12;
  for (const auto& line : place.lines) {
    out +=
        fmt::format("<text{} x=\"{:.1f}\" y=\"{:.1f}\">{}{}</text>",
                    line.style.empty() ? "" : " class=\"" + line.style + "\"", place.x + kWhyPad, y,
                    line.whole.empty() || line.whole == line.text
                        ? ""
                        : "<title>" + xml_escaped(escape_controls(line.whole)) + "</title>",
                    xml_escaped(line.text));
    y += kWhyLine;
  }
  return out + "</g>\n";
}

}  // namespace

std::string draw_why_svg(const WhyDrawing& drawing) {
  const auto layout = lay_out_why(drawing);
  const auto& places = layout.places;
  auto out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
      "height=\"{1:.0f}\" role=\"img\" aria-labelledby=\"title desc\">\n",
      layout.width, layout.height);
  out += fmt::format(
      "  <title id=\"title\">{}</title>\n  <desc id=\"desc\">{}: from left to right what would "
      "explain what; dashed edges lead to rivals, of which one or none is true; an edge bears all "
      "its evidence as one likelihood ratio</desc>\n",
      xml_escaped(escape_controls(drawing.title)),
      count_of(drawing.boxes.size(), "hypothesis", "hypotheses"));
  out += fmt::format("  <style>{}  </style>\n", kWhyStyle);
  out += fmt::format("  <rect class=\"back\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", layout.width,
                     layout.height);
  out += fmt::format("  <text class=\"title\" x=\"{:.0f}\" y=\"28\">{}</text>\n", kWhyMargin,
                     xml_escaped(escape_controls(drawing.title)));
  for (std::size_t i = 0; i < drawing.boxes.size(); ++i) {
    const auto& box = drawing.boxes[i];
    out += draw_edge(places[box.parent ? *box.parent + 1 : 0], places[i + 1], box);
  }
  out += draw_box(places[0], "question", 0);
  for (std::size_t i = 0; i < drawing.boxes.size(); ++i)
    out += draw_box(places[i + 1], drawing.boxes[i].refuted ? "box refuted" : "box",
                    drawing.boxes[i].posterior);
  return out + "</svg>\n";
}

}  // namespace nines::render
