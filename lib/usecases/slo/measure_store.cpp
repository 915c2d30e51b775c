// A chunk is one run of the ledger, as a file that was read is.
#include "usecases/slo/measure_store.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "domain/series/day_part.hpp"
#include "ingest/engine_part.hpp"

namespace nines::usecases {
namespace {

using series::kMinutesPerDay;

double sum_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void unite(series::MinuteIncrements& into, const series::MinuteIncrements& other) {
  if (into.total.empty()) into = {std::vector<double>(other.total.size()),
                                  std::vector<double>(other.total.size()), other.first_is_bad};
  for (std::size_t i = 0; i < other.total.size(); ++i) {
    into.first[i] += other.first[i];
    into.total[i] += other.total[i];
  }
}

Json account_json(const RuleParts& part) {
  const auto& answer = *part.answer;
  const auto watched = std::count(answer.watched.begin(), answer.watched.end(), true);
  return Json::object({{"first", part.rule->counting.first_query},
                       {"total", part.rule->counting.total_query},
                       {"watched", static_cast<std::int64_t>(watched)},
                       {"resets", answer.resets},
                       {"born", answer.born},
                       {"born_total", static_cast<std::int64_t>(std::llround(answer.born_total))}});
}

}  // namespace

MeasureStore::MeasureStore(Session& session, const ingest::EngineSpec& spec, std::string url,
                           std::string product, std::vector<std::string> known_splits)
    : session_(session),
      spec_(spec),
      url_(std::move(url)),
      product_(std::move(product)),
      known_splits_(std::move(known_splits)) {}

std::map<std::string, series::MinuteIncrements> MeasureStore::bounded(const RuleAnswer& answer) {
  std::map<std::string, series::MinuteIncrements> kept;
  for (const auto& split : spec_.splits) {
    const std::string prefix = split.label + "=";
    std::vector<std::pair<double, const std::string*>> by_size;
    std::size_t known = 0;
    for (const auto& value : known_splits_) known += value.starts_with(prefix);
    for (const auto& [value, counts] : answer.splits)
      if (value.starts_with(prefix)) by_size.emplace_back(sum_of(counts.total), &value);
    std::sort(by_size.begin(), by_size.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : *a.second < *b.second;
    });
    for (const auto& [size, value] : by_size) {
      const auto told = std::find(known_splits_.begin(), known_splits_.end(), *value);
      const bool other = *value == prefix + "other";
      if (told == known_splits_.end() && !other && known < static_cast<std::size_t>(split.top)) {
        known_splits_.push_back(*value);
        ++known;
      } else if (told == known_splits_.end()) {
        unite(kept[prefix + "other"], answer.splits.at(*value));
        continue;
      }
      unite(kept[*value], answer.splits.at(*value));
    }
  }
  return kept;
}

void MeasureStore::add_series(const EngineRule& rule, const std::string& split, MinuteRange range,
                              const series::WholeCounts& whole, const std::vector<bool>& watched,
                              std::vector<store::NewPart>& parts) const {
  const std::int64_t day = range.begin / kMinutesPerDay;  // a chunk ends with its day
  series::DayPart part;
  for (std::size_t i = 0; i < whole.minutes.size(); ++i) {
    const auto minute = static_cast<std::size_t>(range.begin - day * kMinutesPerDay) + i;
    part.minutes[minute] = whole.minutes[i];
    if (watched[i]) part.observed.set(minute);
  }
  auto encoded = ingest::encode_day(static_cast<std::int32_t>(day), part);
  if (!encoded) return;
  store::NewPart next;
  next.key = rule.key;
  next.key.split = split;
  next.day = encoded->day;
  next.codec = series::kPartCodec;
  next.hash = encoded->hash;
  next.hours = std::move(encoded->hours);
  next.first_minute = encoded->first_minute;
  next.last_minute = encoded->last_minute;
  next.frame = std::move(encoded->frame);
  parts.push_back(std::move(next));
}

std::size_t MeasureStore::stage(MinuteRange range, const std::vector<RuleParts>& parts) {
  std::vector<store::NewPart> ready;
  store::ImportRecord record;
  Json accounts = Json::array();
  Json warnings = Json::array();
  bool partial = false;
  std::size_t told_apart = 0;
  std::int64_t last = range.begin - 1;
  for (const auto& part : parts) {
    const auto before = ready.size();
    add_series(*part.rule, "", range, *part.whole, part.answer->watched, ready);
    if (ready.size() == before) continue;
    last = std::max(last, ready.back().day * std::int64_t{kMinutesPerDay} + ready.back().last_minute);
    const auto splits = bounded(*part.answer);
    told_apart = std::max(told_apart, splits.size());
    for (const auto& [split, counts] : splits)
      add_series(*part.rule, split, range, series::whole_counts(counts), part.answer->watched,
                 ready);
    record.rules.push_back(part.rule->key);
    accounts.push(account_json(part));
    for (const auto& warning : part.answer->warnings) warnings.push(warning);
    partial = partial || part.answer->partial;
  }
  if (ready.empty()) return 0;
  if (!stage_) stage_ = std::make_unique<store::ImportStage>(session_.store());
  record.uid = stage_->begin_run();
  stage_->add(std::move(ready));
  stage_->end_run({});
  record.source = spec_.name;
  record.file = url_;
  record.first = range.begin;
  // What the engine does not have yet at the end of the newest stretch is asked for again.
  const bool newest = range.end % kMinutesPerDay != 0;
  record.last = newest ? last : range.end - 1;
  record.sampled = true;
  record.rows = static_cast<std::uint64_t>(range.end - range.begin);
  record.parts = stage_->parts();
  record.part_bytes = stage_->bytes();
  record.manifest = stage_->manifest();
  record.segments_hash = to_hex(xxh3_128(""));
  record.source_class = std::string(ingest::to_string(spec_.source_class));
  record.vantage = spec_.vantage;
  record.split_values = known_splits_;
  record.engine = Json::object({{"type", spec_.type},
                                {"url", url_},
                                {"product", product_},
                                {"method", "increments/2"},
                                {"interval_minutes", spec_.interval.count()},
                                {"lookback_minutes", spec_.lookback.count()},
                                {"asked_to", range.end},
                                {"partial", partial},
                                {"warnings", warnings},
                                {"accounts", accounts}});
  records_.push_back(std::move(record));
  return told_apart;
}

bool MeasureStore::commit() {
  if (records_.empty()) return false;
  const SessionOptions& options = session_.options();
  store::Transaction tx(session_.store(), options.actor, options.command, options.because);
  stage_->announced();
  for (const auto& record : records_) tx.append(store::measurement_imported(record));
  tx.commit();
  records_.clear();
  stage_.reset();
  return true;
}

}  // namespace nines::usecases
