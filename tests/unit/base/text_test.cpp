// Widths, terminal safety, and nearest names.
#include "base/text.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace nines;
using Names = std::vector<std::string>;

TEST_CASE("widths follow grapheme clusters") {
  struct Case {
    const char* text;
    int width;
  };
  const auto c = GENERATE(values<Case>({{"", 0},
                                        {"abc", 3},
                                        {"naïve", 5},
                                        {"e\u0301", 1},
                                        {"日本", 4},
                                        {"ｆ", 2},
                                        {"한", 2},
                                        {"👍", 2},
                                        {"👍🏽", 2},
                                        {"👩‍👩‍👧", 2},
                                        {"🇫🇷", 2},
                                        {"🇫🇷🇩🇪", 4},
                                        {"❤️", 2},
                                        {"✓", 1},
                                        {"\xff\xfe", 2},
                                        {"a\xe2\x82", 3}}));
  CAPTURE(c.text);
  CHECK(display_width(c.text) == c.width);
}

TEST_CASE("cutting never splits a cluster and never exceeds the width") {
  CHECK(fit_width("hello", 5) == "hello");
  CHECK(fit_width("hello!", 5) == "hell…");
  CHECK(fit_width("日本語", 5) == "日本…");
  CHECK(fit_width("日本語", 4) == "日…");
  CHECK(fit_width("abc", 1) == "…");
  CHECK(fit_width("abc", 0).empty());
  CHECK(fit_width("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
}

TEST_CASE("nothing a terminal would obey survives") {
  CHECK(escape_controls("plain\ttext\n") == "plain\ttext\n");
  CHECK(escape_controls("\x1b]52;c;AAAA\x07") == "\\x1b]52;c;AAAA\\x07");
  CHECK(escape_controls("\x1b]8;;http://x\x1b\\") == "\\x1b]8;;http://x\\x1b\\");
  CHECK(escape_controls("a\rb") == "a\\x0db");
  CHECK(escape_controls("\x7f") == "\\x7f");
  CHECK(escape_controls("\xc2\x9b") == "\\x9b");
  CHECK(escape_controls("\u202eexe.txt") == "\\u202eexe.txt");
  CHECK(escape_controls("pay\u200dpal") == "pay\\u200dpal");
  CHECK(escape_controls("\u2066a\u2069\ufeff") == "\\u2066a\\u2069\\ufeff");
  CHECK(escape_controls("\U000E0041") == "\\U000e0041");
  CHECK(escape_controls("\xff\xc3") == "\\xff\\xc3");
  CHECK(escape_controls("👩‍👩‍👧 é 日") == "👩‍👩‍👧 é 日");
  CHECK(escape_controls(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("every byte sequence of two comes out as safe UTF-8") {
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      const std::string text{static_cast<char>(a), static_cast<char>(b)};
      const auto safe = escape_controls(text);
      REQUIRE(is_valid_utf8(safe));
      for (const char c : safe)
        REQUIRE((static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t'));
    }
}

TEST_CASE("UTF-8 is judged strictly") {
  CHECK(is_valid_utf8(""));
  CHECK(is_valid_utf8("é日👍"));
  CHECK_FALSE(is_valid_utf8("\xc0\x80"));
  CHECK_FALSE(is_valid_utf8("\xed\xa0\x80"));
  CHECK_FALSE(is_valid_utf8("\xf5\x80\x80\x80"));
  CHECK_FALSE(is_valid_utf8("a\x80"));
}

TEST_CASE("distance counts edits and neighbouring swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("target", "tagret") == 1);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("é", "e") == 1);
  CHECK(edit_distance("ca", "abc") == 3);  // optimal string alignment, not full Damerau
}

TEST_CASE("near names are suggested, far ones are not") {
  constexpr std::array<std::string_view, 7> known{"status",  "check",  "apply", "list",
                                                  "history", "budget", "import"};
  CHECK(did_you_mean("satus", known) == Names{"status"});
  CHECK(did_you_mean("STATUS", known) == Names{"status"});
  CHECK(did_you_mean("chekc", known) == Names{"check"});
  CHECK(did_you_mean("lst", known) == Names{"list"});
  CHECK(did_you_mean("bananas", known).empty());
  CHECK(did_you_mean("", known).empty());
  CHECK(did_you_mean(std::string(100000, 'x'), known).empty());
  CHECK(did_you_mean_hint("appyl", known) == "did you mean 'apply'?");
  constexpr std::array<std::string_view, 3> twins{"targets", "targer", "target"};
  CHECK(did_you_mean_hint("targe", twins) == "did you mean 'targer', 'target' or 'targets'?");
}

TEST_CASE("small text tools") {
  CHECK(trim("  a b\t\n") == "a b");
  CHECK(trim(" \n").empty());
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',').size() == 1);
  CHECK(join(Names{"a", "b"}, ", ") == "a, b");
  CHECK(starts_with_ignoring_case("INC-42", "inc"));
  CHECK_FALSE(starts_with_ignoring_case("in", "inc"));
  CHECK(group_digits(0) == "0");
  CHECK(group_digits(999) == "999");
  CHECK(group_digits(1000) == "1,000");
  CHECK(group_digits(18446744073709551615u) == "18,446,744,073,709,551,615");
  CHECK(count_of(1, "event") == "1 event");
  CHECK(count_of(0, "event") == "0 events");
  CHECK(count_of(1200, "entry", "entries") == "1,200 entries");
}
