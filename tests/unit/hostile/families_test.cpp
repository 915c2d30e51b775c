// Hostile texts as titles, names, notes and reasons of every family stay text in every output.
//
// One row per place that a text can be written to, one per output it can come back in.
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "base/entropy.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "nines/command.hpp"
#include "support/csv_rows.hpp"
#include "support/hostile.hpp"
#include "support/thorough.hpp"

namespace nines::app {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

/// Where a text is written: "%" in a word is the text.
const std::vector<Words> kWrites{
    {"incident", "open", "--severity=2", "--service=%", "--lead=%", "--because=%", "--", "%"},
    {"incident", "set", "--title=%", "--because=%"},
    {"incident", "set", "--role=scribe=%"},
    {"incident", "set", "--service=%", "--impact=%=partial"},
    {"incident", "set", "--fact=users_affected=%"},
    {"incident", "set", "--tag=%"},
    {"log", "%"},
    {"incident", "log", "%", "--", "--kind=hypothesis", "--visibility=public"},
    {"incident", "link", "--as=runbook", "--", "%"},
    {"incident", "comms", "sent", "--to=status-page", "--channel=%", "--", "%"},
    {"incident", "teams", "ask", "--", "%", "%"},
    {"incident", "mitigate", "--because=%"},
    {"rca", "changes", "add", "--service=%", "--author=%", "--version=%", "--reference=%",
     "--summary=%", "--touched=%"},
    {"rca", "start", "INC-#", "--question=%", "--because=%"},
    {"rca", "hypothesis", "add", "--layer=process", "--", "%"},
    {"rca", "hypothesis", "set", "HYP-#", "--state=confirmed", "--because=%"},
    {"report", "postmortem", "factors", "INC-#", "--add=%", "--evidence=%"},
    {"remediate", "add", "--team=%", "--owner=%", "--services=%", "--done-when=%", "--tracker=%",
     "--must=%", "--", "%"},
    {"remediate", "change", "request", "--service=shop", "--back-out=%", "--tests=%", "--because=%",
     "--link=%", "--", "%"},
    {"remediate", "runbook", "link", "--alert=%", "--", "%"},
    {"incident", "resolve", "--because=%"},
    {"report", "postmortem", "draft", "INC-#"},
    {"incident", "close", "--as=resolved", "--because=%"},
};

/// Where texts come back; each is asked for in every format.
const std::vector<Words> kReads{
    {"incident", "list", "--all"},
    {"incident", "show", "INC-#"},
    {"incident", "show", "INC-#", "--for=chat"},
    {"incident", "timeline", "INC-#"},
    {"incident", "comms", "list", "INC-#"},
    {"incident", "teams", "list", "INC-#"},
    {"rca", "list"},
    {"rca", "show", "RCA-#"},
    {"rca", "changes", "list"},
    {"rca", "timeline", "INC-#"},
    {"remediate", "list", "--all"},
    {"remediate", "show", "ACT-#"},
    {"remediate", "export"},
    {"remediate", "change", "list", "--all"},
    {"remediate", "change", "show", "CR-#"},
    {"remediate", "runbook", "check"},
    {"report", "postmortem", "list"},
    {"report", "postmortem", "show", "INC-#"},
    {"report", "postmortem", "factors", "INC-#"},
    {"report", "postmortem", "facilitate", "INC-#"},
    {"report", "recurrence"},
    {"report", "quarter", "--period=2026Q4"},
    {"report", "trend"},
    {"search", "x"},
    {"history"},
    {"status"},
};
constexpr const char* kFormats[] = {"table", "wide", "md",    "html", "csv",
                                    "tsv",   "json", "jsonl", "yaml", "name"};

const std::string kHarmless = "harmless";

struct Answer {
  int code = 0;
  std::string out, err;
};

/// A store in a folder of its own, and commands in it.
class Shop {
 public:
  Shop() {
    std::string name = "/tmp/nines-hostile-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    REQUIRE(run({"init", "-q"}).code == 0);
    std::ofstream(folder_ / "shop.yaml")
        << "apiVersion: nines/v1\nkind: Service\nmetadata: {name: shop}\nspec: {tier: 1}\n";
    REQUIRE(run({"slo", "apply", "shop.yaml", "--because=x", "-q"}).code == 0);
  }
  ~Shop() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  Answer run(Words args) {
    std::istringstream in;
    std::ostringstream out, err;
    World world{.args = std::move(args),
                .env = {{"NINES_NOW", "2026-11-23T09:00:00Z"},
                        {"TZ", "UTC"},
                        {"USER", "ada"},
                        {"PATH", "/usr/bin:/bin"},
                        {"HOME", (folder_ / "home").string()}},
                .in = in,
                .out = out,
                .err = err,
                .clock = [] { return from_epoch_micros(1'795'424'400'000'000); },
                .cwd = folder_};
    world.entropy = &entropy_;
    const int code = run_program(world);
    return {code, out.str(), err.str()};
  }

 private:
  fs::path folder_;
  SeededEntropy entropy_{7};
};

/// The words with the text, and the number of its record, in their places.
Words filled(const Words& words, const std::string& text, int number) {
  Words filled;
  for (auto word : words) {
    if (const auto at = word.find('#'); at != std::string::npos)
      word.replace(at, 1, std::to_string(number));
    if (const auto at = word.find('%'); at != std::string::npos) word.replace(at, 1, text);
    filled.push_back(std::move(word));
  }
  return filled;
}

/// Nothing in it moves a cursor, hides, or turns the reading around.
bool is_shown_as_it_is(const std::string& text) {
  return is_valid_utf8(text) && escape_controls(text) == text;
}

/// Tags that pages and plots of ours are made of.
bool is_our_tag(std::string_view name) {
  constexpr std::string_view kOurs[] = {
      "!doctype", "html",   "head", "meta", "title", "style",   "body",   "main",     "section",
      "h1",       "h2",     "h3",   "p",    "table", "caption", "thead",  "tbody",    "tr",
      "th",       "td",     "pre",  "code", "div",   "span",    "dl",     "dt",       "dd",
      "figure",   "svg",    "g",    "path", "line",  "rect",    "text",   "polyline", "details",
      "summary",  "desc",   "nav",  "ul",   "li",    "a",       "strong", "circle",   "figcaption",
      "header",   "footer", "ol",   "br",   "small"};
  return std::ranges::find(kOurs, name) != std::end(kOurs);
}

/// The first thing that a browser would take for markup and that is none of ours.
std::string foreign_markup(const std::string& html) {
  for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    const auto end = html.find('>', at);
    auto tag = html.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (tag.starts_with('/')) tag.erase(0, 1);
    const auto name = to_lower_ascii(tag.substr(0, tag.find_first_of(" \n/")));
    if (!is_our_tag(name)) return "<" + tag + ">";
    const auto lower = to_lower_ascii(tag);
    if (lower.find(" on") != std::string::npos && lower.find("=\"") != std::string::npos) {
      // Our own values are quoted: an attribute begins after a closed quote alone.
      bool quoted = false;
      for (std::size_t i = 0; i + 3 < lower.size(); ++i) {
        if (lower[i] == '"') quoted = !quoted;
        if (!quoted && lower.compare(i, 3, " on") == 0) return "<" + tag + ">";
      }
    }
    if (lower.find("href=\"javascript:") != std::string::npos) return "<" + tag + ">";
  }
  return {};
}

/// Outside of code, an unescaped link or a tag.
std::string markdown_markup(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string fence;
  for (std::string line; std::getline(lines, line);) {
    const auto ticks = line.substr(0, line.find_first_not_of('`'));
    if (fence.empty() ? ticks.size() >= 3 : line == fence) {
      fence = fence.empty() ? ticks : std::string();
      continue;
    }
    if (!fence.empty()) continue;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\\') {
        ++i;
        continue;
      }
      const bool letter =
          i + 1 < line.size() && (std::isalpha(static_cast<unsigned char>(line[i + 1])) != 0 ||
                                  line[i + 1] == '/' || line[i + 1] == '!');
      if (line[i] == '<' && letter && line.compare(i, 4, "<br>") != 0 &&
          line.compare(i, 11, "<!-- nines:") != 0)
        return line;
      if (line.compare(i, 2, "](") == 0) return line;
    }
  }
  return fence.empty() ? std::string() : "a fence that is never closed: " + fence;
}

