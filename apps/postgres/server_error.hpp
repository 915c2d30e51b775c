// What a server refuses, as an error of ours: what it means for who syncs, and no row or secret.
#pragma once

#include <exception>
#include <string>

#include "base/error.hpp"

namespace nines::postgres {

class ServerError : public std::exception {
 public:
  ServerError(std::string state, std::string what)
      : state_(std::move(state)), what_(std::move(what)) {}
  /// Five characters of the SQL standard; empty when the connection is gone.
  const std::string& state() const { return state_; }
  const char* what() const noexcept override { return what_.c_str(); }

  /// Another one was in the way: the same again may do.
  bool is_passing() const { return state_ == "40001" || state_ == "40P01"; }
  bool is_missing_table() const { return state_ == "42P01" || state_ == "3F000"; }
  bool is_double_row() const { return state_ == "23505"; }
  /// Somebody else made the same object at the same moment.
  bool is_double_object() const;

 private:
  std::string state_, what_;
};

/// For people: kind, sentence, hint.
Error error_of(const ServerError& error);

}  // namespace nines::postgres
