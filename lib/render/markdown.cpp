// The page as GitHub-flavoured Markdown; data never becomes markup.
#include "base/text.hpp"
#include "render/formats.hpp"

namespace nines::render {
namespace {

enum class TextPlace { line, cell };

/// In a cell line ends, tabs and outer blanks keep their meaning: what was written can be read
/// back.
std::string markdown_escaped(std::string_view text, TextPlace place = TextPlace::line) {
  std::string out;
  const bool cell = place == TextPlace::cell;
  const auto clean = escape_controls(text);
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    if (cell && c == '\n')
      out += "<br>";
    else if (cell && c == '\t')
      out += "&#9;";
    else if (cell && c == ' ' && (i == 0 || i + 1 == clean.size()))
      out += "&#32;";
    else if (c == '\n' || c == '\t')
      out += ' ';
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (std::string_view("\\`*_[]|#").find(c) != std::string_view::npos)
      (out += '\\') += c;
    else
      out += c;
  }
  return out;
}

/// A fence longer than any run of backticks inside.
std::string fenced(const std::string& text) {
  std::string fence = "```";
  while (text.find(fence) != std::string::npos) fence += '`';
  return fence + "\n" + text + (text.ends_with('\n') ? "" : "\n") + fence + "\n";
}

std::string to_markdown(const Table& table) {
  std::string head = "|", rule = "|", body;
  for (const auto& column : table.columns) {
    head += " " + markdown_escaped(column.title) + " |";
    rule += column.align == Align::right ? " ---: |" : " --- |";
  }
  for (const auto& row : table.rows) {
    body += "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      body += " " + (i < row.size() ? markdown_escaped(row[i].text, TextPlace::cell) : std::string()) +
              " |";
    body += "\n";
  }
  return head + "\n" + rule + "\n" + body;
}

struct MarkdownBlockWriter {
  std::string operator()(const Heading& block) const {
    return std::string(static_cast<std::size_t>(block.level), '#') + " " +
           markdown_escaped(block.text) + "\n";
  }
  std::string operator()(const Paragraph& block) const {
    return markdown_escaped(block.text) + "\n";
  }
  std::string operator()(const Facts& block) const {
    std::string out;
    for (const auto& [name, value] : block.items)
      out += "- " + markdown_escaped(name) + ": " + markdown_escaped(value.text) + "\n";
    return out;
  }
  std::string operator()(const Table& block) const { return to_markdown(block); }
  std::string operator()(const LongTable& block) const { return to_markdown(block.table()); }
  std::string operator()(const Preformatted& block) const {
    return fenced(escape_controls(block.text));
  }
  std::string operator()(const Figure& block) const {
    return markdown_escaped(block.plot.title) + "\n\n" + to_markdown(block.table);
  }
  std::string operator()(const Next& block) const {
    return "Next: " + markdown_escaped(block.command) +
           (block.why.empty() ? "" : " (" + markdown_escaped(block.why) + ")") + "\n";
  }
};

}  // namespace

std::string to_markdown(const Page& page, const Style&) {
  std::string out;
  for (const auto& block : page) {
    if (!out.empty()) out += '\n';
    out += std::visit(MarkdownBlockWriter{}, block);
  }
  return out;
}

}  // namespace nines::render
