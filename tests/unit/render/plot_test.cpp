// Plots: the same picture in braille, ASCII and SVG, whatever the data.
#include "render/plot.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "base/text.hpp"

using namespace nines;
using namespace nines::render;

namespace {

Plot falling() {
  Plot plot;
  plot.title = "Budget of <checkout> & co";
  plot.description = "from 100 % to 25 %";
  plot.lines = {{"left", {1.0, 0.75, 0.5, std::nullopt, 0.25}, false}, {"even", {1.0, 0.0}, true}};
  plot.y_labels = {{1, "100 %"}, {0, "0 %"}};
  plot.x_labels = {"Nov 1", "Nov 15", "Nov 30"};
  return plot;
}

}  // namespace

TEST_CASE("a plot keeps to its width and height", "[render]") {
  for (const bool utf8 : {true, false})
    for (const int width : {24, 40, 80, 200}) {
      std::istringstream lines(draw_text(falling(), width, 10, utf8));
      int count = 0;
      for (std::string line; std::getline(lines, line); ++count) {
        CHECK(display_width(line) <= width);
        if (!utf8)
          for (const char c : line) CHECK(static_cast<unsigned char>(c) < 0x80);
      }
      CHECK(count == 10);
    }
}

TEST_CASE("a falling line starts at the top left and ends low at the right", "[render]") {
  const auto text = draw_text(falling(), 40, 8, false);
  CHECK(text.substr(0, text.find('\n')).find("100 % |'") == 0);
  CHECK(text.find("  0 % |") != std::string::npos);
  CHECK(text.find("Nov 1 ") != std::string::npos);
  CHECK(text.find("Nov 30") != std::string::npos);
}

TEST_CASE("nothing to draw is drawn as nothing", "[render]") {
  Plot plot;
  CHECK_FALSE(draw_text(plot, 80, 10, true).empty());
  plot.lines = {{"one", {0.5}, false}, {"none", {}, false}, {"hole", {std::nullopt}, false}};
  CHECK_FALSE(draw_text(plot, 1, 1, true).empty());
  CHECK(draw_svg(plot).find("polyline") != std::string::npos);
}

TEST_CASE("the drawing for browsers is accessible, escaped, and the same each time", "[render]") {
  const auto svg = draw_svg(falling());
  CHECK(svg == draw_svg(falling()));
  CHECK(svg.find("<title id=\"title\">Budget of &lt;checkout&gt; &amp; co</title>") !=
        std::string::npos);
  CHECK(svg.find("<desc id=\"desc\">from 100 % to 25 %</desc>") != std::string::npos);
  CHECK(svg.find("prefers-color-scheme: dark") != std::string::npos);
  CHECK(svg.find("role=\"img\"") != std::string::npos);
}

TEST_CASE("sparklines and heat strips are one character a point", "[render]") {
  const Points points = {0.0, 0.5, 1.0, std::nullopt, 7.0};
  CHECK(sparkline(points, 0, 1, true) == "▁▅█ █");
  CHECK(sparkline(points, 0, 1, false) == ".=# #");
  CHECK(sparkline(points, 1, 1, true) == "▅▅▅ ▅");
  CHECK(heat_strip(points, true) == "▁▓█·█");
  CHECK(heat_strip(points, false) == "_O#-#");
  CHECK(heat_strip(Points{0.001}, false) == ".");
}
