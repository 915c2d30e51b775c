// Line arithmetic on Markdown: nothing is parsed that need not be.
#include "domain/postmortem/document.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::postmortem {
namespace {

/// The front matter: [begin, end) are its lines, without the marks; `after` is where the body is.
struct Front {
  std::size_t begin = 0, end = 0, after = 0;
};

std::size_t line_end(std::string_view text, std::size_t at) {
  const auto end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::optional<Front> front_of(std::string_view text) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  const auto first = line_end(text, at);
  if (trim(text.substr(at, first - at)) != "---") return std::nullopt;
  for (at = first; at < text.size();) {
    const auto next = line_end(text, at);
    const auto line = trim(text.substr(at, next - at));
    if (line == "---" || line == "...") return Front{first, at, next};
    at = next;
  }
  return std::nullopt;
}

/// The line "key: ..." of the front matter; nothing when it has none.
std::optional<std::pair<std::size_t, std::size_t>> front_line(std::string_view text,
                                                              std::string_view key) {
  const auto front = front_of(text);
  if (!front) return std::nullopt;
  for (auto at = front->begin; at < front->end;) {
    const auto next = line_end(text, at);
    const auto line = text.substr(at, next - at);
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ':')
      return std::pair(at, next);
    at = next;
  }
  return std::nullopt;
}

/// A value that YAML reads as this text.
std::string front_text(std::string_view value) {
  const bool plain = !value.empty() &&
                     std::all_of(value.begin(), value.end(),
                                 [](char c) {
                                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                          (c >= '0' && c <= '9') || c == ' ' || c == '-' ||
                                          c == '.' || c == '_' || c == '/';
                                 }) &&
                     value.front() != '-' && value.front() != ' ' && value.back() != ' ' &&
                     value.front() != '.';
  if (plain) return std::string(value);
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n' || c == '\r' || c == '\t')
      quoted += ' ';
    else
      quoted += c;
  }
  return quoted + "\"";
}

/// Takes out every stretch from `begin` to the end of `end`; an open one to the end of the text.
void drop_between(std::string& text, std::string_view begin, std::string_view end) {
  for (auto from = text.find(begin); from != std::string::npos; from = text.find(begin, from)) {
    const auto to = text.find(end, from + begin.size());
    text.erase(from, to == std::string::npos ? std::string::npos : to + end.size() - from);
  }
}

/// The same of the stretches that the tool keeps, with both their marks.
void drop_kept(std::string& text) {
  for (auto from = text.find("<!-- nines:begin "); from != std::string::npos;
       from = text.find("<!-- nines:begin ", from)) {
    const auto end = text.find("<!-- nines:end ", from);
    const auto close = end == std::string::npos ? end : text.find("-->", end);
    text.erase(from, close == std::string::npos ? std::string::npos : close + 3 - from);
  }
}

std::string begin_mark(std::string_view name) {
  return "<!-- nines:begin " + std::string(name) + " -->";
}
std::string end_mark(std::string_view name) {
  return "<!-- nines:end " + std::string(name) + " -->";
}

}  // namespace

std::optional<std::string> front_value(std::string_view text, std::string_view key) {
  const auto place = front_line(text, key);
  if (!place) return std::nullopt;
  auto value = trim(text.substr(place->first, place->second - place->first));
  value = trim(value.substr(key.size() + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front()) {
    const char quote = value.front();
    value = value.substr(1, value.size() - 2);
    std::string plain;
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (quote == '"' && value[i] == '\\' && i + 1 < value.size()) ++i;
      plain += value[i];
    }
    return plain;
  }
  return std::string(value);
}

std::string with_front(std::string_view text, std::string_view key, std::string_view value) {
  const auto line = std::string(key) + ": " + front_text(value) + "\n";
  if (const auto place = front_line(text, key))
    return std::string(text.substr(0, place->first)) + line +
           std::string(text.substr(place->second));
  if (const auto front = front_of(text))
    return std::string(text.substr(0, front->end)) + line + std::string(text.substr(front->end));
  const std::size_t mark = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  return std::string(text.substr(0, mark)) + "---\n" + line + "---\n" +
         std::string(text.substr(mark));
}

std::string without_front(std::string_view text, std::string_view key) {
  const auto place = front_line(text, key);
  if (!place) return std::string(text);
  return std::string(text.substr(0, place->first)) + std::string(text.substr(place->second));
}

