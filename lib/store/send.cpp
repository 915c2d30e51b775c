// Segments are made anew from the log each time; the same events give the same bytes.
#include "store/send.hpp"

#include <vector>

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"
#include "store/store.hpp"

namespace nines::store {
namespace {

/// What is damaged here must not spread.
[[noreturn]] void fail_log_damaged(const std::string& what) {
  throw Error(ExitCode::bad_data, "the log here is damaged, and is not sent: " + what,
              "nines audit verify names what broke", "STORE_DAMAGED");
}

struct Outgoing {
  log::Segment segment;
  std::vector<log::SegmentBody> bodies;
};

void add_event(Outgoing& out, Db& db, const Query& row) {
  auto header = header_at(row);
  const auto name = "event " + log::to_string(header.ref);
  if (out.segment.headers.empty()) out.segment.prev = header.prev;
  if (!row.null(20)) {
    log::SegmentBody body{header.ref.seq, row.hash128(19), row.text(20)};
    if (log::body_hash(body.salt, body.json) != header.body_hash)
      fail_log_damaged("the body of " + name + " was changed");
    out.bodies.push_back(std::move(body));
  } else if (!erasure_is_here(db, header.ref)) {
    fail_log_damaged("the body of " + name + " is missing, and no event erased it");
  }
  out.segment.hashes.push_back(stored_hash_at(row));
  out.segment.headers.push_back(std::move(header));
}

Outgoing next_segment(Db& db, const Uid& replica, std::uint64_t after) {
  static const auto kSome =
      event_select("WHERE e.replica = ? AND e.seq > ? ORDER BY e.seq LIMIT ?");
  Outgoing out{{.replica = replica, .first = after + 1}, {}};
  auto rows = db.query(kSome, replica, after, log::kSegmentEvents);
  while (rows.step()) add_event(out, db, rows);
  if (!out.segment.headers.empty()) out.segment.head = out.segment.hashes.back();
  return out;
}

}  // namespace

void send_segments(const Store& store, const Uid& replica, std::uint64_t after,
                   const std::function<void(log::SegmentFile)>& put) {
  for (;;) {
    const auto out = next_segment(store.db(), replica, after);
    if (out.segment.headers.empty()) return;
    log::SegmentFile file{{}, log::encode(out.segment), log::encode_bodies(out.bodies)};
    if (const auto check = log::decode_segment(file.text); !check.segment)
      fail_log_damaged(check.problem);
    file.name = log::name_of_segment(file.text, replica, out.segment.first, out.segment.last());
    after = out.segment.last();
    put(std::move(file));
  }
}

}  // namespace nines::store
