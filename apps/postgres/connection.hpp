// One connection by libpq: statements with parameters, rows as bytes, COPY.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "postgres/server_error.hpp"

namespace nines::postgres {

/// "$1": text as the server reads it, or its binary form.
struct Parameter {
  std::string value;
  bool binary = false;
};

/// In binary form: bigint, text and bytea are all that we select.
class Rows {
 public:
  explicit Rows(PGresult* result) : result_(result) {}
  int size() const { return PQntuples(result_.get()); }
  bool null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  std::string_view bytes(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
  }
  std::string text(int row, int column) const { return std::string(bytes(row, column)); }
  /// A bigint.
  std::int64_t integer(int row, int column) const;

 private:
  struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  std::unique_ptr<PGresult, Clear> result_;
};

class Connection {
 public:
  /// Connects and asks for time limits. Throws Error.
  explicit Connection(const std::string& url);

  // All throw ServerError.
  void run(const std::string& sql);  ///< one statement or several, without parameters
  Rows query(const char* sql, const std::vector<Parameter>& parameters = {});
  void copy_in(const char* sql, const std::string& bytes);

  /// Runs `work` in a transaction, and anew where the server says that another one was in the way.
  template <class Work>
  void transact(Work work);

 private:
  void roll_back();
  PGresult* checked(PGresult* result);

  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Finish> connection_;
};

template <class Work>
void Connection::transact(Work work) {
  constexpr int kTries = 8;
  for (int attempt = 1;; ++attempt) {
    try {
      run("BEGIN");
      work();
      run("COMMIT");
      return;
    } catch (const ServerError& error) {
      roll_back();
      if (!error.is_passing() || attempt == kTries) throw;
    } catch (...) {
      roll_back();
      throw;
    }
  }
}

}  // namespace nines::postgres
