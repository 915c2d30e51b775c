// Which ways of counting the applied definitions ask of one source.
#pragma once

#include <string>
#include <vector>

#include "base/hash.hpp"
#include "domain/series/counts.hpp"
#include "ingest/rule.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

struct CountingRule {
  series::SeriesKey key;  ///< service and split empty
  Hash128 id{};
  ingest::Rule rule;
  std::vector<std::string> slos;
};

struct CountingRules {
  std::vector<CountingRule> rules;    ///< each once, by first use
  std::vector<std::string> problems;  ///< "SLO checkout: ..."
};

CountingRules counting_rules(const Catalogue& catalogue, const slo::DataSource& source);

}  // namespace nines::usecases
