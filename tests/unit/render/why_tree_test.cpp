// The drawing of a why-tree: nothing breaks out of it, nothing overlaps, nothing recurses.
#include "render/why_tree.hpp"

#include <catch2/catch.hpp>

using namespace nines::render;

TEST_CASE("foreign text stays text") {
  WhyDrawing drawing{"<script>", "a & b \x1b[31m", {}};
  drawing.boxes.push_back({{}, "HYP-1", "</text><script>alert(1)</script>", "open", "", 0.5, true,
                           false, 10, {{"x 10 log: \"<b>\"", 10, true}}, {"because \x07"}});
  const auto svg = draw_why_svg(drawing);
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("<b>") == std::string::npos);
  CHECK(svg.find('\x1b') == std::string::npos);
  CHECK(svg.find('\x07') == std::string::npos);
  CHECK(svg.find("or  x 10") != std::string::npos);
  CHECK(svg == draw_why_svg(drawing));
}

TEST_CASE("a long text is cut on the page and whole in its title") {
  std::string words;
  for (int i = 0; i < 60; ++i) words += "word" + std::to_string(i) + " ";
  WhyDrawing drawing{"RCA-1", "why", {}};
  drawing.boxes.push_back({{}, "HYP-1", words, "open", "", 0.5, false, false, 1, {}, {}});
  const auto svg = draw_why_svg(drawing);
  CHECK(svg.find("<title>word0 word1") != std::string::npos);
  CHECK(svg.find("word59") != std::string::npos);
}

TEST_CASE("a chain of 100 000 whys is drawn without recursion") {
  WhyDrawing drawing{"RCA-1", "why", {}};
  for (std::size_t i = 0; i < 100'000; ++i)
    drawing.boxes.push_back({i == 0 ? std::nullopt : std::optional(i - 1), "H", "t", "open", "", 0.5,
                             false, false, 1, {}, {}});
  CHECK(draw_why_svg(drawing).ends_with("</svg>\n"));
}
