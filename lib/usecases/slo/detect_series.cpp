// Finds the parts of a series by the key they share.
#include "usecases/slo/detect_series.hpp"

#include <map>

#include "domain/slo/counting.hpp"
#include "store/series.hpp"

namespace nines::usecases {

std::vector<WatchedSeries> watched_series(const Session& session, const Catalogue& catalogue,
                                          const std::vector<std::string>& slos) {
  std::vector<const nines::slo::Slo*> chosen;
  for (const auto& name : slos) chosen.push_back(&require_slo(catalogue, name));
  if (slos.empty())
    for (const auto& slo : catalogue.slos) chosen.push_back(&slo);
  std::map<std::string, std::map<series::SeriesId, std::vector<series::SeriesKey>>> parts;
  std::vector<WatchedSeries> watched;
  for (const auto* slo : chosen)
    for (const auto& objective : slo->objectives) {
      const auto located = locate(catalogue, *slo, objective);
      if (!located.series) continue;
      watched.push_back({slo, &objective, *located.series, *located.series, {}});
      auto [of_source, fresh] = parts.try_emplace(located.source);
      if (fresh)
        for (auto key : store::series_of_source(session.store(), located.source)) {
          if (key.split.empty()) continue;
          auto whole = key;
          whole.split.clear();
          of_source->second[series::id_of(whole)].push_back(std::move(key));
        }
      for (const auto& key : of_source->second[*located.series])
        watched.push_back({slo, &objective, series::id_of(key), *located.series, key.split});
    }
  return watched;
}

}  // namespace nines::usecases
