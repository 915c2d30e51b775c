// Sloth: rules of single values and between fields, and advice on legal documents.
#include <algorithm>

#include "base/decimal.hpp"
#include "domain/alert/promql.hpp"
#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/prometheus.hpp"
#include "yaml/sloth.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

/// Burn rate of Sloth's quickest page over 30 days: 2 % of the budget in an hour.
const Decimal kQuickFactor(144, 1);

const Node* key_either(const Node* map, std::string_view name) {
  if (map == nullptr) return nullptr;
  const Node* key = map->find_key(name);
  return key != nullptr ? key : map->find_key(other_dialect_key(name));
}

const Node* either(const Node* map, std::string_view name) {
  const Node* key = key_either(map, name);
  return key == nullptr || key->next->is_null() ? nullptr : key->next;
}

bool is_disabled(const Node* alert) {
  const Node* disable = child(alert, "disable");
  return disable != nullptr && disable->is_true();
}

bool has_members(const Node* map) { return map != nullptr && map->is_mapping() && map->count > 0; }

}  // namespace

void check_sloth_name(Checker& checker, const Node& value) {
  if (is_sloth_name(value.text)) return;
  checker.error(Code::bad_name, value, shown(value) + " is no valid name",
                "use two or more letters, digits, '-', '_' and '.', beginning and ending with a "
                "letter or digit");
}

void check_sloth_objective(Checker& checker, const Node& value) {
  const auto percent = Decimal::parse(value.text);
  if (!percent) return;
  if (*percent <= Decimal(0, 0) || *percent > Decimal(100, 0)) {
    checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                  "an objective is a percentage above 0 and at most 100");
  } else if (*percent == Decimal(100, 0)) {
    checker.advise(Code::objective_100, value, "an objective of 100 leaves no error budget",
                   "burn-rate alerts need one: use 99.99 or less");
  } else if (*percent < Decimal(50, 0)) {
    checker.advise(Code::objective_low, value,
                   "the objective " + shown(value) + " lets more than half of all events fail",
                   *percent < Decimal(1, 0) ? "write a percentage: 99.9, not 0.999"
                                            : "is this the share of good events?");
  }
}

void check_windowed_query(Checker& checker, const Node& value) {
  check_query(checker, value);
  const std::size_t other = alert::other_template(value.text);
  if (other != std::string_view::npos) {
    checker.error(Code::query_template, value,
                  "the query holds a template action that is not {{.window}}",
                  "only {{.window}} is replaced: write what the other stands for");
  } else if (!alert::has_window_token(value.text)) {
    checker.error(Code::query_no_window, value, "the query has no {{.window}}",
                  "write the range as [{{.window}}]");
  }
}

void check_sloth_labels(Checker& checker, const Node& map) {
  check_prometheus_labels(checker, map);
  for (const auto& [key, value] : map.members()) {
    if (key.is_scalar() && key.text.starts_with("sloth_"))
      checker.advise(Code::reserved_label, key, "labels that begin with 'sloth_' are set by Sloth",
                     "use another name");
  }
}

void check_sloth_plugins(Checker& checker, const Node& map) {
  const Node* override_previous = child(&map, "overridePrevious");
  const Node* chain = child(&map, "chain");
  if (chain != nullptr && chain->count > 0) {
    checker.advise(Code::slo_plugin_chain_dropped, *map.find_key("chain"),
                   "the plugins of this chain are not run here",
                   "Sloth runs them when it writes rules; nothing to do", Severity::info);
  }
  if (override_previous == nullptr || !override_previous->is_true() ||
      (chain != nullptr && chain->count > 0))
    return;
  checker.error(Code::empty_value, *map.find_key("overridePrevious"),
                "'overridePrevious' without a chain would leave no plugin",
                "add a 'chain', or remove it");
}

