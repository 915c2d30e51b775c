// A change that somebody asks leave for: what, why, how it is taken back, who agreed, how it ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/catalog/change.hpp"
#include "domain/log/attestation.hpp"
#include "domain/remediate/change_risk.hpp"
#include "domain/remediate/gate.hpp"

namespace nines::remediate {

/// After ITIL 4's change authority.
enum class ChangeType : std::uint8_t {
  standard,  ///< a model that was agreed beforehand; loses that after a run that failed
  normal,    ///< agreed by a peer or the board, by its risk
  emergency  ///< goes first; one other person agrees within a deadline
};
enum class RequestState : std::uint8_t { requested, approved, rejected, started, finished };
enum class RequestOutcome : std::uint8_t { none, success, failed, backed_out };

std::string_view to_string(ChangeType type);
std::string_view to_string(RequestState state);
std::string_view to_string(RequestOutcome outcome);  ///< "backed-out"; "" for none
std::optional<ChangeType> change_type_from(std::string_view text);
std::optional<RequestState> request_state_from(std::string_view text);
std::optional<RequestOutcome> request_outcome_from(std::string_view text);
std::vector<std::string_view> change_type_names();
std::vector<std::string_view> request_outcome_names();  ///< without the empty one

using log::Who;

/// What it takes, fixed when it was asked for.
struct Consent {
  std::string level;  ///< "none", "peer", "cab"
  int count = 0;      ///< persons other than the one who asks
  std::vector<std::string> members = {};  ///< who counts; empty: anybody

  friend bool operator==(const Consent&, const Consent&) = default;
};

struct Vote {
  Who who;
  bool approves = true;
  std::string because;
  Instant at;
};

/// What was asked for; never edited.
struct RequestBody {
  ChangeType type = ChangeType::normal;
  std::string model;  ///< of a standard change
  std::string title;
  std::string reason;
  std::vector<std::string> services;
  catalog::ChangeKind kind = catalog::ChangeKind::deploy;
  std::string version;
  std::string tests;  ///< what was tested, and where that is to be seen
  std::string back_out;
  bool back_out_tested = false;
  std::string canary;
  std::string change_type;  ///< as gates and freezes call it: "security"
  std::vector<std::string> links;  ///< actions, incidents, tickets
  std::optional<Instant> from;     ///< of its window
  std::optional<Instant> to;
  std::vector<RiskTerm> terms;
  Decimal score;      ///< 0 to 100
  Decimal fails;      ///< P(it fails) as predicted then
  Consent consent;
  std::optional<Micros> review_within;  ///< of an emergency

  friend bool operator==(const RequestBody&, const RequestBody&) = default;
};
/// The body of the event that records it; `request_body_from` reads it back.
Json to_json(const RequestBody& asked);
std::optional<RequestBody> request_body_from(const Json& body);

struct ChangeRequest {
  Uid uid;
  std::string name;  ///< "CR-3"
  RequestBody asked;
  std::string digest;  ///< of what was asked for, as votes name it; empty: not looked up
  Who by;
  Instant at;
  std::vector<Vote> votes;  ///< the last of each person, by time
  std::string lifted;       ///< why it started in a freeze
  std::optional<Instant> rejected_at;
  std::optional<Instant> started_at;
  std::optional<Instant> finished_at;
  RequestOutcome outcome = RequestOutcome::none;
  std::string because;  ///< of the rejection, or of how it ended

  /// Persons who agreed, count, and are not the one who asked.
  std::vector<std::string> approvers() const;
  /// Persons who ask for changes, and may.
  std::vector<std::string> objectors() const;
  bool agreed() const;  ///< as many as it takes, and nobody asks for changes
  RequestState state() const;
  /// An emergency that started and that nobody else has agreed to yet: until when it must be.
  std::optional<Instant> review_due() const;
  RiskBand band() const { return risk_band(asked.score.to_double()); }
};

/// Why this person's word does not count; empty when it does.
std::string refuse_vote(const ChangeRequest& request, const Who& who);

/// The outcomes of one band against what was predicted.
struct BandRecord {
  RiskBand band = RiskBand::low;
  std::uint64_t total = 0;
  std::uint64_t failed = 0;  ///< backed out counts as failed
  double predicted = 0;      ///< mean of what was predicted; 0 without any
};
struct Calibration {
  std::vector<BandRecord> bands;  ///< all three
  std::uint64_t total = 0;
  std::optional<double> brier;    ///< mean squared error of the predictions
  std::optional<double> baseline; ///< the same if the overall failure rate had been predicted
};
/// Of those that finished at or after `from`.
Calibration calibrate(const std::vector<ChangeRequest>& all, std::optional<Instant> from);

/// RFC 5545: one event per request with a window that overlaps [from, to), and one per freeze.
std::string change_calendar_ics(const std::vector<ChangeRequest>& requests,
                                const std::vector<GateFreeze>& freezes, Instant made_at);

}  // namespace nines::remediate
