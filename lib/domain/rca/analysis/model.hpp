// What an analysis is: hypotheses about one incident, the evidence for and against each, its end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/log/attestation.hpp"
#include "domain/rca/analysis/strength.hpp"
#include "domain/rca/analysis/watch.hpp"

namespace nines::rca {

/// How people look for causes; `advise` picks one from computed signs.
enum class Method : std::uint8_t {
  timeline,
  five_whys,
  change_analysis,
  fault_tree,
  causal_graph,
  control_structure
};

/// Where a contributing factor lies.
enum class Layer : std::uint8_t {
  none,  ///< not said yet
  technical,
  tooling,
  training,
  process,
  time_pressure,
  external
};

enum class HypothesisState : std::uint8_t {
  open,
  confirmed,
  refuted,
  suspected,  ///< suspected, not reproduced: what to capture next time is on record
  accepted_unknown
};

/// Independent kinds of evidence; two items of one kind from one source are not independent.
enum class EvidenceKind : std::uint8_t { log, metric, change, trace, reproduction, testimony };

enum class AnalysisState : std::uint8_t {
  open,
  concluded,
  stopped  ///< incomplete, with a known risk, its owner and a date to look again
};

std::string_view to_string(Method method);  ///< "five-whys"
std::string_view to_string(Layer layer);    ///< "time-pressure"; "" for none
std::string_view to_string(HypothesisState state);
std::string_view to_string(EvidenceKind kind);
std::string_view to_string(AnalysisState state);

std::optional<Method> method_from(std::string_view text);
std::optional<Layer> layer_from(std::string_view text);
std::optional<HypothesisState> hypothesis_state_from(std::string_view text);
std::optional<EvidenceKind> evidence_kind_from(std::string_view text);

std::vector<std::string_view> method_names();
std::vector<std::string_view> layer_names();  ///< without the empty one
std::vector<std::string_view> hypothesis_state_names();
std::vector<std::string_view> evidence_kind_names();

/// A ratio that was computed (ratios.hpp), beside the one that counts: a person may say otherwise.
struct ProposedRatio {
  double ratio = 1;
  double low = 1, high = 1;  ///< 90 %
  Strength step = Strength::one;  ///< of the table, towards 1
  std::string method;             ///< the formula with its figures, on one line
};

struct Evidence {
  Uid uid;
  EvidenceKind kind = EvidenceKind::testimony;
  Strength strength = Strength::one;  ///< the one that counts
  std::string text;
  std::string source;  ///< "query 12 on checkout's log"; what makes two items independent
  std::string by;
  Instant at;
  std::int64_t turn = 0;  ///< tells apart what was given at one time, in its order
  std::optional<ProposedRatio> proposed = {};
  std::string because = {};  ///< why its ratio is another than was proposed, or than it was
  std::optional<Strength> was = {};  ///< what it was first given with, where that changed
  std::optional<Uid> watch = {};     ///< that attached it
};

struct Hypothesis {
  Uid uid;
  std::string name;  ///< "HYP-3"
  Uid analysis;
  std::optional<Uid> parent;  ///< the hypothesis that this one would explain
  bool rival = true;          ///< an alternative to its siblings, not a further condition
  std::string text;
  Layer layer = Layer::none;
  std::optional<int> prior_percent;  ///< 1 to 99, where a person said so
  HypothesisState state = HypothesisState::open;
  std::string because;         ///< why it is in that state
  std::string counterfactual;  ///< what would not have happened without it
  std::string action;          ///< what is done about it, or where that is tracked
  std::string accepted_risk;   ///< why nothing is
  std::string capture;         ///< what to record at the next occurrence
  std::string by;
  Instant at;
  std::vector<Evidence> evidence = {};  ///< by time, then turn
  std::vector<Watch> watches = {};      ///< the same
};

struct Analysis {
  Uid uid;
  std::string name;  ///< "RCA-2"
  Uid incident;
  Method method = Method::timeline;
  std::string question;  ///< what is to be explained
  AnalysisState state = AnalysisState::open;
  std::string conclusion;  ///< what was found; of a stopped one: the risk that stays
  std::string owner;       ///< of that risk
  std::optional<Day> review;
  std::string by;
  Instant started_at;
  std::optional<Instant> ended_at;
  log::Authentication proof = {};  ///< of who ended it
};

/// An analysis with its hypotheses, in the order they were added.
struct CaseFile {
  Analysis analysis;
  std::vector<Hypothesis> hypotheses;
};

/// The hypotheses as a forest: the index of each one's parent (none: a root, or its parent is not
/// here), each one's children, and every index with its depth, parents before children. A ring of
/// parents is cut where it was entered.
struct WhyTree {
  struct Row {
    std::size_t index;
    std::size_t depth;
  };
  std::vector<std::optional<std::size_t>> parent;
  std::vector<std::vector<std::size_t>> children;
  std::vector<Row> rows;

  bool is_leaf(std::size_t index) const { return children[index].empty(); }
};
WhyTree why_tree(const std::vector<Hypothesis>& hypotheses);

}  // namespace nines::rca
