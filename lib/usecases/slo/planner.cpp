// Decides per definition: new, changed, renamed, restored, retired, or as it was.
#include "usecases/slo/planner.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

namespace nines::usecases {
namespace {

using Key = std::pair<std::string, std::string>;

std::string annotation(const Json& document, std::string_view name) {
  const auto* metadata = document.find("metadata");
  const auto* annotations = metadata == nullptr ? nullptr : metadata->find("annotations");
  return annotations == nullptr ? std::string() : annotations->text(name);
}

class Planner {
 public:
  Planner(DefinitionSet& set, const std::vector<nines::slo::DefinitionRecord>& stored, bool prune)
      : set_(set), prune_(prune) {
    for (const auto& record : stored) stored_.emplace(Key{record.kind, record.name}, &record);
    for (const auto& item : set.definitions)
      given_.insert({item.definition.kind, item.definition.name});
  }

  std::vector<PlannedDefinition> run() {
    for (const auto& item : set_.definitions) {
      check_references(item);
      plan_.push_back(plan_of(item));
    }
    for (const auto& [key, record] : stored_)
      if (!record->retired && renamed_.contains(key)) retire(*record);
    if (prune_)
      for (const auto& [key, record] : stored_)
        if (!record->retired && !given_.contains(key) && !renamed_.contains(key)) retire(*record);
    return std::move(plan_);
  }

 private:
  const nines::slo::DefinitionRecord* find(const Key& key) const {
    const auto found = stored_.find(key);
    return found == stored_.end() ? nullptr : found->second;
  }
  const nines::slo::DefinitionRecord* find_live(const Key& key) const {
    const auto* record = find(key);
    return record != nullptr && !record->retired ? record : nullptr;
  }

  void report(Finding where, std::string code, std::string message, std::string hint) {
    where.severity = Severity::error;
    where.code = std::move(code);
    where.message = std::move(message);
    where.hint = std::move(hint);
    set_.findings.push_back(std::move(where));
  }

  void check_references(const FileDefinition& item) {
    for (const auto& reference : item.definition.references) {
      const Key key{reference.kind, reference.name};
      if (reference.soft || given_.contains(key) || (!prune_ && find_live(key) != nullptr))
        continue;
      report(reference.where, "REF_UNRESOLVED",
             fmt::format("{} '{}' is neither in these files nor applied", reference.kind,
                         reference.name),
             "apply it together with this file, or mend the name");
    }
  }

  /// The definition that this one says it was called before; null when there is nothing to take
  /// over.
  const nines::slo::DefinitionRecord* renamed_record(const FileDefinition& item) {
    const auto old = annotation(item.definition.json, "nines.dev/renamed-from");
    if (old.empty() || old == item.definition.name) return nullptr;
    const Key key{item.definition.kind, old};
    const auto* record = find_live(key);
    if (record == nullptr || find_live({item.definition.kind, item.definition.name}) != nullptr)
      return nullptr;
    if (given_.contains(key)) {
      report(item.definition.where, "RENAME_CLASH",
             fmt::format("'{}' is renamed from '{}', which these files define too",
                         item.definition.name, old),
             "remove the old definition, or the annotation nines.dev/renamed-from");
      return nullptr;
    }
    return record;
  }

  PlannedDefinition plan_of(const FileDefinition& item) {
    const auto& definition = item.definition;
    const Key key{definition.kind, definition.name};
    const auto* record = find(key);
    PlannedDefinition planned{.kind = definition.kind,
                              .name = definition.name,
                              .path = item.file,
                              .renamed_from = {},
                              .revision = record == nullptr ? 1 : record->revision + 1,
                              .changes = {}};
    Json before;
    if (const auto* old = renamed_record(item)) {
      planned.action = ApplyAction::renamed;
      planned.renamed_from = old->name;
      renamed_.insert({old->kind, old->name});
      before = old->document;
    } else if (record == nullptr) {
      planned.action = ApplyAction::created;
    } else if (record->retired) {
      planned.action = ApplyAction::restored;
      planned.reason_needed = true;
      before = record->document;
    } else if (record->document.canonical() == definition.json.canonical()) {
      planned.revision = record->revision;
      return planned;
    } else {
      planned.action = ApplyAction::changed;
      before = record->document;
    }
    planned.changes = nines::slo::changes_between(before, definition.json);
    planned.reason_needed = planned.reason_needed || nines::slo::changes_a_number(planned.changes);
    return planned;
  }

  void retire(const nines::slo::DefinitionRecord& record) {
    const bool renamed = renamed_.contains({record.kind, record.name});
    plan_.push_back({.action = ApplyAction::retired,
                     .kind = record.kind,
                     .name = record.name,
                     .path = record.path,
                     .renamed_from = {},
                     .revision = record.revision + 1,
                     .changes = {},
                     .reason_needed = !renamed});
  }

  DefinitionSet& set_;
  bool prune_;
  std::map<Key, const nines::slo::DefinitionRecord*> stored_;
  std::set<Key> given_;
  std::set<Key> renamed_;
  std::vector<PlannedDefinition> plan_;
};

}  // namespace

std::string_view to_string(ApplyAction action) {
  switch (action) {
    case ApplyAction::created:
      return "created";
    case ApplyAction::changed:
      return "changed";
    case ApplyAction::renamed:
      return "renamed";
    case ApplyAction::restored:
      return "restored";
    case ApplyAction::retired:
      return "retired";
    case ApplyAction::unchanged:
      return "unchanged";
  }
  return "unchanged";
}

bool reason_needed(const std::vector<PlannedDefinition>& plan) {
  return std::any_of(plan.begin(), plan.end(),
                     [](const auto& planned) { return planned.reason_needed; });
}

bool any_changed(const std::vector<PlannedDefinition>& plan) {
  return std::any_of(plan.begin(), plan.end(),
                     [](const auto& planned) { return planned.changed(); });
}

std::vector<PlannedDefinition> plan_definitions(
    DefinitionSet& set, const std::vector<nines::slo::DefinitionRecord>& stored, bool prune) {
  return Planner(set, stored, prune).run();
}

}  // namespace nines::usecases
