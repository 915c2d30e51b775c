// Answers of an engine on their way into the store: parts, and the event that announces them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/import.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {

/// One rule's answer, ready to be stored.
struct RuleParts {
  const EngineRule* rule = nullptr;
  const RuleAnswer* answer = nullptr;
  const series::WholeCounts* whole = nullptr;
};

/// Stages chunks, and commits those staged in one transaction.
class MeasureStore {
 public:
  MeasureStore(Session& session, const ingest::EngineSpec& spec, std::string url,
               std::string product, std::vector<std::string> known_splits);

  /// Stages one chunk; keeps nothing when no minute was watched and nothing was counted. Sub-series
  /// beyond what the source allows are added up as "other". Returns how many are told apart.
  std::size_t stage(MinuteRange range, const std::vector<RuleParts>& parts);
  /// Whether there was anything to commit.
  bool commit();

 private:
  void add_series(const EngineRule& rule, const std::string& split, MinuteRange range,
                  const series::WholeCounts& whole, const std::vector<bool>& watched,
                  std::vector<store::NewPart>& parts) const;
  std::map<std::string, series::MinuteIncrements> bounded(const RuleAnswer& answer);

  Session& session_;
  const ingest::EngineSpec& spec_;
  std::string url_;
  std::string product_;
  std::vector<std::string> known_splits_;
  std::unique_ptr<store::ImportStage> stage_;
  std::vector<store::ImportRecord> records_;
};

}  // namespace nines::usecases
