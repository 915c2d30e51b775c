// Whether the engine that answers is the one that answered before.
#pragma once

#include <string>
#include <vector>

#include "usecases/session.hpp"
#include "usecases/slo/engine_client.hpp"
#include "usecases/slo/measure_dialect.hpp"

namespace nines::usecases {

/// An address may have been taken over by another process. Asks again for a stretch of at most an
/// hour that was measured before, and compares it with what is stored; and compares what the engine
/// calls itself. Says nothing when nothing was measured yet. Throws Error{conflict} when they
/// differ, and what EngineClient throws.
void require_same_engine(const Session& session, const ingest::EngineSpec& spec,
                         const std::vector<EngineRule>& rules, const std::string& product,
                         const EngineDialect& dialect, const EngineClient& client);

}  // namespace nines::usecases
