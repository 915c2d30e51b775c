// Scenarios as documents, and drafts of them from past incidents.
#include "domain/incident/drill.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/incident/text_scan.hpp"

namespace nines::incident {
namespace {

std::vector<std::string> texts_in(const Json* list) {
  std::vector<std::string> texts;
  if (list == nullptr || !list->is_array()) return texts;
  for (const auto& item : list->as_array())
    if (item.is_string()) texts.push_back(item.as_string());
  return texts;
}

template <class Item, class Read>
std::vector<Item> objects_in(const Json& json, std::string_view key, Read read) {
  std::vector<Item> items;
  const auto* list = json.find(key);
  if (list == nullptr || !list->is_array()) return items;
  for (const auto& item : list->as_array())
    if (item.is_object()) items.push_back(read(item));
  return items;
}

std::string whole_seconds(Micros time) {
  return format_duration(Micros{std::chrono::round<std::chrono::seconds>(time)}, true);
}

void put(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json.set(key, text);
}
void put(Json& json, const char* key, const std::optional<Micros>& time) {
  if (time) json.set(key, whole_seconds(*time));
}

std::optional<Micros> since(const Milestones& milestones, std::string_view name, Instant begin) {
  const auto found = milestones.find(std::string(name));
  if (found == milestones.end() || found->second.at < begin) return std::nullopt;
  return found->second.at - begin;
}

/// The names that stand for people, each with what is said in its place. Longer ones first, so that
/// "ada.l" does not become "the commander.l".
std::vector<std::pair<std::string, std::string>> roles_by_name(const Record& past) {
  std::map<std::string, std::string> roles;
  for (const auto& entry : past.entries)
    if (!entry.author.empty()) roles.emplace(entry.author, "a responder");
  for (const auto& span : past.roles) roles[span.person] = "the " + span.role;
  std::vector<std::pair<std::string, std::string>> sorted(roles.begin(), roles.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.first.size() != b.first.size() ? a.first.size() > b.first.size() : a.first < b.first;
  });
  return sorted;
}

std::string without_addresses(const std::string& text) {
  std::string kept;
  for (const auto word : split(text, ' ')) {
    const auto at = word.find('@');
    const bool address = at != std::string_view::npos && at > 0 && at + 1 < word.size();
    kept += (kept.empty() ? "" : " ") + (address ? std::string("(an address)") : std::string(word));
  }
  return kept;
}

std::string anonymous(std::string text,
                      const std::vector<std::pair<std::string, std::string>>& roles) {
  text = without_addresses(text);
  for (const auto& [name, role] : roles) {
    if (name.empty()) continue;
    const auto lower_name = to_lower_ascii(name);
    for (std::size_t at = 0;;) {
      at = to_lower_ascii(text).find(lower_name, at);
      if (at == std::string::npos) break;
      const auto end = at + name.size();
      const bool whole = (at == 0 || !is_name_char(text[at - 1])) &&
                         (end == text.size() || !is_name_char(text[end]));
      const auto begin = whole && at > 0 && text[at - 1] == '@' ? at - 1 : at;
      if (whole) text.replace(begin, end - begin, role);
      at = whole ? begin + role.size() : end;
    }
  }
  return text;
}

/// What reached the responders from outside: the answers they found are theirs to find again.
bool is_inject(const Entry& entry) {
  if (entry.retracted || entry.origin.system == "triage") return false;
  return entry.kind == EntryKind::observation || entry.kind == EntryKind::communication ||
         (entry.kind == EntryKind::note && !entry.origin.reference.empty());
}

Instant beginning_of(const Record& past) {
  const auto& milestones = past.milestones;
  for (const auto name : {milestone::kImpactStarted, milestone::kDetected})
    if (const auto found = milestones.find(std::string(name)); found != milestones.end())
      return found->second.at;
  return past.head.opened_at;
}

DrillTimes times_of(const Json& spec) {
  const auto* expected = spec.find("expected");
  if (expected == nullptr) return {};
  const auto time = [&](std::string_view key) { return parse_duration(expected->text(key)); };
  return {time("detect"), time("acknowledge"), time("diagnose"), time("mitigate"),
          time("communicate")};
}

}  // namespace

