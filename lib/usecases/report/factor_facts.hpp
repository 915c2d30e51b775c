// The facts around one incident that the rules of contributing factors read; inside of the use
// cases.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/postmortem/factor.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct GatheredFacts {
  postmortem::FactorFacts facts = {};
  std::vector<std::string> not_known = {};  ///< what is not recorded, so that no rule speaks of it
};
/// `record` must outlive what is returned. Paths of runbooks start from `folder`.
GatheredFacts gather_factor_facts(const Session& session, const incident::Record& record,
                                  const std::filesystem::path& folder);

}  // namespace nines::usecases
