// Finds the definition that a name on the command line means.
#pragma once

#include <string>

#include "domain/slo/definition.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

/// "checkout" or "Kind/checkout". SLOs come before other kinds, living ones before retired ones.
/// Throws Error{not_found} with close names, or with the candidates when the name is ambiguous.
nines::slo::DefinitionRecord get_definition(const Session& session, const std::string& name,
                                            bool with_retired);

}  // namespace nines::usecases
