// The document of a postmortem: front matter, parts and kept stretches, byte for byte.
#include "domain/postmortem/document.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

using namespace nines::postmortem;

TEST_CASE("front matter: a key is set, read and taken out, and nothing else moves") {
  const std::string text = "---\ntitle: \"a: \\\"b\\\"\"\n# kept\nx: [1,\n  2]\n---\n\n# Head\n";
  CHECK(front_value(text, "title") == "a: \"b\"");
  CHECK(front_value(text, "x") == "[1,");
  CHECK(!front_value(text, "missing"));
  const auto more = with_front(text, "revision", "3-9f2c1a");
  CHECK(front_value(more, "revision") == "3-9f2c1a");
  CHECK(without_front(more, "revision") == text);
  CHECK(with_front(more, "revision", "4-000000") == with_front(text, "revision", "4-000000"));
  CHECK(body_of(text) == "\n# Head\n");
  CHECK(with_front("# Head\n", "incident", "INC-4") == "---\nincident: INC-4\n---\n# Head\n");
  CHECK(body_of("--- not front\n") == "--- not front\n");
  CHECK(!front_value("---\ntitle: x\n", "title"));
}

TEST_CASE("front matter: any value comes back, and any text survives a key set and taken out") {
  rc::check("values come back on one line", [](const std::string& raw) {
    std::string value;
    for (const char c : raw)
      if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) value += c;
    while (!value.empty() && value.front() == ' ') value.erase(0, 1);
    while (!value.empty() && value.back() == ' ') value.pop_back();
    RC_ASSERT(front_value(with_front("---\nother: 1\n---\ntext\n", "title", value), "title") ==
              value);
  });
  rc::check("a key set and taken out leaves the text", [](const std::string& body) {
    const std::string text = "---\na: 1\n---\n" + body;
    RC_ASSERT(without_front(with_front(text, "revision", "1-abcdef"), "revision") == text);
  });
}

TEST_CASE("sections: by both kinds of headings, not in fences or comments") {
  const std::string text =
      "intro\n\n## Summary\ns\n```\n## Actions\n```\n<!--\n## Impact\n-->\nTimeline\n--------\n"
      "- a\n\n### Detail\nd\n# Lessons: what went well\nw\n";
  const auto all = sections_of(text);
  REQUIRE(all.size() == 5);
  CHECK(all[0].part == Part::other);
  CHECK(all[1].part == Part::summary);
  CHECK(all[2].part == Part::timeline);
  CHECK(all[3].heading == "Detail");
  CHECK(all[4].part == Part::went_well);
  CHECK(prose_of(text, Part::timeline) == "- a");
  CHECK(prose_of("## Impact\n<!-- what? -->\n", Part::impact).empty());
}

TEST_CASE("a kept stretch is renewed alone; one that was taken out stays out") {
  const auto text = "before\n" + region("facts", "- a\n") + "after\n";
  CHECK(with_region(text, "facts", "- b\n") == "before\n" + region("facts", "- b\n") + "after\n");
  CHECK(with_region(text, "facts", "- a\n") == text);
  CHECK(!with_region(text, "timeline", "x"));
  CHECK(!with_region("<!-- nines:begin facts -->\nno end", "facts", "x"));
}

TEST_CASE("what others wrote formats nothing") {
  CHECK(markdown_text("# a [b](c) *d* <e> `f` |g|") ==
        "\\# a \\[b\\](c) \\*d\\* \\<e> \\`f\\` \\|g\\|");
  CHECK(markdown_text("1. first") == "1\\. first");
  CHECK(markdown_text("- x") == "\\- x");
  CHECK(markdown_text("restart_db _now_") == "restart_db \\_now\\_");
  CHECK(markdown_text("a\nb\tc") == "a b c");
  CHECK(markdown_text("&lt;") == "&amp;lt;");
  CHECK(markdown_text("\x1b[31m\u202e").find('\x1b') == std::string::npos);
}
