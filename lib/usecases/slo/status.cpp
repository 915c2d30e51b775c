// Finds each objective's series, and has it judged.
#include "usecases/slo/status.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "domain/slo/counting.hpp"
#include "store/live_runs.hpp"
#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "usecases/slo/surroundings.hpp"

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

/// Burn of the parts of the window: of one objective, or of a whole composite.
std::vector<std::optional<double>> trend_of(const slo::Slo& slo, std::size_t index,
                                            const slo::Assessment& a, const series::Reader& reader,
                                            const slo::SeriesOf& series,
                                            const slo::AssessOptions& options, int buckets) {
  const auto measures = slo::measures_of(slo, reader, series, options.stops, *a.window,
                                         slo::excludes_maintenance(slo));
  std::vector<slo::Share> shares;
  if (!slo.composite())
    shares.push_back({measures(slo.objectives[index]), a.target});
  else if (slo::judgeable(slo))
    shares = slo::shares_of(slo, measures);
  return slo::burn_trend(shares, epoch_minute(a.window->from), epoch_minute(*a.counted_to),
                         buckets);
}

/// What all judgements of one status share.
struct Bench {
  const Catalogue& catalogue;
  const StatusQuery& query;
  Instant now;
  const std::vector<catalog::Maintenance>& maintenance;
};

