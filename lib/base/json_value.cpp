// JSON values: made, asked and changed; all that a variant needs is compiled here, once.
#include "base/json.hpp"

#include <limits>
#include <variant>

namespace nines {

Json::Json() : value_(nullptr) {}
Json::Json(std::nullptr_t) : value_(nullptr) {}
Json::Json(bool b) : value_(b) {}
Json::Json(int n) : value_(std::int64_t{n}) {}
Json::Json(long n) : value_(std::int64_t{n}) {}
Json::Json(long long n) : value_(std::int64_t{n}) {}
Json::Json(unsigned n) : value_(std::int64_t{n}) {}
Json::Json(double d) : value_(d) {}
Json::Json(const char* s) : value_(std::string(s)) {}
Json::Json(std::string s) : value_(std::move(s)) {}
Json::Json(std::string_view s) : value_(std::string(s)) {}
Json::Json(Array a) : value_(std::move(a)) {}
Json::Json(Object o) : value_(std::move(o)) {}
Json::Json(const Json&) = default;
Json::Json(Json&&) noexcept = default;
Json& Json::operator=(const Json&) = default;
Json& Json::operator=(Json&&) noexcept = default;
Json::~Json() = default;
Json Json::array() { return Json(Array{}); }
Json Json::object() { return Json(Object{}); }

bool Json::is_null() const { return std::holds_alternative<std::nullptr_t>(value_); }
bool Json::is_bool() const { return std::holds_alternative<bool>(value_); }
bool Json::is_int() const { return std::holds_alternative<std::int64_t>(value_); }
bool Json::is_double() const { return std::holds_alternative<double>(value_); }
bool Json::is_string() const { return std::holds_alternative<std::string>(value_); }
bool Json::is_array() const { return std::holds_alternative<Array>(value_); }
bool Json::is_object() const { return std::holds_alternative<Object>(value_); }

bool Json::as_bool() const { return std::get<bool>(value_); }
std::int64_t Json::as_int() const { return std::get<std::int64_t>(value_); }
double Json::as_double() const {
  return is_int() ? static_cast<double>(as_int()) : std::get<double>(value_);
}
const std::string& Json::as_string() const { return std::get<std::string>(value_); }
const Json::Array& Json::as_array() const { return std::get<Array>(value_); }
Json::Array& Json::as_array() { return std::get<Array>(value_); }
const Json::Object& Json::as_object() const { return std::get<Object>(value_); }
Json::Object& Json::as_object() { return std::get<Object>(value_); }
bool Json::equals(const Json& other) const { return value_ == other.value_; }

JsonMember::JsonMember(std::string name, Json value) : member(std::move(name), std::move(value)) {}

Json::Json(unsigned long n) : Json(static_cast<unsigned long long>(n)) {}

Json::Json(unsigned long long n) {
  if (n <= static_cast<unsigned long long>(std::numeric_limits<std::int64_t>::max()))
    value_ = static_cast<std::int64_t>(n);
  else
    value_ = static_cast<double>(n);
}

Json Json::object(std::initializer_list<JsonMember> members) {
  Object object;
  object.reserve(members.size());
  for (const auto& given : members) object.push_back(std::move(given.member));
  return Json(std::move(object));
}

const Json* Json::find(std::string_view key) const {
  if (!is_object()) return nullptr;
  for (const auto& [name, value] : as_object())
    if (name == key) return &value;
  return nullptr;
}

std::string Json::text(std::string_view key, std::string_view fallback) const {
  const auto* value = find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string(fallback);
}

std::int64_t Json::integer(std::string_view key, std::int64_t fallback) const {
  const auto* value = find(key);
  return value != nullptr && value->is_int() ? value->as_int() : fallback;
}

bool Json::boolean(std::string_view key, bool fallback) const {
  const auto* value = find(key);
  return value != nullptr && value->is_bool() ? value->as_bool() : fallback;
}

Json& Json::set(std::string key, Json value) {
  if (is_null()) value_ = Object{};
  for (auto& [name, old] : as_object()) {
    if (name != key) continue;
    old = std::move(value);
    return *this;
  }
  as_object().emplace_back(std::move(key), std::move(value));
  return *this;
}

Json& Json::push(Json value) {
  if (is_null()) value_ = Array{};
  as_array().push_back(std::move(value));
  return *this;
}

}  // namespace nines

template class std::vector<nines::Json>;
template class std::vector<nines::Json::Member>;
