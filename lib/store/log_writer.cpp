// The tree grows with the log: a tile when one is full, and the right edge with every commit.
#include "store/log_writer.hpp"

#include "base/error.hpp"
#include "store/db.hpp"
#include "store/event_log.hpp"

namespace nines::store {
namespace {

constexpr std::string_view kFrontier = "frontier";

[[noreturn]] void fail_tree(const std::string& what) {
  throw Error(ExitCode::bad_data, "the Merkle tree of the store is damaged: " + what,
              "nines audit verify says since which event", "STORE_DAMAGED");
}

Hash256 node_from(Db& db, int level, std::uint64_t number) {
  if (level == 0) {
    auto row = db.query("SELECT hash FROM event WHERE position = ?", number);
    if (!row.step()) fail_tree("no event at position " + std::to_string(number));
    return leaf_of(row.hash256(0));
  }
  if (is_tile_level(level)) {
    auto row = db.query("SELECT hash FROM tile WHERE level = ? AND number = ?", level, number);
    if (row.step()) return row.hash256(0);
  }
  return log::merkle_node(node_from(db, level - 1, 2 * number),
                          node_from(db, level - 1, 2 * number + 1));
}

}  // namespace

Hash256 leaf_of(const Hash256& event_hash) { return log::merkle_leaf(as_text(event_hash)); }

log::MerkleFrontier stored_frontier(Db& db) {
  const auto bytes = local_fact(db, kFrontier);
  if (!bytes && event_count(db) == 0) return {};
  const auto frontier = bytes ? log::MerkleFrontier::from_bytes(*bytes) : std::nullopt;
  if (!frontier) fail_tree("its right edge is lost");
  return *frontier;
}

log::MerkleNodes stored_nodes(Db& db) {
  return [&db](int level, std::uint64_t number) { return node_from(db, level, number); };
}

LogWriter::LogWriter(Db& db) : db_(db), frontier_(stored_frontier(db)) {
  if (frontier_.size() != event_count(db))
    fail_tree("it holds " + std::to_string(frontier_.size()) + " events, the log " +
              std::to_string(event_count(db)));
}

void LogWriter::append(const log::EventHeader& header, const Hash256& hash, const log::Salt& salt,
                       const std::optional<std::string>& body) {
  insert_event(db_, frontier_.size(), header, hash, salt, body);
  frontier_.append(leaf_of(hash), [&](int level, std::uint64_t number, const Hash256& node) {
    if (is_tile_level(level))
      db_.run("INSERT INTO tile (level, number, hash) VALUES (?, ?, ?)", level, number, node);
  });
}

void LogWriter::finish() { set_local_fact(db_, kFrontier, frontier_.to_bytes()); }

}  // namespace nines::store
