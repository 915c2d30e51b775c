// Line by line, with one line of looking back for underlined headings.
#include "ingest/markdown_lines.hpp"

#include "base/text.hpp"

namespace nines::ingest {
namespace {

using Kind = MarkdownLine::Kind;

/// Length of a list marker with the blanks behind it: "- ", "* ", "12. "; 0 without one.
std::size_t marker_length(std::string_view text) {
  std::size_t at = 0;
  if (text.starts_with("-") || text.starts_with("*") || text.starts_with("+")) {
    at = 1;
  } else {
    while (at < text.size() && at < 4 && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == 0 || at >= text.size() || (text[at] != '.' && text[at] != ')')) return 0;
    ++at;
  }
  const auto mark = at;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at == mark ? 0 : at;
}

bool is_all(std::string_view text, char c) {
  return text.size() >= 3 && text.find_first_not_of(c) == std::string_view::npos;
}

MarkdownLine classify(std::string_view raw, int number) {
  MarkdownLine line{Kind::text, number, raw, trim(raw)};
  auto& content = line.content;
  if (content.empty()) {
    line.kind = Kind::blank;
  } else if (content.starts_with("#") && content.find_first_not_of('#') <= 6 &&
             content.find_first_not_of('#') != std::string_view::npos) {
    line.kind = Kind::heading;
    content = trim(content.substr(content.find_first_not_of('#')));
    while (content.ends_with("#")) content.remove_suffix(1);
  } else if (content.starts_with("![") || content.starts_with("<img") ||
             content.starts_with("<video") || content.starts_with("<a href")) {
    line.kind = Kind::picture;
  } else if (content.starts_with(">")) {
    line.kind = Kind::quote;
  } else if (content.starts_with("|")) {
    line.kind = Kind::row;
    content = content.substr(1);
  } else if (const auto marker = marker_length(content)) {
    line.kind = Kind::item;
    content = content.substr(marker);
    if (content.starts_with("[ ] ") || content.starts_with("[x] ")) content = content.substr(4);
  }
  return line;
}

}  // namespace

std::vector<MarkdownLine> markdown_lines(std::string_view text) {
  std::vector<MarkdownLine> lines;
  int number = 0;
  bool front = false;
  std::string_view fence;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto raw = text.substr(at, end - at);
    at = end + 1;
    ++number;
    if (raw.ends_with("\r")) raw.remove_suffix(1);
    const auto bare = trim(raw);
    if ((number == 1 && bare == "---") || front) {
      const bool last = number > 1 && (bare == "---" || bare == "...");
      front = !last;
      if (number > 1 && !last) lines.push_back({Kind::front, number, raw, bare});
      continue;
    }
    if (!fence.empty() || bare.starts_with("```") || bare.starts_with("~~~")) {
      if (fence.empty())
        fence = bare.substr(0, 3);
      else if (bare.starts_with(fence) &&
               bare.find_first_not_of(fence[0]) == std::string_view::npos)
        fence = {};
      lines.push_back({Kind::fence, number, raw, bare});
      continue;
    }
    const bool underline = is_all(bare, '=') || is_all(bare, '-');
    if (underline && !lines.empty() && lines.back().kind == Kind::text) {
      lines.back().kind = Kind::heading;
      continue;
    }
    if (underline || is_all(bare, '*') || is_all(bare, '_')) {
      lines.push_back({Kind::blank, number, raw, {}});
      continue;
    }
    lines.push_back(classify(raw, number));
  }
  return lines;
}

std::vector<std::string_view> row_cells(std::string_view row) {
  if (row.ends_with("|")) row.remove_suffix(1);
  std::vector<std::string_view> cells;
  std::size_t from = 0;
  for (std::size_t at = 0; at <= row.size(); ++at) {
    if (at < row.size() && row[at] == '\\') {
      ++at;  // "\|" is no border
      continue;
    }
    if (at < row.size() && row[at] != '|') continue;
    cells.push_back(trim(row.substr(from, at - from)));
    from = at + 1;
  }
  return cells;
}

}  // namespace nines::ingest
