// Looks at every series on the cores there are, trusts what survives the fleet, words and proposes it.
#include "usecases/slo/detect.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "base/parallel.hpp"
#include "base/text.hpp"
#include "domain/alert/slo_windows.hpp"
#include "domain/rca/degradation/degradation.hpp"
#include "domain/slo/counting.hpp"
#include "store/proposals.hpp"
#include "store/series.hpp"
#include "store/snapshot.hpp"
#include "store/store.hpp"
#include "usecases/incident/proposals.hpp"
#include "usecases/slo/alert_windows.hpp"
#include "usecases/slo/detect_series.hpp"

namespace nines::usecases {
namespace {

using rca::Degradation;
using std::chrono::minutes;

constexpr std::int64_t kBins = 720;  ///< about that many values for a change-point search
constexpr std::string_view kDetectRule = "slo-detect";
/// What ended earlier than this before `at` is history: shown, not proposed.
constexpr std::chrono::hours kLongOver{6};

/// Minutes of one bin, so that a look-back has about kBins of them.
std::int64_t bin_minutes(Micros since) {
  static constexpr std::array<std::int64_t, 8> kLengths{1, 2, 5, 10, 15, 30, 60, 120};
  const auto wanted = since / minutes{1} / kBins;
  for (const auto length : kLengths)
    if (length >= wanted) return length;
  return kLengths.back();
}

std::vector<rca::EventBin> bins_of(const series::Reader& reader, const series::SeriesId& id,
                                   std::int64_t from, std::int64_t to, std::int64_t length) {
  std::vector<rca::EventBin> bins;
  for (const auto& minute : reader.minutes(id, from, to)) {
    const auto begin = minute.minute / length * length;
    if (bins.empty() || bins.back().begin != begin) bins.push_back({begin, begin, 0, 0});
    bins.back().end = minute.minute + 1;
    bins.back().bad += minute.total - minute.good;
    bins.back().total += minute.total;
  }
  return bins;
}

double burn_of(const series::Reader& reader, const series::SeriesId& id, std::int64_t end,
               alert::Millis window, double budget) {
  const auto length = std::max<std::int64_t>(1, window / minutes{1});
  const auto counts = reader.sum(id, end - length, end);
  if (counts.total == 0) return 0;
  return static_cast<double>(counts.total - counts.good) / static_cast<double>(counts.total) /
         budget;
}

/// The condition that came nearest to firing on the whole, at the end of any bin.
std::optional<NearestAlert> nearest_alert(const series::Reader& reader, const WatchedSeries& watched,
                                          const Degradation& found, std::int64_t step,
                                          const std::vector<alert::WindowTable>& tables,
                                          const alert::OwnAlerts* own) {
  const double budget = 1 - watched.objective->target.to_double();
  const auto policy = alert::policy_for(*watched.slo, tables, own);
  std::optional<NearestAlert> nearest;
  for (const auto& one : policy.alerts)
    for (const auto& condition : one.any_of)
      for (auto at = found.begin + step; at <= found.end; at += step) {
        double burn = burn_of(reader, watched.whole, at, condition.long_window, budget);
        if (condition.short_window.count() > 0)
          burn = std::min(burn,
                          burn_of(reader, watched.whole, at, condition.short_window, budget));
        const double reached = burn / condition.factor;
        if (nearest && reached <= nearest->reached) continue;
        nearest = NearestAlert{one.severity,
                               alert::prometheus_text(condition.long_window) + "/" +
                                   alert::prometheus_text(condition.short_window),
                               reached};
      }
  return nearest;
}

/// One found degradation and the series it was found in.
struct FoundIn {
  const WatchedSeries* watched = nullptr;
  std::int64_t step = 1;
};

std::string percent(double share) {
  const double value = 100 * share;
  return value >= 10 ? fmt::format("{:.0f} %", value)
         : value >= 1 ? fmt::format("{:.1f} %", value)
                      : fmt::format("{:.2g} %", value);
}

/// "region=eu,version=7" as people say it.
std::string where_text(const std::string& split) {
  std::string text;
  for (const auto part : nines::split(split, ',')) {
    const auto equals = part.find('=');
    text += text.empty() ? " in " : " and ";
    text += std::string(part.substr(0, equals)) + " " + std::string(part.substr(equals + 1));
  }
  return split.empty() ? std::string() : text;
}

bool has_fired(const DetectedDegradation& d) { return d.alert && d.alert->reached >= 1; }

std::string sentence_of(const DetectedDegradation& d) {
  auto text = fmt::format("{}: {} of events{} are bad, {}", d.slo, percent(d.share),
                          where_text(d.split), format_duration(d.to - d.from));
  if (d.slow_burn) text += ", a slow burn";
  if (!d.alert) return text;
  return text + (has_fired(d) ? fmt::format(", and the {} alert fired", d.alert->severity)
                              : std::string(", below every alert"));
}

class Detection {
 public:
  Detection(Session& session, const DetectQuery& query)
      : session_(session), query_(query), catalogue_(load_catalogue(session)) {
    for (auto& file : read_window_files(query.windows, query.cwd))
      std::move(file.tables.begin(), file.tables.end(), std::back_inserter(tables_));
  }

