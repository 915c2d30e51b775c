// The YAML layer: located trees from good input, one clear finding from hostile input, in time.
#include "yaml/document.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <string>

using nines::Json;
using nines::yaml::Limits;
using nines::yaml::Node;
using nines::yaml::parse;
using nines::yaml::Stream;

namespace {

/// "CODE@line:column" of each finding, joined by blanks.
std::string document_findings(const Stream& stream) {
  std::string all;
  for (const auto& f : stream.findings) {
    if (!all.empty()) all += ' ';
    all += f.code + "@" + std::to_string(f.span.line) + ":" + std::to_string(f.span.column);
  }
  return all;
}

std::string codes_of(const std::string& text) { return document_findings(parse(text, "f.yaml")); }

}  // namespace

TEST_CASE("a tree knows the text, the type and the place of each value", "[yaml]") {
  const std::string text =
      "name: café # no\nlist:\n  - 1.50\n  - 'yes'\n  - true\n  - ~\nb: |\n  x: 1\n";
  const Stream stream = parse(text, "f.yaml");
  REQUIRE(stream.findings.empty());
  REQUIRE(stream.documents.size() == 1);
  const Node& root = *stream.documents[0];
  CHECK(root.count == 3);
  CHECK(root.find("name")->text == "café");
  const auto span = stream.source.span(root.find("name")->begin, root.find("name")->end);
  CHECK(span.column == 7);
  CHECK(span.end_column == 11);
  CHECK(span.byte_end - span.byte_begin == 5);
  std::vector<const Node*> items;
  for (const Node& item : root.find("list")->items()) items.push_back(&item);
  REQUIRE(items.size() == 4);
  CHECK(items[0]->is_number());
  CHECK(items[1]->is_text());
  CHECK(items[2]->is_bool());
  CHECK(items[3]->is_null());
  CHECK(stream.source.span(items[1]->begin, 0).line == 4);
  CHECK(root.find("b")->text == "x: 1\n");
}

TEST_CASE("several documents, a byte-order mark, CRLF and JSON are all read", "[yaml]") {
  const std::string text =
      "\xEF\xBB\xBF"
      "a: 1\r\nb: é\r\n---\r\n---\r\n- c: 2\r\n...\r\n";
  const Stream stream = parse(text, "f.yaml");
  CHECK(document_findings(stream).empty());
  REQUIRE(stream.documents.size() == 2);
  const Node& b = *stream.documents[0]->find("b");
  CHECK(text.substr(b.begin, b.end - b.begin) == "é");
  CHECK(stream.source.span(b.begin, b.end).column == 4);
  const std::string json = "{\n\t\"a\": [1, 2.5, \"x\\u00e9\", null, true],\n\t\"b\": {}\n}";
  const Stream from_json = parse(json, "f.json");
  CHECK(document_findings(from_json).empty());
  CHECK(nines::yaml::to_json(*from_json.documents[0]).dump() ==
        R"({"a":[1,"2.5","xé",null,true],"b":{}})");
}

TEST_CASE("what is wrong with the text is found at its place", "[yaml]") {
  CHECK(codes_of(",") == "YAML_SYNTAX@1:1");
  CHECK(codes_of("target: '99.9\nwindow: 30d\n") == "UNTERMINATED_QUOTE@1:9");
  CHECK(codes_of("a: 1\n\tb: 2\n") == "TAB_INDENT@2:1");
  CHECK(codes_of("a: \xC3(\n") == "BAD_UTF8@1:4");
  CHECK(codes_of(std::string("a: x\0y\n", 7)) == "CONTROL_CHARACTER@1:5");
  CHECK(codes_of("\xFF\xFE"
                 "a") == "BAD_UTF8@1:1");
  CHECK(codes_of("a: 1\nb: 2\na: 3\n") == "DUPLICATE_KEY@3:1");
  CHECK(codes_of("a: &x {b: 1}\nc:\n  <<: *x\n") == "MERGE_KEY@3:3");
  CHECK(codes_of("a: !!str 1\n") == "TAG_REFUSED@1:4");
  CHECK(codes_of("? [a]\n: 1\n") == "KEY_NOT_TEXT@1:3");
  CHECK(codes_of("a: *nope\n") == "ALIAS_UNKNOWN@1:4");
  CHECK(codes_of("a: &x [*x]\n") == "ALIAS_CYCLE@1:8");
  CHECK(codes_of("") == "EMPTY_FILE@1:1");
  CHECK(codes_of("# only a comment\n---\n") == "EMPTY_FILE@1:1");
  CHECK(codes_of("a: [1, 2\nb: 3\n") == "YAML_SYNTAX@2:2");
}