void check_sloth_sli(Checker& checker, const Node& map) {
  int forms = 0;
  const Node* last = nullptr;
  for (const std::string_view name :
       {std::string_view("events"), std::string_view("raw"), std::string_view("plugin")}) {
    if (child(&map, name) == nullptr) continue;
    ++forms;
    last = map.find_key(name);
  }
  const Node* plugin = child(&map, "plugin");
  const Node* options = child(plugin, "options");
  if (options != nullptr) {
    const Checker::Step in_plugin(checker, "plugin");
    const Checker::Step in_options(checker, "options");
    for (const auto& [key, value] : options->members())
      checker.plugin_options.push_back(
          {text_of(plugin, "id"), std::string(key.text), checker.place_of(key)});
  }
  if (forms == 1) return;
  checker.error(Code::one_of, forms > 1 ? *last : first_of(map),
                forms > 1 ? "more than one of 'events', 'raw' and 'plugin'"
                          : "none of 'events', 'raw' and 'plugin'",
                "an SLI has exactly one of them");
}

void check_sloth_events(Checker& checker, const Node& map) {
  const Node* errors = either(&map, "error_query");
  const Node* total = either(&map, "total_query");
  if (errors == nullptr || total == nullptr || !errors->is_scalar() || !total->is_scalar()) return;
  if (errors->text == total->text) {
    checker.error(Code::good_equals_total, *errors,
                  "the error query asks for the same events as the total",
                  "narrow it to the events that failed");
  }
  const auto falls_back = [](const Node* query) {
    return query->text.find("vector(") != std::string_view::npos;
  };
  if (falls_back(errors) != falls_back(total)) {
    const Node& with = falls_back(errors) ? *errors : *total;
    checker.advise(Code::sli_fallback_asymmetry, with,
                   "only this query falls back to vector(...) when there is no data",
                   "give both a fallback, or neither");
  }
}

void check_sloth_alerting(Checker& checker, const Node& map) {
  const Node* page = either(&map, "page_alert");
  const Node* ticket = either(&map, "ticket_alert");
  if (is_disabled(page) && is_disabled(ticket)) {
    checker.advise(Code::all_alerts_disabled, *key_either(&map, "page_alert"),
                   "page and ticket alerts are both switched off",
                   "nobody will be told: leave one on");
    return;
  }
  if (text_of(&map, "name").empty()) {
    checker.error(Code::missing_field, first_of(map), "'name' is missing in the alerting",
                  "alerts need a name, such as CheckoutHighErrorRate");
  }
  for (const std::string_view name :
       {std::string_view("page_alert"), std::string_view("ticket_alert")}) {
    const Node* alert = either(&map, name);
    if (is_disabled(alert) || has_members(child(&map, "labels")) ||
        has_members(child(alert, "labels")))
      continue;
    const Node* key = key_either(&map, name);
    checker.advise(Code::no_alert_labels, key != nullptr ? *key : first_of(map),
                   "the " + std::string(name.substr(0, name.find('_'))) + " alert has no labels",
                   "add labels to route it by, or disable it");
  }
}

void check_sloth_slo(Checker& checker, const Node& map) {
  if (text_of(&map, "description").empty()) {
    checker.advise(Code::no_description, first_of(map), "the SLO has no description",
                   "say in a sentence what users get", Severity::info);
  }
  const Node* objective = child(&map, "objective");
  const auto percent = decimal_of(&map, "objective");
  const auto ratio = percent ? Ratio::percent(*percent) : std::nullopt;
  if (!ratio || is_disabled(either(child(&map, "alerting"), "page_alert"))) return;
  // factor x budget >= 1 needs more errors than events; 14.4 x budget, in units of 1/den.
  const Ratio budget = ratio->complement();
  if (budget.to_double() * kQuickFactor.to_double() < 1.0 || *percent < Decimal(50, 0)) return;
  checker.advise(Code::threshold_unreachable, *objective,
                 "with this objective the quick page would need an error ratio above 1",
                 "it never fires: raise the objective, or give other alert windows");
}

void check_sloth_group(Checker& checker, const Node& map) {
  const Node* slos = child(&map, "slos");
  if (slos == nullptr || !slos->is_sequence()) return;
  if (slos->count == 0)
    checker.error(Code::empty_value, *map.find_key("slos"), "there is no SLO", "add one");
  std::vector<const Node*> names;
  for (const Node& slo : slos->items()) {
    const Node* name = child(&slo, "name");
    if (name == nullptr || !name->is_scalar()) continue;
    const auto same = std::find_if(names.begin(), names.end(),
                                   [&](const Node* other) { return other->text == name->text; });
    if (same != names.end()) {
      checker.error(Code::duplicate_name, *name,
                    "SLO " + shown(*name) + " stands twice in this service",
                    "the first is on line " +
                        std::to_string(checker.source().span((*same)->begin, (*same)->end).line));
    }
    names.push_back(name);
  }
}

