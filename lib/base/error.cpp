// Construction and wording of the project's exception.
#include "base/error.hpp"

#include <cctype>

namespace nines {
namespace {

std::string code_of(ExitCode kind) {
  for (const auto& row : exit_code_table()) {
    if (row.code != kind) continue;
    std::string code;
    for (char c : row.name) code += c == '-' ? '_' : static_cast<char>(std::toupper(c));
    return code;
  }
  return "BUG";
}

}  // namespace

std::string to_string(const Place& place) {
  std::string text = place.file;
  if (place.line > 0) text += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) text += ":" + std::to_string(place.column);
  return text;
}

Error::Error(ExitCode kind, std::string what, std::string hint, std::string code)
    : kind_(kind),
      what_(std::move(what)),
      hint_(std::move(hint)),
      code_(code.empty() ? code_of(kind) : std::move(code)) {}

Error& Error::at(Place place) {
  if (place_.file.empty()) place_ = std::move(place);
  return *this;
}

Error& Error::note(std::string text) {
  notes_.push_back(std::move(text));
  return *this;
}

}  // namespace nines
