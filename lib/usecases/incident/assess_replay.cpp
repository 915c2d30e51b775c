// Runs a policy over what happened: incidents on record, and breaches that nobody recorded.
#include <algorithm>

#include "base/text.hpp"
#include "domain/incident/impact.hpp"
#include "domain/slo/assess.hpp"
#include "store/incidents.hpp"
#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "store/store.hpp"
#include "usecases/incident/assess.hpp"
#include "usecases/incident/assess_facts.hpp"
#include "usecases/incident/policy.hpp"
#include "usecases/incident/replay_loss.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

using incident::Known;

constexpr std::int64_t kHour = 60;
constexpr std::int64_t kStep = 15;           // minutes between two looks
constexpr std::int64_t kLongest = 7 * 1440;  // of an incident that is looked at
constexpr double kPages = 14.4;
constexpr std::chrono::minutes kWindows[] = {std::chrono::minutes{60}, std::chrono::minutes{360}};

struct Series {
  const slo::Slo* slo;
  const slo::Objective* objective;
  series::SeriesId id;
};

std::vector<Series> measured(const Catalogue& catalogue, const series::Reader& reader) {
  std::vector<Series> found;
  for (const auto& slo : catalogue.slos)
    for (const auto& objective : slo.objectives) {
      if (slo.composite()) continue;
      const auto located = locate(catalogue, slo, objective);
      if (located.series && reader.extent(*located.series))
        found.push_back({&slo, &objective, *located.series});
    }
  return found;
}

/// The burn of one window that ends at `to`: a difference of two prefix sums.
std::optional<double> burn_at(const series::Reader& reader, const Series& one, std::int64_t to,
                              std::chrono::minutes window) {
  const auto counts = reader.sum(one.id, to - window.count(), to);
  if (counts.total == 0) return std::nullopt;
  const double allowed = one.objective->target.complement().to_double();
  if (allowed <= 0) return std::nullopt;
  const auto bad = static_cast<double>(counts.total - counts.good);
  return bad / static_cast<double>(counts.total) / allowed;
}

std::optional<double> worst_in(const series::Reader& reader, const Series& one, std::int64_t from,
                               std::int64_t to, std::chrono::minutes window) {
  std::optional<double> worst;
  for (auto at = from + kStep; at < to + kStep; at += kStep) {
    const auto burn = burn_at(reader, one, std::min(at, to), window);
    if (burn && (!worst || *burn > *worst)) worst = burn;
  }
  return worst;
}

/// Facts of a stretch of time: the worst burns of the series, and what the SLO's window had spent
/// at its end.
void put_burns(incident::AssessFacts& facts, Replayed& replayed, const series::Reader& reader,
               const std::vector<Series>& mine, std::int64_t from, std::int64_t to) {
  to = std::min(to, from + kLongest);
  for (const auto window : kWindows) {
    std::vector<StatusRow> rows;
    for (const auto& one : mine) {
      StatusRow row;
      row.assessment.slo = one.slo->name;
      const auto worst = worst_in(reader, one, from, to, window);
      row.assessment.burns.push_back({window, 0, 0, worst, std::nullopt});
      if (window == kWindows[0] && worst)
        replayed.worst_burn = std::max(replayed.worst_burn.value_or(0), *worst);
      rows.push_back(std::move(row));
    }
    incident::AssessFacts one;
    if (!rows.empty()) put_figures(one, rows);
    for (auto& [key, known] : one.burn_rates) facts.burn_rates[key] = std::move(known);
  }
}

/// What all cases are judged by.
struct ReplayBench {
  const Session& session;
  const Catalogue& catalogue;
  const series::Reader& reader;
  const incident::AssessPolicy& policy;
  const std::vector<catalog::Maintenance>& maintenance;
  Instant now;
};

/// What the windows of the SLOs had spent when the case was over.
void put_budget(incident::AssessFacts& facts, Replayed& replayed, const ReplayBench& bench,
                const std::vector<Series>& mine, Instant to) {
  StatusQuery query;
  for (const auto& one : mine) query.names.push_back(one.slo->name);
  std::ranges::sort(query.names);
  query.names.erase(std::unique(query.names.begin(), query.names.end()), query.names.end());
  query.at = to;
  incident::AssessFacts at_end;
  at_end.budget_spent.source = "no SLO measures what was hurt";
  if (!query.names.empty())
    put_figures(at_end,
                judge_all(bench.catalogue, bench.reader, query, bench.now, bench.maintenance).rows);
  facts.budget_spent = replayed.budget_spent = std::move(at_end.budget_spent);
}

void put_loss(incident::AssessFacts& facts, Replayed& replayed, const ReplayBench& bench,
              const BadEventCounter& counter, LossCase of) {
  const auto last = replayed.from + std::chrono::minutes{kLongest};
  for (auto& span : of.spans) span.period.to = std::min(span.period.to, last);
  std::erase_if(of.spans, [](const auto& span) { return span.period.from >= span.period.to; });
  const Loss loss(bench.catalogue, counter, bench.policy, of);
  replayed.money = loss.until(std::min(replayed.to, last));
  replayed.calls = loss.calls();
  put_money(facts, replayed.money);
}

std::optional<incident::Fact> reach_of(const incident::Record& record) {
  for (const auto& fact : record.facts)
    if (fact.name == "users_affected" || fact.name == "reach") return fact;
  return std::nullopt;
}

