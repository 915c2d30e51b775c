// A postmortem as the Markdown text it is: front matter, parts, and stretches the tool keeps
// current.
//
// The text belongs to people. Every function here leaves each byte alone that it is not about, so
// that a text that goes out to an editor and comes back unchanged is the same text. What the tool
// writes stands between two comments, "<!-- nines:begin NAME -->" and "<!-- nines:end NAME -->".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/postmortem/parts.hpp"

namespace nines::postmortem {

/// A key of the front matter, with quotes taken off; nothing when it or the front matter is absent.
/// Only "key: value" lines at the beginning of a line count; others are kept and not understood.
std::optional<std::string> front_value(std::string_view text, std::string_view key);
/// Sets the key, at the end of the front matter where it is new; makes front matter where none is.
std::string with_front(std::string_view text, std::string_view key, std::string_view value);
/// Takes the line of the key out.
std::string without_front(std::string_view text, std::string_view key);
/// The text after the front matter.
std::string_view body_of(std::string_view text);

struct Section {
  Part part = Part::other;
  std::string heading;  ///< without its marks; empty: before the first heading
  int level = 0;
  std::size_t begin = 0, end = 0;  ///< of what stands under it, up to the next heading
};
/// In order, code fences and comments passed over.
std::vector<Section> sections_of(std::string_view text);
/// What people wrote in a part, of all sections of that part, without comments and without the
/// stretches that the tool keeps; empty: nothing.
std::string prose_of(std::string_view text, Part part);

/// Puts `content` (lines, with their ends) between the marks of the region; nothing when the text
/// has no such region: people may take one out.
std::optional<std::string> with_region(std::string_view text, std::string_view name,
                                       std::string_view content);
/// A region with its marks, for a new document.
std::string region(std::string_view name, std::string_view content);

/// What somebody wrote, as text within a line of Markdown: no mark of it formats, links or breaks.
std::string markdown_text(std::string_view text);

/// A short name of a text's state: "3-9f2c1a" is revision 3 with the first digits of its SHA-256.
std::string revision_token(int revision, std::string_view digest);

}  // namespace nines::postmortem
