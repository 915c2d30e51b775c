// Writes YAML by yaml-cpp's emitter, quoting whatever a reader could take for another type.
#include "base/yaml_text.hpp"

#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines {
namespace {

/// A word no YAML version reads as anything but text.
bool is_plain_word(const std::string& text) {
  if (text.empty() || std::isalpha(static_cast<unsigned char>(text[0])) == 0) return false;
  const auto safe = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.' ||
           c == '/';
  };
  if (!std::ranges::all_of(text, safe)) return false;
  constexpr std::array<std::string_view, 9> kOther{"y",   "n",    "yes",   "no",  "on",
                                                   "off", "true", "false", "null"};
  return std::ranges::find(kOther, to_lower_ascii(text)) == kOther.end();
}

/// Bytes that are no UTF-8 become U+FFFD, as the JSON writer does.
std::string valid_utf8(const std::string& text) {
  return is_valid_utf8(text) ? text : Json::parse(Json(text).dump()).as_string();
}

void emit_text(YAML::Emitter& out, const std::string& text) {
  if (is_plain_word(text)) {
    out << text;
  } else {
    out << YAML::DoubleQuoted << valid_utf8(text);
  }
}

void emit(YAML::Emitter& out, const Json& value) {
  if (value.is_object()) {
    if (value.as_object().empty()) out << YAML::Flow;
    out << YAML::BeginMap;
    for (const auto& [name, member] : value.as_object()) {
      out << YAML::Key;
      emit_text(out, name);
      out << YAML::Value;
      emit(out, member);
    }
    out << YAML::EndMap;
  } else if (value.is_array()) {
    if (value.as_array().empty()) out << YAML::Flow;
    out << YAML::BeginSeq;
    for (const auto& item : value.as_array()) emit(out, item);
    out << YAML::EndSeq;
  } else if (value.is_string()) {
    emit_text(out, value.as_string());
  } else if (value.is_null()) {
    out << YAML::Null;
  } else {
    out << value.dump();  // true, 12, 99.95: the emitter's own numbers have 17 digits
  }
}

}  // namespace

std::string to_yaml(const Json& value) {
  YAML::Emitter out;
  emit(out, value);
  if (!out.good()) throw Error(ExitCode::bug, "cannot write YAML: " + out.GetLastError());
  // The emitter leaves C1 and what turns the direction of text as they are. They stand within
  // double quotes, where the escapes mean the same.
  return escape_controls(out.c_str()) + "\n";
}

}  // namespace nines
