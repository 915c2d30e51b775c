// OpenSLO v1 as a source of rules: ratios of Prometheus queries over windows that PromQL can have.
#include "usecases/slo/openslo_rules.hpp"

#include <cctype>
#include <optional>

#include "base/text.hpp"
#include "domain/alert/calendar_rules.hpp"
#include "domain/alert/promql.hpp"
#include "domain/alert/slo_windows.hpp"

namespace nines::usecases {

namespace {

using alert::QueryText;
using alert::RuleSource;
using nines::slo::Code;
using nines::slo::Indicator;
using nines::slo::MetricSource;
using nines::slo::Slo;

alert::SourceSpan span_of(const Finding& where) {
  return {where.span.byte_begin, where.span.byte_end};
}

/// "checkout-availability" -> "CheckoutAvailabilityErrorBudgetBurn"
std::string alert_name_of(const Slo& slo) {
  std::string name;
  bool upper = true;
  for (const char c : slo.name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      upper = true;
      continue;
    }
    name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = false;
  }
  return name + "ErrorBudgetBurn";
}

/// Label names of Prometheus are letters, digits and '_'.
nines::slo::StringMap prometheus_labels(const nines::slo::StringMap& labels) {
  nines::slo::StringMap made;
  for (const auto& [name, value] : labels) {
    std::string safe = name;
    for (char& c : safe) {
      if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
    }
    if (!safe.empty() && std::isdigit(static_cast<unsigned char>(safe[0])) != 0)
      safe.insert(0, "_");
    if (!value.empty()) made[safe] = value;
  }
  return made;
}

class Mapping {
 public:
  Mapping(const yaml::Definition& definition, const Slo& slo, const FindDefinition& find,
          std::vector<alert::Remark>& remarks)
      : definition_(definition), slo_(slo), find_(find), remarks_(remarks) {}

  std::vector<RuleSource> run() {
    std::vector<RuleSource> sources;
    if (slo_.method != nines::slo::BudgetingMethod::occurrences) {
      refuse("Prometheus counts events, not time slices", "use 'budgetingMethod: Occurrences'");
      return sources;
    }
    if (slo_.composite()) {
      refuse("a composite is judged from its members", "write rules for each member's own SLO");
      return sources;
    }
    const auto indicator = resolved();
    if (!indicator) return sources;
    RuleSource shared;
    shared.spec = definition_.api_version;
    shared.mode = "cli-gen-openslo";
    shared.service = slo_.service;
    shared.service_at = shared.name_at = span_of(definition_.where);
    shared.labels = prometheus_labels(slo_.labels);
    shared.document = definition_.where.document;
    if (!set_window(shared) || !set_queries(*indicator, shared)) return sources;
    shared.alert_name = alert_name_of(slo_);
    set_alerts(shared);
    for (std::size_t i = 0; i < slo_.objectives.size(); ++i) {
      RuleSource source = shared;
      const auto& objective = slo_.objectives[i];
      source.name = slo_.objectives.size() == 1 ? slo_.name : slo_.name + "-" + std::to_string(i);
      source.id = slo_.service + "-" + source.name;
      const auto exact = Decimal::parse(objective.target.percent_text());
      source.exact_objective = exact.value_or(Decimal());
      source.objective = objective.target.to_double() * 100;
      source.objective_at =
          i < definition_.targets.size() ? span_of(definition_.targets[i]) : shared.name_at;
      sources.push_back(std::move(source));
    }
    return sources;
  }

 private:
  void refuse(std::string why, std::string hint) {
    remarks_.push_back({Code::not_mappable, Severity::warning, span_of(definition_.where),
                        "no rules for '" + slo_.name + "': " + std::move(why), std::move(hint)});
  }

  std::optional<Indicator> resolved() {
    if (slo_.indicator) return slo_.indicator;
    const auto* found = find_("SLI", slo_.indicator_ref);
    const auto* sli = found != nullptr ? std::get_if<nines::slo::Sli>(&found->object) : nullptr;
    if (sli != nullptr) return sli->indicator;
    refuse("its indicator '" + slo_.indicator_ref + "' is not among the files",
           "give the file that defines it too");
    return std::nullopt;
  }

  bool set_window(RuleSource& source) {
    if (const auto text = slo_.extra(alert::kWindowsAnnotation); !text.empty()) {
      const auto own = alert::pairs_from(text);
      if (!own) {
        remarks_.push_back({Code::bad_annotation_value, Severity::error, span_of(definition_.where),
                            "'" + text + "' is no value of 'nines.dev/alert-windows'",
                            alert::kWindowsHint});
        return false;
      }
      source.windows = *own;
    }
    source.period = slo_.window.length.rolling();
    source.period_at = span_of(definition_.where);
    if (slo_.window.rolling) return true;
    std::string why;
    source.calendar = alert::calendar_window(slo_.window, why);
    if (!source.calendar) refuse(why, "use a rolling window, or one in UTC");
    return source.calendar.has_value();
  }

