// What an SLO says, whatever dialect it was written in: the normalised definition.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/json.hpp"
#include "base/time.hpp"

namespace nines::slo {

enum class BudgetingMethod { occurrences, timeslices, ratio_timeslices };
enum class Comparison { gt, gte, lt, lte };
enum class MissingData { exclude, good, bad };
enum class Unit { second, minute, hour, day, week, month, quarter, year };

/// "30d", "1M": a count of units; rolling windows take M, Q, Y as 30, 90, 365 days.
struct Length {
  std::int64_t count = 0;
  Unit unit = Unit::day;

  std::chrono::seconds rolling() const;
  std::string to_string() const;
  friend bool operator==(const Length&, const Length&) = default;
};

struct TimeWindow {
  Length length{30, Unit::day};
  bool rolling = true;
  std::string anchor;  ///< calendar only: "2026-01-01 00:00:00", local wall time
  std::string zone;    ///< calendar only: IANA name

  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

/// Where one metric comes from. For `type: file` the spec holds `where`, `sum`, `value`.
struct MetricSource {
  std::string ref;   ///< DataSource name; may be empty for an inline query
  std::string type;  ///< "file", "Prometheus"; may be empty with a ref
  Json spec;         ///< free-form object

  std::string where() const { return spec.text("where", "true"); }
  std::string sum() const { return spec.text("sum"); }
  std::string value() const { return spec.text("value"); }
  friend bool operator==(const MetricSource&, const MetricSource&) = default;
};

struct Indicator {
  enum class Kind { good_total, bad_total, raw_success, raw_failure, threshold };
  std::string name;
  Kind kind = Kind::good_total;
  MetricSource first;                 ///< good, bad, raw or threshold metric
  std::optional<MetricSource> total;  ///< with good and bad
  std::string service = {};  ///< annotation nines.dev/service: whose rows count, if not the SLO's

  friend bool operator==(const Indicator&, const Indicator&) = default;
};

struct Objective {
  std::string id;  ///< annotation nines.dev/id or a hash of the content; never the index
  std::string display_name;
  Ratio target;
  std::optional<Comparison> op;  ///< threshold indicators
  std::optional<Decimal> value;  ///< threshold indicators
  std::optional<Ratio> slice_target;
  std::optional<Length> slice_window;
  std::optional<Indicator> indicator;  ///< composite SLOs, resolved
  std::string indicator_ref;           ///< composite SLOs, as written
  Decimal weight{1, 0};

  friend bool operator==(const Objective&, const Objective&) = default;
};

using StringMap = std::map<std::string, std::string>;

struct Slo {
  std::string name;
  std::string display_name;
  std::string description;
  std::string service;
  std::optional<Indicator> indicator;  ///< resolved where possible; absent in composites
  std::string indicator_ref;           ///< as written; empty when inline
  BudgetingMethod method = BudgetingMethod::occurrences;
  TimeWindow window;
  std::vector<Objective> objectives;
  MissingData missing = MissingData::exclude;  ///< annotation nines.dev/no-data
  StringMap labels;
  StringMap annotations;

  bool composite() const { return !indicator && indicator_ref.empty(); }
  /// The value of the annotation "nines.dev/<key>", or empty.
  std::string extra(const std::string& key) const;
  friend bool operator==(const Slo&, const Slo&) = default;
};

struct Sli {
  std::string name;
  Indicator indicator;
};

/// OpenSLO DataSource; `connection` is free-form, read by ingest for `type: file`.
struct DataSource {
  std::string name;
  std::string type;
  Json connection;
  StringMap annotations;
};

}  // namespace nines::slo
