// Lines of a log: their ends, their codes of colour, and those that are too long.
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "ingest/log_lines.hpp"

using namespace nines;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  ingest::LogLines reader(ingest::open_memory(text));
  std::vector<std::string> lines;
  for (std::string_view line; reader.next(line);) lines.emplace_back(line);
  return lines;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a line is given without its end", "[ingest][logs]") {
  CHECK(lines_of("a\r\nb\n\nc") == Texts{"a", "b", "", "c"});
  CHECK(lines_of("").empty());
}

TEST_CASE("codes of colour are no part of a line", "[ingest][logs]") {
  CHECK(lines_of("\x1b[1;31mred\x1b[0m and \x1b[Kplain\n\x1b[32m\n") == Texts{"red and plain", ""});
  CHECK(lines_of("cut \x1b[31\nlone \x1b and \x1b(0") == Texts{"cut \x1b[31", "lone \x1b and \x1b(0"});
}

TEST_CASE("of a long line its begin is given", "[ingest][logs]") {
  const std::string text = std::string(ingest::kLongestLogLine + 5, 'x') + "\nnext\n";
  const auto lines = lines_of(text);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].size() == ingest::kLongestLogLine);
  CHECK(lines[1] == "next");
}
