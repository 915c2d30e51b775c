// Minutes of stored counters as columns of shares and of events.
#include "usecases/rca/metric_source.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "store/series.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using nines::rca::MetricColumn;
using nines::rca::MetricTable;
using nines::rca::TimeStretch;

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

struct MeasuredObjective {
  std::string slo;
  series::SeriesId series;
};

/// The median number of events of a minute that had any; 0 when none had.
double usual_events(const std::vector<double>& events) {
  std::vector<double> some;
  for (const double count : events)
    if (count > 0) some.push_back(count);
  if (some.empty()) return 0;
  const auto middle = some.begin() + static_cast<std::ptrdiff_t>(some.size() / 2);
  std::nth_element(some.begin(), middle, some.end());
  return *middle;
}

class StoredMetrics final : public MetricSource {
 public:
  StoredMetrics(const Session& session, const Catalogue& catalogue)
      : reader_(store::open_series(session.store())) {
    for (const auto& slo : catalogue.slos) {
      if (slo.composite()) continue;
      for (const auto& objective : slo.objectives) {
        const auto located = locate(catalogue, slo, objective);
        if (!located.series || !reader_->extent(*located.series)) continue;
        by_service_[slo.service].push_back({slo.name, *located.series});
        break;
      }
    }
  }

  std::string name() const override { return "the store"; }

  std::vector<std::string> services() const override {
    std::vector<std::string> names;
    for (const auto& [service, objectives] : by_service_) names.push_back(service);
    return names;
  }

  std::optional<Instant> known_until(const std::vector<std::string>& services) const override {
    std::optional<Instant> until;
    for (const auto& service : services) {
      const auto found = by_service_.find(service);
      if (found == by_service_.end()) continue;
      for (const auto& objective : found->second) {
        const auto end = from_epoch_minute(reader_->extent(objective.series)->end);
        until = until ? std::max(*until, end) : end;
      }
    }
    return until;
  }

  MetricTable table(const std::vector<std::string>& services,
                    const TimeStretch& stretch) const override {
    MetricTable table;
    for (auto minute = epoch_minute(stretch.from); minute < epoch_minute(stretch.to); ++minute)
      table.times.push_back(format_utc(from_epoch_minute(minute)));
    for (const auto& service : services) {
      const auto found = by_service_.find(service);
      if (found != by_service_.end()) add_service(service, found->second, stretch, table);
    }
    return table;
  }

 private:
  void add_service(const std::string& service, const std::vector<MeasuredObjective>& objectives,
                   const TimeStretch& stretch, MetricTable& table) const {
    const std::vector<double> nothing(table.times.size(), kNotMeasured);
    MetricColumn worst{{service, std::string(kFailedMetric), ""}, nothing};
    MetricColumn events{{service, std::string(kEventsMetric), ""}, nothing, 1};
    std::vector<MetricColumn> each;
    const auto larger = [](double a, double b) { return std::isnan(a) || b > a ? b : a; };
    for (const auto& objective : objectives) {
      MetricColumn failed{{service, std::string(kFailedMetric), objective.slo}, nothing};
      bool measured = false;
      const auto from = epoch_minute(stretch.from);
      for (const auto& minute :
           reader_->minutes(objective.series, from, epoch_minute(stretch.to))) {
        const auto row = static_cast<std::size_t>(minute.minute - from);
        measured = true;
        events.values[row] = larger(events.values[row], static_cast<double>(minute.total));
        if (minute.total == 0) continue;
        failed.values[row] = static_cast<double>(minute.total - minute.good) /
                             static_cast<double>(minute.total);
        worst.values[row] = larger(worst.values[row], failed.values[row]);
      }
      if (measured) each.push_back(std::move(failed));
    }
    if (each.empty()) return;
    const double usual = usual_events(events.values);
    worst.step = usual > 0 ? 1 / usual : 0;
    for (auto& one : each) one.step = worst.step;
    table.columns.push_back(std::move(worst));
    if (each.size() > 1)
      for (auto& one : each) table.columns.push_back(std::move(one));
    table.columns.push_back(std::move(events));
  }

  std::unique_ptr<series::Reader> reader_;
  std::map<std::string, std::vector<MeasuredObjective>, std::less<>> by_service_;
};

}  // namespace

std::unique_ptr<MetricSource> stored_metrics(const Session& session, const Catalogue& catalogue) {
  return std::make_unique<StoredMetrics>(session, catalogue);
}

}  // namespace nines::usecases
