// Asks one engine through the companion program nines-engine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ingest/http.hpp"
#include "usecases/slo/engine_access.hpp"

namespace nines::usecases {

class EngineClient {
 public:
  /// Throws Error{config}: no program, no credential.
  EngineClient(std::filesystem::path program, const EngineAccess& access, std::string url,
               const ProcessEnvironment& env);

  /// The answers, in the order of the requests, whose `url` is what follows the engine's own.
  /// Throws Error: interrupted, config (the program cannot run), bad_data (it answers wrongly).
  std::vector<ingest::HttpAnswer> ask(std::vector<ingest::HttpRequest> requests) const;

 private:
  std::filesystem::path program_;
  ingest::HttpLimits limits_;
  std::string url_;
  std::vector<std::string> headers_;
};

}  // namespace nines::usecases
