// The page as one HTML file: no script, no outside resource, readable on paper and by a reader.
#include <utility>

#include <fmt/core.h>

#include "base/text.hpp"
#include "render/formats.hpp"
#include "render/html_style.hpp"

namespace nines::render {
namespace {

std::string html_escaped(std::string_view text) {
  std::string out;
  for (char c : escape_controls(text)) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += c;
  }
  return out;
}

std::string_view class_of(Tone tone) {
  constexpr std::string_view kNames[] = {"", "good", "warn", "bad", "dim", "strong"};
  return kNames[static_cast<int>(tone)];
}

std::string open_tag(std::string_view tag, Tone tone, const Column& column = {}) {
  std::string classes(class_of(tone));
  if (column.align == Align::right) classes += classes.empty() ? "r" : " r";
  if (column.shrink) classes += classes.empty() ? "s" : " s";
  return "<" + std::string(tag) + (classes.empty() ? "" : " class=\"" + classes + "\"") + ">";
}

std::string table_html(const Table& table) {
  std::string out = "<table>\n<thead><tr>";
  for (const auto& column : table.columns)
    out += std::string("<th scope=\"col\"") +
           (column.align == Align::right ? " class=\"r\">" : ">") + html_escaped(column.title) +
           "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
      out += open_tag("td", row[i].tone, table.columns[i]) + html_escaped(row[i].text) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

/// What is wider than the screen scrolls within itself, by keys too.
std::string scrolling(std::string_view label, const std::string& inside) {
  return fmt::format(
      "<div class=\"scroll\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\n{}</div>\n",
      html_escaped(label), inside);
}

/// Writes block after block; knows the section it is in, and numbers what needs an id.
class HtmlBlockWriter {
 public:
  /// `contents` goes before the first section: what stands earlier sums up the page.
  HtmlBlockWriter(std::string_view title, std::string contents)
      : section_(title), contents_(std::move(contents)) {}

  void operator()(const Heading& block) {
    section_ = block.text;
    if (block.level == 1) return;  // the page has its title already
    if (block.level == 2)
      put(std::exchange(contents_, {}) +
          fmt::format("<h2 id=\"s{}\">{}</h2>\n", ++sections_, html_escaped(block.text)));
    else
      put("<h3>" + html_escaped(block.text) + "</h3>\n");
  }
  void operator()(const Paragraph& block) {
    put(open_tag("p", block.tone) + html_escaped(block.text) + "</p>\n");
  }
  void operator()(const Facts& block) {
    std::string out = "<dl>\n";
    for (const auto& [name, value] : block.items)
      out += "<dt>" + html_escaped(name) + "</dt>" + open_tag("dd", value.tone) +
             html_escaped(value.text) + "</dd>\n";
    put(out + "</dl>\n");
  }
  void operator()(const Table& block) { put(scrolling("table: " + section_, table_html(block))); }
  void operator()(const LongTable& block) { (*this)(block.table()); }
  void operator()(const Preformatted& block) {
    put(fmt::format("<pre tabindex=\"0\">{}</pre>\n", html_escaped(block.text)));
  }
  void operator()(const Figure& block) {
    const auto id = fmt::format("f{}", ++figures_);
    if (!in_figures_) out_ += "<div class=\"figures\">\n";
    in_figures_ = true;
    out_ += "<figure>\n<figcaption>" + html_escaped(block.plot.title) + "<small>" +
            html_escaped(block.plot.description) + "</small></figcaption>\n" +
            draw_inline_svg(block.plot, id) + "<details><summary>as a table</summary>\n" +
            scrolling("table: " + block.plot.title, table_html(block.table)) +
            "</details>\n</figure>\n";
  }
  void operator()(const Next& block) {
    put("<p>Next: <code>" + html_escaped(block.command) + "</code> " + html_escaped(block.why) +
        "</p>\n");
  }

  std::string finish() {
    put("");
    return std::move(out_);
  }

 private:
  /// Figures that follow one another stand side by side where there is room.
  void put(const std::string& text) {
    if (in_figures_) out_ += "</div>\n";
    in_figures_ = false;
    out_ += text;
  }

  std::string out_;
  std::string section_;
  std::string contents_;
  int sections_ = 0;
  int figures_ = 0;
  bool in_figures_ = false;
};

/// Links to the sections of a long page.
std::string contents(const Page& page) {
  constexpr int kLong = 6;
  std::string items;
  int sections = 0;
  for (const auto& block : page)
    if (const auto* heading = std::get_if<Heading>(&block); heading && heading->level == 2)
      items += fmt::format("<li><a href=\"#s{}\">{}</a></li>\n", ++sections,
                           html_escaped(heading->text));
  if (sections < kLong) return {};
  return "<nav aria-label=\"contents\">\n<ol>\n" + items + "</ol>\n</nav>\n";
}

}  // namespace

std::string to_html(const Page& page, std::string_view title) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      html_escaped(title) + "</title>\n<style>" + std::string(kPageStyle) +
      "</style>\n</head>\n<body>\n<main>\n<h1>" + html_escaped(title) + "</h1>\n";
  HtmlBlockWriter writer(title, contents(page));
  for (const auto& block : page) std::visit(writer, block);
  return out + writer.finish() + "</main>\n</body>\n</html>\n";
}

}  // namespace nines::render
