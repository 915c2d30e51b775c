// The shape of a log message: its words, with what can only be a value taken out.
//
// A value is known by its look alone: numbers with their signs and units, hexadecimal, addresses,
// times, paths, URLs, host names, identifiers with several numbers in them. A number inside a word
// leaves the word: "eth0" becomes "eth<*>". Lists of values count as one. Words are left to
// templates.hpp, which decides by comparing shapes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nines::rca {

/// A value, inside the text of a shape. Shapes hold no other control bytes.
inline constexpr char kValue = '\x01';
/// The place of a value that is empty: "rhost= user=root", "connection from 10.0.0.1 ()".
inline constexpr char kNothing = '\x02';
/// How much of a message is looked at.
inline constexpr std::size_t kLongestMessage = 4096;
/// The word by which people see a value; read as one too, so that a template is its own shape.
inline constexpr std::string_view kWildcard = "<*>";

/// Finds shapes, one after another, in memory of its own.
class Shaper {
 public:
  /// Tokens, with one blank where blanks stood before them. The view lives until the next call.
  std::string_view shape_of(std::string_view message);
  /// How the words with numbers in them were spelled, in their order; empty for a list of several.
  const std::vector<std::string_view>& spellings() const { return spellings_; }

 private:
  std::vector<char> room_;
  std::string scratch_;
  std::vector<std::string_view> spellings_;
};

/// A token of a shape.
struct ShapeToken {
  std::string_view text;
  bool apart = false;  ///< blanks stand before it
};

/// Whether it is a word around numbers.
bool is_mixed(std::string_view token);

/// The tokens of a shape: words, single punctuation marks, values.
std::vector<ShapeToken> tokens_of(std::string_view shape);

/// As people see it: "Failed password for <*> from <*>". A word with numbers that has one spelling
/// shows it: `spellings` by their order, empty ones (and those that are not there) as wildcards.
std::string shape_text(std::string_view shape, const std::vector<std::string>& spellings = {});

}  // namespace nines::rca
