// What an incident is: its state, its times, who holds which role, whom it hurts, what was noted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/stated_time.hpp"

namespace nines::incident {

enum class Status : std::uint8_t { triage, declared, mitigated, resolved, learning, closed };
enum class Mode : std::uint8_t { standard, retrospective, test, drill };
/// Why a closed incident is over.
enum class Outcome : std::uint8_t {
  none,
  resolved,
  duplicate,
  false_alarm,
  merged,
  cancelled,
  external,
  declined,
  superseded
};
/// SEV-1 is the worst. Undetermined is a value, not a gap.
enum class Severity : std::uint8_t { undetermined, sev1, sev2, sev3, sev4, sev5 };
enum class EntryKind : std::uint8_t {
  note,
  observation,
  action,
  decision,
  communication,
  hypothesis,
  state  ///< written by the tool when the record changed
};
enum class Visibility : std::uint8_t { internal, open, privileged };
enum class ImpactLevel : std::uint8_t { none, degraded, partial, full };

std::string_view to_string(Status status);
std::string_view to_string(Mode mode);
std::string_view to_string(Outcome outcome);    ///< "false-alarm"
std::string_view to_string(Severity severity);  ///< "SEV-1", "undetermined"
std::string_view to_string(EntryKind kind);
std::string_view to_string(Visibility visibility);  ///< "internal", "public", "privileged"
std::string_view to_string(ImpactLevel level);

std::optional<Status> status_from(std::string_view text);
std::optional<Mode> mode_from(std::string_view text);
std::optional<Outcome> outcome_from(std::string_view text);
std::optional<Severity> severity_from(std::string_view text);  ///< "1", "sev1", "SEV-1", "unknown"
std::optional<EntryKind> entry_kind_from(std::string_view text);
std::optional<Visibility> visibility_from(std::string_view text);
std::optional<ImpactLevel> impact_level_from(std::string_view text);

/// Tests and drills never count in statistics, nor page anybody.
constexpr bool counts(Mode mode) { return mode == Mode::standard || mode == Mode::retrospective; }

/// What other system a record came from, so that taking it in again adds nothing.
struct Origin {
  std::string system;     ///< "alertmanager", "statuspage"
  std::string reference;  ///< its name there for ever

  friend bool operator==(const Origin&, const Origin&) = default;
};

/// What a line was taken over from, so that a newer copy can be compared with it.
struct EntrySource {
  int line = 0;            ///< of the document, from 1; 0: it has none
  std::string key = {};    ///< hash of its time and text as they stood there
  std::string below = {};  ///< logs, code and pictures that stood under it, byte for byte
  std::optional<Instant> recorded_there = {};  ///< when the other system was told

  friend bool operator==(const EntrySource&, const EntrySource&) = default;
};

/// One line of the timeline. Nothing of it is edited: what it shows is its newest correction.
struct Entry {
  Uid uid;
  std::int64_t number = 0;
  std::string name;  ///< "7"; "7-4K" where machines that were apart counted alike
  EntryKind kind = EntryKind::note;
  StatedTime when;
  std::string text;
  std::string author;  ///< who recorded it
  std::string role;    ///< they held then: "commander"
  Visibility visibility = Visibility::internal;
  bool estimate = false;
  Instant recorded_at;
  Origin origin;
  int corrections = 0;
  bool retracted = false;
  bool proposed = false;  ///< read out of prose: a person has not accepted it yet
  EntrySource source = {};
};

/// From then on `service` is hurt this much in `region` (empty: everywhere), until the next step of
/// the same service and region.
struct ImpactStep {
  std::string service;
  std::string region = {};
  ImpactLevel level = ImpactLevel::full;
  std::optional<Decimal> weight = {};  ///< share of its users, above 0 to 1; none: not known
  StatedTime from;
};

struct RoleSpan {
  std::string role;  ///< "commander"
  std::string person;
  Instant since;
  std::optional<Instant> until;
};

/// Something that is known about the incident, or known not to be known.
struct Fact {
  std::string name;  ///< "users_affected"
  std::optional<std::string> value;
  bool estimate = false;
  Instant as_of;
  std::string said_by;
  Visibility visibility = Visibility::internal;
};

struct Link {
  std::string target;    ///< an incident's subject, or a URL
  std::string relation;  ///< "caused-by", "relates-to", "runbook"
};

/// A document or an export that an incident was read from.
struct Source {
  Origin origin;
  std::string file;          ///< as it was named
  std::string zone = {};     ///< its times were read in
  std::string zone_by = {};  ///< who said so: "stated", "--zone", "answer", "setting", "assumed"
  std::int64_t bytes = 0;
  std::string digest = {};  ///< SHA-256 of the record
  std::string raw = {};     ///< the record itself, unless it is larger than what is kept
  Instant taken_at = {};
};

/// The head of an incident: what a list shows.
struct Incident {
  Uid uid;
  std::string name;  ///< "INC-42"
  std::string title;
  Mode mode = Mode::standard;
  Status status = Status::declared;
  Outcome outcome = Outcome::none;
  Severity severity = Severity::undetermined;
  std::string priority;  ///< free: "P2"
  std::vector<std::string> services;
  std::vector<std::string> tags;
  std::string commander;
  std::string into;  ///< name of the survivor, when merged or a duplicate
  Instant opened_at;
  std::optional<Instant> closed_at;
  Origin origin;

  bool open() const { return status != Status::closed; }
  bool counts() const { return incident::counts(mode); }
};

/// Everything about one incident.
struct Record {
  Incident head;
  std::map<std::string, StatedTime> milestones;
  std::vector<RoleSpan> roles;
  std::vector<ImpactStep> impact;  ///< by service, region, time
  std::vector<Fact> facts;
  std::vector<Link> links;
  std::vector<Source> sources = {};
  std::vector<Entry> entries;  ///< by time, then by the order of recording
};

inline constexpr std::string_view kCommander = "commander";

}  // namespace nines::incident
