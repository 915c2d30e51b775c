// What a definition says field by field, and what changed between two of its revisions.
//
// Documents are the trees that the log keeps: integers, decimal numbers as their digits in a
// string, and {"$text": "1.5"} for a quoted text that looks like such a number.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace nines::slo {

struct Field {
  std::string path;   ///< "spec.objectives[0].target"; items of a list that are named show the name
  std::string value;  ///< as YAML would write it on one line

  friend bool operator==(const Field&, const Field&) = default;
};

/// All scalars and empty collections, in the order people write them.
std::vector<Field> fields_of(const Json& document);

struct FieldChange {
  std::string path;
  std::optional<std::string> before;  ///< empty: the field is new
  std::optional<std::string> after;   ///< empty: the field is gone

  friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

/// In the order of `after`, then what is gone. Null stands for "no document".
std::vector<FieldChange> changes_between(const Json& before, const Json& after);

/// True when the numbers in the value differ ("30d" and "7d", "status < 500" and "status < 400"),
/// outside of names shown to people and descriptions.
bool changes_a_number(const FieldChange& change);
bool changes_a_number(const std::vector<FieldChange>& changes);

}  // namespace nines::slo
