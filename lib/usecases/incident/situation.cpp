// Gathers the situation from the record, the changes, the search index and the catalogue.
#include "usecases/incident/situation.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "store/changes.hpp"
#include "store/incident_events.hpp"
#include "store/incidents.hpp"
#include "store/search.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/duties.hpp"
#include "usecases/incident/rotas.hpp"
#include "usecases/incident/spool.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;

constexpr auto kLookBack = std::chrono::hours{2};
constexpr int kLastEntries = 5;
constexpr std::size_t kSearchedWords = 12;
constexpr std::size_t kSearchedTexts = 200;

bool names(const std::vector<std::string>& services, const std::string& one) {
  return std::find(services.begin(), services.end(), one) != services.end();
}

std::vector<catalog::Change> recent_changes(const Session& session, const Incident& incident,
                                            Instant since) {
  auto changes = store::changes(session.store(), {std::nullopt, since, session.now() + Micros{1}});
  std::stable_sort(changes.begin(), changes.end(),
                   [&](const catalog::Change& a, const catalog::Change& b) {
                     const bool ours = names(incident.services, a.service),
                                theirs = names(incident.services, b.service);
                     return ours != theirs ? ours : a.start > b.start;
                   });
  return changes;
}

/// Which of the words of this incident stand in the lines of others, by their names.
std::map<std::string, std::set<std::string>> words_in_others(
    const Session& session, const Incident& incident, const std::vector<incident::Entry>& last) {
  auto words = incident::telling_words(incident.title);
  for (const auto& entry : last)
    if (entry.kind != incident::EntryKind::state) words.merge(incident::telling_words(entry.text));
  std::vector<std::string> asked(words.begin(), words.end());
  if (asked.size() > kSearchedWords) asked.resize(kSearchedWords);
  const auto expression = store::search_expression(join(asked, " OR "));
  std::map<std::string, std::set<std::string>> found;
  if (asked.empty() || !expression) return found;
  const auto answer = store::search_texts(
      session.store(), {.expression = *expression, .kinds = {"incident"}, .limit = kSearchedTexts});
  const auto own = store::incident_subject(incident.uid);
  for (const auto& hit : answer.hits) {
    if (hit.subject == own) continue;
    for (const auto& word : incident::telling_words(hit.title + " " + hit.snippet))
      if (words.contains(word)) found[hit.name].insert(word);
  }
  return found;
}

std::vector<Runbook> runbooks_of(const Session& session, const incident::Record& record) {
  std::vector<Runbook> found;
  for (const auto& link : record.links)
    if (link.relation == "runbook") found.push_back({link.target, "linked"});
  const auto catalogue = load_catalogue(session);
  const std::string key = "nines.dev/runbook";
  for (const auto& slo : catalogue.slos)
    if (names(record.head.services, slo.service))
      if (const auto runbook = slo.annotations.find(key); runbook != slo.annotations.end())
        found.push_back({runbook->second, "SLO " + slo.name});
  for (const auto& [name, service] : catalogue.services)
    if (names(record.head.services, name))
      if (const auto runbook = service.annotations.find(key); runbook != service.annotations.end())
        found.push_back({runbook->second, "service " + name});
  return found;
}

/// The rotas of the teams that own the services; all of them where none is found so.
std::vector<const incident::Rota*> rotas_for(const RotaBook& book, const Catalogue& catalogue,
                                             const Incident& incident) {
  std::vector<const incident::Rota*> found, all;
  for (const auto& [name, rota] : book.rotas) {
    all.push_back(&rota);
    const auto teams = book.teams_of(name);
    const bool ours =
        std::any_of(incident.services.begin(), incident.services.end(), [&](const auto& service) {
          const auto known = catalogue.services.find(service);
          return known != catalogue.services.end() && names(teams, known->second.owner);
        });
    if (ours) found.push_back(&rota);
  }
  return found.empty() ? all : found;
}

std::vector<RotaDuty> on_duty_for(const Session& session, const Incident& incident) {
  const auto book = load_rotas(session);
  std::vector<RotaDuty> found;
  if (book.rotas.empty()) return found;
  const auto catalogue = load_catalogue(session);
  for (const auto& duty : duty_now(rotas_for(book, catalogue, incident), session.now())) {
    std::optional<Instant> until;
    if (duty.now.when.to > session.now()) until = duty.now.when.to;
    found.push_back({duty.rota->name, duty.now.role, duty.now.person, until});
  }
  return found;
}

}  // namespace

std::optional<Incident> burning_incident(const Session& session,
                                         const std::vector<Incident>& open) {
  if (auto current = current_incident(session); current && current->open()) return current;
  const auto badness = [](const Incident& one) {
    return one.severity == incident::Severity::undetermined ? 9 : static_cast<int>(one.severity);
  };
  const auto worst = std::min_element(
      open.begin(), open.end(),
      [&](const Incident& a, const Incident& b) { return badness(a) < badness(b); });
  return worst == open.end() ? std::nullopt : std::optional(*worst);
}

Situation situation_of(const Session& session, const Incident& incident) {
  const auto& store = session.store();
  const auto now = session.now();
  Situation situation;
  situation.record = store::incident_record(store, incident.uid, store::Lines::none);
  situation.last = store::last_entries(store, incident.uid, kLastEntries);
  for (auto& span : incident::impact_spans(situation.record, now))
    if (span.period.to >= now) situation.impact.push_back(std::move(span));
  situation.changes_since = now - kLookBack;
  situation.changes = recent_changes(session, incident, situation.changes_since);
  const auto words = words_in_others(session, incident, situation.last);
  auto similar = incident::similar_to(incident, store::incidents(store), words);
  if (!similar.empty()) situation.similar = std::move(similar.front());
  situation.runbooks = runbooks_of(session, situation.record);
  situation.duties = running_duties(session, situation.record.head);
  situation.on_duty = on_duty_for(session, incident);
  situation.escalation = running_clock(session, situation.record.head);
  return situation;
}

std::size_t queued_lines(const SessionOptions& options) {
  return Spool(options.state_folder).lines().size();
}

}  // namespace nines::usecases
