// Segments are made anew from the log each time; the same events give the same bytes.
#include "store/send.hpp"

#include <optional>
#include <vector>

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/left_out.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

/// What is damaged here must not spread.
[[noreturn]] void fail_log_damaged(const std::string& what) {
  throw Error(ExitCode::bad_data, "the log here is damaged, and is not sent: " + what,
              "nines audit verify names what broke", "STORE_DAMAGED");
}

/// Consecutive events of one replica, as they stand in a segment.
struct Outgoing {
  std::uint64_t last = 0;
  Hash256 prev{};  ///< of the first
  std::vector<std::string> lines = {};
  std::vector<Hash256> hashes = {};
  std::vector<log::SegmentBody> bodies = {};

  const Hash256& head() const { return hashes.empty() ? prev : hashes.back(); }
};

/// It is at a place, and not here to be given on.
bool is_kept_back(Db& db, const Query& row) {
  return row.null(20) && is_left_out_at(db, position_at(row)) &&
         !erasure_is_here(db, header_at(row).ref);
}

/// The body of an event, unless it was erased.
std::optional<log::SegmentBody> body_at(Db& db, const Query& row, const log::EventHeader& header) {
  const auto name = "event " + log::to_string(header.ref);
  if (row.null(20)) {
    if (!erasure_is_here(db, header.ref))
      fail_log_damaged("the body of " + name + " is missing, and no event erased it");
    return std::nullopt;
  }
  log::SegmentBody body{header.ref.seq, row.hash128(19), row.text(20)};
  if (log::body_hash(body.salt, body.json) != header.body_hash)
    fail_log_damaged("the body of " + name + " was changed");
  return body;
}

void add_event(Outgoing& out, Db& db, const Query& row) {
  const auto header = header_at(row);
  const auto hash = stored_hash_at(row);
  if (out.lines.empty()) out.prev = header.prev;
  if (header.ref.seq != out.last + 1 || header.prev != out.head())
    fail_log_damaged("event " + log::to_string(header.ref) + " does not follow the one before");
  auto text = log::text_of(header);
  if (text.hash != hash)
    fail_log_damaged("event " + log::to_string(header.ref) + " is not what its hash says");
  if (auto body = body_at(db, row, header)) out.bodies.push_back(std::move(*body));
  out.lines.push_back(std::move(text.line));
  out.hashes.push_back(hash);
  out.last = header.ref.seq;
}

Outgoing next_events(Db& db, const Uid& replica, std::uint64_t after) {
  static const auto kSome =
      event_select("WHERE e.replica = ? AND e.seq > ? ORDER BY e.seq LIMIT ?");
  Outgoing out{.last = after};
  auto rows = db.query(kSome, replica, after, log::kSegmentEvents);
  while (rows.step() && !is_kept_back(db, rows)) add_event(out, db, rows);
  return out;
}

}  // namespace

std::uint64_t send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put) {
  for (;;) {
    auto out = next_events(store.db(), replica, after);
    if (out.lines.empty()) return head_of(store.db(), replica).seq - after;
    log::SegmentFile file;
    file.text = log::segment_from_lines(
        replica, after + 1, {out.prev, {out.lines.begin(), out.lines.end()}}, out.head());
    file.bodies = log::encode_bodies(out.bodies);
    file.name = log::name_of_segment(file.text, replica, after + 1, out.last);
    file.hashes = std::move(out.hashes);
    file.body_list = std::move(out.bodies);
    after = out.last;
    put(std::move(file));
  }
}

}  // namespace nines::store
