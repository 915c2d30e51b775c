// The edits: flip, insert, erase, double, splice, cut, and bytes that parsers stumble over.
#include "mutate.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nines::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::array kAwkward = {
    "\0"sv,
    "\xff"sv,
    "\xc3"sv,
    "\xed\xa0\x80"sv,
    "\x1b[31m"sv,
    "\r\n"sv,
    "\n"sv,
    "\t"sv,
    "\""sv,
    "'"sv,
    "`"sv,
    "\\"sv,
    "["sv,
    "{"sv,
    "("sv,
    ": "sv,
    ","sv,
    "-"sv,
    "*"sv,
    "&"sv,
    "!"sv,
    "%"sv,
    "0"sv,
    "-0"sv,
    "1e999"sv,
    "9223372036854775807"sv,
    "18446744073709551616"sv,
    "not "sv,
    " and "sv,
    "nan"sv,
    "\xe2\x80\xae"sv,
    "\xef\xbb\xbf"sv,
    "0.000000000000000001"sv,
    "99999"sv,
    "+14:00"sv,
    "null"sv,
};

void edit(std::string& text, const std::vector<std::string>& seeds, Dice& dice) {
  const std::size_t at = dice.below(text.size() + 1);
  const std::size_t length = std::min(1 + dice.below(16), text.size() - at);
  switch (dice.below(8)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << dice.below(8)));
      break;
    case 1:
      text.insert(at, 1, static_cast<char>(dice.below(256)));
      break;
    case 2:
      text.erase(at, length);
      break;
    case 3:
      text.insert(at, text.substr(at, length));
      break;
    case 4:
      text.insert(at, kAwkward[dice.below(kAwkward.size())]);
      break;
    case 5:
      text.resize(at);
      break;
    case 6: {
      const std::string& other = seeds[dice.below(seeds.size())];
      text = text.substr(0, at) + other.substr(dice.below(other.size() + 1));
      break;
    }
    default: {
      const std::string piece = text.substr(at, length);
      for (std::size_t n = dice.below(200); n > 0; --n) text.insert(at, piece);
    }
  }
}

}  // namespace

std::uint64_t Dice::roll() {  // splitmix64
  state_ += 0x9e3779b97f4a7c15U;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

std::string mutate(const std::vector<std::string>& seeds, Dice& dice, std::size_t limit) {
  std::string text = seeds[dice.below(seeds.size())];
  for (std::size_t n = 1 + dice.below(8); n > 0; --n) {
    edit(text, seeds, dice);
    if (text.size() > limit) text.resize(limit);
  }
  return text;
}

}  // namespace nines::fuzz
