// A long table looks in every format as a table of the same cells does.
#include "render/long_table.hpp"

#include <sstream>

#include <catch2/catch.hpp>

#include "render/output.hpp"
#include "support/hostile.hpp"

using namespace nines;
using namespace nines::render;

namespace {

std::vector<Column> three_columns() {
  return {{"name"}, {"lasts", Align::right}, {"title", Align::left, false, true}};
}

std::string shown(Block block, Format format, const Style& style) {
  Output output;
  output.schema = "nines/test/v1";
  output.page.push_back(std::move(block));
  std::ostringstream out;
  write(out, output, format, style, Instant{});
  return out.str();
}

void check_alike(const std::vector<std::string>& cells) {
  LongTable table(three_columns());
  for (const auto& cell : cells) table.add(cell);
  REQUIRE(table.rows() == cells.size() / 3);
  Table same{three_columns(), {}};
  for (std::size_t i = 0; i + 2 < cells.size(); i += 3)
    same.rows.push_back({cells[i], cells[i + 1], cells[i + 2]});
  for (const auto format : {Format::table, Format::wide, Format::md, Format::html})
    for (const auto width : {0, 20, 80})
      for (const bool utf8 : {true, false})
        for (const bool headers : {true, false}) {
          const Style style{.width = width, .utf8 = utf8, .headers = headers};
          CHECK(shown(table, format, style) == shown(same, format, style));
        }
}

}  // namespace

TEST_CASE("plain cells, cut where they do not fit") {
  check_alike({"INC-1", "3m", "requests of a service fail in one zone of two", "INC-200", "12h4m",
               "x", "", "", ""});
}

TEST_CASE("cells of any script and of bad intent") {
  std::vector<std::string> cells{"INC-1", "3m", "\u00fcber \u4e2d\u6587\u5b57\u7b26 wide"};
  for (const auto& text : test::kHostile)
    cells.insert(cells.end(), {"INC-2", text, text + " and more of it"});
  check_alike(cells);
}

TEST_CASE("no rows at all") { check_alike({}); }
