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

struct JsonMember;

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  ///< in the order of insertion; keys are unique

  // Nothing here is inline: each of the hundreds of units that use it would make its own copies of
  // what a variant needs.
  Json();
  Json(std::nullptr_t);
  Json(bool b);
  Json(int n);
  Json(long n);
  Json(long long n);
  Json(unsigned n);
  /// Above 2^63 - 1 it is kept as a double.
  Json(unsigned long n);
  Json(unsigned long long n);
  Json(double d);  ///< NaN and infinity become null
  Json(const char* s);
  Json(std::string s);
  Json(std::string_view s);
  Json(Array a);
  Json(Object o);
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();
  static Json array();
  static Json object();
  static Json object(std::initializer_list<JsonMember> members);

  bool is_null() const;
  bool is_bool() const;
  bool is_int() const;
  bool is_double() const;
  bool is_number() const { return is_int() || is_double(); }
  bool is_string() const;
  bool is_array() const;
  bool is_object() const;

  bool as_bool() const;
  std::int64_t as_int() const;
  double as_double() const;  ///< of an integer too
  const std::string& as_string() const;
  const Array& as_array() const;
  Array& as_array();
  const Object& as_object() const;
  Object& as_object();

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

  friend bool operator==(const Json& a, const Json& b) { return a.equals(b); }

 private:
  bool equals(const Json& other) const;

  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// A member on its way into an object. A list in braces is read-only, and copying whole trees out
/// of it would cost more than building them: hence mutable, and moved from once.
struct JsonMember {
  JsonMember(std::string name, Json value);
  mutable Json::Member member;
};

}  // namespace nines

extern template class std::vector<nines::Json>;
extern template class std::vector<nines::Json::Member>;
