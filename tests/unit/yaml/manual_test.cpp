// The manual of definition files against the code: fields come from the tables, names are compared.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "ingest/source_spec.hpp"
#include "support/shared_data.hpp"
#include "yaml/dialects.hpp"
#include "yaml/formats.hpp"

namespace {

using namespace nines::yaml;

constexpr std::string_view kBegin =
    ".\\\" The kinds: written by the test of this page, NINES_UPDATE=1.\n";
constexpr std::string_view kEnd = ".\\\" The end of the kinds.\n";

/// Filled to 78 columns; a line may not begin like a request of the page's language.
std::string filled(const std::string& text) {
  std::string lines;
  std::string line;
  const auto flush = [&] {
    if (!line.empty() && (line[0] == '.' || line[0] == '\'')) line.insert(0, "\\&");
    lines += line + "\n";
    line.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!line.empty() && line.size() + 1 + word.size() > 76) flush();
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  flush();
  return lines;
}

/// The kinds of one dialect as sections; a shape is described once, at home where a kind has it.
class DialectPage {
 public:
  explicit DialectPage(const Dialect& dialect) : dialect_(dialect) {
    for (const KindTable& kind : dialect.kinds) {
      for (const Field& field : kind.shape->fields) {
        if (field.name == "spec" && field.shape != nullptr)
          home_.emplace(field.shape, "spec of " + std::string(kind.kind));
      }
    }
  }

  std::string text() {
    for (const KindTable& kind : dialect_.kinds) {
      text_ += ".Ss " + std::string(kind.kind) + " of " + std::string(kind.api_version) + "\n";
      text_ += ".Bl -tag -width Ds\n";
      kind_ = kind.kind;
      rows(*kind.shape, "");
      text_ += ".El\n";
    }
    return text_;
  }

 private:
  void rows(const Shape& shape, const std::string& above) {
    for (const Field& field : shape.fields) {
      const std::string path = above + std::string(field.name);
      std::string note(field.help);
      if (field.required != 0) note += "; needed";
      if (!field.choices.empty() && field.choices.size() > 1) {
        note += "; one of";
        for (const auto choice : field.choices)
          note += (choice == field.choices.front() ? " " : ", ") + std::string(choice);
      }
      const std::string inner = path + (field.type == Type::list ? "[]." : ".");
      const bool here = field.shape != nullptr && describe_here(*field.shape, path, note);
      text_ += ".It Ql " + path + "\n" + filled(note);
      if (here) rows(*field.shape, inner);
    }
  }

  /// Whether the members of a shape follow; else `note` says where they are.
  bool describe_here(const Shape& shape, const std::string& path, std::string& note) {
    const std::string place = path + " of " + std::string(kind_);
    const auto [at, fresh] = home_.emplace(&shape, place);
    if (fresh || at->second == place) return true;
    note += "; members as in " + at->second;
    return false;
  }

  const Dialect& dialect_;
  std::map<const Shape*, std::string> home_;
  std::string_view kind_;
  std::string text_;
};

/// The names of `.It Ql NAME` lines below a section, up to the next.
std::set<std::string> items_of(const std::string& page, const std::string& section) {
  std::set<std::string> names;
  const auto from = page.find(".Sh " + section + "\n");
  const auto next = std::min(page.find("\n.Sh ", from + 4), page.find("\n.Ss ", from + 4));
  const std::string part = page.substr(from, next - from);
  const std::string mark = "\n.It Ql ";
  for (auto at = part.find(mark); at != std::string::npos; at = part.find(mark, at + 1)) {
    const auto begin = at + mark.size();
    names.insert(part.substr(begin, part.find('\n', begin) - begin));
  }
  return names;
}

const std::filesystem::path kPage = nines::test::repository() / "man" / "nines-slo.5";

}  // namespace

TEST_CASE("the manual describes the kinds as the tables have them", "[yaml][manual]") {
  std::string made;
  for (const Dialect& dialect : dialects()) made += DialectPage(dialect).text();
  const std::string page = nines::test::read_file(kPage);
  const auto begin = page.find(kBegin) + kBegin.size();
  const auto end = page.find(kEnd);
  REQUIRE(begin < page.size());
  REQUIRE(end != std::string::npos);
  if (std::getenv("NINES_UPDATE") != nullptr) {
    std::ofstream(kPage, std::ios::binary) << page.substr(0, begin) + made + page.substr(end);
  } else {
    CHECK(page.substr(begin, end - begin) == made);
  }
}

TEST_CASE("the manual and the code know the same annotations", "[yaml][manual]") {
  std::set<std::string> known;
  for (const auto& rule : annotation_rules()) known.insert("nines.dev/" + std::string(rule.name));
  CHECK(items_of(nines::test::read_file(kPage), "ANNOTATIONS") == known);
}

TEST_CASE("the manual and the code know the same members of file sources", "[yaml][manual]") {
  std::set<std::string> known;
  for (const auto name : nines::ingest::source_members()) known.insert(std::string(name));
  CHECK(items_of(nines::test::read_file(kPage), "DATA SOURCES") == known);
}
