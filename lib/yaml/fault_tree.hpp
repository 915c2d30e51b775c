// The kind FaultTree of nines/v1: its field table, its reader, and the document that says a tree.
#pragma once

#include <optional>

#include "base/json.hpp"
#include "domain/rca/tree/draft.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kFaultTreeShape;

/// From a document as `Definition::json` has it; for those that passed the checks, all of it.
std::optional<rca::tree::Draft> fault_tree_from(const Json& document);

/// The document that `fault_tree_from` reads as `tree`. Names that YAML trees cannot have (blanks,
/// dots, a digit first) go in as they are: `slo check` then says so.
Json fault_tree_document(const rca::tree::FaultTree& tree);

}  // namespace nines::yaml
