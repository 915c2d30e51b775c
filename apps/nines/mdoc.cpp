// Escapes and wraps for the mdoc language of mandoc.
#include "nines/mdoc.hpp"

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::app::mdoc {
namespace {

constexpr std::size_t kLine = 76;

bool ends_sentence(std::string_view word) {
  while (!word.empty() && (word.back() == ')' || word.back() == '\'' || word.back() == '"'))
    word.remove_suffix(1);
  return !word.empty() && (word.back() == '.' || word.back() == '!' || word.back() == '?');
}

/// Code points beyond ASCII by their number; `text` is valid UTF-8.
char32_t next_code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
  char32_t code = lead & (0x3F >> more);
  for (int i = 0; i < more && at < text.size(); ++i)
    code = (code << 6) | (static_cast<unsigned char>(text[at++]) & 0x3F);
  return code;
}

}  // namespace

std::string escaped(std::string_view raw) {
  std::string out;
  for (std::size_t at = 0; at < raw.size();) {
    const auto code = next_code_point(raw, at);
    if (code == '\\')
      out += "\\e";
    else if (code == '-')
      out += "\\-";
    else if (code < 0x80)
      out += static_cast<char>(code);
    else
      out += fmt::format("\\[u{:04X}]", static_cast<unsigned>(code));
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string text(std::string_view paragraph) {
  std::string out, line;
  for (const auto word : split(paragraph, ' ')) {
    if (word.empty()) continue;
    auto shown = escaped(word);
    if (!line.empty() && line.size() + 1 + shown.size() > kLine) {
      out += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + shown;
    if (!ends_sentence(word)) continue;
    out += line + "\n";
    line.clear();
  }
  return line.empty() ? out : out + line + "\n";
}

std::string section(std::string_view title) { return ".Sh " + std::string(title) + "\n"; }
std::string subsection(std::string_view title) { return ".Ss " + escaped(title) + "\n"; }
std::string begin_list() { return ".Bl -tag -width Ds\n"; }
std::string end_list() { return ".El\n"; }

std::string item(std::string_view head, std::string_view body) {
  return ".It " + std::string(head) + "\n" + text(body);
}

std::string literal(std::string_view lines) {
  std::string out = ".Bd -literal -offset indent\n";
  if (lines.ends_with('\n')) lines.remove_suffix(1);
  for (const auto line : split(lines, '\n')) out += escaped(line) + "\n";
  return out + ".Ed\n";
}

}  // namespace nines::app::mdoc
