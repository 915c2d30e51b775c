// Field tables: what each map of a document may hold; checking and the JSON Schemas both read them.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "yaml/node.hpp"

namespace nines::yaml {

class Checker;
struct Shape;
struct Definition;

/// Who rejects; combined by |.
using Profiles = std::uint8_t;
constexpr Profiles kSpec = 1;
constexpr Profiles kGoSdk = 2;
constexpr Profiles kSloth = 4;
constexpr Profiles kNines = 8;

/// A rule for one value, beyond its type; `schema` says as much of it as JSON Schema can.
struct Format {
  void (*check)(Checker& checker, const Node& value);
  std::string_view schema;   ///< members of a JSON object, without the braces
  bool is_duration = false;  ///< a number in its place has a unit missing, and is no other text
};

enum class Type : std::uint8_t {
  object,  ///< of `shape`
  list,    ///< of objects of `shape`
  text,
  boolean,
  number,
  integer,
  any,          ///< free-form
  free_map,     ///< free-form map with at least one member
  texts,        ///< list of texts
  text_map,     ///< text to text
  annotations,  ///< text to text, with OpenSLO's rule for keys
  labels,       ///< text to text or list of texts
};

struct Field {
  std::string_view name;
  Type type;
  std::string_view help;  ///< one line; the description in the JSON Schema and the manual
  Profiles required = 0;  ///< who rejects a document without it
  const Shape* shape = nullptr;
  std::span<const std::string_view> choices = {};
  const Format* format = nullptr;
};

struct Shape {
  std::string_view name;  ///< definition name in the JSON Schema
  std::span<const Field> fields;
  /// Rules between the fields of one map; runs after each field was checked.
  void (*rule)(Checker& checker, const Node& map) = nullptr;
};

/// One kind of document of one dialect.
struct KindTable {
  std::string_view api_version;
  std::string_view kind;
  const Shape* shape;
  Profiles who;  ///< the profiles that know this dialect
  /// Fills `object`; null for kinds that only others refer to.
  void (*read)(const Node& document, Definition& definition) = nullptr;
};

/// The other dialect's spelling of a key, for Sloth's two: empty when there is none.
std::string_view other_dialect_key(std::string_view key);

}  // namespace nines::yaml
