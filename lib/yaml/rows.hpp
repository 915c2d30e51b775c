// Rows of field tables: one short function per type of value, so that a table reads as a table.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "yaml/shape.hpp"

namespace nines::yaml {

using Words = std::span<const std::string_view>;

namespace row {

constexpr Field of(Type type, std::string_view name, std::string_view help, Profiles required = 0,
                   const Format* format = nullptr) {
  return {.name = name, .type = type, .help = help, .required = required, .format = format};
}
constexpr Field text(std::string_view name, std::string_view help, Profiles required = 0,
                     const Format* format = nullptr) {
  return of(Type::text, name, help, required, format);
}
constexpr Field number(std::string_view name, std::string_view help, Profiles required = 0,
                       const Format* format = nullptr) {
  return of(Type::number, name, help, required, format);
}
constexpr Field flag(std::string_view name, std::string_view help) {
  return of(Type::boolean, name, help);
}
constexpr Field choice(std::string_view name, std::string_view help, Words choices,
                       Profiles required = 0) {
  return {.name = name, .type = Type::text, .help = help, .required = required, .choices = choices};
}
constexpr Field texts(std::string_view name, std::string_view help, Profiles required = 0,
                      const Format* format = nullptr) {
  return of(Type::texts, name, help, required, format);
}
constexpr Field object(std::string_view name, std::string_view help, const Shape* shape,
                       Profiles required = 0) {
  return {.name = name, .type = Type::object, .help = help, .required = required, .shape = shape};
}
constexpr Field list(std::string_view name, std::string_view help, const Shape* shape,
                     Profiles required = 0) {
  return {.name = name, .type = Type::list, .help = help, .required = required, .shape = shape};
}

}  // namespace row

/// What one kind puts into the four members every document has.
struct Envelope {
  Words api_version;  ///< one word
  Words kind;         ///< one word
  const Shape* metadata;
  const Shape* spec;
  Profiles who;            ///< who rejects a document without the others
  Profiles spec_required;  ///< who rejects one without `spec`
};

constexpr std::array<Field, 4> envelope(const Envelope& e) {
  return {{row::choice("apiVersion", e.api_version.front(), e.api_version, e.who),
           row::choice("kind", "what this document defines", e.kind, e.who),
           row::object("metadata", "its name, labels and annotations", e.metadata, e.who),
           row::object("spec", "the definition", e.spec, e.spec_required)}};
}

}  // namespace nines::yaml
