// The rules of a Sloth document once more, written straight from the description of what Sloth
// does, and sharing nothing with the generator: what both agree on is not one mistake.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.hpp"

namespace nines::test {

/// A document with one SLO, as a test wants it.
struct SpecDraft {
  std::string service = "shop";
  std::string name = "checkout";
  std::string objective = "99.9";
  std::map<std::string, std::string> service_labels;
  std::map<std::string, std::string> slo_labels;
  std::map<std::string, std::string> extra_labels;
  bool raw = false;
  bool page = true;
  bool ticket = true;
  std::map<std::string, std::string> alert_labels;
  std::map<std::string, std::string> page_labels;
  std::map<std::string, std::string> annotations;
  std::string period = "30d";
  bool recordings = true;
  bool alerts = true;
};

inline std::string yaml_map(const std::map<std::string, std::string>& map) {
  std::string text = "{";
  for (const auto& [key, value] : map)
    text += (text.size() > 1 ? ", " : "") + key + ": \"" + value + "\"";
  return text + "}";
}

inline std::string document_of(const SpecDraft& draft) {
  const std::string sli = draft.raw
                              ? "raw: {error_ratio_query: \"avg(bad:ratio[{{.window}}])\"}"
                              : "events: {error_query: 'sum(rate(bad{c=~\"5..\"}[{{.window}}]))', "
                                "total_query: 'sum(rate(all[{{ .window }}]))'}";
  return fmt::format(
      "version: prometheus/v1\nservice: {}\nlabels: {}\nslos:\n- name: {}\n  objective: {}\n"
      "  labels: {}\n  sli: {{{}}}\n  alerting:\n    name: Burns\n    labels: {}\n"
      "    annotations: {}\n    page_alert: {{disable: {}, labels: {}}}\n"
      "    ticket_alert: {{disable: {}}}\n",
      draft.service, yaml_map(draft.service_labels), draft.name, draft.objective,
      yaml_map(draft.slo_labels), sli, yaml_map(draft.alert_labels), yaml_map(draft.annotations),
      !draft.page, yaml_map(draft.page_labels), !draft.ticket);
}

inline Json sorted_map(const std::map<std::string, std::string>& map) {
  Json object = Json::object();
  for (const auto& [key, value] : map) object.set(key, value);
  return object;
}

/// {"groups": [...]} with maps sorted, as the parsed rule file must be.
inline Json expected_rules(const SpecDraft& draft) {
  const std::string id = draft.service + "-" + draft.name;
  const std::string f = "{sloth_id=\"" + id + "\", sloth_service=\"" + draft.service +
                        "\", sloth_slo=\"" + draft.name + "\"}";
  const auto metric = [&](const std::string& w) { return "slo:sli_error:ratio_rate" + w + f; };
  std::map<std::string, std::string> user = draft.service_labels;
  for (const auto& over : {draft.slo_labels, draft.extra_labels})
    for (const auto& [key, value] : over) user[key] = value;
  const auto labels = [&](const std::string& window) {
    std::map<std::string, std::string> all{
        {"sloth_id", id}, {"sloth_service", draft.service}, {"sloth_slo", draft.name}};
    if (!window.empty()) all["sloth_window"] = window;
    for (const auto& [key, value] : user) all[key] = value;
    return all;
  };
  const double objective = std::stod(draft.objective);
  const std::string days = draft.period == "4w" ? "28" : "30";
  const std::vector<double> factors =
      draft.period == "4w" ? std::vector<double>{2.0 * 672 / 100 / 1, 5.0 * 672 / 100 / 6,
                                                 10.0 * 672 / 100 / 24, 10.0 * 672 / 100 / 72}
                           : std::vector<double>{2.0 * 720 / 100 / 1, 5.0 * 720 / 100 / 6,
                                                 10.0 * 720 / 100 / 24, 10.0 * 720 / 100 / 72};
  Json groups = Json::array();
  const auto group = [&](const std::string& kind, Json rules) {
    if (!rules.as_array().empty())
      groups.push(
          Json::object({{"name", "sloth-slo-" + kind + "-" + id}, {"rules", std::move(rules)}}));
  };
  const auto record = [](const std::string& name, const std::string& expr,
                         const std::map<std::string, std::string>& with) {
    return Json::object({{"expr", expr}, {"labels", sorted_map(with)}, {"record", name}});
  };
  Json sli = Json::array();
  for (const std::string w : {"5m", "30m", "1h", "2h", "6h", "1d", "3d"}) {
    const std::string expr =
        draft.raw ? "(avg(bad:ratio[" + w + "]))"
                  : "(sum(rate(bad{c=~\"5..\"}[" + w + "])))\n/\n(sum(rate(all[" + w + "])))\n";
    sli.push(record("slo:sli_error:ratio_rate" + w, expr, labels(w)));
  }
  const std::string over = metric("5m") + "[" + draft.period + "]";
  sli.push(record(
      "slo:sli_error:ratio_rate" + draft.period,
      "sum_over_time(" + over + ")\n/ ignoring (sloth_window)\ncount_over_time(" + over + ")\n",
      labels(draft.period)));
  if (draft.recordings) group("sli-recordings", std::move(sli));
  const auto burn = [&](const std::string& w) {
    return metric(w) + "\n/ on(sloth_id, sloth_slo, sloth_service) group_left\n" +
           "slo:error_budget:ratio" + f + "\n";
  };
  auto info = labels("");
  info["sloth_version"] = "dev";
  info["sloth_mode"] = "cli-gen-prom";
  info["sloth_spec"] = "prometheus/v1";
  info["sloth_objective"] = draft.objective;
  Json meta = Json::array();
  meta.push(record("slo:objective:ratio", fmt::format("vector({})", objective / 100), labels("")));
  meta.push(
      record("slo:error_budget:ratio", fmt::format("vector(1-{})", objective / 100), labels("")));
  meta.push(record("slo:time_period:days", "vector(" + days + ")", labels("")));
  meta.push(record("slo:current_burn_rate:ratio", burn("5m"), labels("")));
  meta.push(record("slo:period_burn_rate:ratio", burn(draft.period), labels("")));
  meta.push(record("slo:period_error_budget_remaining:ratio", "1 - slo:period_burn_rate:ratio" + f,
                   labels("")));
  meta.push(record("sloth_slo_info", "vector(1)", info));
  if (draft.recordings) group("meta-recordings", std::move(meta));
  const double budget = (100 - objective) / 100;
  Json alerts = Json::array();
  const auto alert = [&](const std::string& severity, std::size_t first, const char* s1,
                         const char* l1, const char* s2, const char* l2,
                         const std::map<std::string, std::string>& own) {
    const auto pair = [&](double factor, const char* s, const char* l) {
      const std::string limit =
          fmt::format(" > ({} * {})) without (sloth_window)\n", factor, budget);
      return "(\n    max(" + metric(s) + limit + "    and\n    max(" + metric(l) + limit + ")\n";
    };
    std::map<std::string, std::string> marks{{"sloth_severity", severity}};
    for (const auto& more : {draft.alert_labels, own})
      for (const auto& [key, value] : more) marks[key] = value;
    alerts.push(Json::object(
        {{"alert", "Burns"},
         {"annotations", sorted_map(draft.annotations)},
         {"expr", pair(factors[first], s1, l1) + "or\n" + pair(factors[first + 1], s2, l2)},
         {"labels", sorted_map(marks)}}));
  };
  if (draft.page) alert("page", 0, "5m", "1h", "30m", "6h", draft.page_labels);
  if (draft.ticket) alert("ticket", 2, "2h", "1d", "6h", "3d", {});
  if (draft.alerts) group("alerts", std::move(alerts));
  return Json::object({{"groups", std::move(groups)}});
}

}  // namespace nines::test
