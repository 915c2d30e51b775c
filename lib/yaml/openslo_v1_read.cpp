// OpenSLO v1: from a checked document to the model.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"
#include "yaml/openslo_v1.hpp"

namespace nines::yaml {

namespace {

/// The member under its name in v1, else under that of v2alpha.
const Node* one_of(const Node* map, std::string_view v1, std::string_view v2alpha) {
  const Node* value = child(map, v1);
  return value != nullptr ? value : child(map, v2alpha);
}

std::string name_of(const Node* map, std::string_view v1, std::string_view v2alpha) {
  const Node* value = one_of(map, v1, v2alpha);
  return value != nullptr && value->is_scalar() ? std::string(value->text) : std::string();
}

slo::MetricSource metric_source_v1(const Node* metric) {
  slo::MetricSource source;
  // In v2alpha the metric is the source, and says dataSourceRef or dataSourceSpec.
  const Node* wrapped = child(metric, "metricSource");
  const Node* at = wrapped != nullptr ? wrapped : metric;
  source.ref = text_of(at, wrapped != nullptr ? "metricSourceRef" : "dataSourceRef");
  source.type =
      wrapped != nullptr ? text_of(at, "type") : text_of(child(at, "dataSourceSpec"), "type");
  const Node* spec = child(at, "spec");
  source.spec = spec != nullptr && spec->is_mapping() ? to_json(*spec) : Json::object();
  return source;
}

slo::Indicator indicator_from(const Node* metadata, const Node* spec) {
  using Kind = slo::Indicator::Kind;
  slo::Indicator indicator;
  indicator.name = text_of(metadata, "name");
  indicator.service = text_of(child(metadata, "annotations"), "nines.dev/service");
  if (const Node* threshold = child(spec, "thresholdMetric")) {
    indicator.kind = Kind::threshold;
    indicator.first = metric_source_v1(threshold);
    return indicator;
  }
  const Node* ratio = child(spec, "ratioMetric");
  if (const Node* raw = child(ratio, "raw")) {
    indicator.kind = text_of(ratio, "rawType") == "failure" ? Kind::raw_failure : Kind::raw_success;
    indicator.first = metric_source_v1(raw);
    return indicator;
  }
  const Node* good = child(ratio, "good");
  indicator.kind = good != nullptr ? Kind::good_total : Kind::bad_total;
  indicator.first = metric_source_v1(good != nullptr ? good : child(ratio, "bad"));
  if (const Node* total = child(ratio, "total")) indicator.total = metric_source_v1(total);
  return indicator;
}

std::optional<slo::Indicator> inline_indicator(const Node* holder) {
  const Node* indicator = one_of(holder, "indicator", "sli");
  if (indicator == nullptr || !indicator->is_mapping()) return std::nullopt;
  return indicator_from(child(indicator, "metadata"), child(indicator, "spec"));
}

slo::TimeWindow time_window(const Node* list) {
  slo::TimeWindow window;
  if (list == nullptr || !list->is_sequence() || list->count == 0) return window;
  const Node* first = list->first;
  if (const auto length = length_from(text_of(first, "duration"))) window.length = *length;
  const Node* calendar = child(first, "calendar");
  window.rolling = calendar == nullptr;
  window.anchor = text_of(calendar, "startTime");
  window.zone = text_of(calendar, "timeZone");
  return window;
}

slo::Objective objective_from(const Node& node) {
  slo::Objective objective;
  objective.display_name = text_of(&node, "displayName");
  objective.target = ratio_of(&node, "target").value_or(Ratio());
  if (const auto percent = decimal_of(&node, "targetPercent"))
    objective.target = Ratio::percent(*percent).value_or(Ratio());
  objective.op = comparison_from(text_of(&node, "op"));
  objective.value = decimal_of(&node, "value");
  objective.slice_target = ratio_of(&node, "timeSliceTarget");
  objective.slice_window = length_from(text_of(&node, "timeSliceWindow"));
  objective.indicator = inline_indicator(&node);
  objective.indicator_ref = name_of(&node, "indicatorRef", "sliRef");
  if (const auto weight = decimal_of(&node, "compositeWeight")) objective.weight = *weight;
  return objective;
}

}  // namespace

slo::Slo read_openslo_v1_slo(const Node& document) {
  slo::Slo slo;
  read_metadata(document, slo.name, slo.display_name, slo.labels, slo.annotations);
  const Node* spec = child(&document, "spec");
  slo.description = text_of(spec, "description");
  slo.service = name_of(spec, "service", "serviceRef");
  slo.indicator = inline_indicator(spec);
  slo.indicator_ref = name_of(spec, "indicatorRef", "sliRef");
  slo.method = method_from(text_of(spec, "budgetingMethod"));
  slo.window = time_window(child(spec, "timeWindow"));
  slo.missing = missing_from(slo.extra("no-data"));
  const Node* objectives = child(spec, "objectives");
  if (objectives == nullptr) return slo;
  for (const Node& node : objectives->items()) {
    slo.objectives.push_back(objective_from(node));
    slo.objectives.back().id = objective_id(slo, slo.objectives.size() - 1, node);
  }
  return slo;
}

slo::Sli read_openslo_v1_sli(const Node& document) {
  slo::Sli sli;
  sli.name = text_of(child(&document, "metadata"), "name");
  sli.indicator = indicator_from(child(&document, "metadata"), child(&document, "spec"));
  return sli;
}

slo::DataSource read_data_source(const Node& document) {
  slo::DataSource source;
  std::string display_name;
  slo::StringMap labels;
  read_metadata(document, source.name, display_name, labels, source.annotations);
  const Node* spec = child(&document, "spec");
  source.type = text_of(spec, "type");
  if (const Node* connection = child(spec, "connectionDetails"))
    source.connection = to_json(*connection);
  return source;
}

catalog::Service read_openslo_service(const Node& document) {
  catalog::Service service;
  read_metadata(document, service.name, service.display_name, service.labels, service.annotations);
  service.description = text_of(child(&document, "spec"), "description");
  return service;
}

}  // namespace nines::yaml
