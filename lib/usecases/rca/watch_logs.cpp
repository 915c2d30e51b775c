// Reads logs for watches: those that a person names, and those that `nines tick` is to read.
#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/hypotheses.hpp"
#include "store/hypothesis_watches.hpp"
#include "store/store.hpp"
#include "usecases/rca/log_clock.hpp"
#include "usecases/rca/log_reading.hpp"
#include "usecases/rca/watch_settle.hpp"

namespace nines::usecases {
namespace {

using nines::rca::Hypothesis;
using nines::rca::Watch;
using nines::rca::WatchKind;

constexpr std::uintmax_t kMostTickBytes = 64u << 20;
constexpr std::size_t kMostShown = 200;
/// So many matches of one watch are kept of one log; more would say no more.
constexpr std::size_t kMostMatches = 10'000;

struct LogWatch {
  Hypothesis hypothesis;
  Watch watch;
};

std::vector<LogWatch> log_watches(const Session& session) {
  std::vector<LogWatch> list;
  for (const auto& uid : store::watched_hypotheses(session.store()))
    if (const auto one = store::find_hypothesis(session.store(), uid))
      for (const auto& watch : one->watches)
        if (watch.kind == WatchKind::log && !watch.ended) list.push_back({*one, watch});
  return list;
}

/// The time that the lines of a log cover: a log that fell silent may have been cut off, so at most
/// an hour before each line counts.
class CoveredTime {
 public:
  void add(Instant at) {
    if (!stretches_.empty() && at <= stretches_.back().second) return;
    if (!stretches_.empty() && at - kLongestSilence <= stretches_.back().second) {
      stretches_.back().second = at;
      return;
    }
    const auto from = stretches_.empty() ? at : at - kLongestSilence;
    if (stretches_.size() < kMostStretches) stretches_.emplace_back(from, at);
  }
  const std::vector<std::pair<Instant, Instant>>& stretches() const { return stretches_; }

 private:
  static constexpr std::chrono::hours kLongestSilence{1};
  static constexpr std::size_t kMostStretches = 100;  ///< what comes after them is not counted

