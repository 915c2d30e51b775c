// Small tables: a note replaces the one before, a part written again is the same.
#include "postgres/notes.hpp"

namespace nines::postgres {
namespace {

std::vector<std::string> column_of(const Rows& rows) {
  std::vector<std::string> fields;
  for (int i = 0; i < rows.size(); ++i) fields.push_back(rows.text(i, 0));
  return fields;
}

}  // namespace

std::vector<std::string> statements(Place& place) {
  const auto rows = place.connection.query(
      "SELECT replica::text, note FROM nines.statement WHERE stream = $1", {{place.stream}});
  std::vector<std::string> fields;
  for (int i = 0; i < rows.size(); ++i) {
    fields.push_back(rows.text(i, 0));
    fields.push_back(rows.text(i, 1));
  }
  return fields;
}

void put_statement(Place& place, const std::string& replica, const std::string& note) {
  place.connection.transact([&] {
    place.connection.query(
        "INSERT INTO nines.statement (stream, replica, note) VALUES ($1, $2::uuid, $3) "
        "ON CONFLICT (stream, replica) DO UPDATE SET note = excluded.note",
        {{place.stream}, {replica}, {note}});
  });
}

std::vector<std::string> measured_runs(Place& place) {
  return column_of(place.connection.query(
      "SELECT run::text FROM nines.measurement WHERE stream = $1 AND part = 0", {{place.stream}}));
}

void put_measurements(Place& place, const std::string& run, std::uint64_t part,
                      const std::string& bytes) {
  place.connection.transact([&] {
    place.connection.query(
        "INSERT INTO nines.measurement (stream, run, part, bytes) "
        "VALUES ($1, $2::uuid, $3::integer, $4::bytea) "
        "ON CONFLICT (stream, run, part) DO UPDATE SET bytes = excluded.bytes",
        {{place.stream}, {run}, {std::to_string(part)}, {bytes, true}});
  });
}

std::vector<std::string> get_measurements(Place& place, const std::string& run,
                                          std::uint64_t part) {
  return column_of(place.connection.query(
      "SELECT bytes FROM nines.measurement WHERE stream = $1 AND run = $2::uuid "
      "AND part = $3::integer",
      {{place.stream}, {run}, {std::to_string(part)}}));
}

}  // namespace nines::postgres
