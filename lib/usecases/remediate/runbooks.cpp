// Gathers links from definitions, incidents and the record, and looks at each once.
#include "usecases/remediate/runbooks.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/day.hpp"
#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/runbooks.hpp"
#include "store/store.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/incident/open.hpp"
#include "usecases/incident/write.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using nines::remediate::RunbookLink;

constexpr std::string_view kRunbookKey = "nines.dev/runbook";
constexpr std::size_t kLargestRunbook = 4 << 20;

/// Something that should have a runbook, or that tells people what to type.
struct RunbookSubject {
  std::string kind, name;
  std::string service;             ///< of an SLO: its service's runbook counts too
  std::vector<std::string> links;  ///< that its definition carries
  std::string label() const { return kind + " " + name; }
};

std::vector<std::string> annotated(const std::map<std::string, std::string>& annotations) {
  const auto found = annotations.find(std::string(kRunbookKey));
  return found == annotations.end() ? std::vector<std::string>{}
                                    : std::vector<std::string>{found->second};
}

const Json* member(const Json* json, std::string_view name) {
  return json == nullptr ? nullptr : json->find(name);
}

const Json::Array& list_of(const Json* json, std::string_view name) {
  static const Json::Array kNone;
  const auto* list = member(json, name);
  return list != nullptr && list->is_array() ? list->as_array() : kNone;
}

/// Alerting rules of Prometheus, by the annotation that Alertmanager's community uses.
void add_rules(std::vector<RunbookSubject>& subjects, const Json& document) {
  const auto* spec = document.find("spec");
  for (const auto& group : list_of(spec != nullptr ? spec : &document, "groups"))
    for (const auto& rule : list_of(&group, "rules")) {
      const auto name = rule.text("alert");
      if (name.empty()) continue;
      RunbookSubject subject{"alert", name, {}, {}};
      const auto* annotations = rule.find("annotations");
      for (const auto* key : {"runbook_url", "runbook"})
        if (const auto* link = member(annotations, key); link != nullptr && link->is_string())
          subject.links.push_back(link->as_string());
      subjects.push_back(std::move(subject));
    }
}

std::vector<RunbookSubject> subjects_of(const Session& session) {
  std::vector<RunbookSubject> subjects;
  const auto catalogue = load_catalogue(session);
  for (const auto& slo : catalogue.slos)
    subjects.push_back({"SLO", slo.name, slo.service, annotated(slo.annotations)});
  for (const auto& [name, service] : catalogue.services)
    subjects.push_back({"service", name, {}, annotated(service.annotations)});
  for (const auto& stored : store::definitions(session.store())) {
    if (stored.kind == "AlertPolicy") {
      RunbookSubject subject{"alert", stored.name, {}, {}};
      const auto* annotations = member(stored.document.find("metadata"), "annotations");
      if (const auto* link = member(annotations, kRunbookKey);
          link != nullptr && link->is_string())
        subject.links.push_back(link->as_string());
      subjects.push_back(std::move(subject));
    } else if (stored.kind == "PrometheusRule" || stored.kind == "RuleFile") {
      add_rules(subjects, stored.document);
    }
  }
  return subjects;
}

/// Keeps what an incident's services, alerts and links touch.
void keep_touched(std::vector<RunbookSubject>& subjects, const incident::Incident& incident) {
  std::erase_if(subjects, [&](const RunbookSubject& one) {
    const auto& name = one.kind == "SLO" ? one.service : one.name;
    return one.kind == "alert" || std::find(incident.services.begin(), incident.services.end(),
                                            name) == incident.services.end();
  });
}

bool inside(const std::filesystem::path& root, const std::filesystem::path& path) {
  const auto relative = path.lexically_relative(root);
  return !relative.empty() && *relative.begin() != "..";
}

class Look {
 public:
  Look(const RunbookQuery& query, Instant now)
      : query_(query),
        root_(std::filesystem::weakly_canonical(query.root)),
        today_(std::chrono::floor<std::chrono::days>(now)) {}

  void at(CheckedRunbook& runbook) const {
    if (nines::remediate::is_url(runbook.link))
      url(runbook);
    else
      file(runbook);
    age(runbook);
  }

