// The newest measured hour with events is the fingerprint: another engine has other traffic.
#include "usecases/slo/measure_identity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/import.hpp"
#include "store/series.hpp"

namespace nines::usecases {
namespace {

constexpr std::int64_t kProbeMinutes = 60;
constexpr int kHoursBack = 48;  ///< quiet hours prove nothing: this many are passed over

struct Probe {
  const EngineRule* rule = nullptr;
  MinuteRange range;
  series::Counts stored;
};

std::string_view first_word(std::string_view product) {
  const auto space = product.rfind(' ');
  return product.substr(0, space == std::string_view::npos ? product.size() : space);
}

std::optional<Probe> probe_for(const series::Reader& reader, const EngineRule& rule,
                               const store::ImportRecord& run) {
  const auto id = series::id_of(rule.key);
  std::int64_t end = run.last + 1;
  for (int hour = 0; hour < kHoursBack && end > run.first; ++hour) {
    const auto begin = std::max(run.first, end - kProbeMinutes);
    const auto stored = reader.sum(id, begin, end);
    if (stored.total > 0) return Probe{&rule, {begin, end}, stored};
    end = begin;
  }
  return std::nullopt;
}

/// Late samples may add a little to an hour that was measured when it was fresh.
bool agrees(double found, std::uint64_t stored) {
  return std::abs(found - static_cast<double>(stored)) <=
         std::max(2.0, 0.01 * static_cast<double>(stored));
}

/// What cannot be compared is not taken for the same.
[[noreturn]] void give_up(const ingest::EngineSpec& spec, const Probe& probe, ExitCode kind,
                          std::string_view what, std::string hint) {
  throw Error(kind,
              fmt::format("'{}', asked again for {} to {}: {}", spec.url,
                          format_utc(from_epoch_minute(probe.range.begin)),
                          format_utc(from_epoch_minute(probe.range.end)), what),
              std::move(hint), "ENGINE_NOT_PROVED");
}

double asked_again(const ingest::EngineSpec& spec, const Probe& probe,
                   const EngineDialect& dialect, const EngineClient& client) {
  const auto answers = client.ask(dialect.questions(*probe.rule, probe.range, false));
  for (const auto& answer : answers)
    if (const auto problem = ingest::unfit(answer, dialect.content_type()))
      give_up(spec, probe,
              problem->kind == ingest::Unfit::Kind::passing ? ExitCode::busy : ExitCode::bad_data,
              problem->what, problem->hint);
  try {
    const auto found = dialect.read(*probe.rule, probe.range, answers);
    return std::accumulate(found.counts.total.begin(), found.counts.total.end(), 0.0);
  } catch (const Error& error) {
    give_up(spec, probe, error.kind(), error.what(), error.hint());
  }
}

[[noreturn]] void refuse(const ingest::EngineSpec& spec, std::string what) {
  throw Error(ExitCode::conflict,
              fmt::format("'{}' is not the engine that source '{}' was measured from: {}", spec.url,
                          spec.name, std::move(what)),
              "is the address right? --accept-engine goes on with it and says so on record",
              "OTHER_ENGINE");
}

}  // namespace

void require_same_engine(const Session& session, const ingest::EngineSpec& spec,
                         const std::vector<EngineRule>& rules, const std::string& product,
                         const EngineDialect& dialect, const EngineClient& client) {
  const auto runs = store::imported_files(session.store(), spec.name);
  const auto reader = store::open_series(session.store());
  std::optional<Probe> probe;
  std::string before;
  for (auto run = runs.rbegin(); run != runs.rend() && !probe; ++run) {
    if (run->record.engine.is_null()) continue;
    if (before.empty()) before = run->record.engine.text("product");
    for (const auto& rule : rules) {
      const bool counted = std::any_of(
          run->record.rules.begin(), run->record.rules.end(),
          [&](const series::SeriesKey& key) { return store::rule_of(key) == rule.id; });
      if (counted && !probe) probe = probe_for(*reader, rule, run->record);
    }
  }
  if (!before.empty() && !product.empty() && first_word(before) != first_word(product))
    refuse(spec, fmt::format("it calls itself '{}', that one was '{}'", product, before));
  if (!probe) return;
  const double total = asked_again(spec, *probe, dialect, client);
  if (agrees(total, probe->stored.total)) return;
  refuse(spec, fmt::format("of {} to {} it knows {}, stored are {}",
                           format_utc(from_epoch_minute(probe->range.begin)),
                           format_utc(from_epoch_minute(probe->range.end)),
                           count_of(static_cast<std::uint64_t>(std::max(0.0, total)), "event"),
                           group_digits(probe->stored.total)));
}

}  // namespace nines::usecases
