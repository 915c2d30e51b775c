// Tries the usual targets and windows on the stored history, and edits the definition.
#include "usecases/remediate/revise_slo.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "domain/slo/hindsight.hpp"
#include "store/actions.hpp"
#include "store/definitions.hpp"
#include "store/incidents.hpp"
#include "store/maintenance.hpp"
#include "store/series.hpp"
#include "store/store.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/status.hpp"
#include "usecases/slo/unified_diff.hpp"
#include "yaml/document.hpp"
#include "yaml/fields.hpp"
#include "yaml/formats.hpp"

namespace nines::usecases {
namespace {

/// Days at which there was a verdict, below which the record proposes nothing.
constexpr std::int64_t kFewestDays = 14;
/// A promise that is missed on fewer of its days is hard, and no wrong one.
constexpr double kOften = 0.1;
constexpr std::chrono::days kLookBack{365};
constexpr std::size_t kLargestDefinition = 4 << 20;
constexpr std::array<int, 5> kUsualWindows{7, 14, 28, 30, 90};  // days
constexpr std::array<const char*, 11> kUsualTargets{"99.99", "99.95", "99.9", "99.8", "99.5", "99",
                                                    "98",    "97",    "95",   "90",   "80"};

std::size_t objective_index(const slo::Slo& slo, const std::optional<std::string>& name) {
  if (slo.composite())
    throw Error(ExitCode::usage, "'" + slo.name + "' is a composite",
                "revise the SLO of a member", "COMPOSITE");
  std::vector<std::string> names;
  for (std::size_t i = 0; i < slo.objectives.size(); ++i) {
    const auto& one = slo.objectives[i];
    names.push_back(one.display_name.empty() ? one.id : one.display_name);
    if (name && (one.id == *name || one.display_name == *name)) return i;
  }
  if (!name && slo.objectives.size() == 1) return 0;
  throw Error(name ? ExitCode::not_found : ExitCode::usage,
              name ? fmt::format("no objective '{}' in '{}'", *name, slo.name)
                   : fmt::format("'{}' has {} objectives", slo.name, slo.objectives.size()),
              "--objective takes one of: " + join(names, ", "));
}

Ratio target_of(const Decimal& percent) {
  const auto ratio = Ratio::percent(percent);
  if (!ratio || percent.to_double() <= 0 || percent.to_double() >= 100)
    throw Error(ExitCode::usage, "'" + percent.to_string() + "' is no target",
                "a percentage above 0 and below 100, such as 99.5", "BAD_VALUE");
  return *ratio;
}

/// What the history holds of the objective, up to a year back from its newest data.
std::optional<slo::Period> history_of(const series::Reader& reader, const Located& part) {
  if (!part.series) return std::nullopt;
  const auto extent = reader.extent(*part.series);
  if (!extent) return std::nullopt;
  const Instant to{std::chrono::minutes{extent->end}};
  return slo::Period{std::max(Instant{std::chrono::minutes{extent->begin}}, to - Micros{kLookBack}),
                     to};
}

/// Judges the history of one objective over and over, each time by another promise.
class Trial {
 public:
  Trial(const Session& session, const Catalogue& catalogue, const slo::Slo& whole,
        std::size_t index)
      : slo_(whole), reader_(store::open_series(session.store())) {
    slo_.objectives = {whole.objectives[index]};
    parts_ = {locate(catalogue, slo_, slo_.objectives.front())};
    history_ = history_of(*reader_, parts_.front());
    maintenance_ = store::maintenance(session.store());
    if (history_)
      options_.emplace(
          options_for(catalogue, slo_, parts_, *reader_, maintenance_, {}, session.now()));
  }

  const std::optional<slo::Period>& history() const { return history_; }

  slo::Hindsight judge(const Ratio& target, const slo::Length& window) {
    slo_.objectives.front().target = target;
    slo_.window.length = window;
    return slo::look_back(slo_, *reader_, series_in(slo_, parts_), *options_, *history_).front();
  }

