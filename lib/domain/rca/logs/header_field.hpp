// Recognises single fields of a log line's header at a place in the line.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "domain/rca/logs/header.hpp"

namespace nines::rca {

struct HeaderField {
  std::size_t end = 0;     ///< behind the field, and behind the blanks after it
  std::string_view value;  ///< without brackets, colon, process number
  std::optional<LineTime> time;
  LogLevel level = LogLevel::unknown;
};

/// The field of this kind that begins at `at`, which is no blank; nothing when there is none.
std::optional<HeaderField> field_at(FieldKind kind, std::string_view line, std::size_t at);

/// A tag of two or three words, which is one only with its process: "Microsoft Word[14463]:".
std::optional<HeaderField> spaced_tag_at(std::string_view line, std::size_t at);

/// Behind the word that begins at `at`, and behind the blanks after it.
std::size_t behind_word(std::string_view line, std::size_t at);
/// The word that begins at `at`.
std::string_view word_at(std::string_view line, std::size_t at);
std::size_t behind_blanks(std::string_view line, std::size_t at);

}  // namespace nines::rca
