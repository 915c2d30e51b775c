// Hypotheses of an analysis: added, given evidence, judged; and what to look at next.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/export.hpp"
#include "usecases/rca/analysis.hpp"

namespace nines::usecases {

struct HypothesisRequest {
  std::optional<std::string> analysis = {};
  std::optional<std::string> parent = {};  ///< "HYP-2": what it would explain
  std::optional<bool> rival = {};          ///< default: at the top yes, under another no
  std::string text;
  nines::rca::Layer layer = nines::rca::Layer::none;
  std::optional<int> prior_percent = {};
};

/// The case as it is after the change, and the index of the hypothesis in it. Its name is empty in
/// a dry run that adds one.
struct HypothesisView {
  CaseView view;
  std::size_t index = 0;

  const nines::rca::Hypothesis& hypothesis() const { return view.file.hypotheses[index]; }
  const nines::rca::Belief& belief() const { return view.beliefs[index]; }
};

/// Throws Error{usage} for an empty text or a prior outside 1 to 99.
NINES_EXPORT HypothesisView add_hypothesis(Session& session, const HypothesisRequest& request,
                                           bool dry_run);

struct EvidenceRequest {
  std::string hypothesis;
  nines::rca::EvidenceKind kind = nines::rca::EvidenceKind::testimony;
  std::optional<nines::rca::Strength> strength = {};  ///< none: what is proposed
  std::string text;
  std::string source = {};
  std::optional<nines::rca::ProposedRatio> proposed = {};
  std::string because = {};  ///< required where `strength` is another than was proposed
};
/// Throws Error{usage} for an empty text, no ratio at all, or another than was proposed without a
/// reason.
NINES_EXPORT HypothesisView give_evidence(Session& session, const EvidenceRequest& request,
                                          bool dry_run);

/// Another ratio for evidence that is there, "2" of its hypothesis, counted from 1: what it was
/// given with is kept beside it. Throws Error{usage} without a reason, Error{not_found}.
NINES_EXPORT HypothesisView weigh_evidence(Session& session, const std::string& hypothesis,
                                           std::int64_t number, nines::rca::Strength strength,
                                           const std::string& because, bool dry_run);
/// The hypothesis with its case. Throws Error{not_found}.
NINES_EXPORT HypothesisView find_in_case(const Session& session, const std::string& name);

struct HypothesisChange {
  std::string hypothesis;
  std::optional<nines::rca::HypothesisState> state = {};
  std::string because = {};                   ///< required with a state
  std::map<std::string, std::string> fields;  ///< "counterfactual", "action", ... to their text
};
/// Throws Error{usage} when nothing is to be set, or a state comes without its reason; a suspected
/// one must say what to capture.
NINES_EXPORT HypothesisView set_hypothesis(Session& session, const HypothesisChange& change,
                                           bool dry_run);

}  // namespace nines::usecases
