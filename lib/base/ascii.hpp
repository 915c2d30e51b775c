// Kinds of ASCII characters, whatever the locale.
#pragma once

namespace nines {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace nines
