// The list of known stores, one line each.
#include "usecases/log/trust.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/private_file.hpp"
#include "store/store.hpp"

namespace nines::usecases {

bool is_trusted(const std::filesystem::path& list, const Uid& store) {
  if (!std::filesystem::exists(list)) return false;
  const auto text = read_file(list);
  const auto id = store.to_string();
  for (const auto line : split(text, '\n'))
    if (line.starts_with(id) && (line.size() == id.size() || line[id.size()] == ' ')) return true;
  return false;
}

void remember_trusted(const std::filesystem::path& list, const Uid& store,
                      const std::filesystem::path& path) {
  if (is_trusted(list, store)) return;
  store::create_private_folder(list.parent_path());
  // The path is for people who look into the file; a line feed in it must not make a second entry.
  store::append_private_line(
      list, store.to_string() + " " +
                escape_controls(path.filename() == "nines.db" ? path.parent_path().string()
                                                              : path.string()));
}

Trusted trust_store(const SessionOptions& options) {
  auto unasked = options;
  unasked.must_be_trusted = false;
  unasked.write = unasked.create = false;
  unasked.log_alone = true;
  unasked.as_of.reset();
  const auto session = Session::open(unasked);
  const auto& store = session.store();
  Trusted result{store.id().to_string(), store.path(), is_trusted(options.trust_list, store.id())};
  remember_trusted(options.trust_list, store.id(), store.path());
  return result;
}

}  // namespace nines::usecases
