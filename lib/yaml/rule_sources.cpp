// Reads what rules are made from: Sloth's two spellings, and the ratios of OpenSLO v1alpha.
#include "yaml/rule_sources.hpp"

#include <charconv>

#include "base/text.hpp"
#include "yaml/dialects.hpp"
#include "yaml/document.hpp"
#include "yaml/fields.hpp"
#include "yaml/prometheus.hpp"

namespace nines::yaml {

namespace {

alert::SourceSpan span_of(const Node* node) {
  return node == nullptr ? alert::SourceSpan{} : alert::SourceSpan{node->begin, node->end};
}

/// The member under its name in one spelling or the other.
const Node* either_of(const Node* map, std::string_view name) {
  const Node* value = child(map, name);
  return value != nullptr ? value : child(map, other_dialect_key(name));
}

std::optional<alert::QueryText> query_of(const Node* node) {
  if (node == nullptr || !node->is_scalar()) return std::nullopt;
  return alert::QueryText{std::string(node->text), span_of(node)};
}

double double_of(const Node* node) {
  double value = 0;
  if (node != nullptr && node->is_scalar())
    std::from_chars(node->text.data(), node->text.data() + node->text.size(), value);
  return value;
}

void merge(slo::StringMap& into, const Node* over) {
  for (const auto& [name, value] : text_map(over)) into[name] = value;
}

alert::AlertNotes notes_of(const Node* map) {
  alert::AlertNotes notes;
  const Node* disable = child(map, "disable");
  notes.disabled = disable != nullptr && disable->is_true();
  notes.labels = text_map(child(map, "labels"));
  notes.annotations = text_map(child(map, "annotations"));
  notes.at = span_of(map);
  return notes;
}

void add_plugins(const Node* map, alert::RuleSource& source) {
  if (map == nullptr) return;
  const Node* over = child(map, "overridePrevious");
  if (over != nullptr && over->is_true()) {
    source.override_plugins = true;
    source.plugins.clear();
  }
  const Node* chain = child(map, "chain");
  if (chain == nullptr) return;
  for (const Node& node : chain->items()) {
    alert::PluginUse use;
    use.id = text_of(&node, "id");
    use.at = span_of(child(&node, "id"));
    if (const Node* config = child(&node, "config")) use.config = to_json(*config);
    if (const Node* priority = child(&node, "priority"); priority != nullptr)
      std::from_chars(priority->text.data(), priority->text.data() + priority->text.size(),
                      use.priority);
    source.plugins.push_back(std::move(use));
  }
}

void read_sli(const Node* sli, alert::RuleSource& source) {
  if (const Node* events = child(sli, "events")) {
    source.errors = query_of(either_of(events, "error_query"));
    source.total = query_of(either_of(events, "total_query"));
  } else if (const Node* raw = child(sli, "raw")) {
    source.raw = query_of(either_of(raw, "error_ratio_query"));
    source.no_events = "a raw SLI is one query";
  } else if (const Node* plugin = child(sli, "plugin")) {
    source.sli_plugin = text_of(plugin, "id");
    source.sli_plugin_at = span_of(child(plugin, "id"));
  }
}

/// What Sloth makes of an OpenSLO ratio, to the blank.
std::string inverted_ratio(const std::string& good, const std::string& total) {
  return "\n  1 - (\n    (\n      " + good + "\n    )\n    /\n    (\n      " + total +
         "\n    )\n  )\n";
}

}  // namespace

std::vector<alert::RuleSource> read_sloth_rule_sources(const Node& spec, std::string_view version) {
  std::vector<alert::RuleSource> sources;
  const Node* list = child(&spec, "slos");
  if (list == nullptr) return sources;
  const Node* service = child(&spec, "service");
  for (const Node& node : list->items()) {
    alert::RuleSource source;
    source.spec = version;
    source.mode = version == "prometheus/v1" ? "cli-gen-prom" : "cli-gen-k8s";
    source.service = text_of(&spec, "service");
    source.name = text_of(&node, "name");
    source.id = source.service + "-" + source.name;
    source.service_at = span_of(service);
    source.name_at = span_of(child(&node, "name"));
    source.objective = double_of(child(&node, "objective"));
    source.exact_objective = decimal_of(&node, "objective").value_or(Decimal());
    source.objective_at = span_of(child(&node, "objective"));
    merge(source.labels, child(&spec, "labels"));
    merge(source.labels, child(&node, "labels"));
    read_sli(child(&node, "sli"), source);
    add_plugins(either_of(&spec, "slo_plugins"), source);
    add_plugins(child(&node, "plugins"), source);
    const Node* alerting = child(&node, "alerting");
    source.alert_name = text_of(alerting, "name");
    source.alerting = notes_of(alerting);
    source.page = notes_of(either_of(alerting, "page_alert"));
    source.ticket = notes_of(either_of(alerting, "ticket_alert"));
    sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<alert::RuleSource> read_openslo_rule_sources(const Node& document) {
  std::vector<alert::RuleSource> sources;
  const Node* spec = child(&document, "spec");
  const Node* list = child(spec, "objectives");
  if (list == nullptr) return sources;
  const Node* name = child(child(&document, "metadata"), "name");
  const Node* windows = child(spec, "timeWindows");
  const Node* window = windows != nullptr && windows->is_sequence() ? windows->first : nullptr;
  for (const Node& node : list->items()) {
    alert::RuleSource source;
    source.spec = "openslo/v1alpha";
    source.mode = "cli-gen-openslo";
    source.service = text_of(spec, "service");
    source.name =
        text_of(child(&document, "metadata"), "name") + "-" + std::to_string(sources.size());
    source.id = source.service + "-" + source.name;
    source.service_at = span_of(child(spec, "service"));
    source.name_at = span_of(name);
    const Node* target = child(&node, "target");
    source.objective = double_of(target) * 100;
    if (const auto exact = decimal_of(&node, "target"))
      source.exact_objective = exact->scale() >= 2 ? Decimal(exact->units(), exact->scale() - 2)
                                                   : Decimal(exact->units() * 100, exact->scale());
    source.objective_at = span_of(target);
    if (window != nullptr && to_lower_ascii(text_of(window, "unit")) == "day") {
      if (const auto count = decimal_of(window, "count"); count && count->scale() == 0)
        source.period = std::chrono::hours(24) * count->units();
      source.period_at = span_of(child(window, "count"));
    }
    const Node* ratio = child(&node, "ratioMetrics");
    const auto good = query_of(child(child(ratio, "good"), "query"));
    const auto total = query_of(child(child(ratio, "total"), "query"));
    if (good && total) {
      source.raw = alert::QueryText{inverted_ratio(good->text, total->text), good->at};
      source.parts = {*good, *total};
    }
    source.no_events = "an OpenSLO v1alpha ratio becomes one query";
    source.page.disabled = source.ticket.disabled = true;
    sources.push_back(std::move(source));
  }
  return sources;
}

alert::Manifest read_manifest(const Node* metadata) {
  alert::Manifest manifest;
  manifest.name = text_of(metadata, "name");
  manifest.space = text_of(metadata, "namespace");
  manifest.labels = text_map(child(metadata, "labels"));
  manifest.annotations = text_map(child(metadata, "annotations"));
  return manifest;
}

std::optional<alert::WindowTable> read_window_table(const Node* spec) {
  const auto millis = [](const Node* map, std::string_view name) {
    return alert::Millis(prometheus_millis(text_of(map, name)).value_or(0));
  };
  alert::WindowTable table;
  table.period = millis(spec, "sloPeriod");
  for (const auto severity : {alert::Severity::page, alert::Severity::ticket}) {
    const Node* windows = child(spec, alert::kSeverityNames.of(severity));
    for (const auto speed : {alert::Speed::quick, alert::Speed::slow}) {
      const Node* window = child(windows, alert::kSpeedNames.of(speed));
      const auto percent = decimal_of(window, "errorBudgetPercent");
      alert::WindowPair pair{severity, speed, percent.value_or(Decimal()),
                             millis(window, "shortWindow"), millis(window, "longWindow")};
      if (!percent || pair.short_window.count() <= 0 || pair.long_window.count() <= 0)
        return std::nullopt;
      table.pairs.push_back(pair);
    }
  }
  if (table.period.count() <= 0) return std::nullopt;
  return table;
}

}  // namespace nines::yaml
