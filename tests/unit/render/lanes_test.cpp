// Lanes as text and as SVG: marks, stretches, the guide, and what lies at the edges.
#include <catch2/catch.hpp>

#include "render/lanes.hpp"

namespace nines::render {
namespace {

Lanes two_lanes() {
  Lanes lanes;
  lanes.title = "A <b> title";
  lanes.description = "what it shows";
  lanes.lanes = {{"impact", {}, {{0.5, 0.75, "hurt"}}},
                 {"log", {{0.1, 0.05, 0.2, "one"}, {0.9, 0.9, 0.9, "two"}, {0.9, 0.9, 0.9, "\x1b[31m"}}, {}}};
  lanes.guide = 0.5;
  lanes.guide_label = "onset";
  lanes.x_labels = {"08:00", "09:00", "10:00"};
  return lanes;
}

TEST_CASE("lanes are drawn with characters") {
  CHECK(draw_text(two_lanes(), 48, false) ==
        "impact  ....................|=========..........\n"
        "log     ..--*----...........|..............2....\n"
        "        08:00             09:00            10:00");
}

TEST_CASE("what lies outside of the axis is drawn at its edge, and a narrow terminal holds") {
  Lanes lanes;
  lanes.lanes = {{"x", {{-3, -4, -2, "early"}, {7, 7, 7, "late"}}, {}}};
  const auto drawn = draw_text(lanes, 0, false);
  CHECK(drawn.starts_with("x  *"));
  CHECK(drawn.substr(0, drawn.find('\n')).ends_with(".*"));
}

TEST_CASE("lanes as SVG escape what they are given and follow the reader's colours") {
  const auto svg = draw_svg(two_lanes());
  CHECK(svg == draw_svg(two_lanes()));
  CHECK(svg.find("A &lt;b&gt; title") != std::string::npos);
  CHECK(svg.find('\x1b') == std::string::npos);
  CHECK(svg.find("prefers-color-scheme: dark") != std::string::npos);
  CHECK(svg.find("class=\"guide\"") != std::string::npos);
}

}  // namespace
}  // namespace nines::render