TEST_CASE("documents before a syntax error are kept", "[yaml]") {
  const Stream stream = parse("a: 1\n---\nb: [\n", "f.yaml");
  CHECK(stream.documents.size() == 1);
  CHECK(stream.findings.size() == 1);
}

TEST_CASE("aliases share what they name, within the budget", "[yaml]") {
  const std::string text = "a: &x {b: 1}\nc: *x\n";
  const Stream stream = parse(text, "f.yaml");
  REQUIRE(stream.findings.empty());
  const Node& c = *stream.documents[0]->find("c");
  CHECK(c.alias);
  CHECK(c.find("b")->text == "1");
  CHECK(text.substr(stream.documents[0]->find("a")->begin, 6) == "{b: 1}");
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string to = std::to_string(i);
    const std::string from = "*a" + std::to_string(i - 1);
    bomb += "a" + to + ": &a" + to + " [" + from;
    for (int k = 0; k < 8; ++k) bomb += "," + from;
    bomb += "]\n";
  }
  CHECK(codes_of(bomb).starts_with("TOO_MANY_NODES@"));
  std::string deep = "a0: &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    deep += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) +
            "]\n";
  }
  CHECK(codes_of(deep).starts_with("TOO_DEEP@"));
}

TEST_CASE("hostile files end soon, in one finding", "[yaml]") {
  const auto begin = std::chrono::steady_clock::now();
  CHECK(codes_of(std::string(100'000, '[')).starts_with("TOO_DEEP@1:6"));
  CHECK(codes_of(std::string(100'000, '{')).find("TOO_DEEP@1:6") != std::string::npos);
  std::string dashes;
  for (int i = 0; i < 50'000; ++i) dashes += "- ";
  CHECK(codes_of(dashes).starts_with("TOO_DEEP@"));
  CHECK(codes_of(std::string((1 << 20) + 1, 'a')) == "TOO_LARGE@1:1");
  CHECK(codes_of(std::string(1 << 20, 'a')).empty());
  std::string wide = "[";
  for (int i = 0; i < 150'000; ++i) wide += "1,";
  CHECK(codes_of(wide + "]").starts_with("TOO_MANY_NODES@"));
  std::string keys;
  for (int i = 0; i < 20'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
  CHECK(codes_of(keys + "k7: 1\n") == "DUPLICATE_KEY@20001:1");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("values of the log keep every digit and every type", "[yaml]") {
  const std::string text =
      "a: 0.999\nb: '0.999'\nc: 5\nd: '5'\ne: yes\nf: [true, ~, 1e3, 12345678901234567890]\ng: "
      "''\nh: 010\n";
  const Stream stream = parse(text, "f.yaml");
  REQUIRE(stream.findings.empty());
  const Json value = nines::yaml::to_json(*stream.documents[0]);
  CHECK(value.dump() == R"({"a":"0.999","b":{"$text":"0.999"},"c":5,"d":"5","e":"yes",)"
                        R"("f":[true,null,"1e3","12345678901234567890"],"g":"","h":"010"})");
  CHECK_FALSE(value.canonical().empty());
  const Stream again = nines::yaml::tree_of(value);
  CHECK(nines::yaml::to_json(*again.documents[0]) == value);
  CHECK(again.documents[0]->find("a")->is_number());
  CHECK(again.documents[0]->find("b")->is_text());
}
