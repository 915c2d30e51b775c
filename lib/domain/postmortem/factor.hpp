// A contributing factor: one of the conditions that an incident needed, and what speaks for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/model.hpp"
#include "domain/rca/analysis/model.hpp"

namespace nines::postmortem {

struct Factor {
  Uid uid;
  std::string name;  ///< "FAC-3"
  Uid incident;
  std::string text;
  rca::Layer layer = rca::Layer::none;
  std::string rule;                   ///< that proposed it: "late-detection"; empty: a person's own
  std::vector<std::string> evidence;  ///< one line each
  std::string by;                     ///< who accepted or wrote it
  Instant at;
  std::string dropped;  ///< why it is none after all; empty while it stands
};

/// What one rule reads out of the facts.
struct FactorProposal {
  std::string_view rule;  ///< its acceptance rate is kept under "factor-" and this
  std::string about;      ///< tells several of one rule apart: a service, a change
  std::string text;
  rca::Layer layer = rca::Layer::none;
  struct Ground {
    std::string says;
    std::string reference = {};
  };
  std::vector<Ground> grounds;
};

/// What is known around an incident; what is not recorded at all stays empty and proposes nothing.
struct FactorFacts {
  const incident::Record* record = nullptr;
  bool alerts_are_recorded =
      false;  ///< some source tells of alerts, so their absence means something
  struct SeenAlert {
    std::string text;
    Instant from;
    std::string runbook;        ///< as its annotations name it; may be empty
    bool runbook_gone = false;  ///< it names a file that does not exist
  };
  std::vector<SeenAlert> alerts = {};     ///< of its services, from an hour before to its end
  std::vector<std::string> drilled = {};  ///< services that a drill before it was about
  struct NightPage {
    std::string person;
    Instant at;
    std::string local;  ///< "03:12 Europe/Paris"
  };
  std::vector<NightPage> night_pages = {};
  struct Nearby {
    std::string name;  ///< "CHG-7"
    std::string text;
    std::string service;
    Instant at;
  };
  std::vector<Nearby> changes = {};  ///< that started in the hour before the impact
  struct Override {
    std::string text;  ///< "'budget-policy' by ada: a customer asked"
    std::string reference;
  };
  std::vector<Override> overrides =
      {};  ///< of the change gate and its freezes, in force when it began
  std::vector<std::string> dead_runbooks = {};  ///< linked with the incident, gone
};

/// From here on an alert was late: Google's workbook pages within five minutes for the fastest
/// burn.
inline constexpr std::chrono::minutes kLateDetection{5};
inline constexpr std::chrono::hours kChangeBefore{1};

/// In a fixed order; the same facts give the same proposals.
std::vector<FactorProposal> propose_factors(const FactorFacts& facts);

}  // namespace nines::postmortem
