// Reads what a DataSource of a metrics engine says, mistake by mistake.
#include "ingest/engine_spec.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "ingest/http.hpp"
#include "ingest/object_reader.hpp"
#include "ingest/source_parts.hpp"

namespace nines::ingest {
namespace {

using slo::Code;
using std::chrono::minutes;

constexpr std::size_t kMostEngineSplits = 4;
constexpr int kMostTop = 50;

void read_minutes(ObjectReader& in, std::string_view key, minutes low, minutes high,
                  minutes& into) {
  const auto text = in.text(key);
  if (!text) return;
  const auto time = parse_duration(*text);
  if (!time || *time < low || *time > high || *time % minutes{1} != Micros{0}) {
    in.error(
        Code::bad_duration, key, fmt::format("'{}' is no time for '{}'", *text, key),
        fmt::format("whole minutes from {} to {}", format_duration(low), format_duration(high)));
    return;
  }
  into = std::chrono::duration_cast<minutes>(*time);
}

void read_url(ObjectReader& in, EngineSpec& spec) {
  const auto text =
      in.required_text("url", "where the engine answers: https://prometheus.example:9090");
  if (!text) return;
  const auto url = parse_url(*text);
  if (!url) {
    in.error(Code::bad_enum, "url", fmt::format("'{}' is no URL of an engine", *text),
             "http or https, a host, perhaps a port and a path; credentials go into the user's own "
             "engines.yaml");
    return;
  }
  spec.url = url->base();
}

void read_class(ObjectReader& in, EngineSpec& spec) {
  static const std::vector<std::string_view> kNames{"server", "balancer", "synthetic", "real-user",
                                                    "vendor"};
  if (const auto place = in.choice("class", kNames))
    spec.source_class = static_cast<SourceClass>(*place);
}

bool is_label(std::string_view name) {
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_';
         });
}

void read_engine_splits(ObjectReader& in, EngineSpec& spec) {
  const Json* list = in.find("splits");
  if (list == nullptr) return;
  if (spec.engine == slo::Engine::clickhouse) {
    in.error(Code::unknown_field, "splits", "ClickHouse is not asked by label",
             "an SLO of its own for each part");
    return;
  }
  if (!list->is_array() || list->as_array().size() > kMostEngineSplits) {
    in.error(Code::wrong_type, "splits",
             fmt::format("a list of at most {} labels", kMostEngineSplits),
             "splits: [{label: region, top: 10}]");
    return;
  }
  for (std::size_t i = 0; i < list->as_array().size(); ++i) {
    const Json& one = list->as_array()[i];
    const std::string path = in.path_of(fmt::format("splits[{}]", i));
    if (!one.is_object()) {
      in.error(Code::wrong_type, fmt::format("splits[{}]", i), "a split is a map with 'label'",
               "{label: region, top: 10}");
      continue;
    }
    ObjectReader member(one, path, in.findings());
    SplitSpec split;
    if (const auto label = member.required_text("label", "the label that tells series apart")) {
      split.label = split.column = *label;
      if (!is_label(*label))
        member.error(Code::bad_name, "label", fmt::format("'{}' is no label", *label));
    }
    split.top = static_cast<int>(member.integer("top", 1, kMostTop).value_or(10));
    if (const Json* values = member.find("values"); values != nullptr && values->is_array())
      for (const Json& value : values->as_array())
        if (value.is_string()) split.values.push_back(value.as_string());
    member.finish();
    spec.splits.push_back(std::move(split));
  }
}

}  // namespace

std::optional<EngineSpec> read_engine(const slo::DataSource& source, Findings& findings) {
  Findings own;
  EngineSpec spec;
  spec.name = source.name;
  spec.type = source.type;
  ObjectReader in(source.connection, "spec.connectionDetails", own);
  const auto engine = slo::engine_of(source.type);
  if (!engine) {
    ObjectReader(source.connection, "spec", own)
        .error(Code::bad_enum, "type", fmt::format("'{}' is no metrics engine", source.type),
               "prometheus, thanos, mimir, cortex, victoriametrics or clickhouse");
  } else if (!source.connection.is_object()) {
    in.error(Code::wrong_type, "",
             fmt::format("an engine needs a map here, not {}", kind_of(source.connection)),
             "connectionDetails: {url: \"https://prometheus.example:9090\"}");
  } else {
    spec.engine = *engine;
    if (spec.engine == slo::Engine::clickhouse) spec.interval = minutes{10};
    read_url(in, spec);
    read_minutes(in, "expectedInterval", minutes{1}, minutes{24 * 60}, spec.interval);
    read_minutes(in, "lookback", minutes{10}, minutes{7 * 24 * 60}, spec.lookback);
    read_minutes(in, "delay", minutes{1}, minutes{24 * 60}, spec.delay);
    read_class(in, spec);
    spec.vantage = in.text("vantage").value_or("");
    read_engine_splits(in, spec);
  }
  if (!is_sound(source, std::move(own), findings)) return std::nullopt;
  return spec;
}

EngineSpec require_engine(const slo::DataSource& source) {
  Findings findings;
  auto spec = read_engine(source, findings);
  if (spec) return std::move(*spec);
  throw source_invalid(source, findings);
}

}  // namespace nines::ingest
