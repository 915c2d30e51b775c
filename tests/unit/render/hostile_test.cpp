// A hundred hostile strings in every place of a page stay text in HTML, Markdown, CSV and the
// terminal.
#include <catch2/catch.hpp>

#include <sstream>

#include "base/text.hpp"
#include "render/output.hpp"
#include "support/hostile.hpp"

using namespace nines;
using namespace nines::render;

namespace {

using nines::test::kHostile;

Output page_with(const std::string& text) {
  Output output;
  output.schema = "nines/test/v1";
  output.data = Json::array();
  output.data.push(Json::object({{"name", text}, {"note", text}}));
  auto& page = output.page;
  page.push_back(Heading{text, 1});
  Facts facts;
  facts.items.emplace_back(text, text);
  page.push_back(facts);
  for (int i = 0; i < 6; ++i) page.push_back(Heading{text});
  page.push_back(Heading{text, 3});
  page.push_back(Paragraph{text, Tone::bad});
  page.push_back(Table{{{text}, {text, Align::right}}, {{text, text}, {text, text}}});
  page.push_back(Preformatted{text});
  Figure figure;
  figure.plot.title = figure.plot.description = text;
  figure.plot.lines.push_back({text, {0.1, 0.9}});
  figure.plot.y_labels = {{0.5, text}};
  figure.plot.x_labels = {text, text};
  figure.table = Table{{{text}}, {{text}}};
  page.push_back(figure);
  page.push_back(Next{text, text});
  return output;
}

std::string written_with(const std::string& text, Format format) {
  std::ostringstream out;
  write(out, page_with(text), format, Style{}, Instant{});
  return out.str();
}

/// Everything that a browser takes for markup, in order: what stands between is text.
std::vector<std::string> tags_of(const std::string& html) {
  std::vector<std::string> tags;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const auto end = html.find_first_of("> \n", at);
    tags.push_back(html.substr(at, end - at));
  }
  return tags;
}

std::size_t count_of_char(const std::string& text, char wanted) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), wanted));
}

/// A reader of RFC 4180, written for this test alone.
std::vector<std::vector<std::string>> read_csv(const std::string& csv) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    const char c = csv[i];
    if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"') {
      rows.back().back() += '"';
      ++i;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == ',') {
      rows.back().emplace_back();
    } else if (!quoted && c == '\r' && i + 1 < csv.size() && csv[i + 1] == '\n') {
      if (++i + 1 < csv.size()) rows.emplace_back(1);
    } else {
      rows.back().back() += c;
    }
  }
  return rows;
}

/// What Markdown could read as markup must stand behind a backslash, or as an entity.
bool has_bare_markup(const std::string& cell) {
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\') {
      ++i;
      continue;
    }
    if (std::string_view("`*_[]|#<>").find(cell[i]) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("hostile strings are a hundred") { CHECK(kHostile.size() >= 100); }

TEST_CASE("hostile strings add no markup to HTML") {
  const auto expected = tags_of(written_with("plain", Format::html));
  REQUIRE(expected.size() > 60);
  for (const auto& text : kHostile) {
    CAPTURE(escape_controls(text));
    const auto html = written_with(text, Format::html);
    CHECK(tags_of(html) == expected);
    // Attributes too: none of ours is opened or closed by what stands in it.
    CHECK(count_of_char(html, '"') == count_of_char(written_with("plain", Format::html), '"'));
    CHECK(escape_controls(html) == html);
  }
}

TEST_CASE("hostile strings add no markup to Markdown") {
  const auto lines_expected = count_of_char(written_with("plain", Format::md), '\n');
  for (const auto& text : kHostile) {
    CAPTURE(escape_controls(text));
    const auto markdown = written_with(text, Format::md);
    // The preformatted block keeps its lines, and its fence is longer than any within it.
    const auto extra = count_of_char(text, '\n') + (text.ends_with('\n') ? 0 : 0);
    CHECK(count_of_char(markdown, '\n') <= lines_expected + extra);
    std::istringstream lines(markdown);
    std::string line, fence;
    while (std::getline(lines, line)) {
      const auto ticks = line.substr(0, line.find_first_not_of('`'));
      if (fence.empty() && ticks.size() >= 3) {
        fence = ticks;
      } else if (!fence.empty()) {
        if (line == fence) fence.clear();
      } else {
        // Ours: the marks that begin headings, items and rows, and the bars between cells.
        while (line.starts_with('#')) line.erase(0, 1);
        if (line.starts_with("|")) {
          for (auto at = line.find(" | "); at != std::string::npos; at = line.find(" | "))
            line.erase(at, 3);
          line = line.substr(1, line.size() - 2);
        }
        for (const auto* ours : {"<br>"})
          for (auto at = line.find(ours); at != std::string::npos; at = line.find(ours))
            line.erase(at, std::string_view(ours).size());
        for (auto at = line.find("&#"); at != std::string::npos; at = line.find("&#"))
          line.erase(at, 2);
        CHECK_FALSE(has_bare_markup(line));
      }
    }
    CHECK(fence.empty());
    CHECK(escape_controls(markdown) == markdown);
  }
}

TEST_CASE("hostile strings are one cell of CSV, and no formula") {
  for (const auto& text : kHostile) {
    CAPTURE(escape_controls(text));
    const auto rows = read_csv(written_with(text, Format::csv));
    REQUIRE(rows.size() == 2);
    REQUIRE(rows[1].size() == 2);
    for (const auto& cell : rows[1]) {
      const bool runs = cell.find_first_of("=+-@\t\r") == 0;
      CHECK((!runs || Decimal::parse(cell)));  // a number is none
      CHECK(escape_controls(cell).size() >= cell.size());
    }
  }
}

TEST_CASE("hostile strings move nothing in a terminal") {
  for (const auto& text : kHostile) {
    CAPTURE(escape_controls(text));
    const auto shown = written_with(text, Format::table);
    CHECK(escape_controls(shown) == shown);
    CHECK(shown.find('\x1b') == std::string::npos);
    CHECK(is_valid_utf8(shown));
  }
}
