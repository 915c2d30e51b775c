// The page as one HTML file: no script, no outside resource, readable on paper and by a reader.
#include "base/text.hpp"
#include "render/formats.hpp"

namespace nines::render {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.3rem .8rem;border-bottom:1px solid #bbb;text-align:left}"
    ".r{text-align:right}.good{color:#0a5c20}.warn{color:#7a4b00}.bad{color:#a30d0d}.dim{color:#"
    "555}"
    ".strong{font-weight:bold}pre{overflow-x:auto;line-height:1.2}dt{font-weight:bold}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}.good{color:#7ddc95}"
    ".warn{color:#f0c070}.bad{color:#ff9a9a}.dim{color:#aaa}}@media print{body{margin:0}}";

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

std::string open_tag(std::string_view tag, Tone tone, Align align = Align::left) {
  std::string classes(class_of(tone));
  if (align == Align::right) classes += classes.empty() ? "r" : " r";
  return "<" + std::string(tag) + (classes.empty() ? "" : " class=\"" + classes + "\"") + ">";
}

std::string to_html(const Table& table) {
  std::string out = "<table>\n<thead><tr>";
  for (const auto& column : table.columns)
    out += std::string("<th scope=\"col\"") +
           (column.align == Align::right ? " class=\"r\">" : ">") + html_escaped(column.title) +
           "</th>";
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i)
      out +=
          open_tag("td", row[i].tone, table.columns[i].align) + html_escaped(row[i].text) + "</td>";
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

struct HtmlBlockWriter {
  std::string operator()(const Heading& block) const {
    return "<h2>" + html_escaped(block.text) + "</h2>\n";
  }
  std::string operator()(const Paragraph& block) const {
    return open_tag("p", block.tone) + html_escaped(block.text) + "</p>\n";
  }
  std::string operator()(const Facts& block) const {
    std::string out = "<dl>\n";
    for (const auto& [name, value] : block.items)
      out += "<dt>" + html_escaped(name) + "</dt>" + open_tag("dd", value.tone) +
             html_escaped(value.text) + "</dd>\n";
    return out + "</dl>\n";
  }
  std::string operator()(const Table& block) const { return to_html(block); }
  std::string operator()(const Preformatted& block) const {
    return "<pre>" + html_escaped(block.text) + "</pre>\n";
  }
  std::string operator()(const Next& block) const {
    return "<p>Next: <code>" + html_escaped(block.command) + "</code> " + html_escaped(block.why) +
           "</p>\n";
  }
};

}  // namespace

std::string to_html(const Page& page, std::string_view title) {
  std::string out =
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
      "style-src 'unsafe-inline'; img-src data:\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
      html_escaped(title) + "</title>\n<style>" + std::string(kStyle) +
      "</style>\n</head>\n<body>\n<main>\n<h1>" + html_escaped(title) + "</h1>\n";
  for (const auto& block : page) out += std::visit(HtmlBlockWriter{}, block);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace nines::render
