// Each statement's heads are looked up in the log here and among the heads there.
#include "usecases/log/witness.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "domain/log/checkpoint.hpp"
#include "store/event_log.hpp"
#include "store/store.hpp"
#include "usecases/log/evidence.hpp"

namespace nines::usecases {
namespace {

using Kind = Contradiction::Kind;

/// Nothing: the head is what it was, or what came after it is known.
std::optional<Kind> contradicted(const store::Store& store, const log::ChainHead& seen,
                                 const log::RemoteHead& there, std::uint64_t here) {
  const auto hash = store::hash_of_event(store.db(), {seen.replica, seen.seq});
  if (hash && *hash != seen.hash) return Kind::rewritten;
  if (there.seq == seen.seq && there.hash != seen.hash) return Kind::rewritten;
  if (there.seq >= seen.seq) return std::nullopt;
  return here >= seen.seq ? Kind::lost_there : Kind::cut_off;
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::cut_off:
      return "cut-off";
    case Kind::lost_there:
      return "lost-there";
    case Kind::rewritten:
      return "rewritten";
  }
  return "";
}

std::string to_string(const Contradiction& c) {
  const auto seen =
      fmt::format("replica {} saw event {} of replica {}", c.witness, c.seen, c.replica);
  const std::string hand = c.signer.empty() ? fmt::format(" ({})", to_string(c.signature))
                                            : " (signed by " + c.signer + ")";
  switch (c.kind) {
    case Kind::rewritten:
      return seen + hand + ", and another event stands in its place: history was rewritten";
    case Kind::lost_there:
      return seen + hand + "; the place has lost what came after event " + std::to_string(c.found) +
             ", and gets it from here again";
    case Kind::cut_off:
      break;
  }
  return seen + hand + ", and its log ends at event " + std::to_string(c.found) +
         ": its tail was cut off";
}

std::vector<Contradiction> contradictions_of(const store::Store& store,
                                             const Statements& statements,
                                             const std::map<Uid, log::RemoteHead>& there,
                                             const std::optional<std::filesystem::path>& key_file) {
  std::vector<Contradiction> found;
  const auto known = known_keys(store, key_file);
  const auto here = store::all_heads(store.db());
  for (const auto& [witness, text] : statements) {
    const auto note = log::signed_note_from(text);
    const auto statement = note ? log::checkpoint_from(note->text) : std::nullopt;
    if (!statement) continue;
    std::string signer;
    const auto signature = check_signatures(*note, known, signer);
    for (const auto& head : statement->heads) {
      const auto place = there.find(head.replica);
      const auto at_place = place == there.end() ? log::RemoteHead{} : place->second;
      const auto own = here.find(head.replica);
      const auto at_home = own == here.end() ? 0 : own->second.seq;
      const auto kind = contradicted(store, head, at_place, at_home);
      if (!kind) continue;
      const auto last = *kind == Kind::lost_there ? at_place.seq : std::max(at_place.seq, at_home);
      found.push_back({*kind, head.replica.to_string(), witness.to_string(), head.seq, last,
                       signature, signer});
    }
  }
  return found;
}

}  // namespace nines::usecases
