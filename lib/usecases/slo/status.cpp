// Finds each objective's series, and has it judged.
#include "usecases/slo/status.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "domain/slo/counting.hpp"
#include "domain/slo/trend.hpp"
#include "store/series.hpp"

namespace nines::usecases {
namespace {

std::vector<const slo::Slo*> chosen(const Catalogue& catalogue, const StatusQuery& query) {
  std::vector<const slo::Slo*> found;
  for (const auto& name : query.names) found.push_back(&require_slo(catalogue, name));
  if (query.names.empty())
    for (const auto& slo : catalogue.slos) found.push_back(&slo);
  if (query.service)
    std::erase_if(found, [&](const slo::Slo* slo) { return slo->service != *query.service; });
  return found;
}

/// The end of the newest data of the SLO, or `now` when it has none.
Instant last_data(const std::vector<Located>& parts, const series::Reader& reader, Instant now) {
  std::optional<Instant> last;
  for (const auto& part : parts) {
    if (!part.series) continue;
    if (const auto extent = reader.extent(*part.series)) {
      const Instant end{std::chrono::minutes{extent->end}};
      last = last ? std::max(*last, end) : end;
    }
  }
  return last.value_or(now);
}

/// Ages are told against the present, whatever instant was asked about.
void age_against(slo::Freshness& fresh, Instant now) {
  if (!fresh.data_to) return;
  fresh.age = std::max(Micros{0}, now - *fresh.data_to);
  fresh.stale = *fresh.age > fresh.limit;
}

std::string explain(const Located& part, const std::string& reason) {
  if (!part.problem.empty()) return part.problem;
  if (part.source.empty()) return reason;
  return reason + " (source '" + part.source + "')";
}

void complete(StatusRow& row, const std::vector<Located>& parts, std::size_t i,
              const series::Reader& reader, const StatusQuery& query) {
  auto& a = row.assessment;
  if (!a.members.empty()) {
    for (std::size_t m = 0; m < a.members.size() && m < parts.size(); ++m)
      if (auto& part = a.members[m].assessment; !part.sli)
        part.sli_reason = explain(parts[m], part.sli_reason);
    return;
  }
  const auto& part = parts[i];
  row.source = part.source;
  if (a.verdict == slo::Verdict::no_data) a.sli_reason = explain(part, a.sli_reason);
  if (query.trend < 1 || !part.series || !a.window) return;
  const auto measure = slo::measure_of(*part.slo, *part.objective, reader, *part.series);
  row.trend = slo::burn_trend(measure, a.target, epoch_minute(a.window->from),
                              epoch_minute(*a.counted_to), query.trend);
}

void judge_one(Status& status, const Catalogue& catalogue, const slo::Slo& slo,
               const series::Reader& reader, const StatusQuery& query) {
  std::vector<Located> parts;
  for (const auto& objective : slo.objectives) parts.push_back(locate(catalogue, slo, objective));
  slo::AssessOptions options;
  options.at = query.at_last ? last_data(parts, reader, status.now) : query.at.value_or(status.now);
  if (!slo.window.rolling) options.place = slo::place_in(zone_of(slo));
  options.interval =
      query.exact ? slo::IntervalMethod::clopper_pearson : slo::IntervalMethod::wilson;
  const auto series = [&](const slo::Objective& objective) {
    return parts[static_cast<std::size_t>(&objective - slo.objectives.data())].series;
  };
  auto assessments = slo::assess(slo, reader, series, options);
  const auto provenance = catalogue.provenance.find(slo.name);
  for (std::size_t i = 0; i < assessments.size(); ++i) {
    StatusRow row;
    row.assessment = std::move(assessments[i]);
    if (provenance != catalogue.provenance.end()) row.because = provenance->second.because;
    if (query.at_last) age_against(row.assessment.freshness, status.now);
    complete(row, parts, i, reader, query);
    status.rows.push_back(std::move(row));
  }
}

}  // namespace

const slo::Slo& require_slo(const Catalogue& catalogue, const std::string& name) {
  if (const auto* found = catalogue.find_slo(name)) return *found;
  std::vector<std::string_view> names;
  for (const auto& slo : catalogue.slos) names.push_back(slo.name);
  auto hint = did_you_mean_hint(name, names);
  if (hint.empty())
    hint = names.empty() ? "none is applied yet: nines slo apply FILE --because TEXT"
                         : "nines slo list shows them";
  throw Error(ExitCode::not_found, fmt::format("no SLO '{}' is applied", name), hint,
              "UNKNOWN_SLO");
}

Zone zone_of(const slo::Slo& slo) {
  if (slo.window.rolling) return Zone::utc();
  const auto zone = Zone::find(slo.window.zone);
  if (!zone)
    throw Error(ExitCode::bad_data,
                fmt::format("SLO '{}' names the unknown time zone '{}'", slo.name, slo.window.zone),
                "mend the definition and apply it again", "UNKNOWN_ZONE");
  return *zone;
}

Located locate(const Catalogue& catalogue, const slo::Slo& slo, const slo::Objective& objective) {
  Located found{&slo, &objective, std::nullopt, {}, {}};
  const auto* indicator = slo::indicator_of(slo, objective);
  if (indicator == nullptr) {
    found.problem =
        "its indicator '" +
        (objective.indicator_ref.empty() ? slo.indicator_ref : objective.indicator_ref) +
        "' is not applied";
    return found;
  }
  const auto& metric = slo::read_metric(*indicator);
  found.source = metric.ref;
  const auto* source = catalogue.source_of(metric);
  if (source == nullptr) {
    found.problem = metric.ref.empty() ? "its indicator names no source"
                                       : "its source '" + metric.ref + "' is not applied";
    return found;
  }
  auto counting = slo::counting_of(slo, objective, *source);
  found.problem = std::move(counting.problem);
  if (counting.counting) found.series = series::id_of(counting.counting->key);
  return found;
}

Status judge_all(const Catalogue& catalogue, const series::Reader& reader, const StatusQuery& query,
                 Instant now) {
  Status status{now, {}, catalogue.warnings};
  for (const auto* slo : chosen(catalogue, query))
    judge_one(status, catalogue, *slo, reader, query);
  return status;
}

Status slo_status(const Session& session, const StatusQuery& query) {
  const auto catalogue = load_catalogue(session);
  const auto reader = store::open_series(session.store());
  return judge_all(catalogue, *reader, query, session.now());
}

}  // namespace nines::usecases