 private:
  slo::Slo slo_;
  std::unique_ptr<series::Reader> reader_;
  std::vector<Located> parts_;
  std::optional<slo::Period> history_;
  std::vector<catalog::Maintenance> maintenance_;
  std::optional<slo::AssessOptions> options_;
};

std::vector<TriedTarget> try_targets(Trial& trial, const Ratio& present,
                                     const slo::Length& window) {
  std::vector<TriedTarget> tried;
  if (!trial.history()) return tried;
  std::vector<Ratio> targets{present};
  for (const auto* text : kUsualTargets) targets.push_back(target_of(*Decimal::parse(text)));
  std::sort(targets.begin(), targets.end(),
            [](const Ratio& a, const Ratio& b) { return a.to_double() > b.to_double(); });
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  for (const auto& target : targets) {
    const auto seen = trial.judge(target, window);
    tried.push_back({target, seen.days, seen.missed});
  }
  return tried;
}

/// Those that the history holds at least once, shortest first; the one that is and the one that is
/// asked for in any case.
std::vector<TriedWindow> try_windows(Trial& trial, const Ratio& target, const slo::Length& present,
                                     const std::optional<slo::Length>& asked) {
  std::vector<TriedWindow> tried;
  if (!trial.history()) return tried;
  std::vector<slo::Length> windows{present};
  if (asked) windows.push_back(*asked);
  for (const auto days : kUsualWindows)
    if (std::chrono::days{days} <= trial.history()->length())
      windows.push_back({days, slo::Unit::day});
  std::ranges::stable_sort(windows, {}, &slo::Length::rolling);
  const auto same_length = [](const slo::Length& a, const slo::Length& b) {
    return a.rolling() == b.rolling();
  };
  windows.erase(std::unique(windows.begin(), windows.end(), same_length), windows.end());
  for (const auto& window : windows) {
    const auto seen = trial.judge(target, window);
    tried.push_back({window, seen.days, seen.missed});
  }
  return tried;
}

slo::Length window_asked(const slo::Slo& slo, const std::string& text) {
  const auto length = yaml::length_from(text);
  if (!length || length->count < 1)
    throw Error(ExitCode::usage, "'" + text + "' is no window", "a length such as 28d or 4w",
                "BAD_VALUE");
  if (!slo.window.rolling)
    throw Error(ExitCode::usage, "the window of '" + slo.name + "' is one of the calendar",
                "change it in the definition: nines slo diff --impact shows what it means",
                "BAD_COMBINATION");
  if (*length == slo.window.length)
    throw Error(ExitCode::usage, "'" + slo.name + "' has that window already", "name another one",
                "BAD_VALUE");
  return *length;
}

/// The strictest that was never missed; empty when there is too little to tell.
const TriedTarget* kept(const std::vector<TriedTarget>& tried) {
  for (const auto& one : tried)
    if (one.days >= kFewestDays && one.missed == 0) return &one;
  return nullptr;
}

void propose(Revision& revision) {
  const auto now = std::find_if(revision.tried.begin(), revision.tried.end(),
                                [&](const TriedTarget& one) {
                                  return one.target == revision.before;
                                });
  if (now == revision.tried.end() || now->days < kFewestDays) {
    revision.why = fmt::format("{} with a verdict are on record: too few to propose anything by",
                               count_of(now == revision.tried.end()
                                            ? 0
                                            : static_cast<std::uint64_t>(now->days),
                                        "day"));
    return;
  }
  const auto* best = kept(revision.tried);
  if (best == nullptr) {
    revision.why = fmt::format("it missed even {} % on some of {} days: mend the service first",
                               revision.tried.back().target.percent_text(), now->days);
    return;
  }
  if (best->target == revision.before) {
    revision.why = fmt::format("it was met on each of {} days, and a stricter one was not",
                               now->days);
    return;
  }
  const bool looser = best->target.to_double() < revision.before.to_double();
  const double often = static_cast<double>(now->missed) / static_cast<double>(now->days);
  if (looser && often < kOften) {
    revision.why = fmt::format("it was missed on {} of {} days: too seldom to give the promise up",
                               now->missed, now->days);
    return;
  }
  revision.after = best->target;
  revision.proposed = true;
  revision.why =
      looser ? fmt::format("{} % was missed on {} of {} days; {} % was met on each",
                           revision.before.percent_text(), now->missed, now->days,
                           best->target.percent_text())
             : fmt::format("{} % would have been met on each of {} days, too",
                           best->target.percent_text(), now->days);
}

/// The digits as the definition writes them: target 0.995, or targetPercent 99.5.
std::string digits(const Ratio& target, bool percent) {
  return percent ? target.percent_text().substr(0, target.percent_text().find('%'))
                 : target.to_string();
}

const yaml::Node* spec_of(const yaml::Node& document, const std::string& name) {
  if (yaml::text_of(&document, "kind") != "SLO" ||
      yaml::text_of(yaml::child(&document, "metadata"), "name") != name)
    return nullptr;
  return yaml::child(&document, "spec");
}

const yaml::Node* item_of(const yaml::Node* spec, const char* list_name, std::size_t index) {
  const auto* list = yaml::child(spec, list_name);
  if (list == nullptr) return nullptr;
  std::size_t at = 0;
  for (const auto& node : list->items())
    if (at++ == index) return &node;
  return nullptr;
}

/// A value in the text of the file, and what is to stand there.
struct ValueEdit {
  const yaml::Node* value;
  std::string text;
};

/// Empty when the definition does not hold what is to be changed.
std::vector<ValueEdit> edits_of(const Revision& revision, const yaml::Node& document,
                                std::size_t index) {
  std::vector<ValueEdit> edits;
  const auto* spec = spec_of(document, revision.slo);
  const auto* objective = item_of(spec, "objectives", index);
  if (objective == nullptr) return edits;
  if (revision.after) {
    const bool percent = yaml::child(objective, "targetPercent") != nullptr;
    const auto* value = yaml::child(objective, percent ? "targetPercent" : "target");
    if (value == nullptr) return {};
    edits.push_back({value, digits(*revision.after, percent)});
  }
  if (revision.window_after) {
    const auto* value = yaml::child(item_of(spec, "timeWindow", 0), "duration");
    if (value == nullptr) return {};
    edits.push_back({value, revision.window_after->to_string()});
  }
  return edits;
}

std::string edited(std::string text, std::vector<ValueEdit> edits) {
  std::ranges::sort(edits, std::greater{}, [](const ValueEdit& one) { return one.value->begin; });
  for (const auto& one : edits)
    text.replace(one.value->begin, one.value->end - one.value->begin, one.text);
  return text;
}

/// The record with its new promise, and the patch of the file it came from.
nines::slo::DefinitionRecord rewritten(Revision& revision, nines::slo::DefinitionRecord record,
                                       std::size_t index, const std::filesystem::path& cwd) {
  revision.file = record.path;
  const auto path = cwd / record.path;
  std::error_code none;
  if (!std::filesystem::is_regular_file(path, none))
    throw Error(ExitCode::not_found,
                "the file '" + record.path + "' that '" + record.name + "' came from is not here",
                "run it where slo apply was run", "NO_FILE");
  const auto text = read_file(path, kLargestDefinition);
  const auto stream = yaml::parse(text, record.path);
  for (const auto* document : stream.documents) {
    const auto edits = edits_of(revision, *document, index);
    if (edits.empty()) continue;
    if (yaml::to_json(*document).canonical() != record.document.canonical())
      throw Error(ExitCode::conflict, "'" + record.path + "' says another thing than is applied",
                  "nines slo diff " + record.path + " shows it; apply it or take it back first",
                  "FILE_DIFFERS");
    const auto changed = edited(text, edits);
    revision.patch = unified_diff(record.path, text, changed);
    const auto again = yaml::parse(changed, record.path);
    for (const auto* other : again.documents)
      if (spec_of(*other, record.name) != nullptr) record.document = yaml::to_json(*other);
    return record;
  }
  throw Error(ExitCode::conflict,
              "'" + record.path + "' does not hold the objective of '" + record.name + "' any more",
              "apply the file that does", "FILE_DIFFERS");
}

void add_record(const Session& session, Revision& revision, const slo::Slo& slo,
                const std::optional<slo::Period>& history) {
  if (history)
    for (const auto& one :
         store::incidents(session.store(), {.service = slo.service, .from = history->from,
                                            .to = history->to}))
      if (one.counts()) revision.incidents.push_back(one.name);
  for (const auto& action : store::actions(session.store())) {
    const auto services = action.services();
    if (!action.closed() &&
        std::find(services.begin(), services.end(), slo.service) != services.end())
      revision.open_actions.push_back(action.name);
  }
}

}  // namespace

Revision revise_slo(const Session& session, const ReviseRequest& request) {
  const auto catalogue = load_catalogue(session);
  const auto& slo = require_slo(catalogue, request.slo);
  const auto index = objective_index(slo, request.objective);
  Revision revision;
  revision.slo = slo.name;
  revision.objective = slo.objectives[index].id;
  revision.before = slo.objectives[index].target;
  revision.window_before = slo.window.length;
  if (request.window) revision.window_after = window_asked(slo, *request.window);
  Trial trial(session, catalogue, slo, index);
  revision.tried =
      try_targets(trial, revision.before, revision.window_after.value_or(revision.window_before));
  add_record(session, revision, slo, trial.history());
  propose(revision);
  if (revision.window_after) revision.after.reset();
  if (request.target_percent) {
    revision.after = target_of(*request.target_percent);
    if (*revision.after == revision.before && !revision.window_after)
      throw Error(ExitCode::usage,
                  "'" + slo.name + "' has that target already", "name another one", "BAD_VALUE");
  }
  revision.proposed = revision.after && !request.target_percent;
  if (slo.window.rolling)
    revision.windows = try_windows(trial, revision.after.value_or(revision.before),
                                   revision.window_before, revision.window_after);
  if (!revision.after && !revision.window_after) return revision;
  const auto before = store::definitions(session.store());
  auto after = before;
  for (auto& record : after)
    if (record.kind == "SLO" && record.name == slo.name)
      record = rewritten(revision, record, index, request.cwd);
  revision.impact = diff_impact(session, before, after);
  return revision;
}

}  // namespace nines::usecases
