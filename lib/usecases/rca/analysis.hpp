// Looking for causes: which way, of which incident, and what the case holds so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/incident/model.hpp"
#include "domain/rca/analysis/advice.hpp"
#include "domain/rca/analysis/belief.hpp"
#include "domain/rca/analysis/model.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct CaseView {
  incident::Incident incident;
  nines::rca::CaseFile file;
  std::vector<nines::rca::Belief> beliefs;  ///< one per hypothesis
};

/// "RCA-2" or "2" names an analysis; a word that names an incident means its newest one. Without a
/// word: the newest of the current incident, else the only one that is open.
/// Throws Error{not_found}, with the open ones as candidates.
NINES_EXPORT CaseView choose_case(const Session& session, const std::optional<std::string>& word);
/// The case that a hypothesis is of.
CaseView case_of(const Session& session, const nines::rca::Analysis& analysis);
/// Throws Error{conflict} when it has ended.
void require_open(const CaseView& view);
/// Throws Error{conflict} when an analysis of the incident is open: there is one at a time.
void refuse_second_open(const Session& session, const incident::Incident& incident);

struct AdviceRequest {
  std::optional<std::string> incident = {};
  std::optional<bool> persists = {};  ///< the trigger is gone and the failure stayed
};
struct AdviceView {
  incident::Incident incident;
  nines::rca::Signs signs;
  nines::rca::Advice advice;
};
NINES_EXPORT AdviceView advise_method(const Session& session, const AdviceRequest& request);

struct StartRequest {
  AdviceRequest about = {};
  std::optional<nines::rca::Method> method = {};  ///< none: what `advise` says
  std::string question = {};                      ///< empty: why the incident happened
};
struct Started {
  nines::rca::Analysis analysis;  ///< without a name in a dry run
  AdviceView advice;
};
/// Throws Error{conflict} when one of the incident is open, or none is advised and none was named.
NINES_EXPORT Started start_analysis(Session& session, const StartRequest& request, bool dry_run);

struct AnalysisRow {
  nines::rca::Analysis analysis;
  std::string incident;
  std::size_t hypotheses = 0;
};
/// All of them, oldest first.
NINES_EXPORT std::vector<AnalysisRow> list_analyses(const Session& session);

}  // namespace nines::usecases
