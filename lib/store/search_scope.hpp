// Whether a subject belongs to a service, a team, a severity, a contributing factor.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/uid.hpp"
#include "store/search.hpp"

namespace nines::store {

/// Asked subject by subject: of the texts that hold the words, which are few beside all that is
/// recorded. What it has answered it does not look up again.
class ScopeFilter {
 public:
  ScopeFilter(Db& db, const SearchScope& asked);

  bool holds(std::string_view subject);

 private:
  bool look_up(std::string_view subject);
  bool holds_incident(const Uid& incident);
  bool looks_up_incident(const Uid& incident);
  bool is_of_service(std::string_view services) const;
  bool holds_change(const Uid& change);
  bool holds_action(const Uid& action);
  bool holds_definition(std::string_view subject);

  Db& db_;
  SearchScope asked_;
  bool of_services_;  ///< a service or a team is asked for
  std::set<std::string, std::less<>> services_;
  std::map<std::string, bool, std::less<>> subjects_;
  std::map<Uid, bool> incidents_;
};

}  // namespace nines::store
