// Looking at what is applied: the list, one definition, its revisions, and who set each field.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "domain/slo/definition.hpp"
#include "domain/slo/model.hpp"
#include "domain/slo/revision.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct ListQuery {
  std::string kind;     ///< "Service"; empty = everything that defines SLOs; "all"
  std::string service;  ///< only SLOs of this service
  std::string owner;
  bool retired = false;  ///< retired ones too
};

/// One SLO, or one definition of another kind.
struct ListedDefinition {
  nines::slo::DefinitionRecord record;
  std::optional<nines::slo::Slo> slo;  ///< of kinds that define SLOs
};

/// By name. Throws Error{not_found} when nothing of `kind` was ever applied but the name is close
/// to a kind that was.
NINES_EXPORT std::vector<ListedDefinition> list_definitions(const Session& session,
                                                            const ListQuery& query);

struct ShownDefinition {
  nines::slo::DefinitionRecord record;
  std::vector<nines::slo::Slo> slos;  ///< several for a Sloth document, none for other kinds
  std::vector<std::string> used_by;   ///< "SLO checkout": applied definitions that refer to it
};

/// `name` is "checkout", where SLOs come first, or "Service/checkout".
/// Throws Error{not_found} with close names, or when several kinds other than SLO share the name.
NINES_EXPORT ShownDefinition show_definition(const Session& session, const std::string& name);

struct RevisionEntry {
  nines::slo::DefinitionRecord record;
  std::vector<nines::slo::FieldChange> changes;  ///< against the revision before
};

/// A field of the newest revision, and the revision that gave it its value.
struct FieldOrigin {
  nines::slo::Field field;
  std::size_t entry = 0;  ///< index into `revisions`
};

struct DefinitionHistory {
  std::string kind;
  std::string name;
  std::vector<RevisionEntry> revisions;  ///< oldest first, with those under earlier names
  std::vector<FieldOrigin> fields;
};

/// Throws as `show_definition`; retired definitions have a history too.
NINES_EXPORT DefinitionHistory definition_history(const Session& session, const std::string& name);

}  // namespace nines::usecases
