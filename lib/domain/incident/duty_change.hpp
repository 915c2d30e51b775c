// Overrides and swaps entered by a command at night, beside those that stand in the definition.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/json.hpp"
#include "base/uid.hpp"
#include "domain/incident/rota.hpp"

namespace nines::incident {

struct DutyChange {
  enum class Kind : std::uint8_t { over_ride, swap };

  Uid uid;
  std::string name;  ///< "DTY-1"; given by the store
  std::string rota;
  Kind kind = Kind::over_ride;
  std::string role;    ///< of an override
  std::string person;  ///< who is on; of a swap: whose turns are given away
  std::string with;    ///< of a swap: who takes them
  Period when;
  std::optional<Period> back;  ///< of a swap: when turns are taken in return, if any are
  std::string because;
  bool cancelled = false;
};

/// The body of the event that records it; `duty_change_from` reads it back.
Json to_json(const DutyChange& change);
std::optional<DutyChange> duty_change_from(const Json& body);

/// Lays it over the rota, after what is there.
void add_change(Rota& rota, const DutyChange& change);

}  // namespace nines::incident
