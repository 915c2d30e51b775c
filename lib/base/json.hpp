// JSON values with ordered members; the one unit that knows the JSON library is json.cpp.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/error.hpp"

namespace nines {

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  ///< in the order of insertion; keys are unique

  Json() : value_(nullptr) {}
  Json(std::nullptr_t) : value_(nullptr) {}
  Json(bool b) : value_(b) {}
  Json(int n) : value_(std::int64_t{n}) {}
  Json(long n) : value_(std::int64_t{n}) {}
  Json(long long n) : value_(std::int64_t{n}) {}
  Json(unsigned n) : value_(std::int64_t{n}) {}
  /// Above 2^63 - 1 it is kept as a double.
  Json(unsigned long n);
  Json(unsigned long long n);
  Json(double d) : value_(d) {}  ///< NaN and infinity become null
  Json(const char* s) : value_(std::string(s)) {}
  Json(std::string s) : value_(std::move(s)) {}
  Json(std::string_view s) : value_(std::string(s)) {}
  Json(Array a) : value_(std::move(a)) {}
  Json(Object o) : value_(std::move(o)) {}
  static Json array() { return Json(Array{}); }
  static Json object() { return Json(Object{}); }
  static Json object(std::initializer_list<Member> members) { return Json(Object(members)); }

  bool is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_int() const { return std::holds_alternative<std::int64_t>(value_); }
  bool is_double() const { return std::holds_alternative<double>(value_); }
  bool is_number() const { return is_int() || is_double(); }
  bool is_string() const { return std::holds_alternative<std::string>(value_); }
  bool is_array() const { return std::holds_alternative<Array>(value_); }
  bool is_object() const { return std::holds_alternative<Object>(value_); }

  bool as_bool() const { return std::get<bool>(value_); }
  std::int64_t as_int() const { return std::get<std::int64_t>(value_); }
  double as_double() const {
    return is_int() ? static_cast<double>(as_int()) : std::get<double>(value_);
  }
  const std::string& as_string() const { return std::get<std::string>(value_); }
  const Array& as_array() const { return std::get<Array>(value_); }
  Array& as_array() { return std::get<Array>(value_); }
  const Object& as_object() const { return std::get<Object>(value_); }
  Object& as_object() { return std::get<Object>(value_); }

  /// Member of an object, or null when this is no object or has none of that name.
  const Json* find(std::string_view key) const;
  /// The text of a string member, else `fallback`.
  std::string text(std::string_view key, std::string_view fallback = {}) const;
  std::int64_t integer(std::string_view key, std::int64_t fallback = 0) const;
  bool boolean(std::string_view key, bool fallback = false) const;
  /// Sets or replaces a member; null becomes an object first. Returns *this for chaining.
  Json& set(std::string key, Json value);
  Json& push(Json value);  ///< null becomes an array first

  /// Compact, members in their order; bad UTF-8 is replaced.
  std::string dump() const;
  std::string pretty() const;  ///< two-space indentation, no final newline
  /// Members sorted by byte order, no white space: the form that is hashed. Asserts that there is
  /// no double anywhere: the log holds integers and decimal strings only.
  std::string canonical() const;

  /// Throws Error{bad_data} with line and column; refuses depth above 64 and duplicate keys.
  static Json parse(std::string_view text, std::string_view file = {});

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_;
};

}  // namespace nines
