// One event per thing that is said of a hypothesis.
#include "usecases/rca/hypothesis.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/analyses.hpp"
#include "store/hypotheses.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/incident/write.hpp"

namespace nines::usecases {
namespace {

using nines::rca::Evidence;
using nines::rca::Hypothesis;
using nines::rca::HypothesisState;
using nines::rca::Strength;

std::string field_of(const Hypothesis& one, const std::string& name) {
  if (name == "text") return one.text;
  if (name == "layer") return std::string(to_string(one.layer));
  if (name == "counterfactual") return one.counterfactual;
  if (name == "action") return one.action;
  if (name == "accepted_risk") return one.accepted_risk;
  return one.capture;
}

void put_field(Hypothesis& one, const std::string& name, const std::string& value) {
  if (name == "text") one.text = value;
  if (name == "layer") one.layer = nines::rca::layer_from(value).value_or(nines::rca::Layer::none);
  if (name == "counterfactual") one.counterfactual = value;
  if (name == "action") one.action = value;
  if (name == "accepted_risk") one.accepted_risk = value;
  if (name == "capture") one.capture = value;
}

void weigh_again(HypothesisView& in) { in.view.beliefs = nines::rca::beliefs_of(in.view.file); }

}  // namespace

HypothesisView find_in_case(const Session& session, const std::string& name) {
  const auto found = store::get_hypothesis(session.store(), name);
  const auto analysis = store::find_analysis(session.store(), found.analysis);
  if (!analysis)
    throw Error(ExitCode::not_found, "the analysis of '" + found.name + "' is not here",
                "nines sync brings what other machines wrote", "NO_ANALYSIS");
  HypothesisView in{case_of(session, *analysis), 0};
  const auto& all = in.view.file.hypotheses;
  const auto at = std::find_if(all.begin(), all.end(),
                               [&](const Hypothesis& one) { return one.uid == found.uid; });
  in.index = static_cast<std::size_t>(at - all.begin());
  return in;
}

HypothesisView add_hypothesis(Session& session, const HypothesisRequest& request, bool dry_run) {
  if (request.text.empty())
    throw Error(ExitCode::usage, "the hypothesis is missing",
                "nines rca hypothesis add \"the pool was exhausted\"", "MISSING_ARGUMENT");
  if (request.prior_percent && (*request.prior_percent < 1 || *request.prior_percent > 99))
    throw Error(ExitCode::usage, "a prior is a percentage from 1 to 99",
                "leave --prior out, and rivals share it", "BAD_VALUE");
  HypothesisView in;
  Hypothesis one;
  if (request.parent) {
    auto parent = find_in_case(session, *request.parent);
    one.parent = parent.hypothesis().uid;
    in.view = std::move(parent.view);
  } else {
    in.view = choose_case(session, request.analysis);
  }
  require_open(in.view);
  one.uid = make_uid(session);
  one.analysis = in.view.file.analysis.uid;
  one.rival = request.rival.value_or(!request.parent);
  one.text = request.text;
  one.layer = request.layer;
  one.prior_percent = request.prior_percent;
  one.by = session.options().actor;
  one.at = session.now();
  if (!dry_run)
    append_made(session, in.view.incident.uid, [&] {
      const auto number = store::take_number(session.store().db(), "HYP");
      one.name = "HYP-" + std::to_string(number);
      return std::vector{store::hypothesis_added(one, number)};
    });
  in.index = in.view.file.hypotheses.size();
  in.view.file.hypotheses.push_back(std::move(one));
  weigh_again(in);
  return in;
}

HypothesisView give_evidence(Session& session, const EvidenceRequest& request, bool dry_run) {
  if (request.text.empty())
    throw Error(ExitCode::usage, "the evidence is missing",
                "nines rca hypothesis evidence HYP-1 \"pool at 100 % from 09:13\" --kind metric "
                "--ratio 10",
                "MISSING_ARGUMENT");
  const auto& proposed = request.proposed;
  if (!request.strength && !proposed)
    throw Error(ExitCode::usage, "the ratio is missing", "add --ratio 3", "MISSING_ARGUMENT");
  const auto strength = request.strength.value_or(proposed ? proposed->step : Strength::one);
  if (proposed && strength != proposed->step && request.because.empty())
    throw Error(ExitCode::usage,
                "the ratio " + std::string(to_string(strength)) + " is not the proposed " +
                    std::string(to_string(proposed->step)),
                "add --because TEXT: both are kept", "MISSING_ARGUMENT");
  auto in = find_in_case(session, request.hypothesis);
  require_open(in.view);
  Evidence item{make_uid(session), request.kind,   strength,
                request.text,      request.source, session.options().actor,
                session.now()};
  item.proposed = proposed;
  item.because = request.because;
  if (!dry_run)
    append_all(session, in.view.incident.uid, {store::evidence_given(in.hypothesis().uid, item)});
  in.view.file.hypotheses[in.index].evidence.push_back(std::move(item));
  weigh_again(in);
  return in;
}

HypothesisView weigh_evidence(Session& session, const std::string& hypothesis, std::int64_t number,
                              Strength strength, const std::string& because, bool dry_run) {
  if (because.empty())
    throw Error(ExitCode::usage, "another ratio needs its reason", "add --because TEXT",
                "MISSING_ARGUMENT");
  auto in = find_in_case(session, hypothesis);
  auto& items = in.view.file.hypotheses[in.index].evidence;
  if (number < 1 || number > static_cast<std::int64_t>(items.size()))
    throw Error(ExitCode::not_found,
                in.hypothesis().name + " has no evidence " + std::to_string(number),
                "nines rca why " + in.view.file.analysis.name + " numbers them", "NO_EVIDENCE");
  auto& item = items[static_cast<std::size_t>(number - 1)];
  if (item.strength == strength)
    throw Error(ExitCode::conflict, "it has that ratio already", "name another", "NO_CHANGE");
  if (!dry_run)
    append_all(session, in.view.incident.uid,
               {store::evidence_weighed(in.hypothesis().uid, item, strength, because,
                                        session.now())});
  if (!item.was) item.was = item.strength;
  item.strength = strength;
  item.because = because;
  weigh_again(in);
  return in;
}

HypothesisView set_hypothesis(Session& session, const HypothesisChange& change, bool dry_run) {
  auto in = find_in_case(session, change.hypothesis);
  require_open(in.view);
  auto& one = in.view.file.hypotheses[in.index];
  if (!change.state && change.fields.empty())
    throw Error(ExitCode::usage, "nothing to set",
                "nines rca hypothesis set " + one.name + " --state refuted --because TEXT",
                "MISSING_ARGUMENT");
  if (change.state && *change.state != HypothesisState::open && change.because.empty())
    throw Error(ExitCode::usage, "a state needs its reason", "add --because TEXT",
                "MISSING_ARGUMENT");
  const auto capture = change.fields.find("capture");
  if (change.state == HypothesisState::suspected && one.capture.empty() &&
      (capture == change.fields.end() || capture->second.empty()))
    throw Error(ExitCode::usage, "a suspicion says what to capture at the next occurrence",
                "add --capture \"a heap dump and the pool's counters\"", "MISSING_ARGUMENT");
  std::vector<log::NewEvent> events;
  for (const auto& [name, value] : change.fields) {
    const auto before = field_of(one, name);
    if (before == value) continue;
    events.push_back(store::hypothesis_field_set(one.uid, name, before, value, session.now()));
    put_field(one, name, value);
  }
  if (change.state && (*change.state != one.state || change.because != one.because)) {
    events.push_back(store::hypothesis_state_set(one.uid, one.state, *change.state, change.because,
                                                 session.now()));
    one.state = *change.state;
    one.because = change.because;
  }
  if (!dry_run) append_all(session, in.view.incident.uid, events);
  weigh_again(in);
  return in;
}

}  // namespace nines::usecases
