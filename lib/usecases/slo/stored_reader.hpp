// Reads a stored document back into typed values.
#pragma once

#include <optional>
#include <vector>

#include "domain/slo/definition.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Empty when this version can no longer read the document.
std::optional<yaml::Definition> read_record(const nines::slo::DefinitionRecord& record);

/// The SLOs of a document: one, several, or none.
std::vector<nines::slo::Slo> slos_of(const nines::slo::DefinitionRecord& record);

}  // namespace nines::usecases
