// Lines of an iCalendar text (RFC 5545): escaped, CRLF, at most 75 octets that never cut a character.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"

namespace nines {

/// "20260323T080000Z", in whole seconds.
std::string ical_utc(Instant t);
/// A text value; control characters have no place in one.
std::string ical_escaped(std::string_view text);

class IcalLines {
 public:
  /// `value` is written as it is: texts go through `ical_escaped` first.
  void add(std::string_view name, std::string_view value);
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace nines
