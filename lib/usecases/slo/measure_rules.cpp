// Goes through every objective, and keeps what reads the source.
#include "usecases/slo/measure_rules.hpp"

#include <algorithm>

#include "store/import.hpp"

namespace nines::usecases {
namespace {

EngineRule& rule_for(EngineRules& out, nines::slo::Counting counting) {
  const Hash128 id = store::rule_of(counting.key);
  for (EngineRule& rule : out.rules)
    if (rule.id == id) return rule;
  EngineRule rule;
  rule.key = counting.key;
  rule.id = id;
  rule.counting = std::move(counting);
  return out.rules.emplace_back(std::move(rule));
}

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

}  // namespace

EngineRules engine_rules(const Catalogue& catalogue, const nines::slo::DataSource& source) {
  EngineRules out;
  for (const auto& slo : catalogue.slos) {
    for (const auto& objective : slo.objectives) {
      const auto* indicator = nines::slo::indicator_of(slo, objective);
      if (indicator == nullptr) continue;
      const auto* named = catalogue.source_of(nines::slo::read_metric(*indicator));
      if (named == nullptr || named->name != source.name) continue;
      auto found = nines::slo::counting_of(slo, objective, source);
      if (!found.counting) {
        add_once(out.problems, "SLO " + slo.name + ": " + found.problem);
        continue;
      }
      EngineRule& rule = rule_for(out, std::move(*found.counting));
      add_once(rule.slos, slo.name);
      rule.window = std::max(rule.window, slo.window.length.rolling());
      if (rule.target < objective.target) rule.target = objective.target;
    }
  }
  return out;
}

}  // namespace nines::usecases
