// Results checked one by one; a message is the server's first line only, never the row it shows.
#include "postgres/connection.hpp"

#include <cstring>

#include "base/text.hpp"

namespace nines::postgres {
namespace {

ServerError error_in(const PGresult* result, const PGconn* connection) {
  const auto field = [&](int code) {
    const char* text = PQresultErrorField(result, code);
    return std::string(text == nullptr ? "" : text);
  };
  auto state = field(PG_DIAG_SQLSTATE);
  auto what = field(PG_DIAG_MESSAGE_PRIMARY);
  if (what.empty()) what = trim(PQerrorMessage(connection));
  if (PQstatus(connection) != CONNECTION_OK) state.clear();
  return {std::move(state), std::move(what)};
}

}  // namespace

std::int64_t Rows::integer(int row, int column) const {
  const auto raw = bytes(row, column);
  if (raw.size() != 8) throw ServerError("22000", "a number has another size than expected");
  std::uint64_t number = 0;
  for (const char c : raw) number = (number << 8) | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(number);
}

PGresult* Connection::checked(PGresult* result) {
  const auto status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN)
    return result;
  const Rows owner(result);
  throw error_in(result, connection_.get());
}

void Connection::run(const std::string& sql) {
  const Rows rows(checked(PQexec(connection_.get(), sql.c_str())));
}

Rows Connection::query(const char* sql, const std::vector<Parameter>& parameters) {
  std::vector<const char*> values;
  std::vector<int> sizes, formats;
  for (const auto& parameter : parameters) {
    values.push_back(parameter.value.c_str());
    sizes.push_back(static_cast<int>(parameter.value.size()));
    formats.push_back(parameter.binary ? 1 : 0);
  }
  constexpr int kBinary = 1;
  return Rows(checked(PQexecParams(connection_.get(), sql, static_cast<int>(values.size()), nullptr,
                                   values.data(), sizes.data(), formats.data(), kBinary)));
}

void Connection::copy_in(const char* sql, const std::string& bytes) {
  run(sql);
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  bool sent = true;
  for (std::size_t at = 0; sent && at < bytes.size(); at += kPiece)
    sent = PQputCopyData(connection_.get(), bytes.data() + at,
                         static_cast<int>(std::min(kPiece, bytes.size() - at))) == 1;
  if (sent) sent = PQputCopyEnd(connection_.get(), nullptr) == 1;
  if (!sent) throw ServerError("", trim(PQerrorMessage(connection_.get())).data());
  const Rows done(checked(PQgetResult(connection_.get())));
  while (PGresult* more = PQgetResult(connection_.get())) PQclear(more);
}

/// What cannot be rolled back is by the server, when the connection ends.
void Connection::roll_back() {
  if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE)
    PQclear(PQexec(connection_.get(), "ROLLBACK"));
}

}  // namespace nines::postgres