  void programs(CheckedRunbook& runbook,
                const std::vector<nines::remediate::RunbookCommand>& commands,
                const std::string& name) const {
    for (const auto& command : commands) {
      if (command.program.find('/') != std::string::npos && command.program.front() != '/')
        continue;  // beside the runbook, or in a checkout we cannot know
      if (find_program(command.program, query_.env).empty())
        runbook.problems.push_back(
            {"no-command", fmt::format("{}:{}: '{}' is not on PATH here", name, command.line,
                                       command.program)});
    }
  }

 private:
  void url(CheckedRunbook& runbook) const {
    if (query_.url_command.empty()) {
      runbook.problems.push_back({"not-checked", "a URL: --url-command tries it"});
      return;
    }
    ProcessRequest request;
    for (const auto& word : query_.url_command)
      request.argv.push_back(word == "{url}" ? runbook.link : word);
    request.env = query_.env;
    request.timeout = std::chrono::seconds{30};
    const auto result = run_process(request);
    using End = ProcessResult::End;
    if (result.stop_asked) throw Error(ExitCode::interrupted, "stopped", "", "INTERRUPTED");
    if (result.end == End::not_found || result.end == End::not_started)
      throw Error(ExitCode::not_found, "cannot run '" + request.argv.front() + "'",
                  "--url-command names a program on PATH, and {url} as one of its words",
                  "NO_PROGRAM");
    if (result.end == End::exited && result.exit_code == 0) return;
    runbook.problems.push_back(
        {"dead", result.end == End::timed_out ? "no answer within 30s"
                 : result.end == End::exited
                     ? fmt::format("the command says no: exit {}", result.exit_code)
                     : "the command was ended by a signal"});
  }

  void file(CheckedRunbook& runbook) const {
    const auto hash = runbook.link.find('#');
    const auto name = runbook.link.substr(0, hash);
    const auto path = std::filesystem::weakly_canonical(root_ / name);
    std::error_code none;
    if (!inside(root_, path)) {
      runbook.problems.push_back({"outside", "it lies outside of " + query_.root.string()});
      return;
    }
    if (!std::filesystem::is_regular_file(path, none)) {
      runbook.problems.push_back({"dead", "no file '" + name + "'"});
      return;
    }
    const auto text = read_file(path, kLargestRunbook);
    if (hash != std::string::npos &&
        !nines::remediate::has_heading_anchor(text, std::string_view(runbook.link).substr(hash + 1)))
      runbook.problems.push_back(
          {"no-anchor", "no heading '" + runbook.link.substr(hash) + "' in it"});
    if (const auto day = nines::remediate::runbook_reviewed(text);
        day && (!runbook.reviewed || *day > *runbook.reviewed))
      runbook.reviewed = day;
    programs(runbook, nines::remediate::runbook_commands(text), name);
  }

  void age(CheckedRunbook& runbook) const {
    if (std::any_of(runbook.problems.begin(), runbook.problems.end(),
                    [](const auto& one) { return one.kind == "dead" || one.kind == "outside"; }))
      return;
    if (!runbook.reviewed) {
      runbook.problems.push_back(
          {"never-reviewed", "no day of a review stands in it, and none is on record"});
      return;
    }
    const auto age = today_ - *runbook.reviewed;
    if (age <= query_.longest) return;
    runbook.problems.push_back(
        {"stale", fmt::format("reviewed {}, {} ago; the limit is {}", format_day(*runbook.reviewed),
                              format_duration(age), format_duration(query_.longest))});
    if (!nines::remediate::is_url(runbook.link))
      runbook.change = runbook_changes(root_, runbook.link.substr(0, runbook.link.find('#')),
                                       *runbook.reviewed, query_.env);
  }

  const RunbookQuery& query_;
  std::filesystem::path root_;
  Day today_;
};

/// Steps of applied playbooks are commands that somebody will want at night, too.
void add_playbooks(const Session& session, RunbookReport& report, const Look& look) {
  for (const auto& stored : store::definitions(session.store())) {
    if (stored.kind != "Playbook") continue;
    std::vector<nines::remediate::RunbookCommand> commands;
    int number = 0;
    for (const auto& step : list_of(stored.document.find("spec"), "steps")) {
      ++number;
      const auto& words = list_of(&step, "command");
      if (!words.empty() && words.front().is_string() &&
          words.front().as_string().find('{') == std::string::npos)
        commands.push_back({words.front().as_string(), number});
    }
    CheckedRunbook runbook{stored.path, {"playbook " + stored.name}, {}, std::nullopt, {}};
    look.programs(runbook, commands, "step ");
    for (auto& problem : runbook.problems)
      if (problem.text.starts_with("step :")) problem.text = "step " + problem.text.substr(6);
    report.runbooks.push_back(std::move(runbook));
  }
}

}  // namespace

