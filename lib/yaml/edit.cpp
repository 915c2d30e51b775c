// How findings show values, and the text edits that mend them without touching comments.
#include <algorithm>

#include "base/text.hpp"
#include "yaml/checker.hpp"

namespace nines::yaml {

namespace {

/// Spaces in front of `offset`, with a "- " counted as two; nothing when other text stands there.
std::optional<std::size_t> indent_of(const Source& source, std::size_t offset) {
  const std::size_t begin = source.line_begin(offset);
  const std::string_view before = source.bytes().substr(begin, offset - begin);
  if (before.find_first_not_of(" -") != std::string_view::npos) return std::nullopt;
  return before.size();
}

}  // namespace

std::string shown(const Node& node) {
  if (node.is_mapping()) return "a map";
  if (node.is_sequence()) return "a list";
  if (node.is_null()) return "nothing";
  std::string text = "'";
  int count = 0;
  for (std::size_t i = 0; i < node.text.size(); ++i) {
    if ((static_cast<unsigned char>(node.text[i]) & 0xC0U) != 0x80U && ++count > 60)
      return text + "…'";
    const char c = node.text[i];
    text += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return text + "'";
}

std::vector<Edit> replace_with(const Node& node, std::string text) {
  if (node.end <= node.begin || node.alias) return {};
  return {{node.begin, node.end, std::move(text)}};
}

std::vector<Edit> remove_member(const Source& source, const Node& key) {
  const Node& value = *key.next;
  if (source.bytes().empty() || value.alias) return {};
  const std::size_t line = source.line_begin(key.begin);
  const std::string_view before = source.bytes().substr(line, key.begin - line);
  const std::size_t end = std::max(key.end, value.end);
  // A block scalar ends at the start of the line after it.
  const std::size_t until =
      end == source.line_begin(end) && end > key.end ? end : source.line_end(end);
  if (before.find_first_not_of(' ') == std::string_view::npos) {
    const std::string_view rest =
        trim(source.bytes().substr(std::min(end, until), until - std::min(end, until)));
    if (rest.empty() || rest.front() == '#') return {{line, until, ""}};
    return {};
  }
  // First of a list entry: the next member moves up behind the dash.
  const Node* following = value.next;
  if (indent_of(source, key.begin) && following != nullptr)
    return {{key.begin, following->begin, ""}};
  return {};
}

std::vector<Edit> insert_below(const Source& source, const Node& map, const Node& after,
                               std::string_view line) {
  if (source.bytes().empty() || map.alias || after.alias) return {};
  const Node& value = *after.next;
  const std::size_t end = std::max(after.end, value.end);
  if (map.flow) return {{end, end, ", " + std::string(line)}};
  const auto indent = indent_of(source, after.begin);
  if (!indent) return {};
  const std::size_t at =
      end == source.line_begin(end) && end > after.end ? end : source.line_end(end);
  const bool broken = at > 0 && source.bytes()[at - 1] != '\n';
  return {{at, at, (broken ? "\n" : "") + std::string(*indent, ' ') + std::string(line) + "\n"}};
}

}  // namespace nines::yaml
