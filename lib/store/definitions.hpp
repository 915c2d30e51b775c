// The catalogue of definitions: what each YAML document said, since when, and who said so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "domain/log/event.hpp"
#include "domain/slo/definition.hpp"
#include "store/projection.hpp"
#include "store/store.hpp"

namespace nines::store {

/// Subjects "definition/<Kind>/<name>"; events definition.applied and definition.retired.
const Aggregate& definition_aggregate();

/// By kind and name. Retired ones only when asked for.
std::vector<slo::DefinitionRecord> definitions(const Store& store, bool with_retired = false);
/// Living ones of one kind, by name: for a command that needs few of many.
std::vector<slo::DefinitionRecord> definitions_of_kind(const Store& store, std::string_view kind);
std::optional<slo::DefinitionRecord> find_definition(const Store& store, std::string_view kind,
                                                     std::string_view name);
/// Every revision, oldest first; a retirement keeps the document it retired.
std::vector<slo::DefinitionRecord> definition_revisions(const Store& store, std::string_view kind,
                                                        std::string_view name);
/// Rises with every change of the catalogue; 0 when nothing was ever applied.
std::int64_t definition_count(const Store& store);

struct NewDefinition {
  std::string kind;
  std::string name;
  std::string api_version;
  std::string path;
  Json document;  ///< as yaml::to_json gives it
  std::string renamed_from = {};
  std::string owner = {};
  std::string approver = {};
  Hash256 previous{};  ///< digest of the document it replaces; zeros for the first
};

log::NewEvent definition_applied(const NewDefinition& definition);
/// `renamed_to` is empty unless the definition goes on under another name.
log::NewEvent definition_retired(std::string_view kind, std::string_view name,
                                 std::string_view renamed_to = {});
/// SHA-256 of the canonical document.
Hash256 definition_digest(const Json& document);

}  // namespace nines::store
