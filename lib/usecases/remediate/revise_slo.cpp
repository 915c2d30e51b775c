// Tries the usual targets on the stored history, and edits the one line of the definition.
#include "usecases/remediate/revise_slo.hpp"

#include <algorithm>
#include <array>

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

namespace nines::usecases {
namespace {

/// Days at which there was a verdict, below which the record proposes nothing.
constexpr std::int64_t kFewestDays = 14;
/// A promise that is missed on fewer of its days is hard, and no wrong one.
constexpr double kOften = 0.1;
constexpr std::chrono::days kLookBack{365};
constexpr std::size_t kLargestDefinition = 4 << 20;
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

std::vector<TriedTarget> try_targets(const Session& session, const Catalogue& catalogue,
                                     const slo::Slo& whole, std::size_t index,
                                     std::optional<slo::Period>& history) {
  std::vector<TriedTarget> tried;
  auto slo = whole;
  slo.objectives = {whole.objectives[index]};
  const auto reader = store::open_series(session.store());
  const std::vector<Located> parts{locate(catalogue, slo, slo.objectives.front())};
  history = history_of(*reader, parts.front());
  if (!history) return tried;
  const auto maintenance = store::maintenance(session.store());
  const auto options =
      options_for(catalogue, slo, parts, *reader, maintenance, {}, session.now());
  std::vector<Ratio> targets{whole.objectives[index].target};
  for (const auto* text : kUsualTargets) targets.push_back(target_of(*Decimal::parse(text)));
  std::sort(targets.begin(), targets.end(),
            [](const Ratio& a, const Ratio& b) { return a.to_double() > b.to_double(); });
  targets.erase(std::unique(targets.begin(), targets.end()), targets.end());
  for (const auto& target : targets) {
    slo.objectives.front().target = target;
    const auto seen =
        slo::look_back(slo, *reader, series_in(slo, parts), options, *history).front();
    tried.push_back({target, seen.days, seen.missed});
  }
  return tried;
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

const yaml::Node* objective_node(const yaml::Node& document, const std::string& name,
                                 std::size_t index) {
  if (yaml::text_of(&document, "kind") != "SLO" ||
      yaml::text_of(yaml::child(&document, "metadata"), "name") != name)
    return nullptr;
  const auto* list = yaml::child(yaml::child(&document, "spec"), "objectives");
  if (list == nullptr) return nullptr;
  std::size_t at = 0;
  for (const auto& node : list->items())
    if (at++ == index) return &node;
  return nullptr;
}

/// The record with its new target, and the patch of the file it came from.
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
    const auto* node = objective_node(*document, record.name, index);
    if (node == nullptr) continue;
    const bool percent = yaml::child(node, "targetPercent") != nullptr;
    const auto* value = yaml::child(node, percent ? "targetPercent" : "target");
    if (value == nullptr) break;
    if (yaml::to_json(*document).canonical() != record.document.canonical())
      throw Error(ExitCode::conflict, "'" + record.path + "' says another thing than is applied",
                  "nines slo diff " + record.path + " shows it; apply it or take it back first",
                  "FILE_DIFFERS");
    auto changed = text;
    changed.replace(value->begin, value->end - value->begin, digits(*revision.after, percent));
    revision.patch = unified_diff(record.path, text, changed);
    const auto again = yaml::parse(changed, record.path);
    for (const auto* other : again.documents)
      if (objective_node(*other, record.name, index) != nullptr)
        record.document = yaml::to_json(*other);
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
  std::optional<slo::Period> history;
  revision.tried = try_targets(session, catalogue, slo, index, history);
  add_record(session, revision, slo, history);
  propose(revision);
  if (request.target_percent) {
    revision.after = target_of(*request.target_percent);
    revision.proposed = false;
    if (*revision.after == revision.before)
      throw Error(ExitCode::usage,
                  "'" + slo.name + "' has that target already", "name another one", "BAD_VALUE");
  }
  if (!revision.after) return revision;
  const auto before = store::definitions(session.store());
  auto after = before;
  for (auto& record : after)
    if (record.kind == "SLO" && record.name == slo.name)
      record = rewritten(revision, record, index, request.cwd);
  revision.impact = diff_impact(session, before, after);
  return revision;
}

}  // namespace nines::usecases