  /// The query of a metric with the window token in its ranges.
  std::optional<QueryText> query_of(const MetricSource& metric) {
    std::string type = to_lower_ascii(metric.type);
    if (type.empty()) {
      const auto* found = find_("DataSource", metric.ref);
      const auto* source =
          found != nullptr ? std::get_if<nines::slo::DataSource>(&found->object) : nullptr;
      if (source != nullptr) type = to_lower_ascii(source->type);
    }
    const std::string query = alert::without_open_comment(metric.spec.text("query"));
    if ((!type.empty() && type != "prometheus") || query.empty()) {
      refuse(type.empty() || type == "prometheus" ? "a metric has no 'query'"
                                                  : "a metric is of type '" + type + "'",
             "rules need 'type: Prometheus' and a 'query'");
      return std::nullopt;
    }
    if (alert::has_window_token(query)) return QueryText{query, span_of(definition_.where)};
    if (const auto made = alert::window_for_ranges(query))
      return QueryText{*made, span_of(definition_.where)};
    refuse("a query has no range, or several of different lengths",
           "write the range as [{{.window}}], such as sum(rate(requests[{{.window}}]))");
    return std::nullopt;
  }

  bool set_queries(const Indicator& indicator, RuleSource& source) {
    using Kind = Indicator::Kind;
    if (indicator.kind == Kind::threshold) {
      refuse("a threshold of a metric is no ratio of events",
             "write 'ratioMetric', such as the requests faster than the limit");
      return false;
    }
    const auto first = query_of(indicator.first);
    if (!first) return false;
    source.parts = {*first};
    if (indicator.kind == Kind::raw_failure || indicator.kind == Kind::raw_success) {
      source.raw = first;
      if (indicator.kind == Kind::raw_success) source.raw->text = "1 - (" + first->text + ")";
      source.no_events = "a raw ratio is one query";
      return true;
    }
    const auto total = indicator.total ? query_of(*indicator.total) : std::nullopt;
    if (!total) return false;
    source.total = total;
    if (indicator.kind == Kind::bad_total) {
      source.errors = first;
      source.parts.clear();
      return true;
    }
    source.parts.push_back(*total);
    source.errors = QueryText{"(" + total->text + ")\n-\n(" + first->text + ")", first->at};
    source.raw = QueryText{"\n  1 - (\n    (\n      " + first->text +
                               "\n    )\n    /\n    (\n      " + total->text + "\n    )\n  )\n",
                           first->at};
    return true;
  }

  /// Without any policy an SLO has the standard pair of alerts; with policies, those alone.
  void set_alerts(RuleSource& source) {
    auto declared = declared_alerts(definition_, find_);
    for (const auto& why : declared.missing) {
      remarks_.push_back({Code::not_mappable, Severity::warning, span_of(definition_.where),
                          "an alert of '" + slo_.name + "' cannot be written: " + why,
                          "give the file that defines it; conditions have 'op: gt' or 'gte'"});
    }
    source.declared = std::move(declared.alerts);
    source.alert_when_no_data = declared.no_data;
    if (declared.any && source.declared.empty())
      source.page.disabled = source.ticket.disabled = true;
  }

  const yaml::Definition& definition_;
  const Slo& slo_;
  const FindDefinition& find_;
  std::vector<alert::Remark>& remarks_;
};

}  // namespace

DeclaredAlerts declared_alerts(const yaml::Definition& definition, const FindDefinition& find) {
  DeclaredAlerts all;
  const auto add_policy = [&](const alert::DeclaredPolicy& policy, bool elsewhere) {
    all.no_data = all.no_data || policy.no_data;
    if (!policy.breaching) return;
    // The place of what stands in another document is that of the SLO.
    const auto add = [&](alert::DeclaredAlert one, bool apart) {
      if (apart) one.at = span_of(definition.where);
      if (!policy.name.empty()) one.name = policy.name;
      all.alerts.push_back(std::move(one));
    };
    for (const auto& one : policy.conditions) add(one, elsewhere);
    for (const std::string& name : policy.condition_refs) {
      const auto* found = find("AlertCondition", name);
      if (found == nullptr || found->conditions.empty()) {
        all.missing.push_back("its condition '" + name +
                              "' is not among the files, or fires at slow burning");
        continue;
      }
      for (const auto& one : found->conditions) add(one, true);
    }
  };
  for (const auto& policy : definition.policies) add_policy(policy, false);
  all.any = !definition.policies.empty();
  for (const auto& reference : definition.references) {
    if (reference.kind != "AlertPolicy") continue;
    all.any = true;
    const auto* found = find("AlertPolicy", reference.name);
    if (found == nullptr || found->policies.empty())
      all.missing.push_back("its policy '" + reference.name + "' is not among the files");
    else
      add_policy(found->policies.front(), true);
  }
  return all;
}

std::vector<RuleSource> openslo_rule_sources(const yaml::Definition& definition,
                                             const FindDefinition& find,
                                             std::vector<alert::Remark>& remarks) {
  const auto* slo = std::get_if<Slo>(&definition.object);
  if (slo == nullptr) return {};
  return Mapping(definition, *slo, find, remarks).run();
}

}  // namespace nines::usecases
