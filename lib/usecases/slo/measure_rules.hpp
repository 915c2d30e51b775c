// Which figures the applied definitions ask of one engine.
#pragma once

#include <string>
#include <vector>

#include "domain/slo/counting.hpp"
#include "domain/slo/model.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {

struct EngineRule {
  series::SeriesKey key;  ///< `split` empty
  Hash128 id{};
  nines::slo::Counting counting;
  std::vector<std::string> slos;
  std::chrono::seconds window{0};  ///< the longest of the SLOs
  Ratio target;                    ///< the strictest of the objectives
};

struct EngineRules {
  std::vector<EngineRule> rules;      ///< each once, by first use
  std::vector<std::string> problems;  ///< "SLO checkout: ..."
};

EngineRules engine_rules(const Catalogue& catalogue, const nines::slo::DataSource& source);

}  // namespace nines::usecases
