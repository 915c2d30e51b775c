// What replicas say they saw at a place, against what is there and here: a chain alone shows
// neither a tail that was cut off nor a replica that was rewritten before its second exchange.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/log/exchange.hpp"
#include "usecases/log/audit.hpp"

namespace nines::store {
class Store;
}

namespace nines::usecases {

/// A replica's log is another one, or shorter, than `witness` saw it.
struct Contradiction {
  enum class Kind {
    cut_off,     ///< the last events are neither there nor here
    lost_there,  ///< the place had them, this store still has them
    rewritten    ///< another event stands in the place
  };
  Kind kind = Kind::cut_off;
  std::string replica;
  std::string witness;
  std::uint64_t seen = 0;   ///< seq of the last event that the witness saw
  std::uint64_t found = 0;  ///< seq of the last event that is there or here now
  SignatureState signature = SignatureState::none;  ///< of the statement
  std::string signer;
  /// A statement that nobody signed proves nothing: anybody who can write there can write it.
  bool proven() const { return signature == SignatureState::valid && kind != Kind::lost_there; }
};

NINES_EXPORT std::string_view to_string(Contradiction::Kind kind);  ///< "cut-off"
/// One sentence without a full stop.
NINES_EXPORT std::string to_string(const Contradiction& contradiction);

/// By the replica that made them, as a place keeps them.
using Statements = std::map<Uid, std::string>;

/// Compares every statement of a place; those that are no checkpoints, or whose signature is bad,
/// count as unsigned. `there` are the place's heads before this exchange.
std::vector<Contradiction> contradictions_of(const store::Store& store,
                                             const Statements& statements,
                                             const std::map<Uid, log::RemoteHead>& there,
                                             const std::optional<std::filesystem::path>& key_file);

}  // namespace nines::usecases
