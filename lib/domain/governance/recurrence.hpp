// Incidents that share causes: the evidence, the earlier action that should have prevented them,
// and the debt that the same components run up in bad minutes.
//
// Two incidents are compared by what each of them is made of (factors, changed components,
// symptoms, words). A shared thing weighs ln((N + 1) / (n + 1/2)), N incidents of which n have it,
// so that what every incident has says nothing; factors count three times, changed components
// twice, symptoms and services once, words a third. Two belong together when they share two kinds
// of things, one of them more than words, and their evidence comes to kTogether; groups are what
// is connected so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/incident/model.hpp"
#include "domain/remediate/action.hpp"

namespace nines::governance {

enum class TraitKind : std::uint8_t { factor, component, symptom, service, factor_word, word };
std::string_view to_string(TraitKind kind);  ///< "factor", "changed component", ...

/// Something an incident has that another may have too.
struct Trait {
  TraitKind kind = TraitKind::word;
  std::string name;  ///< compared as it stands

  friend auto operator<=>(const Trait&, const Trait&) = default;
};

/// One incident as recurrence sees it.
struct TraitsOf {
  Uid uid;
  std::string name;
  std::string title;
  incident::Severity severity = incident::Severity::undetermined;
  Instant opened_at;
  std::vector<std::string> services;
  std::vector<Trait> traits;          ///< sorted, each once
  std::optional<double> bad_minutes;  ///< empty: not measured
};

struct SharedTrait {
  Trait trait;
  double weight = 0;
  std::vector<std::string> incidents;  ///< of the group, that have it
};

/// The earlier action that answered one of the group before the last one came.
struct EarlierAction {
  remediate::Action action;
  std::string incident;  ///< that it answers: "INC-12"
  std::string recurred;  ///< the incident that came all the same
  Instant recurred_at;
  bool done_before = false;  ///< it was done, and it came again
  /// "open, 41 days late when INC-20 came", "done on 2026-08-02, and INC-20 came all the same", ...
  std::string state;
};

struct SharedCause {
  std::vector<TraitsOf> incidents;     ///< by time, two or more, without their traits
  double strength = 0;                 ///< of its strongest pair
  std::vector<SharedTrait> evidence;   ///< heaviest first
  std::vector<EarlierAction> actions;  ///< those that should have prevented it, most telling first
  std::optional<double> bad_minutes;   ///< sum of what was measured; empty: none was
  std::size_t measured = 0;            ///< how many of the incidents that sum comes from
};

inline constexpr double kTogether = 4.0;

/// "factor process layer; changed component pool.orders.max; words connection, orders": kind by
/// kind, at most `most` of each.
std::string evidence_text(const SharedCause& cause, std::size_t most = 3);

/// Costliest first, then strongest. `actions` are all on record.
std::vector<SharedCause> shared_causes(const std::vector<TraitsOf>& incidents,
                                       const std::vector<remediate::Action>& actions);

/// A factor, component or service that more than one incident has, with what they burned.
struct DebtItem {
  Trait trait;
  std::vector<std::string> incidents;
  std::optional<double> bad_minutes;  ///< of those that were measured
  std::size_t measured = 0;
  double share = 0;  ///< of all bad minutes of `incidents`; 0 when none is known
  std::vector<std::string> open_actions;
};

/// By bad minutes, then by how many incidents; words and symptoms are no components, and left out.
std::vector<DebtItem> debt_of(const std::vector<TraitsOf>& incidents,
                              const std::vector<remediate::Action>& actions);

}  // namespace nines::governance
