// Credentials go to the companion through its standard input, never by an argument.
#include "usecases/slo/engine_client.hpp"

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::usecases {
namespace {

constexpr std::size_t kMostAnswers = std::size_t{256} << 20;  ///< of one batch, in memory

}  // namespace

EngineClient::EngineClient(std::filesystem::path program, const EngineAccess& access,
                           std::string url, const ProcessEnvironment& env)
    : program_(std::move(program)),
      limits_(access.limits),
      url_(std::move(url)),
      headers_(headers_for(access, url_, env)) {
  if (program_.empty())
    throw Error(ExitCode::config, "no program 'nines-engine' to ask '" + url_ + "'",
                "it is installed beside nines, under libexec/nines; NINES_LIBEXEC names another "
                "folder",
                "NO_COMPANION");
}

std::vector<ingest::HttpAnswer> EngineClient::ask(std::vector<ingest::HttpRequest> requests) const {
  if (requests.empty()) return {};
  for (auto& request : requests) {
    request.url = url_ + request.url;
    request.headers.insert(request.headers.end(), headers_.begin(), headers_.end());
  }
  ProcessRequest run;
  run.argv = {program_.string()};
  run.env = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
  run.folder = "/";
  run.timeout = limits_.deadline + std::chrono::seconds{30};
  run.output_cap = kMostAnswers;
  run.input = ingest::encode_exchanges(requests, limits_);
  const auto ran = run_process(run);
  using End = ProcessResult::End;
  if (ran.stop_asked) throw Error(ExitCode::interrupted, "interrupted while '" + url_ + "' was asked");
  if (ran.end == End::not_found || ran.end == End::not_started)
    throw Error(ExitCode::config, "cannot run '" + program_.string() + "'",
                "is nines-engine installed whole?", "NO_COMPANION");
  if (ran.end == End::timed_out)
    throw Error(ExitCode::busy, "'" + url_ + "' took too long for all that was asked",
                "what was answered before is kept; run it again");
  if (ran.truncated)
    throw Error(ExitCode::bad_data, "'" + url_ + "' answers with more than is read at once",
                "fewer splits in the DataSource, or a smaller 'parallel' in engines.yaml");
  if (ran.end != End::exited || ran.exit_code != 0)
    throw Error(ExitCode::bad_data,
                fmt::format("nines-engine ended with {}: {}",
                            ran.end == End::signalled ? ran.signal : ran.exit_code,
                            fit_width(escape_controls(trim(ran.output)), 80)),
                "is it of the same version as nines?", "BAD_COMPANION");
  return ingest::decode_answers(ran.output, requests.size());
}

}  // namespace nines::usecases
