// Opens the store for one glance: whoever types at the prompt waits for this.
#include "usecases/incident/prompt.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/incidents.hpp"
#include "store/migrations.hpp"
#include "store/store.hpp"
#include "usecases/incident/desk.hpp"
#include "usecases/incident/situation.hpp"

namespace nines::usecases {
namespace {

/// Opening an older store would bring it up to date, with a copy first: not while somebody waits.
void require_current_schema(const SessionOptions& options) {
  store::Db db(std::filesystem::canonical(options.db), store::Access::read, options.lock_timeout);
  if (store::check_schema(db) != store::SchemaState::current)
    throw Error(ExitCode::config, "the store '" + options.db.string() + "' is of an older version",
                "any other command brings it up to date", "STORE_OLDER");
}

/// Exercises and what was over before it was recorded call nobody.
bool calls(const incident::Incident& one) { return one.mode == incident::Mode::standard; }

}  // namespace

std::optional<PromptIncident> prompt_incident(SessionOptions options) {
  options.write = options.create = false;
  options.lock_timeout = std::chrono::milliseconds{0};
  std::error_code hidden;  // a folder we may not read holds no store for us
  if (!std::filesystem::exists(options.db, hidden)) return std::nullopt;
  require_current_schema(options);
  const auto session = Session::open(options);
  const auto& store = session.store();
  auto open = store::incidents(store, {.open_only = true});
  std::erase_if(open, [](const auto& one) { return !calls(one); });
  std::optional<incident::Incident> head;
  if (const auto uid = Desk(session).current()) head = store::find_incident(store, *uid);
  const bool in_use = head.has_value();
  if (!head) head = burning_incident(session, open);
  if (!head) return std::nullopt;
  const auto others = std::count_if(open.begin(), open.end(),
                                    [&](const auto& one) { return one.uid != head->uid; });
  return PromptIncident{std::move(*head), in_use, static_cast<std::size_t>(others)};
}

}  // namespace nines::usecases
