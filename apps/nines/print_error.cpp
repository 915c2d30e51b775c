// Writes file:line:col: error[CODE] message, then notes and the hint, or one JSON object.
#include "nines/print_error.hpp"

#include <ostream>

#include "base/json.hpp"
#include "base/text.hpp"

namespace nines::app {
namespace {

Json to_json(const Error& error) {
  auto body = Json::object({{"code", error.code()}, {"message", error.what()}});
  if (!error.hint().empty()) body.set("hint", error.hint());
  const auto place = to_string(error.place());
  if (!place.empty()) body.set("location", place);
  if (!error.notes().empty()) {
    auto notes = Json::array();
    for (const auto& note : error.notes()) notes.push(note);
    body.set("notes", std::move(notes));
  }
  return Json::object({{"error", std::move(body)}});
}

}  // namespace

int print_error(World& world, const Error& error, bool json) {
  auto& err = world.err;
  if (json) {
    err << to_json(error).dump() << '\n';
  } else {
    const auto place = to_string(error.place());
    if (!place.empty()) err << escape_controls(place) << ": ";
    err << "error[" << error.code() << "] " << escape_controls(error.what()) << '\n';
    for (const auto& note : error.notes()) err << "note: " << escape_controls(note) << '\n';
    if (!error.hint().empty()) err << "hint: " << escape_controls(error.hint()) << '\n';
  }
  err.flush();
  return static_cast<int>(error.kind());
}

}  // namespace nines::app
