// Automation proposes, people decide: what a rule suggests, on what evidence, and how often it was
// right.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/stats.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/lifecycle.hpp"

namespace nines::incident {

/// Withdrawn: the rule took it back, because what it rested on no longer holds.
enum class ProposalState : std::uint8_t { open, accepted, rejected, withdrawn };
std::string_view to_string(ProposalState state);
std::optional<ProposalState> proposal_state_from(std::string_view text);

/// One thing that speaks for a proposal.
struct Evidence {
  std::string says;            ///< one line: "HighErrorRate of checkout fires since 09:02"
  std::string reference = {};  ///< what it rests on: a subject, a URL, a hash

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

/// How sure a rule is, in whole percent, and how that figure was found.
struct Confidence {
  int percent = 0;
  std::string basis;

  friend bool operator==(const Confidence&, const Confidence&) = default;
};

/// What a person (or, for a withdrawal, the rule itself) decided.
struct Decision {
  ProposalState state = ProposalState::open;
  std::string by;
  Instant at;
  std::string because;
  Json edits;          ///< the members of the body that the person changed, as they wanted them
  std::string result;  ///< subject that accepting made or changed

  bool edited() const { return edits.is_object() && !edits.as_object().empty(); }
};

struct Proposal {
  Uid uid;
  std::string name;     ///< "PRP-7"
  std::string kind;     ///< what accepting does: "incident.open"
  std::string rule;     ///< which rule proposes: "alert-group"
  std::string subject;  ///< what it is about: "incident/<uid>"; may be empty
  std::string title;    ///< one line
  Json body;            ///< what accepting takes, in the words of its kind
  std::vector<Evidence> evidence;
  Confidence confidence;
  ProposalState state = ProposalState::open;
  int revision = 1;  ///< rises when the rule learns more while it is open
  Instant proposed_at;
  Instant updated_at;
  std::optional<Decision> decision;
  int contested = 0;  ///< decisions of machines that were apart, after the one that stands
};

/// Whether the rule would say the same: title, body and evidence.
bool says_the_same(const Proposal& a, const Proposal& b);

/// Nothing when it may be decided; else who decided it when.
std::optional<Refusal> refuse_decision(const Proposal& proposal);

Json to_json(const std::vector<Evidence>& evidence);
std::vector<Evidence> evidence_from(const Json& json);

/// How one rule has fared.
struct RuleRecord {
  std::string rule;
  std::int64_t open = 0;
  std::int64_t accepted = 0;  ///< by people, edited or not
  std::int64_t edited = 0;    ///< of these, with edits
  std::int64_t rejected = 0;
  std::int64_t withdrawn = 0;
  std::optional<Instant> retired_at = {};
  std::optional<Instant> counted_since = {};  ///< since it was last put back to work

  std::int64_t decided() const { return accepted + rejected; }
};

/// Of the rule's decided proposals, the share that people accepted, by Laplace's rule of
/// succession: (accepted + 1) / (decided + 2).
Confidence confidence_of(const RuleRecord& record);
/// Wilson score interval of the acceptance rate at 95 %.
stats::Interval acceptance_interval(const RuleRecord& record);

/// A rule is not worth asking people about when even the upper end of that interval is below this.
inline constexpr double kRetireBelow = 0.3;
bool should_retire(const RuleRecord& record);

}  // namespace nines::incident
