// Adds up the splits of each arm, look by look.
#include "usecases/remediate/canary_series.hpp"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/series.hpp"
#include "store/store.hpp"
#include "usecases/slo/catalogue.hpp"
#include "usecases/slo/detect_series.hpp"
#include "usecases/slo/status.hpp"

namespace nines::usecases {
namespace {

/// The value of a label in "region=eu,version=7"; empty when it is not there.
std::optional<std::string> label_in(std::string_view split_text, std::string_view label) {
  for (const auto part : split(split_text, ',')) {
    const auto equals = part.find('=');
    if (equals != std::string_view::npos && trim(part.substr(0, equals)) == label)
      return std::string(trim(part.substr(equals + 1)));
  }
  return std::nullopt;
}

struct Arms {
  std::vector<series::SeriesId> canary, baseline;
  std::set<std::string> values;  ///< of the label, the canary's among them
};

std::pair<std::string, std::string> label_and_value(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    throw Error(ExitCode::usage, "'" + text + "' is no split", "write label=value: version=v2",
                "BAD_VALUE");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

std::uint64_t bad_in(const series::Counts& counts) { return counts.total - counts.good; }

nines::remediate::ArmCounts sum_of(const series::Reader& reader,
                                   const std::vector<series::SeriesId>& ids, std::int64_t from,
                                   std::int64_t to) {
  nines::remediate::ArmCounts sum;
  for (const auto& id : ids) {
    const auto counts = reader.sum(id, from, to);
    sum.bad += bad_in(counts);
    sum.total += counts.total;
  }
  return sum;
}

Arms arms_of(const std::vector<WatchedSeries>& watched, const CanarySeries& request) {
  const auto [label, value] = label_and_value(request.canary);
  std::optional<std::string> other;
  if (request.baseline) {
    const auto [label_there, value_there] = label_and_value(*request.baseline);
    if (label_there != label || value_there == value)
      throw Error(ExitCode::usage, "both arms are values of one label, and two of them",
                  "--canary version=v2 --baseline version=v1", "BAD_COMBINATION");
    other = value_there;
  }
  Arms arms;
  std::set<std::string> objectives;
  for (const auto& one : watched) {
    const bool meant = !request.objective || one.objective->id == *request.objective ||
                       one.objective->display_name == *request.objective;
    if (!meant) continue;
    objectives.insert(one.objective->id);
    const auto found = label_in(one.split, label);
    if (!found) continue;
    arms.values.insert(*found);
    if (*found == value)
      arms.canary.push_back(one.id);
    else if (!other || *found == *other)
      arms.baseline.push_back(one.id);
  }
  if (objectives.size() > 1)
    throw Error(ExitCode::usage, "'" + request.slo + "' has several objectives",
                "--objective names one", "MISSING_ARGUMENT");
  if (objectives.empty())
    throw Error(ExitCode::not_found, "no measured objective of '" + request.slo + "' is meant",
                "nines slo show " + request.slo, "UNKNOWN_OBJECTIVE");
  const std::vector<std::string> values(arms.values.begin(), arms.values.end());
  if (arms.canary.empty() || arms.baseline.empty())
    throw Error(ExitCode::not_found,
                fmt::format("'{}' is not measured by {}={}", request.slo, label,
                            arms.canary.empty() ? value : other.value_or("another value")),
                values.empty()
                    ? "a DataSource with 'splits' keeps series by label (nines-slo(5))"
                    : fmt::format("{} is one of: {}", label, join(values, ", ")),
                "NO_SPLIT");
  return arms;
}

}  // namespace

SeriesLooks canary_looks(const Session& session, const CanarySeries& request) {
  const auto catalogue = load_catalogue(session);
  const auto arms = arms_of(watched_series(session, catalogue, {request.slo}), request);
  const auto from = epoch_minute(request.from);
  const auto to = epoch_minute(request.to.value_or(session.now()));
  if (to <= from)
    throw Error(ExitCode::usage, "the canary ends before it begins", "check --since", "BAD_VALUE");
  const auto reader = store::open_series(session.store());
  SeriesLooks result;
  for (const auto& id : arms.canary)
    if (const auto extent = reader->extent(id)) {
      const Instant end{std::chrono::minutes{extent->end}};
      result.data_to = std::max(result.data_to.value_or(end), end);
    }
  const auto step = std::max<std::int64_t>(
      1, std::chrono::duration_cast<std::chrono::minutes>(request.look).count());
  for (auto at = from; at < to; at += step) {
    const auto end = std::min(at + step, to);
    const nines::remediate::CanaryLook look{sum_of(*reader, arms.canary, at, end),
                                            sum_of(*reader, arms.baseline, at, end)};
    if (look.canary.total + look.baseline.total > 0) result.looks.push_back(look);
  }
  result.canary = request.canary;
  result.baseline = request.baseline.value_or("every other " + label_and_value(request.canary).first);
  return result;
}

std::vector<std::string> sources_behind(const Session& session, const std::string& name) {
  const auto catalogue = load_catalogue(session);
  const auto& slo = require_slo(catalogue, name);
  std::set<std::string> sources;
  for (const auto& objective : slo.objectives)
    if (const auto found = locate(catalogue, slo, objective); !found.source.empty())
      sources.insert(found.source);
  return {sources.begin(), sources.end()};
}

}  // namespace nines::usecases
