// Tells the parts of a written timeline apart, line by line.
#include "ingest/markdown_shape.hpp"

#include "base/text.hpp"
#include "domain/incident/told.hpp"
#include "ingest/markdown_table.hpp"
#include "ingest/timeline_line.hpp"

namespace nines::ingest {

std::string own_title(const std::string& heading) {
  if (!heading.starts_with("INC-") || heading.find("  ") == std::string::npos) return heading;
  const auto at = heading.rfind("  ");
  return at + 2 < heading.size() ? unescape_cell(heading.substr(at + 2)) : heading;
}

bool is_timeline(std::string_view heading) {
  const auto lower = to_lower_ascii(heading);
  return lower.find("timeline") != std::string::npos ||
         lower.find("chronolog") != std::string::npos ||
         lower.find("key events") != std::string::npos;
}

bool starts_bold(const MarkdownLine& line) { return line.content.starts_with("**"); }

bool begins_anew(const MarkdownLine& line) {
  if (labelled_duration(line.content)) return true;
  if (const auto found = labelled_time_line(line.content);
      found && incident::milestone_told(found->text))
    return true;
  if (!starts_bold(line)) return false;
  const auto close = line.content.find("**", 2);
  if (close == std::string_view::npos || close < 3) return false;
  return line.content[close - 1] == ':' ||
         (close + 2 < line.content.size() && line.content[close + 2] == ':');
}

void split_nick(ForeignEntry& entry) {
  const auto close = entry.text.find("> ");
  if (!entry.text.starts_with("<") || close == std::string::npos || close > 40) return;
  const auto nick = entry.text.substr(1, close - 1);
  if (nick.find_first_of(" /=\"<:") != std::string::npos) return;
  entry.author = nick;
  entry.text.erase(0, close + 2);
}

std::string slug(std::string_view label) {
  std::string out;
  for (const char c : to_lower_ascii(label))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      out += c;
    else if (!out.empty() && out.back() != '_')
      out += '_';
  while (out.ends_with("_")) out.pop_back();
  return out;
}

}  // namespace nines::ingest
