// The same figure by other definitions, asked of the engine and made of what was stored.
#pragma once

#include "domain/series/counts.hpp"
#include "usecases/slo/engine_client.hpp"
#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {

/// Fills `account.definitions` over [range.begin, range.end), the stored counts first; day by day.
/// Throws what EngineClient and the dialect's readers throw.
void audit(MeasuredRule& account, const EngineRule& rule, MinuteRange range,
           const EngineDialect& dialect, const EngineClient& client, const series::Reader& reader);

}  // namespace nines::usecases
