// OpenSLO v1alpha: the older format that Sloth and some teams still use.
#pragma once

#include <span>

#include "domain/slo/model.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

std::span<const KindTable> openslo_v1alpha_kinds();

slo::Slo read_openslo_v1alpha_slo(const Node& document);

}  // namespace nines::yaml
