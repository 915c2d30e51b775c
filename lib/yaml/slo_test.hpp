// The nines/v1 kind SLOTest: its field table, and its reader with the place of each expectation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/alert/suite.hpp"
#include "yaml/definitions.hpp"
#include "yaml/shape.hpp"

namespace nines::yaml {

extern const Shape kSloTestShape;

/// A document stands in a folder of definitions, and is never recorded by `slo apply`.
void read_slo_test(const Node& document, Definition& definition);

/// One document. Findings have place, path and object only.
struct LocatedSuite {
  alert::Suite suite;
  Finding slo;  ///< place of the name of the SLO, or of the target
  std::vector<Finding> tests;
  std::vector<std::vector<Finding>> expectations;  ///< per test
};

/// The documents of this kind in bytes that `read_definitions` found valid.
std::vector<LocatedSuite> read_slo_tests(std::string_view bytes, std::string_view file);

}  // namespace nines::yaml
