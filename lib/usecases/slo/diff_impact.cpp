// Pairs what changed, finds the measurements of both sides, and looks back on each.
#include "usecases/slo/diff_impact.hpp"

#include <algorithm>
#include <chrono>

#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"
#include "usecases/slo/surroundings.hpp"

namespace nines::usecases {
namespace {

using nines::slo::Hindsight;
using nines::slo::Period;
using nines::slo::Slo;

constexpr std::chrono::days kLongestHistory{366};
constexpr auto kNotDefined = "is not defined";

/// One side of a comparison: a definition with the series it counts from.
struct Side {
  const Catalogue* catalogue = nullptr;
  const Slo* slo = nullptr;  ///< null: this side does not define it
  std::vector<Located> parts = {};

  Side(const Catalogue& all, const Slo* found) : catalogue(&all), slo(found) {
    if (slo == nullptr) return;
    for (const auto& objective : slo->objectives) parts.push_back(locate(all, *slo, objective));
  }
};

bool same_series(const Side& a, const Side& b) {
  return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                    [](const Located& x, const Located& y) { return x.series == y.series; });
}

struct Pair {
  Side before, after;

  bool differs() const {
    return before.slo == nullptr || after.slo == nullptr || !(*before.slo == *after.slo) ||
           !same_series(before, after);
  }
};

std::vector<Pair> changed_pairs(const Catalogue& before, const Catalogue& after) {
  std::vector<Pair> pairs;
  std::vector<std::string> taken;
  for (const auto& slo : after.slos) {
    const auto* old = before.find_slo(slo.name);
    if (old == nullptr && !slo.extra("renamed-from").empty())
      old = before.find_slo(slo.extra("renamed-from"));
    if (old != nullptr) taken.push_back(old->name);
    pairs.push_back({Side(before, old), Side(after, &slo)});
  }
  for (const auto& slo : before.slos)
    if (std::find(taken.begin(), taken.end(), slo.name) == taken.end())
      pairs.push_back({Side(before, &slo), Side(after, nullptr)});
  std::erase_if(pairs, [](const Pair& pair) { return !pair.differs(); });
  return pairs;
}

void widen(std::optional<Period>& history, const Side& side, const series::Reader& reader) {
  for (const auto& part : side.parts) {
    const auto extent = part.series ? reader.extent(*part.series) : std::nullopt;
    if (!extent) continue;
    const Period held{Instant{std::chrono::minutes{extent->begin}},
                      Instant{std::chrono::minutes{extent->end}}};
    history =
        history ? Period{std::min(history->from, held.from), std::max(history->to, held.to)} : held;
  }
}

/// The judgements of one side, one per objective, or one of a whole composite.
std::vector<ImpactSide> judge(const Side& side, const series::Reader& reader,
                              const std::vector<catalog::Maintenance>& maintenance,
                              const Period& history) {
  std::vector<ImpactSide> judged;
  if (side.slo == nullptr) return judged;
  const auto options = options_for(*side.catalogue, *side.slo, side.parts, reader, maintenance,
                                   {.at = history.to}, history.to);
  auto looked =
      nines::slo::look_back(*side.slo, reader, series_in(*side.slo, side.parts), options, history);
  for (std::size_t i = 0; i < looked.size(); ++i) {
    auto& last = looked[i].last;
    if (side.slo->composite())
      explain_absence(last, side.parts);
    else
      explain_absence(last, {side.parts[i]});
    auto reason = last.sli_reason;
    if (looked[i].days == 0 && reason.empty()) reason = "nothing could be judged";
    judged.push_back({std::move(looked[i]), std::move(reason)});
  }
  return judged;
}

ImpactSide take(std::vector<ImpactSide>& sides, std::size_t index) {
  auto side = std::move(sides[index]);
  sides.erase(sides.begin() + static_cast<std::ptrdiff_t>(index));
  return side;
}

std::optional<std::size_t> with_id(const std::vector<ImpactSide>& sides, const std::string& id) {
  const auto found = std::find_if(sides.begin(), sides.end(), [&](const ImpactSide& side) {
    return side.hindsight && side.hindsight->last.objective == id;
  });
  if (found == sides.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sides.begin());
}

void add_rows(std::vector<ImpactRow>& rows, const std::string& name, std::vector<ImpactSide> before,
              std::vector<ImpactSide> after) {
  const bool several = std::max(before.size(), after.size()) > 1;
  const auto first = rows.size();
  for (auto& side : after) {
    ImpactRow row{
        name, side.hindsight->last.objective, several, {{}, kNotDefined}, std::move(side)};
    if (const auto same = with_id(before, row.objective)) row.before = take(before, *same);
    rows.push_back(std::move(row));
  }
  for (auto i = first; i < rows.size() && !before.empty(); ++i)
    if (!rows[i].before.hindsight) rows[i].before = take(before, 0);
  for (auto& side : before) {
    auto id = side.hindsight->last.objective;
    rows.push_back({name, std::move(id), several, std::move(side), {{}, kNotDefined}});
  }
}

/// What the alerts of one side would have done; none of it where the side defines nothing.
std::vector<BacktestAlert> replay(const Session& session, const std::vector<Pair>& pairs,
                                  Side Pair::*side, const Period& history) {
  BacktestQuery query{.names = {}, .service = {}, .from = history.from, .to = history.to};
  query.own_apart = false;  // what one side has and the other has not is one sum
  const Catalogue* catalogue = nullptr;
  for (const auto& pair : pairs)
    if ((pair.*side).slo != nullptr) {
      query.names.push_back((pair.*side).slo->name);
      catalogue = (pair.*side).catalogue;
    }
  if (catalogue == nullptr) return {};
  return slo_backtest(session, *catalogue, query).all;
}

std::vector<AlertImpact> alerts_of(const Session& session, const std::vector<Pair>& pairs,
                                   const Period& history) {
  std::vector<AlertImpact> alerts;
  const auto at = [&](const std::string& severity) -> AlertImpact& {
    for (auto& one : alerts)
      if (one.severity == severity) return one;
    return alerts.emplace_back(AlertImpact{severity});
  };
  for (auto& one : replay(session, pairs, &Pair::before, history))
    at(one.severity).before = one.figures;
  for (auto& one : replay(session, pairs, &Pair::after, history))
    at(one.severity).after = one.figures;
  return alerts;
}

}  // namespace

DiffImpact diff_impact(const Session& session,
                       const std::vector<nines::slo::DefinitionRecord>& before,
                       const std::vector<nines::slo::DefinitionRecord>& after) {
  const store::Snapshot snapshot(session.store());
  const auto old_catalogue = catalogue_of(before), new_catalogue = catalogue_of(after);
  const auto pairs = changed_pairs(old_catalogue, new_catalogue);
  const auto reader = store::open_series(session.store());
  const auto maintenance = store::maintenance(session.store());
  DiffImpact impact;
  for (const auto& pair : pairs) {
    widen(impact.history, pair.before, *reader);
    widen(impact.history, pair.after, *reader);
  }
  if (impact.history)
    impact.history->from = std::max(impact.history->from, impact.history->to - kLongestHistory);
  // Without any measurement the sides are still judged, at the present, to say why there is none.
  const auto history = impact.history.value_or(Period{session.now(), session.now()});
  for (const auto& pair : pairs)
    add_rows(impact.rows, (pair.after.slo ? pair.after.slo : pair.before.slo)->name,
             judge(pair.before, *reader, maintenance, history),
             judge(pair.after, *reader, maintenance, history));
  if (impact.history) impact.alerts = alerts_of(session, pairs, history);
  return impact;
}

}  // namespace nines::usecases
