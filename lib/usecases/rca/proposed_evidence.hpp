// Evidence that data propose, each with its likelihood ratio; a person takes it or says otherwise.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/rca/analysis/ratios.hpp"
#include "usecases/rca/hypothesis.hpp"
#include "usecases/rca/log_compare.hpp"

namespace nines::usecases {

struct ProposedEvidence {
  nines::rca::EvidenceKind kind = nines::rca::EvidenceKind::metric;
  std::string text;
  std::string source;
  nines::rca::ProposedRatio ratio;
};

/// When the impact of the case's incident began; its declaration where that is not known.
NINES_EXPORT Instant onset_of_case(const Session& session, const CaseView& view);

/// A message that moved, and a hypothesis that names it.
struct JoinedMessage {
  std::size_t template_index = 0;
  std::optional<std::size_t> hypothesis;  ///< none: no hypothesis names it
  std::vector<std::string> shared;        ///< words, or the service, that both have
  ProposedEvidence evidence;
};
struct LogJoin {
  CaseView view;
  LogComparison comparison;
  bool onset_from_incident = false;
  LogCompareRequest request;           ///< as it was carried out
  std::vector<JoinedMessage> messages;  ///< strongest first; those that nobody names last
};
/// Compares two logs, or one that the incident's onset parts where none is given, and joins every
/// message that moved to the hypotheses that are open or suspected by the words they share. A word
/// that one message in five has joins nothing. Throws as compare_logs and choose_case.
NINES_EXPORT LogJoin join_logs(const Session& session, const std::optional<std::string>& analysis,
                               LogCompareRequest request);

/// The evidence that one message is; `id` as the comparison prints it. Throws Error{not_found}.
NINES_EXPORT ProposedEvidence propose_from_logs(const LogComparison& comparison,
                                                const LogCompareRequest& request,
                                                const std::string& id);

struct SeriesProposal {
  std::optional<std::string> file = {};     ///< a table of metrics, or
  std::optional<std::string> service = {};  ///< the stored series of its SLOs: the first
  std::optional<std::string> column = {};   ///< of several: "service|metric", or the metric
  Instant at;                               ///< where a change point is looked for
  Micros within{0};                         ///< so far before and after
};
/// Throws Error{not_found} for a series that is not there, Error{bad_data}.
NINES_EXPORT ProposedEvidence propose_from_series(const Session& session,
                                                  const SeriesProposal& request,
                                                  const std::filesystem::path& cwd);

NINES_EXPORT ProposedEvidence propose_from_exposure(const nines::rca::ExposureTable& table);

}  // namespace nines::usecases
