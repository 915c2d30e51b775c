// Taking alerts in: recorded once, grouped, and proposed to people as one incident per group.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/export.hpp"
#include "base/finding.hpp"
#include "domain/incident/alert.hpp"
#include "domain/incident/proposal.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

enum class GroupOutcome {
  proposed,
  revised,  ///< the open proposal says more now
  unchanged,
  followed,     ///< accepted before: the incident's timeline has the news
  turned_down,  ///< rejected before: recorded, and not asked again
  retired       ///< its rule retired itself: recorded, and not proposed
};
std::string_view to_string(GroupOutcome outcome);

struct AlertGroupResult {
  GroupOutcome outcome = GroupOutcome::unchanged;
  incident::Proposal proposal;  ///< without a name in a dry run of a new one
  std::string effect;           ///< what accepting would do, or did
  std::size_t alerts = 0;       ///< in the group
  std::size_t firing = 0;
  std::string incident = {};                  ///< name of the one that follows the group
  std::int64_t lines = 0;                     ///< added to its timeline
  std::vector<incident::Proposal> next = {};  ///< steps that are proposed now
  std::vector<std::string> withdrawn = {};    ///< proposals that were taken back
};

struct AlertIngest {
  std::int64_t payloads = 0;
  std::int64_t fired = 0;          ///< alerts that were not known before
  std::int64_t resolved = 0;       ///< known or not, that ended since
  std::int64_t unchanged = 0;      ///< said before
  std::int64_t suppressed = 0;     ///< silenced or inhibited at the source: recorded only
  std::int64_t informational = 0;  ///< of severity none, info or debug: recorded only
  std::int64_t truncated = 0;      ///< left out by the source
  std::int64_t cut = 0;            ///< labels and annotations that were too long or too many
  std::int64_t parts = 0;          ///< commands in the log: large spools are written in several
  std::vector<AlertGroupResult> groups;  ///< those with news
  Findings findings;                     ///< payloads and alerts that could not be read
};

/// Whether the bytes are payloads of Alertmanager.
NINES_EXPORT bool looks_like_alerts(std::string_view bytes);

struct AlertText {
  std::string_view name;
  std::string_view bytes;
};
/// Idempotent by source, fingerprint, start and status: taking the same in again adds nothing. What
/// can be read is taken in though other payloads are broken.
NINES_EXPORT AlertIngest ingest_alerts(Session& session, const std::vector<AlertText>& texts,
                                       bool dry_run);

}  // namespace nines::usecases