bool runs_as_formula(const std::string& cell) {
  return cell.find_first_of("=+-@\t\r") == 0 && cell.size() > 1 && !Decimal::parse(cell);
}

std::string problem_of_csv(const std::string& csv) {
  for (const auto& row : test::csv_rows(csv))
    for (const auto& cell : row)
      if (runs_as_formula(cell)) return "a formula: " + cell;
  return {};
}

std::string problem_of_json(const std::string& json) {
  try {
    Json::parse(json);
    return {};
  } catch (const std::exception& error) {
    return error.what();
  }
}

/// Without the front matter, which is YAML, and the questions that a draft asks.
std::string without_comments(std::string markdown) {
  if (markdown.starts_with("---\n")) markdown.erase(0, markdown.find("\n---\n"));
  for (auto at = markdown.find("<!-- "); at != std::string::npos; at = markdown.find("<!-- ", at)) {
    const auto end = markdown.find("-->", at);
    if (end == std::string::npos) break;
    markdown.erase(at, end + 3 - at);
  }
  return markdown;
}

/// Into a file, a postmortem is written byte for byte, to be changed and taken back; only a terminal
/// gets it with its controls escaped.
bool is_written_as_saved(const Words& words, const std::string& format) {
  return format == "md" && words.size() > 2 && words[1] == "postmortem" && words[2] == "show";
}

