// What nines asks of the companion nines-postgres: kinds of frames and their fields. Replicas and
// runs are written as Uid::to_string, numbers in decimal, hashes and salts as raw bytes.
#pragma once

#include <cstddef>

namespace nines::net {

enum class PostgresAsk : char {
  open = 'O',          ///< version, url, stream, fresh uid, "make" or "" -> identity
  heads = 'H',         ///< -> replica, seq, hash, ...
  put = 'P',           ///< replica, first, hash of the event before, then per event
                       ///< kPutFields: hash, line, salt, body (both empty when erased)
  get = 'G',           ///< replica, from, count -> hash of the event before, then per event
                       ///< kGetFields: seq, hash, line, "body" or "", salt, body
  drop = 'D',          ///< replica, seq
  statements = 'S',    ///< -> replica, note, ...
  state = 'T',         ///< replica, note
  runs = 'R',          ///< -> runs whose measurements are all there
  put_measured = 'M',  ///< run, index, bytes
  get_measured = 'N'   ///< run, index -> bytes, or no field
};
inline constexpr std::size_t kPutFields = 4;
inline constexpr std::size_t kGetFields = 6;

inline constexpr char kPostgresAnswer = 'a';
/// Exit code in decimal, code, what, hint. It is the last thing the companion says.
inline constexpr char kPostgresError = 'e';

}  // namespace nines::net
