// The facilitator's sheet: what to ask whom, and what could be seen when each choice was made.
//
// Practice of Etsy's and Howie's guides: tell the story forward from before the incident, ask how
// and what, talk first to those who could be blamed, and let nobody facilitate who took part.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/incident/model.hpp"

namespace nines::postmortem {

/// A moment somebody chose, with what was on record by then.
struct DecisionPoint {
  Instant at;
  std::string entry;  ///< number of the line
  std::string text;
  std::string who;
  struct Seen {
    Instant at;
    std::string text;
    bool noted_later = false;  ///< it was so then, and nobody had written it down yet
  };
  std::vector<Seen> visible;  ///< the last things recorded before it, oldest first
  std::size_t earlier = 0;    ///< further things before those
  std::vector<std::string> questions;
};

struct Interview {
  std::string person;
  std::vector<std::string> roles;
  std::size_t lines = 0;      ///< they wrote
  std::size_t decisions = 0;  ///< they took: those who took most could be blamed, and come first
};

struct Hole {
  Instant from, to;
  std::string question;
};

struct FacilitationSheet {
  std::vector<DecisionPoint> decisions;
  std::vector<Interview> interviews;    ///< whom to talk to, in this order
  std::vector<Hole> holes;              ///< of the timeline
  std::vector<std::string> questions;   ///< about what the record lacks
  std::vector<std::string> responders;  ///< everybody who took part
};

/// Longer silences of a timeline are asked about; the guides name no figure, this one is ours.
inline constexpr std::chrono::minutes kSilence{20};

FacilitationSheet facilitation_sheet(const incident::Record& record);

}  // namespace nines::postmortem
