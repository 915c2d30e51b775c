// OpenSLO v2alpha: v1 with other names for references, metrics without a wrapper, stricter labels.
#include "yaml/openslo_v2alpha.hpp"

#include "yaml/checker.hpp"
#include "yaml/fields.hpp"
#include "yaml/file_source.hpp"
#include "yaml/openslo_parts.hpp"

namespace nines::yaml {

namespace {

using slo::Code;

bool is_lower_label(std::string_view text) {
  const auto inner = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  if (text.empty()) return true;
  if (text.size() > 63 || !inner(text.front()) || !inner(text.back())) return false;
  for (const char c : text) {
    if (!inner(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

void check_labels(Checker& checker, const Node& map) {
  for (const auto& [key, value] : map.members()) {
    if (value.is_scalar() && is_lower_label(value.text)) continue;
    checker.error(Code::bad_label_key, value, shown(value) + " is no label value of v2alpha",
                  "use one text of lower-case letters, digits, '-', '_' and '.'");
  }
}

/// Exactly one of a reference and a DataSource written in its place.
void check_metric(Checker& checker, const Node& map) {
  const bool by_name = is_set(map, "dataSourceRef");
  if (by_name == is_set(map, "dataSourceSpec")) {
    checker.error(Code::one_of, by_name ? *map.find_key("dataSourceRef") : first_of(map),
                  (by_name ? std::string("both ") : std::string("neither of ")) +
                      "'dataSourceRef' and 'dataSourceSpec'",
                  "give exactly one of the two");
    return;
  }
  if (by_name) {
    const Checker::Step step(checker, "dataSourceRef");
    checker.refer("DataSource", *map.find("dataSourceRef"));
  }
  const Node* spec = child(&map, "spec");
  if (text_of(child(&map, "dataSourceSpec"), "type") == "file" && spec != nullptr)
    check_file_metric(checker, *spec);
}

const Format kLabelValues{check_labels, R"("additionalProperties":{"type":"string"})"};

const Field kV2MetadataFields[] = {
    kNameRow,
    row::of(Type::labels, "labels", "words to group and filter by", 0, &kLabelValues),
    row::of(Type::annotations, "annotations",
            "further facts; those of this program begin with nines.dev/"),
};
const Shape kV2Metadata{"metadata", kV2MetadataFields};

const Field kV2MetricFields[] = {
    row::text("dataSourceRef", "name of a DataSource", 0, &kNameFormat),
    row::object("dataSourceSpec", "a DataSource written here", &kDataSourceSpecShape),
    row::of(Type::free_map, "spec", "what to ask the source", kOpenSlo),
};
const Shape kV2Metric{"metric", kV2MetricFields, check_metric};

constexpr std::string_view kV2ApiVersion[] = {"openslo.com/v2alpha"};
constexpr OpenSloVersion kV2Alpha{.api_version = kV2ApiVersion,
                                  .names = {"sli", "sliRef", "serviceRef"},
                                  .metadata = &kV2Metadata,
                                  .metric = &kV2Metric,
                                  .length = &kShortDurationFormat,
                                  .delay = &kShortDelayFormat,
                                  .alert_after = kOpenSlo};

}  // namespace

std::span<const KindTable> openslo_v2alpha_kinds() { return OpenSloParts<kV2Alpha>::kinds; }

}  // namespace nines::yaml
