// A rota: who is on duty at any instant, by turns in local wall time, and what departs from them.
//
// Handoffs are wall times of one zone. What the clocks jump over moves to the first instant after
// the jump; of a time that comes twice a handoff takes the first, while a shift (a restriction, an
// override) begins at the first and ends at the last. Months are counted from the start each time
// and clamped. Turns are numbered by the wall clock; a turn in which no restriction lets anybody be
// on is not counted, so nobody loses a turn to a closed weekend (Layer::consume_skipped counts it).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/zone.hpp"
#include "domain/catalog/week_window.hpp"
#include "domain/slo/window.hpp"

namespace nines::incident {

using catalog::WeekWindow;
using slo::Period;

/// Calendar units; months are added first.
struct TurnLength {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t hours = 0;

  friend bool operator==(const TurnLength&, const TurnLength&) = default;
};

/// Where handoffs lie when the start is not one of them.
struct HandoffTime {
  std::optional<unsigned> weekday;  ///< 0 is Monday
  std::chrono::minutes time{0};     ///< since midnight

  friend bool operator==(const HandoffTime&, const HandoffTime&) = default;
};

/// What a layer says from `from` on, until its next version.
struct LayerVersion {
  LocalTime from;
  LocalTime start;                ///< the first turn begins; with a handoff it may be short
  std::vector<TurnLength> turns;  ///< one after another, then again from the first
  std::optional<HandoffTime> handoff;
  std::vector<std::string> participants;
  std::vector<WeekWindow> restrictions;  ///< empty: always
  bool continues = false;  ///< goes on counting turns; else its first participant begins
};

struct Layer {
  std::string name;
  std::string role;                    ///< "primary", "secondary", "shadow"
  Zone zone = Zone::utc();             ///< of its wall times
  std::vector<LayerVersion> versions;  ///< by `from`, at least one
  std::optional<LocalTime> until;
  bool consume_skipped = false;
};

/// Somebody is on, whoever's turn it is.
struct Override {
  std::string role;
  std::string person;
  Period when;
  std::string because;
  std::string name;  ///< "OVR-3"; empty for those in the definition
};

/// Within `when` the turns of `person` are those of `with`; within `back` the other way round.
struct Swap {
  std::string person;
  std::string with;
  Period when;
  Period back;
  std::string because;
  std::string name;
};

/// A time in which a person (empty: anybody) is not on by turn.
struct Blackout {
  std::string person;
  Period when;
  std::string why;  ///< "Christmas Day", "leave"
};

struct Rota {
  std::string name;
  std::string display_name;
  std::string description;
  Zone zone = Zone::utc();  ///< of layers that name no other, and of what people are shown
  /// Roles are staffed at the same time; of the layers of one role a later one goes before.
  std::vector<Layer> layers;
  std::vector<Override> overrides;  ///< a later one goes before
  std::vector<Swap> swaps;
  std::vector<std::string> calendars;  ///< days off of everybody; `blackouts` holds what they say
  std::vector<Blackout> blackouts;

  std::vector<std::string> roles() const;   ///< in the order of the layers
  std::vector<std::string> people() const;  ///< all that any layer names, sorted
};

enum class DutyReason : std::uint8_t { turn, swap, over_ride, nobody };
std::string_view to_string(DutyReason reason);  ///< "turn", "swap", "override", "nobody"

/// A stretch in which one role is with one person, or with nobody.
struct DutyShift {
  std::string role;
  std::string person;  ///< empty: nobody
  std::string layer;   ///< empty for an override and where no layer applies
  DutyReason reason = DutyReason::turn;
  std::string instead_of;  ///< whose turn it is, where that is somebody else or they are away
  std::string why;         ///< of an override, a swap, an absence
  Period when;

  friend bool operator==(const DutyShift&, const DutyShift&) = default;
};

using OnDuty = DutyShift;

/// Every stretch of every role that overlaps `period`, by role and start, cut to it. Stretches
/// without a person are in it too: the roles are covered without holes.
std::vector<DutyShift> duty_timeline(const Rota& rota, const Period& period);

/// Those with a person.
std::vector<DutyShift> shifts(const Rota& rota, Instant from, Instant to);
/// Who is on at `at`, a person per role; roles with nobody are left out. `when` is the whole
/// stretch, looked for up to 400 days both ways.
std::vector<OnDuty> on_duty(const Rota& rota, Instant at);

}  // namespace nines::incident
