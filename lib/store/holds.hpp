// Legal holds: while one stands over a subject, nothing about it is erased or expired.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "store/projection.hpp"

namespace nines::store {

class Store;
class Transaction;

struct Hold {
  Uid uid;
  std::string name;    ///< "HOLD-1"
  std::string matter;  ///< the case it serves
  std::string scope;  ///< a subject ("incident/…"), or a prefix of subjects ("slo/"); empty = all
  Instant placed_at{};
  std::optional<Instant> released_at;
};

const Aggregate& hold_aggregate();  ///< "hold/<uid>": hold.placed, hold.released

/// Appends hold.placed with the next HOLD number; returns its uid.
Uid place_hold(Transaction& tx, Store& store, const std::string& matter, const std::string& scope);
void release_hold(Transaction& tx, const Uid& hold);

std::vector<Hold> read_holds(const Store& store);
/// It is about the subject, standing or not.
bool covers(const Hold& hold, std::string_view subject);
/// The oldest standing hold that covers the subject.
std::optional<Hold> hold_over(const Store& store, std::string_view subject);

}  // namespace nines::store
