// One pass over the message; what a word is, is decided when its end is known.
#include "domain/rca/logs/shape.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "domain/rca/logs/byte_bits.hpp"
#include "domain/rca/logs/value_words.hpp"

namespace nines::rca {
namespace {

/// What may join two values into one: 10.0.0.1:80, 1,2,3, 12 14 0 4.
bool joins_values(std::string_view between) {
  switch (between.size()) {
    case 0:
      return true;
    case 1:
      return between[0] == ' ' || between[0] == ':' || between[0] == ',' || between[0] == ';' ||
             between[0] == '|';
    case 2:
      return between[0] == ',' && between[1] == ' ';
    default:
      return false;
  }
}

/// Builds one shape. Every token writes at most its own size, a blank, and one byte for a value
/// that is empty: twice the message is room enough.
class ShapeBuilder {
 public:
  ShapeBuilder(std::string_view text, char* out, std::string& scratch,
               std::vector<std::string_view>& spellings)
      : text_(text), out_(out), end_(out), scratch_(scratch), spellings_(spellings) {}

  std::size_t run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      const auto bits = bits_of(c);
      if ((bits & kEndsWord) == 0) {
        word();
      } else if ((bits & kBlankBit) != 0) {
        apart_ = end_ != out_;
        ++at_;
      } else {
        mark(c);
      }
    }
    if (end_ != out_ && end_[-1] == '=') put(kNothing);
    return written();
  }

 private:
  char peek(std::size_t at) const { return at < text_.size() ? text_[at] : ' '; }
  bool wildcard_at(std::size_t at) const {
    return peek(at) == '<' && peek(at + 1) == '*' && peek(at + 2) == '>';
  }
  std::size_t written() const { return static_cast<std::size_t>(end_ - out_); }
  std::string_view from(std::size_t begin) const { return {out_ + begin, written() - begin}; }

  void put(char c) { *end_++ = c; }
  void put(std::string_view text) {
    std::memcpy(end_, text.data(), text.size());
    end_ += text.size();
  }
  /// Writes the blank that stands before the next token.
  void begin_token() {
    if (apart_) put(' ');
    apart_ = false;
  }

  /// `address`: a port may follow, which then stays a value of its own.
  void value(bool address = false) {
    begin_token();
    const auto between = from(value_end_);
    if (value_end_ != 0 && joins_values(between) && !(address_ && between == ":")) {
      end_ = out_ + value_end_;
    } else {
      put(kValue);
      value_end_ = written();
    }
    address_ = address;
  }

  /// A word around numbers: several alike in a row are a list, and count once.
  void mixed(std::string_view text, std::string_view spelling) {
    begin_token();
    if (mixed_end_ > mixed_begin_ &&
        text == std::string_view(out_ + mixed_begin_, mixed_end_ - mixed_begin_)) {
      const auto between = from(mixed_end_);
      if (between == " " || between == "," || between == ", ") {
        end_ = out_ + mixed_end_;
        spellings_.back() = {};
        return;
      }
    }
    mixed_begin_ = written();
    put(text);
    mixed_end_ = written();
    spellings_.push_back(spelling);
  }

  void mark(char c) {
    if (c == '<' && wildcard_at(at_)) {
      wildcard();
      return;
    }
    if (c == '(' && restates_quantity()) return;
    if ((c == '<' || c == '>') && is_digit(peek(at_ + 1)) && bound()) return;
    const bool alone = apart_ || end_ == out_;
    begin_token();
    put(c);
    ++at_;
    const char next = peek(at_);
    if (c == '=') {
      if (next == ',' || next == ';' || next == ')' || (is_blank_byte(next) && key_follows()))
        put(kNothing);
    } else if (alone && ((c == '(' && next == ')') || (c == '[' && next == ']') ||
                         (c == '{' && next == '}'))) {
      put(kNothing);
    }
  }

  /// A template of our own as input: "<*>" is a value, "<*>_init" a word around one.
  void wildcard() {
    if (!in_word(peek(at_ + kWildcard.size()))) {
      at_ += kWildcard.size();
      value(true);  // values that are joined show as one: a second one behind a colon is a port
      return;
    }
    scratch_.clear();
    take_wildcards();
  }

  /// Ends the word in the scratch that holds wildcards.
  void take_wildcards() {
    while (at_ < text_.size()) {
      if (wildcard_at(at_)) {
        scratch_ += kValue;
        at_ += kWildcard.size();
      } else if (in_word(text_[at_])) {
        scratch_ += text_[at_++];
      } else {
        break;
      }
    }
    std::string_view core = scratch_;
    while (core.size() > 1 && is_sentence_mark(core.back())) core.remove_suffix(1);
    if (core.size() == 1)
      value(true);
    else
      mixed(core, {});
    put(std::string_view(scratch_).substr(core.size()));
  }

  std::size_t behind_blanks(std::size_t at) const {
    while (at < text_.size() && is_blank_byte(text_[at])) ++at;
    return at;
  }

  /// Whether a word with a '=' behind it is next, or nothing at all.
  bool key_follows() const {
    auto i = behind_blanks(at_);
    if (i == text_.size()) return true;
    const auto begin = i;
    while (i < text_.size() && in_word(text_[i])) ++i;
    return i > begin && peek(i) == '=';
  }

