// Counts the signs of an incident's complexity, and opens analyses.
#include "usecases/rca/analysis.hpp"

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/incident/milestones.hpp"
#include "store/analyses.hpp"
#include "store/changes.hpp"
#include "store/hypotheses.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using nines::rca::Analysis;
using nines::rca::AnalysisState;

/// How long before the onset a change still counts as near it.
constexpr std::chrono::hours kNearOnset{6};

std::set<std::string> hurt_services(const incident::Record& record, Instant now) {
  std::set<std::string> hurt(record.head.services.begin(), record.head.services.end());
  for (const auto& span : incident::impact_spans(record, now)) hurt.insert(span.service);
  hurt.erase("");
  return hurt;
}

/// Whether any of the services needs itself in the end; nothing where no need is on record.
std::optional<bool> needs_itself(const std::set<std::string>& hurt, const Catalogue& catalogue) {
  bool known = false;
  for (const auto& start : hurt) {
    std::set<std::string> seen;
    std::vector<std::string> open{start};
    while (!open.empty()) {
      const auto here = std::move(open.back());
      open.pop_back();
      const auto found = catalogue.services.find(here);
      if (found == catalogue.services.end()) continue;
      for (const auto& need : found->second.dependencies) {
        known = true;
        if (need.on == start && !need.vendor) return true;
        if (!need.vendor && seen.insert(need.on).second) open.push_back(need.on);
      }
    }
  }
  return known ? std::optional(false) : std::nullopt;
}

std::size_t changes_near(const Session& session, const std::set<std::string>& services,
                         Instant onset) {
  const auto near = store::changes(session.store(), {std::nullopt, onset - kNearOnset, onset});
  return static_cast<std::size_t>(std::count_if(near.begin(), near.end(), [&](const auto& change) {
    return services.contains(change.service);
  }));
}

nines::rca::Signs signs_of(const Session& session, const incident::Record& record) {
  nines::rca::Signs signs;
  const auto catalogue = load_catalogue(session);
  const auto hurt = hurt_services(record, session.now());
  std::set<std::string> teams;
  for (const auto& service : hurt) {
    const auto found = catalogue.services.find(service);
    if (found != catalogue.services.end() && !found->second.owner.empty())
      teams.insert(found->second.owner);
  }
  signs.burning = record.head.status < incident::Status::mitigated;
  signs.services = hurt.size();
  signs.teams = teams.size();
  signs.entries = record.entries.size();
  const auto onset = record.milestones.find(std::string(incident::milestone::kImpactStarted));
  signs.onset_known = onset != record.milestones.end();
  signs.changes =
      changes_near(session, hurt, signs.onset_known ? onset->second.at : record.head.opened_at);
  signs.cyclic = needs_itself(hurt, catalogue);
  std::set<nines::rca::Layer> layers;
  for (const auto& analysis : store::analyses(session.store(), record.head.uid))
    for (const auto& one : store::hypotheses_of(session.store(), analysis.uid))
      if (one.layer != nines::rca::Layer::none) layers.insert(one.layer);
  signs.layers = layers.size();
  return signs;
}

Error none_open(const Session& session) {
  Error error(ExitCode::not_found, "no analysis is chosen",
              "nines rca start INCIDENT begins one; nines rca show RCA-1 names one", "NO_ANALYSIS");
  for (const auto& row : list_analyses(session)) {
    if (row.analysis.state != AnalysisState::open) continue;
    error.note(row.analysis.name + "  " + row.incident + "  " + row.analysis.question);
  }
  return error;
}

