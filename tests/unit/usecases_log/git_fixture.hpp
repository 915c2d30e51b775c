// A bare git repository as a remote, and what people do to it behind our back.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "base/process.hpp"
#include "unit/usecases_log/fixture.hpp"
#include "usecases/log/sync.hpp"

namespace nines::test {

/// What git prints, run in `folder` without anybody's configuration.
inline std::string git(const std::filesystem::path& folder, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"git", "-C", folder.string()});
  ProcessRequest request;
  request.argv = std::move(arguments);
  request.env = allowed_environment(own_environment());
  request.timeout = std::chrono::minutes{1};
  const auto result = run_process(request);
  INFO(result.output);
  REQUIRE(result.exit_code == 0);
  return result.output;
}

/// The remote.
struct BareRemote {
  std::filesystem::path path;

  explicit BareRemote(const TempFolder& folder, const std::string& name = "hub.git")
      : path(folder / name) {
    git(folder / ".", {"init", "--quiet", "--bare", "--template=", path.string()});
  }
  usecases::SyncPlace place() const {
    return usecases::sync_place_from("git:" + path.string(), "/");
  }
  std::string ref_of(const usecases::Session& session) const {
    return "refs/nines/replicas/" + session.store().replica().to_string();
  }
  std::string commit_of(const std::string& ref) const {
    auto text = git(path, {"rev-parse", ref});
    while (text.ends_with('\n')) text.pop_back();
    return text;
  }
  usecases::SyncReport sync(usecases::Session& session, usecases::SyncOptions options = {}) const {
    options.deadline = std::chrono::minutes{1};
    return usecases::sync_place(session, place(), options);
  }
};

}  // namespace nines::test