/// What is wrong with an output; empty: nothing.
std::string problem_of(const std::string& format, std::string out) {
  if (format == "csv") std::erase(out, '\r');  // before each line end, as RFC 4180 has it
  if (!is_shown_as_it_is(out)) return "controls, or bytes that are no text";
  if (format == "html") return foreign_markup(out);
  if (format == "md") return markdown_markup(without_comments(out));
  if (format == "csv") return problem_of_csv(out);
  if (format == "json") return problem_of_json(out);
  return {};
}

std::string joined(const Words& words) {
  std::string text;
  for (const auto& word : words) text += escape_controls(word.substr(0, 60)) + " ";
  return text;
}

/// It was done, or refused; never a bug, and what it says is safe. A text of no harm is taken.
void write_all(Shop& shop, const std::string& text, int number) {
  for (const auto& write : kWrites) {
    const auto words = filled(write, text, number);
    const auto answer = shop.run(words);
    INFO(joined(words) << "\n" << escape_controls(answer.err));
    CHECK((text == kHarmless ? answer.code == 0 : answer.code >= 0 && answer.code <= 6));
    CHECK(is_shown_as_it_is(answer.err));
    CHECK(is_shown_as_it_is(answer.out));
  }
}

void read_all(Shop& shop, int number) {
  for (const auto& read : kReads)
    for (const auto* format : kFormats) {
      auto words = filled(read, "", number);
      words.push_back(std::string("--output=") + format);
      const auto answer = shop.run(words);
      INFO(joined(words) << "\n" << escape_controls(answer.err));
      const bool not_a_format = answer.err.find("unknown output format") != std::string::npos;
      const bool not_there = answer.code == 3 && number > 1;  // what was refused has no record
      CHECK((answer.code == 0 || answer.code == 1 || not_a_format || not_there));
      CHECK(is_shown_as_it_is(answer.err));
      const auto shown =
          is_written_as_saved(words, format) ? escape_controls(answer.out) : answer.out;
      if (answer.code < 2) CHECK(problem_of(format, shown) == "");
    }
}

/// What render's own test does not hold, very long ones, and some of each kind.
std::vector<std::string> telling() {
  std::vector<std::string> texts;
  const auto step = static_cast<std::size_t>(test::thorough(20, 1));
  for (std::size_t i = 0; i < test::kHostile.size(); i += step) texts.push_back(test::kHostile[i]);
  texts.push_back(std::string(10'000, 'x') + "<script>x</script>");
  std::string wide;
  for (int i = 0; i < 2'500; ++i) wide += "\u202E\u00e9";
  texts.push_back(wide);
  return texts;
}

}  // namespace

TEST_CASE("hostile texts of every family stay text in every output") {
  Shop shop;
  int number = 1;
  write_all(shop, kHarmless, number);
  for (const auto& text : telling()) write_all(shop, text, ++number);
  read_all(shop, 1 + number / 2);
  if (test::thorough(0, 1) > 0)
    for (int one = 1; one <= number; one += 10) read_all(shop, one);
}

}  // namespace nines::app
