// OpenSLO v1: the shapes of its own, and those that every version shares.
#include "yaml/openslo_v1.hpp"

#include "yaml/openslo_parts.hpp"

namespace nines::yaml {

namespace {

const Field kMetadataFields[] = {
    kNameRow,
    kMetadataNameRow,
    row::of(Type::labels, "labels", "words to group and filter by"),
    row::of(Type::annotations, "annotations",
            "further facts; those of this program begin with nines.dev/"),
};

const Field kMetricSourceFields[] = {
    row::text("metricSourceRef", "name of a DataSource", 0, &kNameFormat),
    row::text("type", "kind of source, such as Prometheus or file"),
    row::of(Type::free_map, "spec",
            "what to ask the source: 'query' for engines; 'where', 'sum', 'value' for files",
            kOpenSlo),
};
const Shape kMetricSource{"metricSource", kMetricSourceFields, check_metric_source};

const Field kMetricFields[] = {
    row::object("metricSource", "where the numbers come from", &kMetricSource, kOpenSlo),
};
const Shape kMetric{"metric", kMetricFields};

const Field kCalendarFields[] = {
    row::text("startTime", "first moment of the first window, YYYY-MM-DD hh:mm:ss", kOpenSlo,
              &kDateTimeFormat),
    row::text("timeZone", "IANA zone such as Europe/Paris", kOpenSlo, &kZoneFormat),
};

const Field kServiceSpecFields[] = {kDescriptionRow};

const Field kDataSourceSpecFields[] = {
    kDescriptionRow,
    row::text("type", "kind of source, such as Prometheus or file", kOpenSlo),
    row::of(Type::any, "connectionDetails",
            "how it is reached; for files their format, time and columns", kOpenSlo),
};

constexpr std::string_view kApiVersion[] = {"openslo/v1"};
constexpr OpenSloVersion kV1{.api_version = kApiVersion,
                             .names = {"indicator", "indicatorRef", "service"},
                             .metadata = &kMetadataShape,
                             .metric = &kMetric,
                             .length = &kDurationFormat,
                             .delay = &kDelayFormat,
                             .alert_after = 0};

}  // namespace

const Shape kMetadataShape{"metadata", kMetadataFields};
const Shape kCalendarShape{"calendar", kCalendarFields};
const Shape kServiceSpecShape{"serviceSpec", kServiceSpecFields};
const Shape kDataSourceSpecShape{"dataSourceSpec", kDataSourceSpecFields};

std::span<const KindTable> openslo_v1_kinds() { return OpenSloParts<kV1>::kinds; }

}  // namespace nines::yaml