  DetectResult run() {
    result_.warnings = catalogue_.warnings;
    result_.at = query_.at.value_or(session_.now());
    {
      const store::Snapshot snapshot(session_.store());
      watched_ = watched_series(session_, catalogue_, query_.slos);
      look_at_all();
    }
    std::sort(result_.found.begin(), result_.found.end(), [](const auto& a, const auto& b) {
      return a.burn != b.burn ? a.burn > b.burn : a.sentence < b.sentence;
    });
    drop_echoes();
    propose_all();
    return std::move(result_);
  }

 private:
  struct Looked {
    bool empty = true;
    std::vector<Degradation> found;
    std::int64_t step = 1;
  };

  Looked look_at(const WatchedSeries& watched, const series::Reader& reader) const {
    Looked looked;
    looked.step = bin_minutes(query_.since);
    std::int64_t end = epoch_minute(result_.at);
    if (query_.at_last)
      if (const auto extent = reader.extent(watched.whole)) end = extent->end;
    const auto from = end - query_.since / minutes{1};
    const auto bins = bins_of(reader, watched.id, from, end, looked.step);
    const double budget = 1 - watched.objective->target.to_double();
    if (budget <= 0) return looked;  // no budget, no burn: any bad event is one too many
    for (const auto& bin : bins) looked.empty = looked.empty && bin.total == 0;
    looked.found = rca::degradations(
        bins, {.budget = budget, .least_burn = query_.least_burn});
    return looked;
  }

  void look_at_all() {
    std::vector<Looked> looked(watched_.size());
    const auto readers =
        store::open_series(session_.store(), workers_for(watched_.size()));
    in_parallel(watched_.size(), readers.size(), [&](std::size_t i, std::size_t worker) {
      looked[i] = look_at(watched_[i], *readers[worker]);
    });
    std::vector<Degradation> found;
    std::vector<FoundIn> of;
    for (std::size_t i = 0; i < looked.size(); ++i) {
      ++(looked[i].empty ? result_.empty : result_.series);
      for (auto& one : looked[i].found) {
        found.push_back(one);
        of.push_back({&watched_[i], looked[i].step});
      }
    }
    const auto kept = rca::trusted(found, result_.series, query_.false_share);
    result_.doubted = found.size() - kept.size();
    for (const auto i : kept)
      result_.found.push_back(describe(*of[i].watched, found[i], of[i].step, *readers.front()));
  }

  DetectedDegradation describe(const WatchedSeries& watched, const Degradation& found,
                               std::int64_t step, const series::Reader& reader) const {
    DetectedDegradation d;
    d.slo = watched.slo->name;
    d.objective = watched.objective->display_name;
    d.service = nines::slo::service_of(*watched.slo, *watched.objective);
    d.split = watched.split;
    d.slow_burn = found.kind == Degradation::Kind::slow_burn;
    d.from = from_epoch_minute(found.begin);
    d.to = from_epoch_minute(found.end);
    d.goes_on = found.goes_on;
    d.bad = found.bad;
    d.total = found.total;
    d.share = found.share();
    d.interval = found.interval;
    d.before = found.before;
    d.burn = found.burn;
    d.p = found.p;
    d.alert = nearest_alert(reader, watched, found, step, tables_,
                            catalogue_.alerts_of(watched.slo->name));
    d.sentence = sentence_of(d);
    return d;
  }

  /// A whole that only shows what one of its parts shows more sharply is not said twice.
  void drop_echoes() {
    auto& all = result_.found;
    std::erase_if(all, [&](const DetectedDegradation& d) {
      return d.split.empty() && std::any_of(all.begin(), all.end(), [&](const auto& part) {
        return part.slo == d.slo && part.objective == d.objective && !part.split.empty() &&
               part.burn > d.burn && part.from < d.to && d.from < part.to &&
               2 * part.bad > d.bad;
      });
    });
  }

