// Collects the rules of a source from SLOs and from indicators that no SLO uses yet.
#include "usecases/slo/import_rules.hpp"

#include <algorithm>
#include <set>

#include "domain/slo/counting.hpp"
#include "store/import.hpp"

namespace nines::usecases {
namespace {

class Collector {
 public:
  Collector(const Catalogue& catalogue, const slo::DataSource& source)
      : catalogue_(catalogue), source_(source) {}

  CountingRules run() {
    for (const slo::Slo& slo : catalogue_.slos) {
      for (const slo::Objective& objective : slo.objectives)
        add(slo, objective, "SLO " + slo.name, slo.name);
    }
    for (const auto& [name, sli] : catalogue_.slis) add_unused(name, sli);
    return std::move(out_);
  }

 private:
  bool reads_source(const slo::Indicator& indicator) const {
    const slo::DataSource* named = catalogue_.source_of(slo::read_metric(indicator));
    return named != nullptr && named->name == source_.name;
  }

  void add(const slo::Slo& slo, const slo::Objective& objective, const std::string& who,
           const std::string& name) {
    const slo::Indicator* indicator = slo::indicator_of(slo, objective);
    if (indicator == nullptr || !reads_source(*indicator)) return;
    used_.insert(indicator->name);
    const slo::CountingOf found = slo::counting_of(slo, objective, source_);
    if (!found.counting) {
      const std::string problem = who + ": " + found.problem;
      if (std::find(out_.problems.begin(), out_.problems.end(), problem) == out_.problems.end())
        out_.problems.push_back(problem);
      return;
    }
    CountingRule& rule = rule_for(*found.counting);
    if (!name.empty() && std::find(rule.slos.begin(), rule.slos.end(), name) == rule.slos.end())
      rule.slos.push_back(name);
  }

  /// A ratio indicator can be counted before an SLO uses it; a threshold needs an objective.
  void add_unused(const std::string& name, const slo::Sli& sli) {
    if (used_.count(sli.indicator.name) > 0 || used_.count(name) > 0 ||
        sli.indicator.kind == slo::Indicator::Kind::threshold)
      return;
    slo::Slo slo;
    slo.name = name;
    slo.service = name;
    slo.indicator = sli.indicator;
    add(slo, slo::Objective{}, "SLI " + name, "");
  }

  CountingRule& rule_for(const slo::Counting& counting) {
    series::SeriesKey key = counting.key;
    key.service.clear();
    key.split.clear();
    const Hash128 id = store::rule_of(key);
    for (CountingRule& rule : out_.rules) {
      if (rule.id == id) return rule;
    }
    CountingRule rule{key, id, {}, {}};
    rule.rule.good = counting.good;
    rule.rule.total = counting.total;
    rule.rule.good_sum = counting.good_sum;
    rule.rule.total_sum = counting.total_sum;
    rule.rule.sums_bad = counting.sums_bad;
    rule.rule.value = counting.value;
    rule.rule.op = counting.op;
    rule.rule.limit = counting.limit;
    return out_.rules.emplace_back(std::move(rule));
  }

  const Catalogue& catalogue_;
  const slo::DataSource& source_;
  std::set<std::string> used_;
  CountingRules out_;
};

}  // namespace

CountingRules counting_rules(const Catalogue& catalogue, const slo::DataSource& source) {
  return Collector(catalogue, source).run();
}

}  // namespace nines::usecases