bool names_analysis(std::string_view word) {
  const auto lower = to_lower_ascii(word);
  return lower.starts_with("rca") ||
         (!lower.empty() &&
          std::all_of(lower.begin(), lower.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

std::optional<Analysis> newest_of(const Session& session, const Uid& incident) {
  auto list = store::analyses(session.store(), incident);
  if (list.empty()) return std::nullopt;
  return std::move(list.back());
}

}  // namespace

CaseView case_of(const Session& session, const Analysis& analysis) {
  CaseView view;
  view.file = {analysis, store::hypotheses_of(session.store(), analysis.uid)};
  view.beliefs = nines::rca::beliefs_of(view.file);
  if (auto found = store::find_incident(session.store(), analysis.incident))
    view.incident = std::move(*found);
  if (analysis.ended_at)
    for (auto& ended : vouched_events(session, "analysis/" + analysis.uid.to_string(),
                                      {"analysis.concluded", "analysis.stopped"},
                                      *analysis.ended_at))
      view.file.analysis.proof = std::move(ended.proof);
  return view;
}

CaseView choose_case(const Session& session, const std::optional<std::string>& word) {
  if (word && names_analysis(*word))
    return case_of(session, store::get_analysis(session.store(), *word));
  if (word) {
    const auto incident = choose_incident(session, word);
    if (const auto found = newest_of(session, incident.uid)) return case_of(session, *found);
    throw Error(ExitCode::not_found, "'" + incident.name + "' has no analysis",
                "nines rca start " + incident.name, "NO_ANALYSIS");
  }
  if (const auto current = current_incident(session))
    if (const auto found = newest_of(session, current->uid)) return case_of(session, *found);
  std::vector<Analysis> open;
  for (auto& one : store::analyses(session.store()))
    if (one.state == AnalysisState::open) open.push_back(std::move(one));
  if (open.size() == 1) return case_of(session, open.front());
  throw none_open(session);
}

void require_open(const CaseView& view) {
  const auto& one = view.file.analysis;
  if (one.state == AnalysisState::open) return;
  throw Error(ExitCode::conflict, "'" + one.name + "' is " + std::string(to_string(one.state)),
              "nines rca reopen " + one.name + " --because TEXT", "WRONG_STATE");
}

void refuse_second_open(const Session& session, const incident::Incident& incident) {
  for (const auto& one : store::analyses(session.store(), incident.uid))
    if (one.state == AnalysisState::open)
      throw Error(ExitCode::conflict, "'" + one.name + "' of " + incident.name + " is open",
                  "nines rca show " + one.name, "ALREADY_OPEN");
}

AdviceView advise_method(const Session& session, const AdviceRequest& request) {
  AdviceView view;
  view.incident = choose_incident(session, request.incident);
  const auto record = store::incident_record(session.store(), view.incident.uid);
  view.signs = signs_of(session, record);
  view.signs.persists = request.persists;
  view.advice = nines::rca::advise(view.signs);
  return view;
}

Started start_analysis(Session& session, const StartRequest& request, bool dry_run) {
  Started started;
  started.advice = advise_method(session, request.about);
  const auto& incident = started.advice.incident;
  refuse_second_open(session, incident);
  const auto method = request.method ? request.method : started.advice.advice.method;
  if (!method)
    throw Error(ExitCode::conflict, "'" + incident.name + "' is not mitigated: stabilise first",
                "nines incident mitigate " + incident.name +
                    ", or say --method timeline to note what is seen meanwhile",
                "STILL_BURNING");
  auto& analysis = started.analysis;
  analysis.uid = make_uid(session);
  analysis.incident = incident.uid;
  analysis.method = *method;
  analysis.question =
      request.question.empty() ? "why '" + incident.title + "' happened" : request.question;
  analysis.by = session.options().actor;
  analysis.started_at = session.now();
  if (dry_run) return started;
  append_made(session, incident.uid, [&] {
    const auto number = store::take_number(session.store().db(), "RCA");
    analysis.name = "RCA-" + std::to_string(number);
    return std::vector{store::analysis_started(analysis, number)};
  });
  return started;
}

std::vector<AnalysisRow> list_analyses(const Session& session) {
  std::vector<AnalysisRow> rows;
  for (auto& one : store::analyses(session.store())) {
    AnalysisRow row{std::move(one), "", 0};
    if (const auto found = store::find_incident(session.store(), row.analysis.incident))
      row.incident = found->name;
    row.hypotheses = store::hypothesis_count(session.store(), row.analysis.uid);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace nines::usecases
