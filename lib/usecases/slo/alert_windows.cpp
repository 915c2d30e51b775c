// Catalogues of alert windows (AlertWindows documents) as tables that can be replayed.
#include "usecases/slo/alert_windows.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "usecases/slo/definition_files.hpp"
#include "yaml/definitions.hpp"
#include "yaml/prometheus.hpp"

namespace nines::usecases {
namespace {

alert::Millis length_of(const Json& map, const char* name) {
  return alert::Millis{yaml::prometheus_millis(map.text(name)).value_or(0)};
}

/// A number is a text of digits in documents as JSON, or a whole number.
std::optional<Decimal> number_in(const Json& map, const char* name) {
  const Json* value = map.find(name);
  if (value == nullptr) return std::nullopt;
  return Decimal::parse(value->is_string() ? value->as_string() : value->canonical());
}

void add_pair(alert::WindowTable& table, const Json* windows, alert::Severity severity,
              alert::Speed speed) {
  const Json* pair = windows == nullptr ? nullptr : windows->find(alert::kSpeedNames.of(speed));
  if (pair == nullptr) return;
  table.pairs.push_back({severity, speed,
                         number_in(*pair, "errorBudgetPercent").value_or(Decimal()),
                         length_of(*pair, "shortWindow"), length_of(*pair, "longWindow")});
}

}  // namespace

std::optional<alert::WindowTable> window_table_of(const Json& document) {
  const Json* spec = document.find("spec");
  if (spec == nullptr) return std::nullopt;
  alert::WindowTable table;
  table.period = length_of(*spec, "sloPeriod");
  for (const auto severity : {alert::Severity::page, alert::Severity::ticket}) {
    const Json* windows = spec->find(alert::kSeverityNames.of(severity));
    for (const auto speed : {alert::Speed::quick, alert::Speed::slow})
      add_pair(table, windows, severity, speed);
  }
  if (table.period.count() <= 0 || table.pairs.empty()) return std::nullopt;
  return table;
}

std::vector<WindowFile> read_window_files(const std::vector<std::string>& paths,
                                          const std::filesystem::path& cwd) {
  std::vector<WindowFile> files;
  const std::size_t limit = yaml::Limits{}.bytes;
  if (paths.empty()) return files;
  for (const auto& file : find_definition_files(paths, cwd)) {
    const auto reading = yaml::read_definitions(read_file(file.path, limit), file.name);
    for (const auto& finding : reading.findings) {
      if (finding.severity == Severity::error)
        throw Error(ExitCode::bad_data, finding.message, "nines slo check " + file.name,
                    finding.code)
            .at({file.name, finding.span.line, finding.span.column});
    }
    WindowFile windows{file.name, {}};
    for (const auto& definition : reading.definitions) {
      if (definition.kind != "AlertWindows") continue;
      if (auto table = window_table_of(definition.json))
        windows.tables.push_back(std::move(*table));
    }
    if (windows.tables.empty()) {
      if (file.below_directory) continue;
      throw Error(ExitCode::bad_data, "'" + file.name + "' holds no AlertWindows",
                  "give documents of sloth.slok.dev/v1 with 'kind: AlertWindows'", "NO_WINDOWS");
    }
    files.push_back(std::move(windows));
  }
  return files;
}

alert::WindowTable table_for(const std::vector<alert::WindowTable>& tables, alert::Millis period) {
  const auto* found = alert::find_table(tables, period);
  return found != nullptr ? *found : alert::standard_table(period);
}

}  // namespace nines::usecases
