// Who and what a text may give away: persons, addresses, hosts, tickets, each with one pseudonym.
//
// One map serves every rendering of a document, so that the same person is the same "responder 2"
// everywhere. It is private: whoever holds it can name everybody again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/incident/model.hpp"

namespace nines::postmortem {

enum class IdentityKind : std::uint8_t { person, address, host, ticket, channel, link };
std::string_view to_string(IdentityKind kind);

/// Who reads a rendering.
enum class Audience : std::uint8_t {
  named,  ///< the responders: as it is
  roles,  ///< the company: roles in place of persons
  open    ///< everybody: neither persons, addresses, hosts nor tickets; times rounded, reduced
};
std::string_view to_string(Audience audience);  ///< "named", "roles", "public"

struct Identity {
  IdentityKind kind = IdentityKind::person;
  std::string pseudonym;           ///< "the commander", "responder 2", "host 1"
  std::vector<std::string> texts;  ///< all it is known by, the longest first; lower case
};

/// Somebody the record or the catalogue knows.
struct KnownPerson {
  std::string name;                        ///< "ada": as the record writes it
  std::string display_name = {};           ///< "Ada Lovelace"
  std::vector<std::string> contacts = {};  ///< e-mail addresses, handles, numbers
};

/// Persons by their roles in the incident, then by name; the rest in the order the text shows them.
std::vector<Identity> identities_in(std::string_view text, const incident::Record& record,
                                    const std::vector<KnownPerson>& people);

/// Whether this audience may read what is of this kind.
bool may_read(Audience audience, IdentityKind kind);

/// Where something that looks like an address, host, ticket, channel or link stands, whether it is
/// known or not.
struct Lookalike {
  IdentityKind kind = IdentityKind::host;
  std::size_t begin = 0, end = 0;
};
std::vector<Lookalike> lookalikes_in(std::string_view text);

/// A lower-case word of everyday language that is also a name: it is one only with a capital, after
/// "@", or in brackets.
bool is_common_word(std::string_view word);

/// The name as it may be written: "Ada Lovelace", "ada.lovelace", "lovelace, ada", "ada".
std::vector<std::string> spellings_of(std::string_view name);

}  // namespace nines::postmortem