  bool is_open(const DetectedDegradation& d) const {
    return d.goes_on || result_.at - d.to <= kLongOver;
  }

  /// The same degradation, seen again with more data, keeps its name though its edges moved.
  std::string key_for(const DetectedDegradation& d,
                      const std::vector<incident::Proposal>& known) const {
    const auto place = d.slo + "/" + d.objective + "/" + d.split;
    for (const auto& one : known) {
      if (one.rule != kDetectRule || one.body.text("place") != place) continue;
      const auto from = parse_rfc3339(one.body.text("started"));
      const auto to = parse_rfc3339(one.body.text("seen_to"));
      if (from && to && *from < d.to && d.from < *to) return one.body.text("key");
    }
    return "slo-detect/" + place + "/" + format_utc(d.from);
  }

  NewProposal proposal_for(const DetectedDegradation& d, const std::string& key) const {
    NewProposal wanted;
    wanted.key = key;
    wanted.kind = "incident.open";
    wanted.rule = std::string(kDetectRule);
    wanted.title = d.sentence;
    wanted.body = Json::object({{"title", d.sentence},
                                {"severity", "SEV-3"},
                                {"services", d.service},
                                {"started", format_utc(d.from)},
                                {"detected", format_utc(result_.at)},
                                {"clock", "nines"},
                                {"detected_by", "detection"},
                                {"place", d.slo + "/" + d.objective + "/" + d.split},
                                {"seen_to", format_utc(d.to)},
                                {"key", key}});
    wanted.evidence.push_back({fmt::format("{} of {} events bad from {} to {}", group_digits(d.bad),
                                           group_digits(d.total), format_utc(d.from),
                                           format_utc(d.to)),
                               "slo/" + d.slo});
    if (d.before)
      wanted.evidence.push_back({fmt::format("{} before; chance alone: p {:.2g} over the fleet",
                                             percent(*d.before), d.p)});
    if (d.alert)
      wanted.evidence.push_back({fmt::format("the {} alert over {} came to {:.0f} % of firing",
                                             d.alert->severity, d.alert->windows,
                                             100 * d.alert->reached)});
    return wanted;
  }

  void propose_all() {
    std::vector<incident::Proposal> known;
    for (auto& view : list_proposals(session_, {.all = true, .rule = std::string(kDetectRule)}))
      known.push_back(std::move(view.proposal));
    std::vector<std::pair<DetectedDegradation*, NewProposal>> wanted;
    for (auto& d : result_.found) {
      if (has_fired(d))
        d.outcome = "alerted";
      else if (!is_open(d))
        d.outcome = "over";
      else
        wanted.emplace_back(&d, proposal_for(d, key_for(d, known)));
    }
    bool news = false;
    for (auto& [d, proposal] : wanted) {
      const auto planned = plan_proposal(session_, proposal);
      note(*d, planned);
      news = news || planned.outcome == ProposeOutcome::made ||
             planned.outcome == ProposeOutcome::revised;
    }
    if (!query_.propose || !news) return;
    const auto& options = session_.options();
    store::Transaction tx(session_.store(), options.actor, options.command, options.because);
    for (auto& [d, proposal] : wanted) note(*d, propose(session_, tx, proposal));
    tx.commit();
  }

  static void note(DetectedDegradation& d, const Proposed& proposed) {
    d.proposal = proposed.proposal.name;
    switch (proposed.outcome) {
      case ProposeOutcome::made:
        d.outcome = "proposed";
        break;
      case ProposeOutcome::revised:
        d.outcome = "revised";
        break;
      case ProposeOutcome::unchanged:
        d.outcome = "known";
        break;
      case ProposeOutcome::decided:
        d.outcome = "decided before";
        break;
      case ProposeOutcome::retired:
        d.outcome = "retired";
        break;
    }
  }

  Session& session_;
  const DetectQuery& query_;
  Catalogue catalogue_;
  std::vector<alert::WindowTable> tables_;  ///< of files the user named
  std::vector<WatchedSeries> watched_;
  DetectResult result_;
};

}  // namespace

DetectResult detect(Session& session, const DetectQuery& query) {
  return Detection(session, query).run();
}

}  // namespace nines::usecases
