// Every output format keeps data apart from markup, and text apart from other types.
#include "render/output.hpp"

#include <sstream>

#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "render/select.hpp"
#include "render/template.hpp"

namespace nines::render {
namespace {

Output sample() {
  Output output;
  output.schema = "nines/test/v1";
  output.data = Json::array();
  output.data.push(
      Json::object({{"name", "web"}, {"window", Json::object({{"days", 28}})}, {"sli", 0.25}}));
  output.data.push(
      Json::object({{"name", "=cmd|' /C calc'!A0"}, {"window", Json::object({{"days", 7}})}}));
  Table table;
  table.columns = {{.title = "NAME", .shrink = true}, {.title = "DAYS", .align = Align::right}};
  table.rows = {{Cell("web"), Cell("28")}, {Cell("=cmd|' /C calc'!A0"), Cell("7")}};
  output.page.push_back(table);
  return output;
}

std::string written(const Output& output, Format format, const Style& style = {}) {
  std::ostringstream out;
  write(out, output, format, style, from_epoch_micros(0));
  return out.str();
}

}  // namespace

TEST_CASE("the envelope names its schema and time") {
  const auto json = Json::parse(written(sample(), Format::json));
  CHECK(json.text("schema") == "nines/test/v1");
  CHECK(json.text("generated_at") == "1970-01-01T00:00:00Z");
  CHECK(json.find("data")->as_array().size() == 2);
  CHECK(json.find("warnings")->as_array().empty());
}

TEST_CASE("CSV follows RFC 4180 and runs nothing in a spreadsheet") {
  CHECK(written(sample(), Format::csv) ==
        "name,window.days,sli\r\nweb,28,0.25\r\n'=cmd|' /C calc'!A0,7,\r\n");
  CHECK(written(sample(), Format::csv, {.csv_raw = true, .headers = false}) ==
        "web,28,0.25\r\n=cmd|' /C calc'!A0,7,\r\n");
  Output output;
  output.data = Json::object({{"a", "x,\"y\"\n"}, {"b", "-5"}, {"c", "-five"}, {"d", -5}});
  CHECK(written(output, Format::csv) == "a,b,c,d\r\n\"x,\"\"y\"\"\n\",-5,'-five,-5\r\n");
}

TEST_CASE("why the next command helps goes below a command it does not fit beside") {
  Output output;
  output.page.push_back(Next{"nines slo list", "what is applied"});
  Style style;
  style.width = 40;
  CHECK(written(output, Format::table, style) == "Next: nines slo list   what is applied\n");
  style.width = 30;
  CHECK(written(output, Format::table, style) == "Next: nines slo list\n      what is applied\n");
  style.width = 0;  // nobody looks: a line is a line
  CHECK(written(output, Format::table, style) == "Next: nines slo list   what is applied\n");
}

TEST_CASE("TSV keeps one row on one line") {
  Output output;
  output.data = Json::object({{"a", "x\ty\nz\\"}});
  CHECK(written(output, Format::tsv) == "a\nx\\ty\\nz\\\\\n");
}

TEST_CASE("a template takes members, and no control byte of theirs") {
  const auto data = Json::array().push(
      Json::object({{"name", "x\x1b[31m"}, {"window", Json::object({{"from", "now"}})}}));
  std::ostringstream out;
  write_template(out, data, "{{name}}\\t{{ window.from }}\\\\ {x}");
  CHECK(out.str().find('\x1b') == std::string::npos);
  CHECK(out.str().ends_with("\tnow\\ {x}\n"));
  CHECK_THROWS_AS(write_template(out, data, "{{name"), Error);
  CHECK_THROWS_AS(write_template(out, data, "{{nmae}}"), Error);
}

TEST_CASE("YAML quotes what another type would be read from") {
  Output output;
  output.schema = "nines/test/v1";
  output.data = Json::object({{"yes", "no"},
                              {"n", "010"},
                              {"f", 99.95},
                              {"word", "web-1"},
                              {"none", nullptr},
                              {"bad", "\xff"}});
  const auto text = written(output, Format::yaml);
  for (const auto* line : {"\"yes\": \"no\"", "\"n\": \"010\"", "f: 99.95", "word: web-1",
                           "none: ~", "bad: \"\xEF\xBF\xBD\""})
    CHECK_THAT(text, Catch::Contains(line));
}

TEST_CASE("Markdown and HTML never take data for markup") {
  Output output;
  output.schema = "nines/test/v1";
  output.page = {Paragraph{"<script>alert(1)</script> [x](javascript:y) a|b"}};
  CHECK(written(output, Format::md) ==
        "&lt;script&gt;alert(1)&lt;/script&gt; \\[x\\](javascript:y) a\\|b\n");
  const auto html = written(output, Format::html);
  CHECK_THAT(html, Catch::Contains("&lt;script&gt;") && !Catch::Contains("<script"));
  CHECK_THAT(html, Catch::Contains("default-src 'none'"));
}

TEST_CASE("a table is cut to the width, ids and numbers are not") {
  CHECK(written(sample(), Format::table, {.width = 16}) ==
        "NAME        DAYS\nweb           28\n=cmd|' /C…     7\n");
  CHECK(written(sample(), Format::table, {.width = 16, .utf8 = false}) ==
        "NAME        DAYS\nweb           28\n=cmd|' ...     7\n");
  CHECK(written(sample(), Format::table, {.width = 0, .headers = false}) ==
        "web                 28\n=cmd|' /C calc'!A0   7\n");
}

TEST_CASE("no escape of the data reaches a terminal") {
  Output output;
  output.page = {Paragraph{"a\x1b]52;c;eA==\x07"
                           "b"},
                 Preformatted{"\x1b[31mred"}};
  CHECK_THAT(written(output, Format::table), !Catch::Contains("\x1b") && !Catch::Contains("\x07"));
  output.page = {Paragraph{"fine", Tone::good}};
  CHECK(written(output, Format::table, {.color = true}) == "\x1b[32mfine\x1b[0m\n");
}

TEST_CASE("rows are chosen, ordered and cut, and the table follows") {
  const auto by_days =
      select(sample(), {.fields = {}, .sort = "window.days", .limit = std::nullopt});
  CHECK(written(by_days, Format::name) == "=cmd|' /C calc'!A0\nweb\n");
  CHECK_THAT(written(by_days, Format::table), Catch::EndsWith("web                   28\n"));
  const auto top =
      select(sample(), {.fields = {"window.days"}, .sort = "-window.days", .limit = 1});
  CHECK(written(top, Format::jsonl) == "{\"window.days\":28}\n");
  CHECK(written(top, Format::table) == "window.days\n         28\n");
  CHECK_THROWS_AS(
      select(sample(), {.fields = {"nam"}, .sort = std::nullopt, .limit = std::nullopt}), Error);
}

}  // namespace nines::render
