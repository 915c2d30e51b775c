// Short numbers that people can say (CHG-7), beside the long identifiers that never change.
//
// The event that creates a record carries its number ("number": 7), taken by `take_number` inside
// the transaction. The record's fold calls `put_number`, its clear `drop_numbers`. Replicas that
// were apart may pick the same number: then each of the records shows a suffix of its own
// identifier for ever (CHG-7-4K), and the bare number names all of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/uid.hpp"
#include "store/projection.hpp"

namespace nines::store {

class Store;

struct Numbered {
  std::string prefix;  ///< "CHG"
  std::int64_t number = 0;
  Uid uid;
  std::string subject;  ///< "change/<uid>"
  std::string name;     ///< "CHG-7", or "CHG-7-4K" where the number is not unique
};

const Aggregate& number_aggregate();  ///< owns the table; has no events

/// The next free number of `prefix`; a number once taken here is never given again, undone or not.
std::int64_t take_number(Db& db, std::string_view prefix);
/// The same for numbers that stand in a table of their own, up to `known`.
std::int64_t take_number(Db& db, std::string_view prefix, std::int64_t known);

void put_number(Db& db, std::string_view prefix, std::int64_t number, const Uid& uid,
                std::string_view subject);
void drop_numbers(Db& db, std::string_view subject);

/// What people call the subject; the subject itself when it has no number.
std::string name_of(Db& db, std::string_view subject);
/// The same of every record with this prefix, in one reading: for long lists.
std::map<Uid, std::string> names_of(Db& db, std::string_view prefix);

/// The numbers with this prefix that several records have.
std::set<std::int64_t> clashing_numbers(Db& db, std::string_view prefix);

/// Names that need their suffix because replicas that were apart picked one number, in order.
std::vector<std::string> clashing_names(Db& db);

/// Every record that `text` may mean, best rule first: full name or number ("chg-7", "7" with
/// `prefix`), name with suffix, full identifier, then unique beginnings of numbers and of
/// identifiers (at least four digits). Only the matches of the first rule that has any.
std::vector<Numbered> find_numbered(Db& db, std::string_view prefix, std::string_view text);

/// The one record meant. Throws Error{not_found} when there is none, or with the candidates when
/// there are several.
Numbered get_numbered(const Store& store, std::string_view prefix, std::string_view text);

}  // namespace nines::store
