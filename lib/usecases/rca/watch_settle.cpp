// From matches to evidence: each once, whoever looks first.
#include "usecases/rca/watch_settle.hpp"

#include <algorithm>

#include "base/named_uid.hpp"
#include "base/text.hpp"
#include "store/alerts.hpp"
#include "store/analyses.hpp"
#include "store/hypotheses.hpp"
#include "store/hypothesis_watches.hpp"
#include "store/store.hpp"
#include "store/triage.hpp"

namespace nines::usecases {
namespace {

using nines::rca::Evidence;
using nines::rca::EvidenceKind;
using nines::rca::Hypothesis;
using nines::rca::Watch;
using nines::rca::WatchedTime;
using nines::rca::WatchKind;

/// So many matches of one watch attach themselves; what comes after them is counted only.
constexpr std::int64_t kMostAttached = 20;
/// Alerts are told of when they change: a source that was not heard for longer may be dead.
constexpr std::chrono::hours kHeardFor{24};
constexpr std::size_t kMostText = 300;

EvidenceKind kind_of(WatchKind kind) {
  switch (kind) {
    case WatchKind::alert:
      return EvidenceKind::metric;
    case WatchKind::log:
      return EvidenceKind::log;
    case WatchKind::playbook:
      return EvidenceKind::trace;
  }
  return EvidenceKind::log;
}

Uid item_of(const Watch& watch, const WatchMatch& match) {
  return named_uid("nines watch\n" + watch.uid.to_string() + "\n" + match.identity);
}

struct Plan {
  std::vector<log::NewEvent> events;
  WatchNews news;
  Hypothesis after;
};

/// What the look adds to the hypothesis as it is now; nothing to tell gives no events.
Plan plan_look(const Session& session, const Hypothesis& one, std::size_t index,
               const WatchLook& look, Micros least) {
  Plan plan;
  plan.after = one;
  auto& watch = plan.after.watches[index];
  const auto name = watch_name(watch, index + 1);
  plan.news.watch = name;
  plan.news.hypothesis = one.name;
  plan.news.older = look.older;
  std::vector<const WatchMatch*> fresh;
  const auto last = look.matches.empty()
                        ? std::nullopt
                        : store::last_match_ever(session.store(), one.uid, watch.uid);
  for (const auto& match : look.matches)
    if (match.at >= watch.at && !(last && match.at <= *last)) fresh.push_back(&match);
  // Without times only the first line tells whether a log was read before.
  if (!fresh.empty() && !fresh.front()->timed &&
      store::evidence_was_given(session.store(), one.uid, item_of(watch, *fresh.front())))
    fresh.clear();
  const auto add_time = [&](WatchedTime time) {
    plan.events.push_back(store::time_watched(one.uid, watch.uid, time, session.now()));
    watch.times.push_back(std::move(time));
  };
  if (!fresh.empty()) {
    const auto count = static_cast<std::int64_t>(fresh.size());
    const auto attached = std::count_if(one.evidence.begin(), one.evidence.end(), [&](const auto& e) {
      return e.watch == watch.uid;
    });
    auto text = fresh.front()->text.substr(0, kMostText) + ", " + format_utc(fresh.front()->at);
    if (count > 1)
      text += "; and " + std::to_string(count - 1) + " more until " + format_utc(fresh.back()->at);
    if (attached < kMostAttached) {
      Evidence item{item_of(watch, *fresh.front()),
                    kind_of(watch.kind),
                    watch.strength,
                    text,
                    name,
                    session.options().actor,
                    session.now()};
      item.watch = watch.uid;
      plan.events.push_back(store::evidence_given(one.uid, item));
      plan.after.evidence.push_back(std::move(item));
    }
    plan.news.text = std::move(text);
    plan.news.matches = count;
    add_time({fresh.front()->at, fresh.back()->at, count, look.by});
  }
  const auto seen = quiet_of(watch).until;
  std::vector<WatchedTime> quiet;
  for (auto [from, to] : look.watched) {
    from = std::max(from, watch.at);
    if (seen) from = std::max(from, *seen);
    // A match that somebody took back was no quiet either.
    if (!look.matches.empty()) from = std::max(from, look.matches.back().at);
    to = std::min(to, session.now());
    if (to <= from) continue;
    plan.news.quiet += to - from;
    quiet.push_back({from, to, 0, look.by});
  }
  if (plan.news.quiet < least) {
    plan.news.quiet = Micros{0};
    return plan;
  }
  for (auto& time : quiet) add_time(std::move(time));
  return plan;
}

/// Posteriors need the rivals beside it.
double posterior_in(const CaseView& view, const Hypothesis& one) {
  auto file = view.file;
  std::size_t index = 0;
  for (std::size_t i = 0; i < file.hypotheses.size(); ++i)
    if (file.hypotheses[i].uid == one.uid) {
      file.hypotheses[i] = one;
      index = i;
    }
  return nines::rca::beliefs_of(file)[index].posterior;
}

std::vector<WatchNews> plan_looks(const Session& session, const std::vector<WatchLook>& looks,
                                  Micros least, std::vector<log::NewEvent>& events) {
  std::vector<WatchNews> all;
  std::map<Uid, Hypothesis> changed;  // several watches of one hypothesis follow one another
  for (const auto& look : looks) {
    auto known = changed.find(look.hypothesis);
    if (known == changed.end()) {
      auto found = store::find_hypothesis(session.store(), look.hypothesis);
      if (!found) continue;
      known = changed.emplace(look.hypothesis, std::move(*found)).first;
    }
    auto& one = known->second;
    for (std::size_t i = 0; i < one.watches.size(); ++i) {
      if (one.watches[i].uid != look.watch || one.watches[i].ended) continue;
      auto plan = plan_look(session, one, i, look, least);
      if (plan.events.empty()) break;
      if (const auto analysis = store::find_analysis(session.store(), one.analysis)) {
        const auto view = case_of(session, *analysis);
        plan.news.analysis = analysis->name;
        plan.news.analysis_ended = analysis->state != nines::rca::AnalysisState::open;
        plan.news.before = posterior_in(view, one);
        plan.news.after = posterior_in(view, plan.after);
      }
      std::move(plan.events.begin(), plan.events.end(), std::back_inserter(events));
      all.push_back(std::move(plan.news));
      one = std::move(plan.after);
      break;
    }
  }
  return all;
}

WatchLook look_at_alerts(const Session& session, const Hypothesis& one, const Watch& watch,
                         const std::optional<Instant>& heard) {
  WatchLook look{one.uid, watch.uid, {}, {}, "alerts", 0};
  const bool open = watch.pattern.find('*') != std::string::npos;
  const auto label = watch_label(watch);
  const auto quiet = quiet_of(watch);
  const auto from = std::max(watch.at, quiet.last_match.value_or(watch.at));
  for (const auto& [alert, group, first, last] :
       store::alerts_since(session.store(), from, open ? "" : watch.pattern, label)) {
    const bool named =
        nines::rca::is_named_so(incident::label_of(alert.labels, "alertname"), watch.pattern) &&
        (watch.service.empty() || incident::label_of(alert.labels, "service") == watch.service);
    if (!named && incident::label_of(alert.labels, nines::rca::kWatchLabel) != label) continue;
    look.matches.push_back(
        {alert.starts, alert.uid.to_string(), "alert " + describe(alert) + " fired"});
  }
  if (heard) look.watched.emplace_back(*heard - kHeardFor, *heard);
  return look;
}

WatchLook look_at_runs(const Session& session, const Hypothesis& one, const Watch& watch) {
  WatchLook look{one.uid, watch.uid, {}, {}, "triage", 0};
  for (const auto& step : store::expected_runs(session.store(), watch.pattern, watch.at))
    look.matches.push_back({*step.ended_at, step.uid.to_string(),
                            "playbook '" + step.playbook + "' captured by step '" + step.step +
                                "'"});
  return look;
}

}  // namespace

std::vector<WatchNews> settle_looks(Session& session, const std::vector<WatchLook>& looks,
                                    Micros least, bool dry_run) {
  std::vector<log::NewEvent> events;
  auto news = plan_looks(session, looks, least, events);
  if (events.empty() || dry_run) return news;
  const auto& options = session.options();
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  events.clear();
  news = plan_looks(session, looks, least, events);  // another run may have been faster
  if (events.empty()) return news;
  for (auto& event : events) tx.append(std::move(event));
  tx.commit();
  return news;
}

WatchReport settle_watches(Session& session, bool dry_run) {
  WatchReport report;
  std::vector<WatchLook> looks;
  const auto heard = store::alerts_heard_until(session.store(), session.now());
  for (const auto& uid : store::watched_hypotheses(session.store())) {
    const auto one = store::find_hypothesis(session.store(), uid);
    if (!one) continue;
    for (const auto& watch : one->watches) {
      if (watch.ended) continue;
      if (watch.kind == WatchKind::alert)
        looks.push_back(look_at_alerts(session, *one, watch, heard));
      if (watch.kind == WatchKind::playbook) looks.push_back(look_at_runs(session, *one, watch));
    }
  }
  report.news = settle_looks(session, looks, kLeastQuietTime, dry_run);
  return report;
}

}  // namespace nines::usecases
