// What of a Markdown document is prose: the sentences people wrote, part by part.
//
// Code, block quotes, quoted speech, tables, log lines, links' targets, HTML and front matter are
// somebody's or some program's words, not the author's: they are left out, so that no rule about
// wording can hit them. A stretch left out inside a sentence stays as one opaque token.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.hpp"
#include "domain/postmortem/parts.hpp"

namespace nines::postmortem {

struct Token {
  enum class Kind : std::uint8_t { word, mark, opaque };
  Kind kind = Kind::word;
  std::string word;  ///< lower case (ASCII), curly apostrophes made straight; of a mark itself
  bool capital = false;
  std::size_t begin = 0, end = 0;  ///< bytes of the document
};
using Sentence = std::vector<Token>;

/// A paragraph or one item of a list.
struct Block {
  Part part = Part::other;
  bool item = false;
  std::size_t begin = 0, end = 0;
  std::vector<Sentence> sentences;
};

/// "<!-- nines: allow CODE because REASON -->" lets findings of that code pass on its own line and
/// the one below; a block that begins there is covered whole.
struct Mute {
  std::string code;
  std::string because;  ///< empty: it says none, and is not heeded
  int line = 0;
};

struct Prose {
  std::vector<Block> blocks;
  std::vector<Mute> mutes;
  std::size_t words = 0;
};

Prose read_prose(std::string_view text);

/// Where bytes stand, in lines and code points.
class Places {
 public:
  explicit Places(std::string_view text);
  Span span(std::size_t begin, std::size_t end) const;
  int line_of(std::size_t offset) const;  ///< from 1
  std::string line(int number) const;     ///< without its end

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace nines::postmortem
