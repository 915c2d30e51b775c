// Reads and writes golden test files; a file that is read and written stays as it was.
#include "golden/case_file.hpp"

#include <stdexcept>

#include "base/text.hpp"

namespace nines::golden {
namespace {

bool has_body(std::string_view directive) {
  return directive.starts_with("@file ") || directive.starts_with("@program ") ||
         directive.starts_with("@append ") ||
         directive.starts_with("@bytes ");
}

bool starts_block(std::string_view line) { return line.starts_with("$ ") || line.starts_with("@"); }

void drop_empty_end(std::vector<std::string>& lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
}

std::runtime_error problem(std::size_t line, const std::string& what) {
  return std::runtime_error("line " + std::to_string(line + 1) + ": " + what);
}

/// A final newline ends the last line; it does not start another one.
std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.empty()) return lines;
  for (const auto line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

std::string guarded(const std::string& line) {
  const bool special =
      !line.empty() && std::string_view("$@![\\").find(line[0]) != std::string_view::npos;
  return special ? "\\" + line : line;
}

}  // namespace

std::vector<Block> read_case(std::string_view text) {
  std::vector<Block> blocks;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size();) {
    const auto& line = lines[i];
    Block block{Block::Kind::comment, line, {}};
    ++i;
    if (has_body(line)) {
      block.kind = Block::Kind::directive;
      while (i < lines.size() && lines[i] != "@end") block.body.push_back(lines[i++]);
      if (i++ == lines.size()) throw problem(i - 1, "'" + line + "' has no '@end'");
    } else if (line.starts_with("@")) {
      block.kind = Block::Kind::directive;
    } else if (line.starts_with("$ ")) {
      block.kind = Block::Kind::command;
      while (i < lines.size() && !starts_block(lines[i])) block.body.push_back(lines[i++]);
      drop_empty_end(block.body);
    } else if (!line.empty() && !line.starts_with("#")) {
      throw problem(i - 1, "expected '#', '@' or '$ ': '" + line + "'");
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::string write_case(const std::vector<Block>& blocks) {
  std::string text;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto& block = blocks[i];
    text += block.line + "\n";
    for (const auto& line : block.body) text += line + "\n";
    if (has_body(block.line)) text += "@end\n";
    const bool last = i + 1 == blocks.size();
    if (block.kind == Block::Kind::command && !last) text += "\n";
  }
  return text;
}

std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  bool inside = false;
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == 0 && c == ' ') {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    const bool opens = quote == 0 && (c == '\'' || c == '"');
    if (opens || c == quote) {
      quote = opens ? c : 0;
    } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      words.back() += line[++i];
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) throw std::runtime_error("unclosed quote in '" + std::string(line) + "'");
  return words;
}

std::vector<std::string> transcript(std::string_view out, std::string_view err, int exit_code) {
  std::vector<std::string> lines;
  for (const auto& line : lines_of(out)) lines.push_back(guarded(line));
  drop_empty_end(lines);
  for (const auto& line : lines_of(err)) lines.push_back(line.empty() ? "!" : "! " + line);
  if (exit_code != 0) lines.push_back("[exit " + std::to_string(exit_code) + "]");
  return lines;
}

}  // namespace nines::golden