std::string_view body_of(std::string_view text) {
  const auto front = front_of(text);
  return front ? text.substr(front->after) : text;
}

std::vector<Section> sections_of(std::string_view text) {
  std::vector<Section> found{{}};
  const auto front = front_of(text);
  std::size_t at = front ? front->after : 0;
  found.back().begin = at;
  std::string_view fence;
  bool comment = false;
  std::size_t before = at;  // where the line before began: an underline makes it a heading
  std::string_view earlier;
  const auto open = [&](std::string_view heading, int level, std::size_t from, std::size_t next) {
    found.back().end = from;
    found.push_back({part_of_heading(heading), std::string(heading), level, next, text.size()});
  };
  while (at < text.size()) {
    const auto next = line_end(text, at);
    const auto line = trim(text.substr(at, next - at));
    bool heads = false;  // a heading's own lines begin no other
    if (!fence.empty()) {
      if (line.starts_with(fence)) fence = {};
    } else if (comment) {
      comment = line.find("-->") == std::string_view::npos;
    } else if (line.starts_with("```") || line.starts_with("~~~")) {
      fence = line.substr(0, 3);
    } else if (line.starts_with("<!--") && line.find("-->") == std::string_view::npos) {
      comment = true;
    } else if (line.starts_with("#")) {
      const auto level = line.find_first_not_of('#');
      if (level != std::string_view::npos && level <= 6 && line[level] == ' ') {
        open(trim(line.substr(level)), static_cast<int>(level), at, next);
        heads = true;
      }
    } else if (line.size() > 2 && !earlier.empty() && !earlier.starts_with("-") &&
               (line.find_first_not_of('=') == std::string_view::npos ||
                line.find_first_not_of('-') == std::string_view::npos)) {
      open(earlier, line.front() == '=' ? 1 : 2, before, next);
      heads = true;
    }
    earlier = fence.empty() && !comment && !heads ? line : std::string_view{};
    before = at;
    at = next;
  }
  found.back().end = text.size();
  return found;
}

std::string prose_of(std::string_view text, Part part) {
  std::string prose;
  for (const auto& section : sections_of(text)) {
    if (section.part != part) continue;
    auto inner = std::string(text.substr(section.begin, section.end - section.begin));
    drop_kept(inner);
    drop_between(inner, "<!--", "-->");
    const auto kept = trim(inner);
    if (kept.empty()) continue;
    if (!prose.empty()) prose += "\n\n";
    prose += kept;
  }
  return prose;
}

std::optional<std::string> with_region(std::string_view text, std::string_view name,
                                       std::string_view content) {
  const auto mark = begin_mark(name);
  const auto begin = text.find(mark);
  if (begin == std::string_view::npos) return std::nullopt;
  const auto from = line_end(text, begin);
  const auto end = text.find(end_mark(name), from);
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(text.substr(0, from)) + std::string(content) + std::string(text.substr(end));
}

std::string region(std::string_view name, std::string_view content) {
  return begin_mark(name) + "\n" + std::string(content) + end_mark(name) + "\n";
}

std::string markdown_text(std::string_view text) {
  const auto visible = escape_controls(text);
  std::string out;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    const char c = visible[i];
    if (c == '\n' || c == '\t') {
      out += ' ';
      continue;
    }
    const bool inside_word = c == '_' && i > 0 && i + 1 < visible.size() && visible[i - 1] != ' ' &&
                             visible[i + 1] != ' ';
    const bool at_begin = out.empty() && (c == '#' || c == '>' || c == '-' || c == '+' || c == '=');
    const bool marks = c == '\\' || c == '`' || c == '*' || c == '[' || c == ']' || c == '<' ||
                       c == '|' || c == '~' || (c == '_' && !inside_word) || at_begin;
    if (marks) out += '\\';
    if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  // "1." at the beginning would open a list.
  const auto digits = out.find_first_not_of("0123456789");
  if (digits != std::string::npos && digits > 0 && (out[digits] == '.' || out[digits] == ')') &&
      digits + 1 < out.size() && out[digits + 1] == ' ')
    out.insert(digits, "\\");
  return out;
}

std::string revision_token(int revision, std::string_view digest) {
  return std::to_string(revision) + "-" + std::string(digest.substr(0, 6));
}

}  // namespace nines::postmortem
