// Reads, plans, checks that there is a reason, then appends one event per definition that changed.
#include "usecases/slo/apply.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/definition_set.hpp"
#include "usecases/slo/planner.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

void check_request(const ApplyRequest& request, const DefinitionSet& set) {
  if (request.prune) {
    for (const auto& path : request.paths)
      if (path == "-" || !fs::is_directory(request.cwd / path))
        throw Error(ExitCode::usage, "--prune takes folders, and '" + path + "' is none",
                    "name the folder that holds every definition", "PRUNE_NEEDS_FOLDER");
  }
  if (set.definitions.empty() && set.findings.empty())
    throw Error(ExitCode::usage, "no definitions found",
                "nines reads *.yaml, *.yml and *.json; nines slo new writes a first one",
                "NOTHING_TO_APPLY");
}

std::string owner_of(const Json& document) {
  if (const auto* metadata = document.find("metadata"))
    if (const auto* annotations = metadata->find("annotations"))
      if (auto owner = annotations->text("nines.dev/owner"); !owner.empty()) return owner;
  const auto* spec = document.find("spec");
  return spec == nullptr ? std::string() : spec->text("owner");
}

/// Turns the plan into events.
class Writer {
 public:
  Writer(const DefinitionSet& set, const std::vector<nines::slo::DefinitionRecord>& stored,
         const std::string& approver)
      : approver_(approver) {
    for (const auto& item : set.definitions)
      given_.emplace(std::pair(item.definition.kind, item.definition.name), &item.definition);
    for (const auto& record : stored) stored_.emplace(std::pair(record.kind, record.name), &record);
  }

  void write(store::Transaction& tx, const std::vector<PlannedDefinition>& plan) const {
    for (const auto& planned : plan)
      if (planned.action == ApplyAction::retired)
        tx.append(store::definition_retired(planned.kind, planned.name, renamed_to(plan, planned)));
    for (const auto& planned : plan)
      if (planned.changed() && planned.action != ApplyAction::retired) tx.append(applied(planned));
  }

 private:
  static std::string renamed_to(const std::vector<PlannedDefinition>& plan,
                                const PlannedDefinition& old) {
    for (const auto& planned : plan)
      if (planned.kind == old.kind && planned.renamed_from == old.name) return planned.name;
    return {};
  }

  log::NewEvent applied(const PlannedDefinition& planned) const {
    const auto& definition = *given_.at({planned.kind, planned.name});
    store::NewDefinition fresh{.kind = planned.kind,
                               .name = planned.name,
                               .api_version = definition.api_version,
                               .path = planned.path,
                               .document = definition.json,
                               .renamed_from = planned.renamed_from,
                               .owner = owner_of(definition.json),
                               .approver = approver_};
    const auto& old = planned.renamed_from.empty() ? planned.name : planned.renamed_from;
    if (const auto found = stored_.find({planned.kind, old}); found != stored_.end())
      fresh.previous = store::definition_digest(found->second->document);
    return store::definition_applied(fresh);
  }

  const std::string& approver_;
  std::map<std::pair<std::string, std::string>, const yaml::Definition*> given_;
  std::map<std::pair<std::string, std::string>, const nines::slo::DefinitionRecord*> stored_;
};

}  // namespace

ApplyResult apply_definitions(Session& session, const ApplyRequest& request) {
  auto set = read_definition_set(request.paths, request.cwd, request.input, session.now(),
                                 request.calendar_program);
  check_request(request, set);
  const auto known = store::definition_count(session.store());
  const auto stored = store::definitions(session.store(), true);
  ApplyResult result;
  result.files = set.files.size();
  result.plan = plan_definitions(set, stored, request.prune);
  result.findings = std::move(set.findings);
  if (has_errors(result.findings)) return result;
  const auto& options = session.options();
  result.reason_missing = reason_needed(result.plan) && options.because.value_or("").empty();
  if (request.dry_run || result.reason_missing || !any_changed(result.plan)) return result;
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  if (store::definition_count(session.store()) != known)
    throw Error(ExitCode::conflict, "somebody else applied definitions in the meantime",
                "run it again to see what changes now", "CHANGED_MEANWHILE");
  Writer(set, stored, request.approver).write(tx, result.plan);
  tx.commit();
  result.applied = true;
  return result;
}

}  // namespace nines::usecases