  /// Behind a number and its unit, which must be one that is known; 0 when there are none.
  std::size_t quantity_end(std::size_t at) const {
    auto i = at;
    while (is_digit(peek(i)) || peek(i) == '.' || peek(i) == ',') ++i;
    if (i == at) return 0;
    if (peek(i) == ' ') ++i;
    const auto unit = i;
    while (i < text_.size() && in_word(text_[i])) ++i;
    return is_unit(text_.substr(std::min(unit, text_.size()), i - unit)) ? i : 0;
  }

  /// "1143 bytes (1.11 KB) sent": the same quantity once more, for people.
  bool restates_quantity() {
    if (value_end_ == 0 || written() - value_end_ > 12) return false;
    const auto end = quantity_end(at_ + 1);
    if (end == 0 || peek(end) != ')') return false;
    at_ = end + 1;
    apart_ = false;
    return true;
  }

  /// "<1 sec": less than one unit is a value as "00:01" is.
  bool bound() {
    const auto end = quantity_end(at_ + 1);
    if (end == 0) return false;
    at_ = end;
    value();
    return true;
  }

  /// Behind a MAC or IPv6 address that begins here: groups of hexadecimal digits between colons.
  std::size_t colon_address_end() const {
    std::size_t colons = 0, group = 0, i = at_;
    bool digits = false;
    for (;; ++i) {
      const char c = peek(i);
      if (c == ':') {
        ++colons;
        group = 0;
      } else if (is_hex(c)) {
        if (++group > 4) return 0;
        digits |= is_digit(c);
      } else {
        break;
      }
    }
    const bool ends = !in_word(peek(i)) || is_sentence_mark(peek(i));
    return colons >= 3 && digits && ends ? i : 0;
  }

  void skip_url() {
    at_ += 3;
    for (; at_ < text_.size() && !is_blank_byte(text_[at_]); ++at_) {
      const char c = text_[at_];
      if ((bits_of(c) & kMarkBit) != 0 && c != ':' && c != '=' && c != ';') break;
    }
    while (is_sentence_mark(text_[at_ - 1]) || text_[at_ - 1] == ':' || text_[at_ - 1] == ';')
      --at_;
  }

  void word() {
    const auto begin = at_;
    std::uint8_t bits = 0;
    for (; at_ < text_.size(); ++at_) {
      const auto one = bits_of(text_[at_]);
      if ((one & kEndsWord) != 0) break;
      bits |= one;
    }
    const auto whole = text_.substr(begin, at_ - begin);
    const char next = peek(at_);
    if (next == ':') {
      if (peek(at_ + 1) == '/' && peek(at_ + 2) == '/') {
        skip_url();
        value(true);
        return;
      }
      if (whole.size() <= 4 && is_hex(whole[0]) &&
          (is_hex(peek(at_ + 1)) || peek(at_ + 1) == ':')) {
        const auto behind = at_;
        at_ = begin;
        if (const auto end = colon_address_end(); end != 0) {
          at_ = end;
          value();
          return;
        }
        at_ = behind;
      }
    } else if (next == '<' && wildcard_at(at_)) {  // "blk_<*>": the wildcard belongs to the word
      scratch_.assign(whole);
      take_wildcards();
      return;
    }
    if ((bits & kMayBeValue) == 0) {
      if ((whole.size() == 3 && is_calendar_word(whole) && date_follows(whole)) ||
          hides_number(whole)) {
        value();
        return;
      }
      begin_token();
      put(whole);
      return;
    }
    looked_at(whole);
  }

  /// Of a word with a digit, a dot, or a slash in it.
  void looked_at(std::string_view whole) {
    auto core = whole;
    while (!core.empty() && is_sentence_mark(core.back())) core.remove_suffix(1);
    switch (core.empty() ? WordLook::word : look_of(core, scratch_)) {
      case WordLook::word:
        begin_token();
        put(whole);
        return;
      case WordLook::address:
        value(true);
        break;
      case WordLook::value:
        value();
        break;
      case WordLook::mixed:
        mixed(scratch_, core);
        break;
    }
    put(whole.substr(core.size()));
  }

  /// "3552 **** 3515": among values, stars stand for one.
  bool hides_number(std::string_view word) const {
    return word.size() >= 2 && word[0] == '*' && word.find_first_not_of('*') == word.npos &&
           value_end_ != 0 && value_end_ == written() && apart_;
  }

  /// "Sat Jul  9", "Jul 9": a weekday before a month, a month before a number.
  bool date_follows(std::string_view name) const {
    const auto i = behind_blanks(at_);
    if (is_digit(peek(i))) return true;
    const auto next = text_.substr(i, 3);
    return is_calendar_word(next) && next != name && is_blank_byte(peek(i + 3));
  }

  std::string_view text_;
  char* out_;
  char* end_;
  std::string& scratch_;
  std::vector<std::string_view>& spellings_;
  std::size_t at_ = 0;
  bool apart_ = false;
  bool address_ = false;       ///< the last value is one
  std::size_t value_end_ = 0;  ///< in the output, behind the last value; 0 = none yet
  std::size_t mixed_begin_ = 0;
  std::size_t mixed_end_ = 0;
};

}  // namespace

std::string_view Shaper::shape_of(std::string_view message) {
  const auto text = message.substr(0, kLongestMessage);
  if (room_.size() < 2 * text.size() + 2) room_.resize(2 * text.size() + 2);
  spellings_.clear();
  return {room_.data(), ShapeBuilder(text, room_.data(), scratch_, spellings_).run()};
}

}  // namespace nines::rca
