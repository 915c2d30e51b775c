// Signs what a person decides, and says of what was decided how that person was authenticated.
//
// One place for every verb: an event that carries a person's word is signed as a whole by
// `sign_event` before it is appended, and `authenticate_event` holds any such event of the log,
// from any replica, against the rules that are in force where it is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/log/attestation.hpp"
#include "domain/log/event.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// Which sort of approval an event is; empty: none.
std::string_view approval_sort(std::string_view kind, const Json& body);
/// The kinds of events that may be one.
std::vector<std::string_view> approval_kinds();

/// Signs the event with the session's key, where there is one, and gives it the present as its time
/// unless it has one. Throws Error{needs_approval} with the reason when such an event must be
/// signed and is not, or the signature would not count here; Error{config} when the key cannot be
/// used.
log::Authentication sign_event(const Session& session, log::NewEvent& event);

/// `used_at` is when the approval is made use of, for its expiry. Never throws for what the event
/// says. `person` is left empty.
log::Authentication authenticate_event(const Session& session, std::string_view kind,
                                       std::string_view subject, Instant occurred_at,
                                       const Json& body, Instant used_at);

/// It does not count after all, because.
void refuse(log::Authentication& proof, std::string why);

/// An event of one record with who stands behind it.
struct Vouched {
  std::string kind;
  Uid actor;
  Json body;
  Instant at;
  log::Authentication proof;
};
/// Those of the kinds given that were neither undone nor erased, oldest first.
std::vector<Vouched> vouched_events(const Session& session, const std::string& subject,
                                    const std::vector<std::string_view>& kinds, Instant used_at);
/// The same unread: every `proof` is left as claimed.
std::vector<Vouched> recorded_events(const Session& session, const std::string& subject,
                                     const std::vector<std::string_view>& kinds);

/// Persons on record by the names they go by, so that two names are known to be one.
class PersonFinder {
 public:
  explicit PersonFinder(const Session& session);
  /// Name of the person that is called so, or reached so; empty: none, or several.
  std::string find(const std::string& name) const;
  /// Fills `person` in: from the principal, else from the claimed name.
  void name(log::Authentication& proof, const std::string& claimed) const;

 private:
  std::vector<std::pair<std::string, std::string>> names_;  ///< lower-case alias, person
};

}  // namespace nines::usecases
