// Pushed by COPY into a stage and from there inserted, pulled by (replica, seq). COPY cannot go straight
// to tables with row-level security. Ranges of seq stand in every statement, so that an index is used
// before the server has counted any rows.
#include "postgres/events.hpp"

#include "base/error.hpp"

namespace nines::postgres {
namespace {

constexpr std::uint64_t kMany = 10'000;  ///< events after which rows are counted anew
constexpr std::size_t kHashBytes = 32;
constexpr std::int64_t kPageBytes = std::int64_t{64} << 20;  ///< of bodies, in memory at once

void add_number(std::string& out, std::uint64_t number, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((number >> (8 * i)) & 0xFF);
}

void add_value(std::string& out, const std::string& value) {
  add_number(out, value.size(), 4);
  out += value;
}

void add_null(std::string& out) { add_number(out, 0xFFFFFFFF, 4); }

/// PostgreSQL's binary form of COPY.
std::string copy_of(const IncomingEvents& incoming) {
  constexpr int kColumns = 5;
  std::string out("PGCOPY\n\xFF\r\n\0", 11);
  add_number(out, 0, 8);  // no flags, no more header
  auto seq = incoming.first;
  for (const auto& event : incoming.events) {
    add_number(out, kColumns, 2);
    add_number(out, 8, 4);
    add_number(out, seq++, 8);
    add_value(out, event.hash);
    add_value(out, event.header);
    if (event.erased()) {
      add_null(out);
      add_null(out);
    } else {
      add_value(out, event.salt);
      add_value(out, event.body);
    }
  }
  add_number(out, 0xFFFF, 2);
  return out;
}

[[noreturn]] void fail_put(const IncomingEvents& incoming, std::uint64_t seq, bool missing) {
  const auto event = "event " + std::to_string(seq) + " of replica " + incoming.replica;
  if (missing)
    throw Error(ExitCode::bad_data, "the database lacks " + event + ", which others follow",
                "sync again; if that says the same, an administrator deletes that replica's rows "
                "of nines.event from there on",
                "SEGMENT_MISSING");
  throw Error(
      ExitCode::conflict, "the database holds another " + event + " than this store",
      "a copied store wrote under its original's name; keep the events of the original, and on "
      "the copy's machine start a new store and sync it",
      "FORK");
}

/// The event before the first, and what was staged up to `last`, must be there with the same hash.
void require_same(Place& place, const IncomingEvents& incoming, std::uint64_t last) {
  if (last == 0) return;
  const auto rows = place.connection.query(
      "SELECT s.seq, CASE WHEN e.hash IS NULL THEN 1::bigint ELSE 0::bigint END "
      "FROM (SELECT seq, hash FROM nines_stage WHERE seq <= $4::bigint UNION ALL "
      "SELECT $3::bigint, $5::bytea WHERE $3::bigint > 0) s "
      "LEFT JOIN (SELECT seq, hash FROM nines.event WHERE stream = $1 AND replica = $2::uuid "
      "AND seq BETWEEN $3::bigint AND $4::bigint) e ON e.seq = s.seq "
      "WHERE e.hash IS NULL OR e.hash <> s.hash ORDER BY s.seq LIMIT 1",
      {{place.stream},
       {incoming.replica},
       {std::to_string(incoming.first - 1)},
       {std::to_string(last)},
       {incoming.prev, true}});
  if (rows.size() > 0)
    fail_put(incoming, static_cast<std::uint64_t>(rows.integer(0, 0)), rows.integer(0, 1) != 0);
}

void stage(Connection& connection, const std::string& bytes) {
  connection.run(
      "CREATE TEMPORARY TABLE IF NOT EXISTS nines_stage (seq bigint NOT NULL, "
      "hash bytea NOT NULL, header text NOT NULL, salt bytea, body text); TRUNCATE nines_stage");
  connection.copy_in(
      "COPY nines_stage (seq, hash, header, salt, body) FROM STDIN WITH (FORMAT binary)", bytes);
}

/// The usual case, at half the cost of the other: a row that is there already is an error.
void insert_new(Place& place, const IncomingEvents& incoming) {
  for (const char* sql :
       {"INSERT INTO nines.event (stream, replica, seq, hash, header) "
        "SELECT $1, $2::uuid, s.seq, s.hash, s.header FROM nines_stage s",
        "INSERT INTO nines.body (stream, replica, seq, salt, body) "
        "SELECT $1, $2::uuid, s.seq, s.salt, s.body FROM nines_stage s WHERE s.salt IS NOT NULL"})
    place.connection.query(sql, {{place.stream}, {incoming.replica}});
  require_same(place, incoming, incoming.first - 1);
}

/// What somebody else has brought meanwhile stays, and must be the same. The body of an event that
/// was there may have been erased since.
void insert_missing(Place& place, const IncomingEvents& incoming) {
  place.connection.query(
      "WITH added AS (INSERT INTO nines.event (stream, replica, seq, hash, header) "
      "SELECT $1, $2::uuid, s.seq, s.hash, s.header FROM nines_stage s ORDER BY s.seq "
      "ON CONFLICT DO NOTHING RETURNING seq) "
      "INSERT INTO nines.body (stream, replica, seq, salt, body) "
      "SELECT $1, $2::uuid, s.seq, s.salt, s.body FROM nines_stage s "
      "JOIN added a ON a.seq = s.seq WHERE s.salt IS NOT NULL ORDER BY s.seq "
      "ON CONFLICT DO NOTHING",
      {{place.stream}, {incoming.replica}});
  require_same(place, incoming, incoming.first + incoming.events.size() - 1);
}

/// How many events from `from` on may be read at once.
std::uint64_t fitting(Place& place, const std::string& replica, std::uint64_t from,
                      std::uint64_t count) {
  for (; count > 1; count /= 2) {
    const auto rows = place.connection.query(
        "SELECT coalesce(sum(octet_length(body)), 0)::bigint FROM nines.body WHERE stream = $1 "
        "AND replica = $2::uuid AND seq BETWEEN $3::bigint AND $4::bigint",
        {{place.stream}, {replica}, {std::to_string(from)}, {std::to_string(from + count - 1)}});
    if (rows.integer(0, 0) <= kPageBytes) break;
  }
  return count;
}

}  // namespace

std::vector<std::string> heads(Place& place) {
  const auto rows = place.connection.query(
      "SELECT r.replica::text, e.seq, e.hash FROM nines.replica r CROSS JOIN LATERAL "
      "(SELECT l.seq, l.hash FROM nines.event l WHERE l.stream = r.stream "
      "AND l.replica = r.replica ORDER BY l.seq DESC LIMIT 1) e WHERE r.stream = $1",
      {{place.stream}});
  std::vector<std::string> fields;
  for (int i = 0; i < rows.size(); ++i) {
    fields.push_back(rows.text(i, 0));
    fields.push_back(std::to_string(rows.integer(i, 1)));
    fields.push_back(rows.text(i, 2));
  }
  return fields;
}

void put(Place& place, const IncomingEvents& incoming) {
  const auto bytes = copy_of(incoming);
  auto& connection = place.connection;
  const auto insert = [&](void (*rows)(Place&, const IncomingEvents&)) {
    connection.transact([&] {
      stage(connection, bytes);
      connection.query(
          "INSERT INTO nines.replica (stream, replica) VALUES ($1, $2::uuid) "
          "ON CONFLICT DO NOTHING",
          {{place.stream}, {incoming.replica}});
      rows(place, incoming);
    });
  };
  try {
    insert(insert_new);
  } catch (const ServerError& error) {
    if (!error.is_double_row()) throw;
    insert(insert_missing);
  }
  place.loaded += incoming.events.size();
}

std::vector<std::string> get(Place& place, const std::string& replica, std::uint64_t from,
                             std::uint64_t count) {
  count = fitting(place, replica, from, count);
  const auto rows = place.connection.query(
      "SELECT e.seq, e.hash, e.header, b.salt, b.body FROM nines.event e LEFT JOIN "
      "(SELECT seq, salt, body FROM nines.body WHERE stream = $1 AND replica = $2::uuid "
      "AND seq BETWEEN $3::bigint AND $4::bigint) b ON b.seq = e.seq "
      "WHERE e.stream = $1 AND e.replica = $2::uuid AND e.seq BETWEEN $3::bigint AND $4::bigint "
      "ORDER BY e.seq",
      {{place.stream},
       {replica},
       {std::to_string(from - 1)},
       {std::to_string(from + count - 1)}});
  const auto seq_at = [&](int i) { return static_cast<std::uint64_t>(rows.integer(i, 0)); };
  int at = from > 1 ? 1 : 0;
  const bool continues = from == 1 || (rows.size() > 0 && seq_at(0) == from - 1);
  std::vector<std::string> fields{from == 1 || !continues ? std::string(kHashBytes, '\0')
                                                          : rows.text(0, 1)};
  for (auto seq = from; continues && at < rows.size() && seq_at(at) == seq; ++at, ++seq) {
    const bool here = !rows.null(at, 3);
    for (auto&& field : {std::to_string(seq), rows.text(at, 1), rows.text(at, 2),
                         std::string(here ? "body" : ""), rows.text(at, 3), rows.text(at, 4)})
      fields.push_back(field);
  }
  if (fields.size() > 1) return fields;
  const auto beyond = place.connection.query(
      "SELECT min(seq) FROM nines.event WHERE stream = $1 AND replica = $2::uuid AND seq >= $3",
      {{place.stream}, {replica}, {std::to_string(from)}});
  if (!beyond.null(0, 0))
    throw Error(ExitCode::bad_data,
                "the database lacks an event of replica " + replica + " before number " +
                    std::to_string(beyond.integer(0, 0)),
                "an administrator deletes that replica's rows of nines.event from there on; then "
                "sync again from a machine that has them",
                "SEGMENT_MISSING");
  return fields;
}

void drop_body(Place& place, const std::string& replica, std::uint64_t seq) {
  place.connection.transact([&] {
    place.connection.query(
        "DELETE FROM nines.body WHERE stream = $1 AND replica = $2::uuid AND seq = $3::bigint",
        {{place.stream}, {replica}, {std::to_string(seq)}});
  });
}

void count_rows(Place& place) {
  if (place.loaded < kMany) return;
  place.loaded = 0;
  try {
    place.connection.run("ANALYZE nines.event; ANALYZE nines.body");
  } catch (const ServerError& error) {
    // What was written is there; a server that does not let this role count does so by itself.
    if (error.state().empty()) throw;
  }
}

}  // namespace nines::postgres
