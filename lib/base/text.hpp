// Text as people see it: widths, escaping for terminals, splitting, and "did you mean".
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nines {

/// Columns a terminal needs (grapheme clusters; wide and emoji are 2, combining marks 0).
int display_width(std::string_view utf8);
/// Cuts to `width` columns with a final "…" when something was cut.
std::string fit_width(std::string_view utf8, int width);
bool is_valid_utf8(std::string_view bytes);

/// The one gate for text on its way to a terminal: replaces C0 except newline and tab, DEL, C1,
/// and bidirectional or invisible format characters by visible escapes ("\x1b", "\u202e").
std::string escape_controls(std::string_view utf8);

/// Optimal string alignment distance (edits and transpositions) over code points.
int edit_distance(std::string_view a, std::string_view b);
/// At most three candidates within distance 2 and a third of the length (at least 1), best first;
/// exact matches in another case come first.
std::vector<std::string> did_you_mean(std::string_view word,
                                      std::span<const std::string_view> known);
/// "did you mean 'a' or 'b'?", or empty.
std::string did_you_mean_hint(std::string_view word, std::span<const std::string_view> known);

std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(std::span<const std::string> parts, std::string_view separator);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string to_lower_ascii(std::string_view text);

/// "1,234,567" for people; JSON never uses it.
std::string group_digits(std::uint64_t n);
/// "1 event", "3 events".
std::string count_of(std::uint64_t n, std::string_view singular, std::string_view plural = {});

}  // namespace nines
