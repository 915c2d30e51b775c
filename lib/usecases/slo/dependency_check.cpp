// Whether the declared dependencies allow the targets, and whether they go in circles.
#include "usecases/slo/dependency_check.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "domain/slo/codes.hpp"

namespace nines::usecases {

namespace {

using nines::slo::Code;
using yaml::Definition;

/// What something can be relied on for, and who says so.
struct Ceiling {
  Ratio best;
  std::string said_by;
};

class Graph {
 public:
  Graph(const std::vector<const Definition*>& definitions, Findings& findings)
      : findings_(findings) {
    for (const Definition* definition : definitions) add(*definition);
  }

  void run() {
    for (const auto& [name, service] : services_) walk(name);
    for (const Definition* definition : slos_) check_targets(*definition);
  }

 private:
  void add(const Definition& definition) {
    if (const auto* service = std::get_if<catalog::Service>(&definition.object)) {
      services_.emplace(service->name, &definition);
      for (const auto& dependency : service->dependencies) {
        if (dependency.kind == catalog::Dependence::hard)
          needs_[service->name].push_back({dependency.on, dependency.vendor});
      }
    } else if (const auto* vendor = std::get_if<catalog::Vendor>(&definition.object)) {
      if (vendor->sla)
        raise(vendors_, vendor->name, *vendor->sla,
              "the contract of vendor '" + vendor->name + "'");
    } else if (const auto* slo = std::get_if<nines::slo::Slo>(&definition.object);
               slo != nullptr && definition.valid) {
      slos_.push_back(&definition);
      for (const auto& objective : slo->objectives) {
        raise(targets_, slo->service, objective.target,
              "SLO '" + slo->name + "' of service '" + slo->service + "'");
      }
      for (const auto part : split(slo->extra("depends-on"), ',')) {
        if (!trim(part).empty()) own_needs_[slo->name].push_back({std::string(trim(part)), false});
      }
    }
  }

  static void raise(std::map<std::string, Ceiling>& ceilings, const std::string& name,
                    const Ratio& value, std::string who) {
    const auto [at, fresh] = ceilings.try_emplace(name, Ceiling{value, who});
    if (!fresh && at->second.best < value) at->second = Ceiling{value, std::move(who)};
  }

  void report(Code code, const Finding& where, std::string message, std::string hint) {
    Finding finding = where;
    finding.code = nines::slo::name_of(code);
    finding.severity = Severity::warning;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.rejected_by = {"nines"};
    findings_.push_back(std::move(finding));
  }

  struct Need {
    std::string on;
    bool vendor;
  };

  /// Follows hard dependencies from `start`; a way back to it is reported once, at its first name.
  void walk(const std::string& start) {
    std::map<std::string, std::string> reached_from{{start, ""}};
    std::vector<std::string> open{start};
    while (!open.empty()) {
      const std::string at = open.back();
      open.pop_back();
      for (const Need& need : needs_[at]) {
        if (need.vendor) continue;
        if (need.on == start) return report_circle(start, at, reached_from);
        if (reached_from.emplace(need.on, at).second && services_.count(need.on) != 0)
          open.push_back(need.on);
      }
    }
  }

  void report_circle(const std::string& start, const std::string& last,
                     const std::map<std::string, std::string>& reached_from) {
    std::vector<std::string> way;
    for (std::string at = last; !at.empty(); at = reached_from.at(at)) way.push_back(at);
    std::reverse(way.begin(), way.end());
    if (*std::min_element(way.begin(), way.end()) != start) return;
    way.push_back(start);
    report(Code::ref_cycle, services_.at(start)->where,
           "services depend on each other in a circle: " + join(way, " -> "),
           "none of them could ever start: make one of the dependencies soft");
  }

  void check_targets(const Definition& definition) {
    const auto& slo = std::get<nines::slo::Slo>(definition.object);
    std::vector<Need> needs = own_needs_[slo.name];
    const auto& of_service = needs_[slo.service];
    needs.insert(needs.end(), of_service.begin(), of_service.end());
    for (std::size_t i = 0; i < slo.objectives.size(); ++i) {
      const auto& objective = slo.objectives[i];
      for (const Need& need : needs) {
        const auto& ceilings = need.vendor ? vendors_ : targets_;
        const auto found = ceilings.find(need.on);
        if (found == ceilings.end() || !(found->second.best < objective.target)) continue;
        report(Code::target_above_dependency,
               i < definition.targets.size() ? definition.targets[i] : definition.where,
               "target " + objective.target.percent_text() + " % is above the " +
                   found->second.best.percent_text() + " % of " + found->second.said_by,
               "lower the target, raise the other, or make the dependency soft");
        break;
      }
    }
  }

  Findings& findings_;
  std::map<std::string, const Definition*> services_;
  std::map<std::string, std::vector<Need>> needs_;
  std::map<std::string, std::vector<Need>> own_needs_;  ///< by SLO
  std::map<std::string, Ceiling> targets_;
  std::map<std::string, Ceiling> vendors_;
  std::vector<const Definition*> slos_;
};

}  // namespace

void check_dependencies(const std::vector<const Definition*>& definitions, Findings& findings) {
  Graph(definitions, findings).run();
}

}  // namespace nines::usecases
