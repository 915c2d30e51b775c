// Reads the catalogue for people.
#include "usecases/slo/browse.hpp"

#include <algorithm>
#include <map>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/definitions.hpp"
#include "usecases/slo/names.hpp"
#include "usecases/slo/stored_reader.hpp"

namespace nines::usecases {
namespace {

bool defines_slos(const std::string& kind) {
  return kind == "SLO" || kind == "PrometheusServiceLevel";
}

bool is_wanted(const nines::slo::DefinitionRecord& record, const ListQuery& query) {
  if (!query.owner.empty() && record.owner != query.owner) return false;
  if (query.kind == "all") return true;
  if (query.kind.empty()) return defines_slos(record.kind);
  return to_lower_ascii(record.kind) == to_lower_ascii(query.kind);
}

void check_kind(const std::vector<nines::slo::DefinitionRecord>& all, const std::string& kind) {
  if (kind.empty() || kind == "all") return;
  std::vector<std::string_view> kinds;
  for (const auto& record : all) {
    if (to_lower_ascii(record.kind) == to_lower_ascii(kind)) return;
    kinds.push_back(record.kind);
  }
  const auto hint = did_you_mean_hint(kind, kinds);
  if (!hint.empty())
    throw Error(ExitCode::not_found, "no definition of kind '" + kind + "'", hint, "UNKNOWN_KIND");
}

/// Revisions under this name, and before them those under the name it was renamed from.
void collect(const store::Store& store, const std::string& kind, const std::string& name,
             std::vector<nines::slo::DefinitionRecord>& chain) {
  constexpr std::size_t kLongestChain = 20;  // renames in a circle end here
  auto revisions = store::definition_revisions(store, kind, name);
  std::vector<std::string> names{name};
  while (!revisions.empty() && !revisions[0].renamed_from.empty() && names.size() < kLongestChain) {
    const auto& first = revisions[0];
    if (std::find(names.begin(), names.end(), first.renamed_from) != names.end()) break;
    names.push_back(first.renamed_from);
    auto earlier = store::definition_revisions(store, kind, first.renamed_from);
    std::erase_if(earlier, [&](const auto& r) { return r.at > first.at || r.tx == first.tx; });
    earlier.insert(earlier.end(), revisions.begin(), revisions.end());
    revisions = std::move(earlier);
  }
  chain = std::move(revisions);
}

std::vector<FieldOrigin> origins_of(const std::vector<RevisionEntry>& revisions) {
  std::map<std::string, std::size_t> set_by;
  for (std::size_t i = 0; i < revisions.size(); ++i)
    for (const auto& change : revisions[i].changes) set_by[change.path] = i;
  std::vector<FieldOrigin> origins;
  for (auto& field : nines::slo::fields_of(revisions.back().record.document)) {
    const auto found = set_by.find(field.path);
    const std::size_t entry = found == set_by.end() ? 0 : found->second;
    origins.push_back({std::move(field), entry});
  }
  return origins;
}

}  // namespace

std::vector<ListedDefinition> list_definitions(const Session& session, const ListQuery& query) {
  const auto all = store::definitions(session.store(), query.retired);
  check_kind(all, query.kind);
  std::vector<ListedDefinition> listed;
  for (const auto& record : all) {
    if (!is_wanted(record, query)) continue;
    auto slos = slos_of(record);
    if (slos.empty() && query.service.empty()) listed.push_back({record, std::nullopt});
    for (auto& slo : slos)
      if (query.service.empty() || slo.service == query.service)
        listed.push_back({record, std::move(slo)});
  }
  const auto name_of = [](const ListedDefinition& l) -> const std::string& {
    return l.slo ? l.slo->name : l.record.name;
  };
  std::stable_sort(listed.begin(), listed.end(),
                   [&](const auto& a, const auto& b) { return name_of(a) < name_of(b); });
  return listed;
}

ShownDefinition show_definition(const Session& session, const std::string& name) {
  ShownDefinition shown{.record = get_definition(session, name, true), .slos = {}, .used_by = {}};
  shown.slos = slos_of(shown.record);
  for (const auto& record : store::definitions(session.store())) {
    const auto definition = read_record(record);
    if (!definition) continue;
    const auto refers = [&](const yaml::Reference& r) {
      return r.kind == shown.record.kind && r.name == shown.record.name;
    };
    if (std::any_of(definition->references.begin(), definition->references.end(), refers))
      shown.used_by.push_back(record.kind + " " + record.name);
  }
  return shown;
}

DefinitionHistory definition_history(const Session& session, const std::string& name) {
  const auto record = get_definition(session, name, true);
  std::vector<nines::slo::DefinitionRecord> chain;
  collect(session.store(), record.kind, record.name, chain);
  DefinitionHistory history{
      .kind = record.kind, .name = record.name, .revisions = {}, .fields = {}};
  Json before;
  for (auto& revision : chain) {
    auto changes = nines::slo::changes_between(before, revision.document);
    before = revision.document;
    history.revisions.push_back({std::move(revision), std::move(changes)});
  }
  if (!history.revisions.empty()) history.fields = origins_of(history.revisions);
  return history;
}

}  // namespace nines::usecases
