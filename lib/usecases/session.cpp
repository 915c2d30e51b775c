// Opens the store when it is first asked for, with what the command line knows.
#include "usecases/session.hpp"

#include <cassert>

#include "base/error.hpp"
#include "store/left_out.hpp"
#include "store/shape.hpp"
#include "store/store.hpp"
#include "usecases/log/trust.hpp"

namespace nines::usecases {

struct Session::State {
  SessionOptions options;
  std::optional<store::Store> store;

  store::Store& open() {
    if (store) return *store;
    const auto mode = options.create  ? store::Mode::create
                      : options.write ? store::Mode::write
                                      : store::Mode::read;
    store::Store opened(store::StoreOptions{.path = options.db,
                                            .mode = mode,
                                            .clock = options.clock,
                                            .entropy = options.entropy,
                                            .busy_timeout = options.lock_timeout,
                                            .as_of = options.as_of});
    if (mode == store::Mode::read && !options.log_alone) store::require_fit(opened);
    store.emplace(std::move(opened));
    if (mode == store::Mode::read) store::watch_record_reads(*store);
    check_trust();
    return *store;
  }

  void check_trust() {
    if (options.trust_list.empty()) return;
    if (options.create) remember_trusted(options.trust_list, store->id(), store->path());
    if (!options.must_be_trusted || is_trusted(options.trust_list, store->id())) return;
    const auto path = store->path().string();
    store.reset();
    throw Error(
        ExitCode::config, "the store '" + path + "' came from elsewhere, and is not trusted yet",
        "look where it is from; then nines trust, or name it with --db", "STORE_NOT_TRUSTED");
  }
};

Session::Session(std::unique_ptr<State> state) : state_(std::move(state)) {}
Session::~Session() = default;
Session::Session(Session&&) noexcept = default;

Session Session::open(const SessionOptions& options) {
  assert(options.clock != nullptr);
  if (options.as_of && (options.write || options.create))
    throw Error(ExitCode::usage, "--as-of reads the past, and the past cannot be written",
                "leave --as-of out");
  Session session(std::make_unique<State>(State{options, std::nullopt}));
  if (options.create)
    session.store();
  else if (!std::filesystem::exists(options.db))
    throw Error(ExitCode::not_found, "no store at '" + options.db.string() + "'",
                "make one with nines init, or name one with --db FILE", "NO_STORE");
  return session;
}

Instant Session::now() const { return state_->options.clock(); }
const SessionOptions& Session::options() const { return state_->options; }
bool Session::has_read_records() const {
  return state_->store && store::has_read_records(*state_->store);
}
store::Store& Session::store() { return state_->open(); }
const store::Store& Session::store() const { return state_->open(); }

}  // namespace nines::usecases
