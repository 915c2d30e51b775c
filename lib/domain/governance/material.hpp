// What a report is made from: everything that the record says about a period, as plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "domain/catalog/change.hpp"
#include "domain/catalog/definition.hpp"
#include "domain/governance/period.hpp"
#include "domain/governance/recurrence.hpp"
#include "domain/incident/drill.hpp"
#include "domain/incident/model.hpp"
#include "domain/postmortem/model.hpp"
#include "domain/rca/analysis/model.hpp"
#include "domain/remediate/action.hpp"
#include "domain/remediate/change_request.hpp"
#include "domain/remediate/rate_ratio.hpp"
#include "domain/slo/assess.hpp"

namespace nines::governance {

/// One objective, judged over the period as if that were its window.
struct SloOutcome {
  slo::Assessment now;
  std::optional<slo::Assessment> before;    ///< over the period before; empty: not measured then
  std::string owner;                        ///< team of its service
  std::vector<Instant> times;               ///< of `left`
  std::vector<std::optional<double>> left;  ///< share of the period's budget left at each time
};

/// What an incident cost a service, by the ledger of its error budget.
struct Loss {
  std::string service;
  std::optional<double>
      bad_minutes;               ///< weighted by their share of bad events; empty: not measured
  std::uint64_t bad_events = 0;  ///< attributed to the incident
  std::string why_not;
};

struct IncidentCase {
  incident::Record record;  ///< without its entries
  std::vector<Loss> losses;

  /// The most that any of its services lost: one outage hurts several, and is one outage.
  std::optional<double> bad_minutes() const;
};

/// Whether it was an incident of its own: no drill, not merged, no false alarm, not cancelled.
bool is_incident(const incident::Incident& head);

/// How far the postmortem of an incident has come.
struct WrittenUp {
  Uid incident;
  postmortem::State state = postmortem::State::draft;
  std::optional<Day> due = {};
};

struct EffectOfAction {
  std::string action;
  std::string title;
  remediate::Counted before, after;  ///< incidents of its services, in weeks
  remediate::RateRatio ratio;
  remediate::EffectVerdict verdict;
  std::string why_not;  ///< why its effect cannot be told
};

struct LoadOfPeriod {
  std::int64_t pages = 0;
  std::int64_t night = 0;
  std::int64_t people = 0;  ///< who were paged
  std::int64_t repeats = 0;
  std::int64_t simulated = 0;  ///< of real incidents, that only would have gone out
  std::int64_t busiest = 0;    ///< pages of the person with the most: never a name
  std::optional<double> gini;  ///< of pages, by hours on duty; empty: of fewer than two people
  bool unfair = false;         ///< beyond what chance gives
};

/// A definition that was applied or retired, with its reason.
struct DefinitionChange {
  std::string name;  ///< "SLO/checkout-availability"
  std::string what;  ///< "revision 3", "retired"
  std::string because;
  std::string by;
  Instant at;
};

struct SignedOff {
  std::string what;  ///< "budget policy override", "freeze override"
  std::string because;
  std::string by;
  Instant at;
};

/// Since when each kind of record is kept: the first that happened, or was recorded if earlier.
struct FirstRecords {
  std::optional<Instant> any, incident, action, change, definition, measurement, page, drill,
      analysis, alert, decision, postmortem;
};

/// Finished records that this store left at a place: nobody here knows what they would add.
struct RecordsMissing {
  std::uint64_t records = 0;
  Instant bound{};  ///< they had no news since then
  std::string place;
};

struct Material {
  ReportPeriod period;
  ReportPeriod before;
  Instant until;  ///< end of what is told
  FirstRecords first;
  std::vector<SloOutcome> slos;         ///< by SLO, then objective
  std::vector<IncidentCase> incidents;  ///< those that count, opened before `until`, by time
  std::size_t not_incidents = 0;        ///< opened in the period: false alarms, cancelled, declined
  std::vector<WrittenUp> postmortems;
  std::vector<remediate::Action> actions;
  std::vector<EffectOfAction> effects;   ///< of actions that were done by `until`
  std::vector<catalog::Change> changes;  ///< of both periods, by start
  std::vector<remediate::ChangeRequest> requests;  ///< asked for before `until`
  std::vector<rca::CaseFile> analyses;
  std::vector<SharedCause> causes;  ///< groups of incidents, strongest first
  std::vector<DebtItem> debt;
  LoadOfPeriod load;
  std::optional<LoadOfPeriod> load_before;
  std::vector<incident::Drill> drills;
  std::map<std::string, catalog::Service, std::less<>> services;
  std::map<std::string, catalog::Vendor, std::less<>> vendors;
  std::vector<std::string> services_with_slo;
  std::vector<DefinitionChange> definition_changes;  ///< recorded within the period, by time
  std::vector<SignedOff> overrides;                  ///< the same
  std::vector<std::string> warnings;                 ///< of reading the measurements
  std::optional<RecordsMissing> missing = {};

  /// Opened within the period, or the one before it.
  std::vector<const IncidentCase*> opened_in(const ReportPeriod& within) const;
  /// "INC-4", or empty.
  std::string incident_name(const std::optional<Uid>& uid) const;
};

}  // namespace nines::governance