std::vector<StatusRow> judge_one(const Bench& bench, const slo::Slo& slo,
                                 const series::Reader& reader) {
  const auto& query = bench.query;
  std::vector<Located> parts;
  for (const auto& objective : slo.objectives)
    parts.push_back(locate(bench.catalogue, slo, objective));
  const auto options = options_for(bench.catalogue, slo, parts, reader, bench.maintenance,
                                   {query.at, query.at_last, query.exact}, bench.now);
  auto assessments = slo::assess(slo, reader, series_in(slo, parts), options);
  const auto provenance = bench.catalogue.provenance.find(slo.name);
  std::vector<StatusRow> rows;
  rows.reserve(assessments.size());
  for (std::size_t i = 0; i < assessments.size(); ++i) {
    StatusRow row;
    row.assessment = std::move(assessments[i]);
    auto& a = row.assessment;
    if (provenance != bench.catalogue.provenance.end()) row.because = provenance->second.because;
    if (query.at_last) age_against(a.freshness, bench.now);
    if (slo.composite()) {
      explain_absence(a, parts);
    } else {
      row.source = parts[i].source;
      row.source_type = parts[i].source_type;
      explain_absence(a, {parts[i]});
    }
    if (query.trend > 0 && a.counted_to)
      row.trend = trend_of(slo, i, a, reader, series_in(slo, parts), options, query.trend);
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Each worker has a reader of its own.
std::vector<StatusRow> judge_each(const Bench& bench, const std::vector<const slo::Slo*>& slos,
                                  const std::vector<const series::Reader*>& readers) {
  std::vector<std::vector<StatusRow>> judged(slos.size());
  in_parallel(slos.size(), readers.size(), [&](std::size_t i, std::size_t worker) {
    judged[i] = judge_one(bench, *slos[i], *readers[worker]);
  });
  std::size_t size = 0;
  for (const auto& some : judged) size += some.size();
  std::vector<StatusRow> rows;
  rows.reserve(size);
  for (auto& some : judged)
    rows.insert(rows.end(), std::make_move_iterator(some.begin()),
                std::make_move_iterator(some.end()));
  return rows;
}

/// Imports that are on record and that no figure here has read.
void warn_of_unread(Status& status, const store::Store& store) {
  std::set<std::string> sources;
  for (const auto& row : status.rows)
    if (!row.source.empty()) sources.insert(row.source);
  std::map<std::pair<std::string, std::string>, std::pair<int, Instant>> elsewhere;
  for (const auto& run : store::unread_runs(store)) {
    if (!sources.contains(run.source)) continue;
    if (run.here) {
      status.warnings.push_back(
          fmt::format("source '{}': the import of '{}' does not count, another machine's covers "
                      "the same times; nines undo it, then import again with --origin or --overlap",
                      run.source, run.file));
      continue;
    }
    auto& [imports, last] = elsewhere[{run.source, run.replica.to_string()}];
    ++imports;
    last = std::max(last, run.last);
  }
  for (const auto& [key, found] : elsewhere)
    status.warnings.push_back(
        fmt::format("source '{}': {} up to {} measured on replica {}, not here; nines sync DIR "
                    "brings the measurements",
                    key.first, count_of(static_cast<std::uint64_t>(found.first), "import"),
                    format_utc(found.second), key.second));
}

}  // namespace

Instant instant_asked(const std::vector<Located>& parts, const series::Reader& reader,
                      const Asked& asked, Instant now) {
  return asked.at_last ? last_data(parts, reader, now) : asked.at.value_or(now);
}

slo::SeriesOf series_in(const slo::Slo& slo, const std::vector<Located>& parts) {
  return [&](const slo::Objective& objective) {
    return parts[static_cast<std::size_t>(&objective - slo.objectives.data())].series;
  };
}

slo::AssessOptions options_for(const Catalogue& catalogue, const slo::Slo& slo,
                               const std::vector<Located>& parts, const series::Reader& reader,
                               const std::vector<catalog::Maintenance>& maintenance,
                               const Asked& asked, Instant now) {
  slo::AssessOptions options;
  options.at = instant_asked(parts, reader, asked, now);
  if (!slo.window.rolling) options.place = slo::place_in(zone_of(slo));
  options.interval =
      asked.exact ? slo::IntervalMethod::clopper_pearson : slo::IntervalMethod::wilson;
  options.stops = stops_of(catalogue, slo, maintenance);
  return options;
}

void explain_absence(slo::Assessment& a, const std::vector<Located>& parts) {
  for (std::size_t m = 0; m < a.members.size() && m < parts.size(); ++m)
    if (auto& part = a.members[m].assessment; !part.sli)
      part.sli_reason = explain(parts[m], part.sli_reason);
  if (a.members.empty() && a.verdict == slo::Verdict::no_data)
    a.sli_reason = explain(parts.front(), a.sli_reason);
}

std::string data_command(const std::string& source, const std::string& source_type) {
  if (source_type.empty() || source_type == "file")
    return "nines slo import FILE --source " + source;
  return "nines slo measure " + source;
}

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
  Located found{&slo, &objective, std::nullopt, {}, {}, {}};
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
  found.source = source->name;
  found.source_type = source->type;
  auto counting = slo::counting_of(slo, objective, *source);
  found.problem = std::move(counting.problem);
  if (counting.counting) found.series = series::id_of(counting.counting->key);
  return found;
}

Status judge_all(const Catalogue& catalogue, const series::Reader& reader, const StatusQuery& query,
                 Instant now, const std::vector<catalog::Maintenance>& maintenance) {
  const Bench bench{catalogue, query, now, maintenance};
  return {now, judge_each(bench, chosen(catalogue, query), {&reader}), catalogue.warnings};
}

Status slo_status(const Session& session, const StatusQuery& query) {
  const store::Snapshot snapshot(session.store());
  const auto catalogue = load_catalogue(session);
  const auto maintenance = store::maintenance(session.store());
  const auto slos = chosen(catalogue, query);
  const auto readers = store::open_series(session.store(), workers_for(slos.size()));
  std::vector<const series::Reader*> borrowed;
  for (const auto& reader : readers) borrowed.push_back(reader.get());
  const Bench bench{catalogue, query, session.now(), maintenance};
  Status status{bench.now, judge_each(bench, slos, borrowed), catalogue.warnings};
  warn_of_unread(status, session.store());
  return status;
}

}  // namespace nines::usecases
