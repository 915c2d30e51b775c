// Appending: identity, clock, chain, salt, fold; then one commit.
#include "base/error.hpp"
#include "store/copies.hpp"
#include "store/event_log.hpp"
#include "store/fold.hpp"
#include "store/knowledge.hpp"
#include "store/left_out.hpp"
#include "store/log_aggregates.hpp"
#include "store/log_writer.hpp"
#include "store/search.hpp"
#include "store/store_state.hpp"

namespace nines::store {

struct Transaction::State {
  Store::State& store;
  std::string command;
  std::optional<std::string> because;
  Uid actor;
  Uid tx;
  std::uint32_t index = 0;
  std::uint64_t found = 0;
  Head head;
  log::Hlc hlc;
  std::optional<LogWriter> writer;
  bool open = true;
  bool news = false;  ///< others' events came here since this replica wrote

  log::EventRef write(const log::NewEvent& event, const Uid& in_tx, std::uint32_t tx_index);
  void name_actor(const std::string& name);
  void tell_news();
  void become_new_replica();
  void start();
};

namespace {

log::Hlc next_hlc(log::Hlc last, Instant now) {
  if (epoch_micros(now) > last.micros) return {epoch_micros(now), 0};
  return {last.micros, last.counter + 1};
}

}  // namespace

log::EventRef Transaction::State::write(const log::NewEvent& event, const Uid& in_tx,
                                        std::uint32_t tx_index) {
  require_here(store.db, event.subject);  // half a record would be written
  const auto now = store.now();
  hlc = next_hlc(hlc, now);
  log::Event full;
  full.body = event.body;
  if (because) full.body.set("because", *because);
  full.body.set("tool", "nines " NINES_VERSION);
  if (!command.empty()) full.body.set("command", command);
  const auto text = full.body.canonical();
  store.entropy().fill(full.salt);
  full.header = {.ref = {store.replica, head.seq + 1},
                 .hlc = hlc,
                 .tx = in_tx,
                 .tx_index = tx_index,
                 .kind = event.kind,
                 .kind_version = event.kind_version,
                 .subject = event.subject,
                 .target = event.target,
                 .actor = actor,
                 .occurred_at = event.occurred_at == Instant{} ? now : event.occurred_at,
                 .occurred_precision = event.occurred_precision,
                 .recorded_at = now,
                 .body_hash = log::body_hash(full.salt, text),
                 .prev = head.hash};
  head = {head.seq + 1, log::hash_of(full.header)};
  writer->append(full.header, head.hash, full.salt, text);
  fold_newest(store.db, full);
  return full.header.ref;
}

/// A file that was copied would go on numbering as its original does: two logs under one name.
void Transaction::State::become_new_replica() {
  const auto previous = store.replica;
  store.replica = Uid::make(store.now(), store.entropy());
  set_local_fact(store.db, "replica", as_text(store.replica.bytes));
  set_local_fact(store.db, "mark", file_mark(store.db.path()));
  head = {};
  actor = {};
  log::NewEvent joined{.kind = "replica.joined", .subject = "replica/" + store.replica.to_string()};
  joined.body.set("previous", previous.to_string()).set("reason", "the file was copied");
  write(joined, Uid::make(store.now(), store.entropy()), 0);
}

/// The name is a person's, so it lives in a body of its own that can be erased.
void Transaction::State::name_actor(const std::string& name) {
  if (const auto known = find_actor(store.db, store.replica, name)) {
    actor = *known;
    return;
  }
  actor = Uid::make(store.now(), store.entropy());
  log::NewEvent named{.kind = "actor.named", .subject = "actor/" + actor.to_string()};
  named.body.set("name", name);
  write(named, Uid::make(store.now(), store.entropy()), 0);
}

/// What this command may know of others, so that nobody takes its edits for made apart.
void Transaction::State::tell_news() {
  if (!news) return;
  if (const auto event = caught_up(store.db, store.replica))
    write(*event, Uid::make(store.now(), store.entropy()), 0);
}

void Transaction::State::start() {
  // Another process may have written since this one opened the file.
  const auto replica = local_fact(store.db, "replica").value_or("");
  if (replica.size() == store.replica.bytes.size())
    std::copy(replica.begin(), replica.end(), store.replica.bytes.begin());
  found = event_count(store.db);
  hlc = latest_hlc(store.db);
  writer.emplace(store.db);
  const bool copied = local_fact(store.db, "mark") != file_mark(store.db.path());
  news = copied || has_news(store.db, store.replica);
  if (copied)
    become_new_replica();
  else
    head = head_of(store.db, store.replica);
  tx = Uid::make(store.now(), store.entropy());
}

Transaction::Transaction(Store& store, std::string actor, std::string command,
                         std::optional<std::string> because)
    : state_(std::make_unique<State>(State{.store = store.state(),
                                           .command = std::move(command),
                                           .because = std::move(because),
                                           .actor = {},
                                           .tx = {},
                                           .head = {},
                                           .hlc = {},
                                           .writer = std::nullopt})) {
  auto& db = state_->store.db;
  db.script("BEGIN IMMEDIATE");
  try {
    watch_texts(db);
    state_->start();
    state_->name_actor(actor.empty() ? "unknown" : actor);
    state_->tell_news();
  } catch (...) {
    if (db.in_transaction()) db.script("ROLLBACK");
    throw;
  }
}

Transaction::~Transaction() {
  if (!state_->open) return;
  try {
    if (state_->store.db.in_transaction()) state_->store.db.script("ROLLBACK");
  } catch (const Error&) {
    // SQLite rolls back by itself when the connection closes; nothing was acknowledged.
  }
}

log::EventRef Transaction::append(const log::NewEvent& event) {
  return state_->write(event, state_->tx, state_->index++);
}

Uid Transaction::tx() const { return state_->tx; }
std::size_t Transaction::size() const { return state_->index; }
std::uint64_t Transaction::found() const { return state_->found; }

void Transaction::commit() {
  // A command that changed nothing leaves no trace, not even of who ran it.
  if (state_->index > 0) {
    settle_texts(state_->store.db);
    state_->writer->finish();
  }
  state_->store.db.script(state_->index == 0 ? "ROLLBACK" : "COMMIT");
  state_->open = false;
  drop_noted_copies(state_->store.db, kWaitForCopies);
}

}  // namespace nines::store
