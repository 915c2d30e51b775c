// OpenSLO v1 as a source of rules: which SLOs Prometheus can judge, and why it cannot judge others.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "domain/alert/generate.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// The definition of that kind and name among all that were read, or null.
using FindDefinition =
    std::function<const yaml::Definition*(std::string_view kind, std::string_view name)>;

/// One source per objective. What cannot be mapped gives a warning and no source.
std::vector<alert::RuleSource> openslo_rule_sources(const yaml::Definition& definition,
                                                    const FindDefinition& find,
                                                    std::vector<alert::Remark>& remarks);

/// The alerts that the policies of an OpenSLO v1 SLO declare, in place of page and ticket.
struct DeclaredAlerts {
  bool any = false;      ///< it has policies at all
  bool no_data = false;  ///< one of them wants to hear of absent data
  std::vector<alert::DeclaredAlert> alerts;
  std::vector<std::string> missing;  ///< sentences about what cannot be had
};
DeclaredAlerts declared_alerts(const yaml::Definition& definition, const FindDefinition& find);

}  // namespace nines::usecases
