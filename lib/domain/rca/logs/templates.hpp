// Templates of log messages: which words of a shape are values, decided by comparing shapes.
//
// Two messages have one template when they agree but for some words, and those words vary as values
// do. All constants are stated here once, for logs of every kind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nines::rca {

/// So many different words in one place, with everything else the same, are values: fewer may be
/// wordings of the program (started, paused, resumed, stopped).
inline constexpr std::size_t kWordsOfValue = 5;
/// So many words that two messages share in the place behind the same two tokens are values even
/// where each message alone has too few: a program does not word two messages in pairs.
inline constexpr std::size_t kWordsShared = 3;
/// So many words in capitals are values; fewer are states, methods, or codes of the program.
inline constexpr std::size_t kSymbolsOfValue = 2 * kWordsOfValue;

struct TemplateSet {
  std::vector<std::string> shapes;      ///< of the templates, by their first shape
  std::vector<std::uint32_t> of_shape;  ///< the template of every shape that was given
};

/// The templates of the shapes. The order of the shapes decides the order of the templates only.
TemplateSet mine_templates(const std::vector<std::string_view>& shapes);

}  // namespace nines::rca