std::optional<DrillScenario> drill_from(const Json& document) {
  const auto* metadata = document.find("metadata");
  const auto* spec = document.find("spec");
  if (document.text("kind") != "Drill" || metadata == nullptr || spec == nullptr)
    return std::nullopt;
  DrillScenario scenario;
  scenario.name = metadata->text("name");
  scenario.objective = spec->text("objective");
  scenario.hypothesis = spec->text("hypothesis");
  scenario.blast_radius = spec->text("blastRadius");
  scenario.abort_condition = spec->text("abortCondition");
  scenario.source = spec->text("source");
  scenario.services = texts_in(spec->find("services"));
  scenario.severity = severity_from(spec->text("severity")).value_or(Severity::undetermined);
  scenario.participants = objects_in<DrillParticipant>(*spec, "participants", [](const Json& item) {
    return DrillParticipant{item.text("role"), item.text("person")};
  });
  scenario.injects = objects_in<DrillInject>(*spec, "injects", [](const Json& item) {
    return DrillInject{parse_duration(item.text("at")).value_or(Micros{0}), item.text("from"),
                       item.text("text")};
  });
  std::stable_sort(scenario.injects.begin(), scenario.injects.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  scenario.expected = times_of(*spec);
  scenario.diagnosis = spec->text("diagnosis");
  scenario.runbook = objects_in<RunbookStep>(*spec, "runbook", [](const Json& item) {
    return RunbookStep{item.text("step"), item.text("match")};
  });
  return scenario;
}

Json document_of(const DrillScenario& scenario) {
  auto spec = Json::object();
  put(spec, "objective", scenario.objective);
  put(spec, "hypothesis", scenario.hypothesis);
  put(spec, "blastRadius", scenario.blast_radius);
  put(spec, "abortCondition", scenario.abort_condition);
  put(spec, "source", scenario.source);
  auto services = Json::array();
  for (const auto& service : scenario.services) services.push(service);
  if (!scenario.services.empty()) spec.set("services", std::move(services));
  if (scenario.severity != Severity::undetermined)
    spec.set("severity", to_string(scenario.severity));
  auto participants = Json::array();
  for (const auto& one : scenario.participants) {
    auto item = Json::object({{"role", one.role}});
    put(item, "person", one.person);
    participants.push(std::move(item));
  }
  if (!scenario.participants.empty()) spec.set("participants", std::move(participants));
  auto injects = Json::array();
  for (const auto& one : scenario.injects) {
    auto item = Json::object({{"at", whole_seconds(one.at)}});
    put(item, "from", one.from);
    injects.push(item.set("text", one.text));
  }
  spec.set("injects", std::move(injects));
  auto expected = Json::object();
  put(expected, "detect", scenario.expected.detect);
  put(expected, "acknowledge", scenario.expected.acknowledge);
  put(expected, "diagnose", scenario.expected.diagnose);
  put(expected, "mitigate", scenario.expected.mitigate);
  put(expected, "communicate", scenario.expected.communicate);
  if (!expected.as_object().empty()) spec.set("expected", std::move(expected));
  put(spec, "diagnosis", scenario.diagnosis);
  auto runbook = Json::array();
  for (const auto& one : scenario.runbook)
    runbook.push(Json::object({{"step", one.step}, {"match", one.match}}));
  if (!scenario.runbook.empty()) spec.set("runbook", std::move(runbook));
  return Json::object({{"apiVersion", "nines/v1"},
                       {"kind", "Drill"},
                       {"metadata", Json::object({{"name", scenario.name}})},
                       {"spec", std::move(spec)}});
}

DrillScenario draft_drill(const Record& past, std::string_view name) {
  const auto roles = roles_by_name(past);
  const auto begin = beginning_of(past);
  DrillScenario scenario;
  scenario.name = name;
  scenario.source = past.head.name;
  scenario.objective = "See whether '" + anonymous(past.head.title, roles) +
                       "' would be noticed, understood and stopped sooner than in " +
                       past.head.name + ".";
  scenario.hypothesis = "The times that were reached in " + past.head.name + " are reached again.";
  scenario.blast_radius = "None: nothing is broken, the injects tell what would be seen.";
  scenario.abort_condition = "A real incident is declared.";
  scenario.services = past.head.services;
  scenario.severity = past.head.severity;
  for (const auto& span : past.roles)
    if (std::none_of(scenario.participants.begin(), scenario.participants.end(),
                     [&](const auto& one) { return one.role == span.role; }))
      scenario.participants.push_back({span.role, {}});
  for (const auto& entry : past.entries)
    if (is_inject(entry))
      scenario.injects.push_back({std::max(Micros{0}, Micros{entry.when.at - begin}),
                                  entry.origin.system, anonymous(entry.text, roles)});
  if (scenario.injects.empty())
    scenario.injects.push_back({Micros{0}, {}, anonymous(past.head.title, roles)});
  const auto& stones = past.milestones;
  scenario.expected = {since(stones, milestone::kDetected, begin),
                       since(stones, milestone::kAcknowledged, begin), std::nullopt,
                       since(stones, milestone::kMitigated, begin),
                       since(stones, milestone::kCustomersTold, begin)};
  for (const auto& entry : past.entries)
    if (entry.kind == EntryKind::hypothesis && !entry.retracted && entry.when.at >= begin)
      scenario.expected.diagnose = entry.when.at - begin;  // the last one stood
  return scenario;
}

Instant due_at(const Drill& drill, std::size_t index) {
  return drill.started_at +
         Micros{drill.scenario.injects[index].at.count() / std::max<std::int64_t>(1, drill.speed)};
}

}  // namespace nines::incident
