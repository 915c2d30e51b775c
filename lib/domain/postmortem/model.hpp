// A postmortem: one document per incident, its revisions, its review, and how far it got.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/incident/model.hpp"
#include "domain/log/attestation.hpp"

namespace nines::postmortem {

enum class State : std::uint8_t { draft, in_review, changes_asked, approved, published };
std::string_view to_string(State state);  ///< "changes-asked"
std::vector<std::string_view> state_names();

enum class Verdict : std::uint8_t { none, approve, changes };
std::string_view to_string(Verdict verdict);
std::optional<Verdict> verdict_from(std::string_view text);

/// What one reviewer was asked and said; the newest of each counts.
struct Review {
  std::string reviewer;
  std::string asked_by;
  Instant asked_at;
  std::optional<Day> due;
  Verdict verdict = Verdict::none;
  std::string because;
  std::optional<Instant> at;
  std::string digest;  ///< of the text that was judged
  std::optional<log::Authentication> proof = {};  ///< of who gave it; empty: not looked at
};

/// Why the word does not count whatever it says; empty: it does.
std::string refusal_of(const Review& review);

struct Revision {
  int number = 0;  ///< from 1, in the order of the log
  std::string by;
  Instant at;
  std::string digest;  ///< SHA-256 of the text, hex
  std::string from;    ///< digest of the text it was written from; empty: the first
  std::string because;
  std::string origin;  ///< the file it was imported from; empty: people wrote it here
};

struct Publication {
  std::string by;
  Instant at;
  std::string digest;  ///< of the text
  int revision = 0;
  std::vector<std::string> head;  ///< "<replica>:<seq>" of every log it was made from
  log::Authentication proof = {};
};

/// Somebody wanted to know who is to blame: a fact of the process, with the answer that was given.
struct BlameRequest {
  std::string by;      ///< who asked
  std::string text;    ///< what
  std::string answer;  ///< systems and owners, not persons
  std::string noted_by;
  Instant at;
};

struct Postmortem {
  Uid uid;
  std::string name;  ///< "PM-4": that of INC-4
  Uid incident;
  std::string author;  ///< who wrote the first revision
  std::string text;
  std::string digest;
  int revision = 0;
  Instant created_at;
  Instant changed_at;
  std::string origin;  ///< the file it was imported from; empty: it was written here
  /// Revisions that were not written from the one before them: machines that were apart.
  std::vector<int> contested;
  std::vector<Review> reviews;  ///< by reviewer
  std::optional<Publication> published;
  std::vector<BlameRequest> requests;  ///< by time

  std::string token() const;  ///< names this state of the text: "3-9f2c1a"
};

/// Published while the text is what was published; approved when all reviewers approve of this
/// text; a text that was changed after a verdict is judged anew.
State state_of(const Postmortem& postmortem);
/// The reviews that still wait for a word about this text.
std::vector<const Review*> waiting_reviews(const Postmortem& postmortem);

/// When the postmortem of an incident is due, counted from `from`, the day it was resolved: 3 days
/// for SEV-1, 5 business days (Monday to Friday) for SEV-2, as PagerDuty publishes; 10 business
/// days for others, ours.
Day due_day(incident::Severity severity, Instant from);

}  // namespace nines::postmortem
