// The desk as a small file of JSON.
#include "usecases/incident/desk.hpp"

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/read_file.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"

namespace nines::usecases {
namespace {

std::optional<Uid> uid_in(const Json& json, std::string_view key) {
  return Uid::parse(json.text(key));
}

void put(Json& json, const char* key, const std::optional<Uid>& uid) {
  if (uid) json.set(key, uid->to_string());
}

/// A desk that cannot be read is an empty one: it holds nothing that is not elsewhere.
Json read_desk(const std::filesystem::path& file) {
  if (file.empty() || !std::filesystem::exists(file)) return Json::object();
  try {
    return Json::parse(read_file(file));
  } catch (const Error&) {
    return Json::object();
  }
}

}  // namespace

Desk::Desk(const Session& session) {
  const auto& folder = session.options().state_folder;
  if (!folder.empty()) file_ = folder / ("desk-" + session.store().id().to_string() + ".json");
  const auto json = read_desk(file_);
  current_ = uid_in(json, "current");
  previous_ = uid_in(json, "previous");
  touched_ = uid_in(json, "touched");
}

void Desk::use(const Uid& incident) {
  if (current_ != incident) previous_ = current_;
  current_ = touched_ = incident;
  save();
}

void Desk::touch(const Uid& incident) {
  if (touched_ == incident) return;
  touched_ = incident;
  save();
}

void Desk::leave(const Uid& incident) {
  if (current_ != incident) return;
  previous_ = incident;
  current_.reset();
  save();
}

void Desk::save() const {
  if (file_.empty()) return;
  auto json = Json::object();
  put(json, "current", current_);
  put(json, "previous", previous_);
  put(json, "touched", touched_);
  store::create_private_folder(file_.parent_path());
  store::write_file_atomically(file_, json.dump() + "\n");
}

}  // namespace nines::usecases
