// JSON values of what may not be there: null where it is not.
#pragma once

#include <optional>
#include <string>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/time.hpp"

namespace nines::app {

/// Null for an empty text.
inline Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
inline Json time_or_null(const std::optional<Instant>& at) {
  return at ? Json(format_utc(*at)) : Json();
}
inline Json number_or_null(const std::optional<Decimal>& value) {
  return value ? Json(value->to_double()) : Json();
}

}  // namespace nines::app
