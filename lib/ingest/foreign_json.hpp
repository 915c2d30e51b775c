// What the readers of JSON exports share: their incidents, times, and lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.hpp"
#include "ingest/foreign.hpp"

namespace nines::ingest {

/// The value, or nothing with a finding when it is no JSON within the limits.
std::optional<Json> parse_foreign_json(const ForeignInput& input, ForeignDocument& document);

/// The text of a member that is a text or a number, else empty.
std::string scalar_text(const Json& object, std::string_view key);
/// A time as JSON exports write it: RFC 3339, exact. Without precision when it is none.
std::optional<incident::StatedTime> exported_time(const Json& object, std::string_view key,
                                                  std::string_view clock);
/// Adds fact "foreign.<key>" for a member that says something.
void put_foreign_fact(ForeignIncident& one, const Json& object, std::string_view key);

/// The lines on which texts stand in quotes, sought one after the other in one walk.
class LineFinder {
 public:
  explicit LineFinder(std::string_view bytes) : bytes_(bytes) {}
  /// Of the first place at or behind the last one found; 0 when there is none.
  int find(std::string_view text);

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  int line_ = 1;
  int missed_ = 0;
};

/// Oldest first, without those that say the same of the same time again.
void put_in_order(ForeignIncident& one);

}  // namespace nines::ingest