bool RunbookReport::sound() const {
  return without.empty() &&
         std::none_of(runbooks.begin(), runbooks.end(), [](const CheckedRunbook& one) {
           return std::any_of(one.problems.begin(), one.problems.end(),
                              [](const RunbookProblem& problem) { return problem.counts(); });
         });
}

RunbookLink link_runbook(Session& session, const RunbookRequest& request, bool dry_run) {
  RunbookLink link{make_uid(session), {},
                   one_line(request.link, "link"),
                   request.kind,
                   one_line(request.about, "name"),
                   session.options().actor,
                   session.now(),
                   std::nullopt};
  if (request.kind != "alert") {
    std::vector<std::string> known;
    for (const auto& one : subjects_of(session))
      if (one.kind == request.kind) known.push_back(one.name);
    const std::vector<std::string_view> views(known.begin(), known.end());
    if (std::find(known.begin(), known.end(), link.about) == known.end())
      throw Error(ExitCode::not_found, fmt::format("no {} '{}' is applied", link.kind, link.about),
                  did_you_mean_hint(link.about, views),
                  request.kind == "SLO" ? "UNKNOWN_SLO" : "UNKNOWN_SERVICE");
  }
  bool fresh = true;
  for (auto& one : store::runbook_links(session.store()))
    if (one.link == link.link && one.kind == link.kind && one.about == link.about) {
      link = std::move(one);
      fresh = false;
      break;
    }
  if (request.reviewed) link.reviewed = session.now();
  if (dry_run || (!fresh && !request.reviewed)) return link;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  if (fresh) {
    const auto number = store::take_number(session.store().db(), "RBK");
    link.name = "RBK-" + std::to_string(number);
    tx.append(store::runbook_linked(link, number));
  }
  if (request.reviewed) tx.append(store::runbook_reviewed(link.uid, session.now()));
  tx.commit();
  return link;
}

RunbookReport check_runbooks(const Session& session, const RunbookQuery& query) {
  std::map<std::string, CheckedRunbook> found;
  const auto add = [&](const std::string& link, const std::string& of) -> CheckedRunbook& {
    auto& runbook = found[link];
    runbook.link = link;
    if (std::find(runbook.of.begin(), runbook.of.end(), of) == runbook.of.end())
      runbook.of.push_back(of);
    return runbook;
  };
  auto subjects = subjects_of(session);
  std::optional<incident::Incident> about;
  if (query.incident) about = choose_incident(session, query.incident);
  if (about) keep_touched(subjects, *about);
  const auto recorded = store::runbook_links(session.store());
  std::set<std::string> covered;
  for (const auto& subject : subjects) {
    for (const auto& link : subject.links) {
      add(link, subject.label());
      covered.insert(subject.label());
    }
    for (const auto& one : recorded) {
      if (one.kind != subject.kind || one.about != subject.name) continue;
      auto& runbook = add(one.link, subject.label());
      runbook.records.push_back(one.name);
      if (one.reviewed) {
        const auto day = std::chrono::floor<std::chrono::days>(*one.reviewed);
        runbook.reviewed = std::max(runbook.reviewed.value_or(day), day);
      }
      covered.insert(subject.label());
    }
  }
  if (about) {
    for (const auto& link :
         store::incident_record(session.store(), about->uid, store::Lines::none).links)
      if (link.relation == "runbook") add(link.target, about->name);
  } else {
    for (const auto& one : recorded)  // of alerts that no applied rule defines
      if (const auto label = one.kind + " " + one.about; !covered.contains(label))
        add(one.link, label).records.push_back(one.name);
  }
  RunbookReport report;
  for (const auto& subject : subjects)
    if (subject.kind != "service" && !covered.contains(subject.label()) &&
        !covered.contains("service " + subject.service))
      report.without.push_back(subject.label());
  const Look look(query, session.now());
  for (auto& [link, runbook] : found) {
    look.at(runbook);
    report.runbooks.push_back(std::move(runbook));
  }
  if (!about) add_playbooks(session, report, look);
  return report;
}

}  // namespace nines::usecases