Replayed replay_incident(const ReplayBench& bench, const std::vector<Series>& all,
                         const incident::Record& record) {
  const auto& [session, catalogue, reader, policy, maintenance, now] = bench;
  const auto& head = record.head;
  Replayed replayed{head.name,     head.title, head.opened_at, head.closed_at.value_or(now),
                    head.severity, false};
  const auto spans = incident::impact_spans(record, now);
  for (const auto& span : spans) {
    replayed.from = std::min(replayed.from, span.period.from);
    replayed.to = std::max(replayed.to, span.period.to);
  }
  std::vector<Series> mine;
  for (const auto& one : all)
    if (std::ranges::find(head.services, one.slo->service) != head.services.end())
      mine.push_back(one);
  incident::AssessFacts facts;
  put_burns(facts, replayed, reader, mine, epoch_minute(replayed.from), epoch_minute(replayed.to));
  put_tier(facts, catalogue, head.services);
  put_recorded(facts, record);
  put_budget(facts, replayed, bench, mine, replayed.to);
  put_loss(facts, replayed, bench, BadEventCounter(session, catalogue, record),
           {spans, nullptr, reach_of(record)});
  replayed.judgement = incident::judge(policy, facts);
  return replayed;
}

bool covered(const std::vector<incident::Record>& records, const std::string& service,
             std::int64_t from, std::int64_t to, Instant now) {
  for (const auto& record : records) {
    const auto& services = record.head.services;
    if (std::ranges::find(services, service) == services.end()) continue;
    if (epoch_minute(record.head.opened_at) < to + kHour &&
        epoch_minute(record.head.closed_at.value_or(now)) > from - kHour)
      return true;
    for (const auto& span : incident::impact_spans(record, now))
      if (epoch_minute(span.period.from) < to && epoch_minute(span.period.to) > from) return true;
  }
  return false;
}

/// Runs of whole hours that burned fast enough to page.
std::vector<std::pair<std::int64_t, std::int64_t>> fast_hours(const series::Reader& reader,
                                                              const Series& one, std::int64_t from,
                                                              std::int64_t to) {
  std::vector<std::pair<std::int64_t, std::int64_t>> runs;
  const auto extent = reader.extent(one.id);
  from = std::max(from, extent->begin);
  to = std::min(to, extent->end);
  for (auto hour = from / kHour * kHour; hour < to; hour += kHour) {
    const auto burn = burn_at(reader, one, hour + kHour, kWindows[0]);
    if (!burn || *burn < kPages) continue;
    if (!runs.empty() && runs.back().second == hour)
      runs.back().second = hour + kHour;
    else
      runs.emplace_back(hour, hour + kHour);
  }
  return runs;
}

Replayed replay_breach(const ReplayBench& bench, const Series& one, std::int64_t begin,
                       std::int64_t end) {
  Replayed breach{one.slo->name, "no incident on record", Instant{std::chrono::minutes{begin}},
                  Instant{std::chrono::minutes{end}}};
  breach.breach = true;
  incident::AssessFacts facts;
  facts.reach.source = facts.data_exposure.source = "no incident is on record";
  put_burns(facts, breach, bench.reader, {one}, begin, end);
  put_tier(facts, bench.catalogue, {one.slo->service});
  put_budget(facts, breach, bench, {one}, breach.to);
  incident::ImpactSpan whole;
  whole.service = one.slo->service;
  whole.period = {breach.from, breach.to};
  whole.stated = false;
  put_loss(facts, breach, bench, BadEventCounter(bench.session, bench.catalogue, {}),
           {{whole}, one.slo, std::nullopt});
  breach.judgement = incident::judge(bench.policy, facts);
  return breach;
}

}  // namespace

Replay replay_policy(const Session& session, const std::optional<std::string>& name,
                     const std::optional<Instant>& from) {
  const auto catalogue = load_catalogue(session);
  const auto now = session.now();
  Replay replay{require_policy(applied_policies(session), name),
                from.value_or(now - std::chrono::days{365}), now};
  const auto reader = store::open_series(session.store());
  const auto all = measured(catalogue, *reader);
  std::vector<incident::Record> records;
  for (const auto& one : store::incidents(session.store(), {.from = replay.from}))
    if (one.counts() && one.outcome != incident::Outcome::merged &&
        one.outcome != incident::Outcome::duplicate)
      records.push_back(store::incident_record(session.store(), one.uid, store::Lines::none));
  const auto maintenance = store::maintenance(session.store());
  const ReplayBench bench{session, catalogue, *reader, replay.policy, maintenance, now};
  for (const auto& record : records) replay.cases.push_back(replay_incident(bench, all, record));
  for (const auto& one : all)
    for (const auto& [begin, end] :
         fast_hours(*reader, one, epoch_minute(replay.from), epoch_minute(now))) {
      if (covered(records, one.slo->service, begin, end, now)) continue;
      replay.cases.push_back(replay_breach(bench, one, begin, end));
    }
  std::stable_sort(replay.cases.begin(), replay.cases.end(),
                   [](const Replayed& a, const Replayed& b) { return a.from < b.from; });
  for (const auto& one : replay.cases) {
    replay.war_rooms += one.judgement.war_room == incident::Truth::yes ? 1 : 0;
    replay.war_rooms_undecided += one.judgement.war_room == incident::Truth::unknown ? 1 : 0;
    replay.incidents += one.judgement.incident == incident::Truth::yes ? 1 : 0;
  }
  return replay;
}

}  // namespace nines::usecases