  std::vector<std::pair<Instant, Instant>> stretches_;
};

/// One pass over the log for all watches. A line without a header of its own belongs to the one
/// before it, as for rca logs compare.
std::vector<WatchLook> read_log(const Session& session, const LogFile& file, const Zone& zone,
                                const std::vector<const LogWatch*>& watches, LogScan& scan) {
  std::vector<WatchLook> looks;
  for (const auto* one : watches)
    looks.push_back({one->hypothesis.uid, one->watch.uid, {}, {}, file.name, 0});
  LogReading reading(file);
  CoveredTime covered;
  LogClock clock(session.now(), zone);
  nines::rca::LineParts parts;
  std::optional<Instant> time;
  std::string service;
  while (reading.next(parts)) {
    if (parts.headed) service.assign(parts.component);
    if (parts.time) {
      if (const auto at = clock.at(*parts.time)) {
        time = at;
        scan.from = scan.from ? std::min(*scan.from, *at) : *at;
        scan.to = scan.to ? std::max(*scan.to, *at) : *at;
        covered.add(*at);
      }
    }
    if (!time) ++scan.untimed;
    for (std::size_t i = 0; i < watches.size(); ++i) {
      const auto& watch = watches[i]->watch;
      if (!nines::rca::holds_pattern(parts.message, watch.pattern)) continue;
      if (!watch.service.empty() && service != watch.service) continue;
      auto& look = looks[i];
      const auto at = time.value_or(session.now());
      if (at < watch.at) {
        ++look.older;
        continue;
      }
      if (look.matches.size() >= kMostMatches) continue;
      const auto shown = std::string(parts.message.substr(0, kMostShown));
      look.matches.push_back(
          {at, (time ? std::to_string(epoch_micros(at)) : std::string("untimed")) + "\n" + shown,
           "'" + shown + "' in " + file.name, time.has_value()});
    }
  }
  scan.lines = reading.lines();
  for (auto& look : looks) {
    std::stable_sort(look.matches.begin(), look.matches.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    look.watched = covered.stretches();
  }
  return looks;
}

}  // namespace

WatchReport scan_logs(Session& session, const std::vector<LogFile>& files,
                      const std::optional<std::string>& hypothesis, const Zone& zone,
                      bool dry_run) {
  const auto all = log_watches(session);
  std::optional<Uid> wanted;
  if (hypothesis) wanted = store::get_hypothesis(session.store(), *hypothesis).uid;
  std::vector<const LogWatch*> watches;
  for (const auto& one : all)
    if (!wanted || one.hypothesis.uid == *wanted) watches.push_back(&one);
  if (watches.empty())
    throw Error(ExitCode::not_found, "no watch waits for a line of a log",
                "nines rca hypothesis watch HYP --log TEXT arms one", "NO_WATCH");
  WatchReport report;
  std::vector<WatchLook> looks;
  for (const auto& file : files) {
    LogScan scan{file.name, 0, 0, {}, {}};
    auto found = read_log(session, file, zone, watches, scan);
    std::move(found.begin(), found.end(), std::back_inserter(looks));
    report.scans.push_back(std::move(scan));
  }
  // An older log first, so that its matches do not fall behind those of a newer one.
  std::stable_sort(looks.begin(), looks.end(), [](const WatchLook& a, const WatchLook& b) {
    return !a.watched.empty() && !b.watched.empty() &&
           a.watched.front().first < b.watched.front().first;
  });
  report.news = settle_looks(session, looks, Micros{0}, dry_run);
  for (const auto& look : looks)
    if (look.older > 0 && std::none_of(report.news.begin(), report.news.end(),
                                       [](const WatchNews& news) { return news.older > 0; }))
      report.problems.push_back(count_of(static_cast<std::uint64_t>(look.older), "matching line") +
                                " of " + look.by +
                                " before the watch was armed: not counted; what is known of the "
                                "past is given by nines rca hypothesis evidence");
  return report;
}

WatchReport settle_watched_logs(Session& session, bool dry_run) {
  WatchReport report;
  const auto all = log_watches(session);
  std::map<std::pair<std::string, std::string>, std::vector<const LogWatch*>> by_file;
  for (const auto& one : all)
    if (!one.watch.file.empty()) by_file[{one.watch.file, one.watch.zone}].push_back(&one);
  std::vector<WatchLook> looks;
  for (const auto& [key, watches] : by_file) {
    const auto& [name, zone_name] = key;
    const auto whose = "the log '" + name + "' of a watch of " + watches.front()->hypothesis.name;
    std::error_code failed;
    const std::filesystem::path path(name);
    const auto size = std::filesystem::file_size(path, failed);
    if (failed || !std::filesystem::is_regular_file(path)) {
      report.problems.push_back(whose + " cannot be read: it is not watched");
      continue;
    }
    if (size > kMostTickBytes) {
      report.problems.push_back(whose +
                                " is larger than 64 MiB: nines rca hypothesis scan reads it");
      continue;
    }
    LogScan scan{name, 0, 0, {}, {}};
    const auto zone = zone_name.empty() ? std::optional(Zone::utc()) : Zone::find(zone_name);
    try {
      auto found = read_log(session, {name, path, nullptr}, zone.value_or(Zone::utc()), watches,
                            scan);
      std::move(found.begin(), found.end(), std::back_inserter(looks));
      report.scans.push_back(std::move(scan));
    } catch (const Error& error) {
      if (error.kind() == ExitCode::interrupted) throw;
      report.problems.push_back(whose + ": " + error.what());
    }
  }
  report.news = settle_looks(session, looks, kLeastQuietTime, dry_run);
  return report;
}

}  // namespace nines::usecases
