// Rules of Prometheus as files: plain, as the object of the Prometheus Operator, as alert windows.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "domain/alert/rule.hpp"

namespace nines::render {

/// A rule file: one document with one list of groups, each rule below a comment that says where it
/// comes from.
std::string rule_file_text(const std::vector<alert::RuleGroup>& groups);

/// The same as a PrometheusRule. `manager` is what app.kubernetes.io/managed-by says.
std::string prometheus_rule_text(const std::vector<alert::RuleGroup>& groups,
                                 const alert::Manifest& manifest, const std::string& manager);

/// One AlertWindows document, so that a run can be repeated.
std::string alert_windows_text(const alert::WindowTable& table);

/// [{"name", "rules": [{"record" or "alert", "expr", "for", "labels", "annotations",
/// "provenance"}]}]
Json rule_groups_json(const std::vector<alert::RuleGroup>& groups);

/// What a dashboard needs to know of an SLO.
struct BoardSlo {
  std::string service;
  std::string name;
  std::string period;  ///< "30d", as in the names of its series
};

/// A Grafana dashboard over the series of these SLOs, chosen by service and SLO.
std::string rule_dashboard_text(std::span<const BoardSlo> slos);

}  // namespace nines::render
