// OpenSLO v1: the shapes of its own, and those that every version shares.
#include "yaml/openslo_v1.hpp"

#include "yaml/openslo_parts.hpp"

namespace nines::yaml {

namespace {

const Field kV1MetadataFields[] = {
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

const Field kV1MetricFields[] = {
    row::object("metricSource", "where the numbers come from", &kMetricSource, kOpenSlo),
};
const Shape kV1Metric{"metric", kV1MetricFields};

const Field kWindowCalendarFields[] = {
    row::text("startTime", "first moment of the first window, YYYY-MM-DD hh:mm:ss", kOpenSlo,
              &kDateTimeFormat),
    row::text("timeZone", "IANA zone such as Europe/Paris", kOpenSlo, &kZoneFormat),
};

const Field kV1ServiceSpecFields[] = {kDescriptionRow};

const Field kDataSourceSpecFields[] = {
    kDescriptionRow,
    row::text("type", "kind of source, such as Prometheus or file", kOpenSlo),
    row::of(Type::any, "connectionDetails",
            "how it is reached; for files their format, time and columns", kOpenSlo),
};

constexpr std::string_view kV1ApiVersion[] = {"openslo/v1"};
constexpr OpenSloVersion kOpenSloV1{.api_version = kV1ApiVersion,
                                    .names = {"indicator", "indicatorRef", "service"},
                                    .metadata = &kMetadataShape,
                                    .metric = &kV1Metric,
                                    .length = &kDurationFormat,
                                    .delay = &kDelayFormat,
                                    .alert_after = 0};

}  // namespace

const Shape kMetadataShape{"metadata", kV1MetadataFields};
const Shape kCalendarShape{"calendar", kWindowCalendarFields};
const Shape kServiceSpecShape{"serviceSpec", kV1ServiceSpecFields};
const Shape kDataSourceSpecShape{"dataSourceSpec", kDataSourceSpecFields};

std::span<const KindTable> openslo_v1_kinds() { return OpenSloParts<kOpenSloV1>::kinds; }

}  // namespace nines::yaml