void check_budget_percent(Checker& checker, const Node& value) {
  const auto percent = Decimal::parse(value.text);
  if (percent && *percent > Decimal(0, 0)) return;
  checker.error(Code::out_of_range, value, shown(value) + " is out of range",
                "use a percentage above 0");
}

void check_alert_windows(Checker& checker, const Node& map) {
  const Node* quick = child(&map, "quick");
  const Node* slow = child(&map, "slow");
  if (quick == nullptr || slow == nullptr) return;
  const auto equal = [&](std::string_view name) {
    return text_of(quick, name) == text_of(slow, name);
  };
  if (!equal("shortWindow") || !equal("longWindow")) return;
  checker.advise(Code::duplicate_alert_window, *map.find_key("slow"),
                 "'quick' and 'slow' have the same windows", "give them different lengths");
}

void check_alert_window_spec(Checker& checker, const Node& map) {
  const auto period = prometheus_millis(text_of(&map, "sloPeriod"));
  for (const std::string_view severity : {std::string_view("page"), std::string_view("ticket")}) {
    const Node* windows = child(&map, severity);
    if (windows == nullptr) {
      checker.error(Code::no_severity_windows, first_of(map),
                    "there are no windows for '" + std::string(severity) + "'",
                    "a catalogue replaces the built-in one whole: add 'quick' and 'slow'");
      continue;
    }
    for (const std::string_view speed : {std::string_view("quick"), std::string_view("slow")}) {
      const Node* window = child(windows, speed);
      const Node* length = child(window, "longWindow");
      const auto millis =
          length != nullptr && length->is_scalar() ? prometheus_millis(length->text) : std::nullopt;
      if (!period || !millis || *period > *millis) continue;
      checker.advise(Code::period_too_short, *length,
                     "the window " + shown(*length) + " is not shorter than the period " +
                         shown(*child(&map, "sloPeriod")),
                     "use a longer period or shorter windows");
    }
  }
}

std::vector<slo::Slo> read_sloth(const Node& spec) {
  std::vector<slo::Slo> slos;
  const Node* list = child(&spec, "slos");
  if (list == nullptr) return slos;
  const std::string service = text_of(&spec, "service");
  for (const Node& node : list->items()) {
    slo::Slo slo;
    slo.name = service + "-" + text_of(&node, "name");
    slo.display_name = text_of(&node, "name");
    slo.description = text_of(&node, "description");
    slo.service = service;
    slo.labels = text_map(child(&node, "labels"));
    const slo::StringMap shared = text_map(child(&spec, "labels"));
    slo.labels.insert(shared.begin(), shared.end());
    const auto source = [](std::string query) {
      slo::MetricSource metric;
      metric.type = "Prometheus";
      metric.spec = Json::object({{"query", std::move(query)}});
      return metric;
    };
    slo::Indicator indicator;
    indicator.name = slo.name;
    const Node* sli = child(&node, "sli");
    if (const Node* events = child(sli, "events")) {
      indicator.kind = slo::Indicator::Kind::bad_total;
      const Node* errors = either(events, "error_query");
      const Node* total = either(events, "total_query");
      indicator.first = source(std::string(errors != nullptr ? errors->text : std::string_view()));
      indicator.total = source(std::string(total != nullptr ? total->text : std::string_view()));
    } else {
      indicator.kind = slo::Indicator::Kind::raw_failure;
      const Node* ratio = either(child(sli, "raw"), "error_ratio_query");
      indicator.first = source(std::string(ratio != nullptr ? ratio->text : std::string_view()));
    }
    slo.indicator = std::move(indicator);
    slo::Objective objective;
    objective.id = slo.name;
    if (const auto percent = decimal_of(&node, "objective"))
      objective.target = Ratio::percent(*percent).value_or(Ratio());
    slo.objectives.push_back(std::move(objective));
    slos.push_back(std::move(slo));
  }
  return slos;
}

}  // namespace nines::yaml
