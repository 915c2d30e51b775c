// What changed in a runbook since its review, in a real repository.
#include "usecases/remediate/runbook_history.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono;

class Repository {
 public:
  Repository() {
    std::string name = "/tmp/nines-runbook-XXXXXX";
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
    env_ = {{"PATH", "/usr/bin:/bin"}, {"HOME", root_.string()}};
  }
  ~Repository() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Repository(const Repository&) = delete;
  Repository& operator=(const Repository&) = delete;

  bool git(std::vector<std::string> words, const std::string& at = "2026-01-01T00:00:00Z") {
    ProcessRequest request;
    request.argv = {"git", "-C", root_.string(), "-c", "user.name=a", "-c", "user.email=a@b.c"};
    request.argv.insert(request.argv.end(), words.begin(), words.end());
    request.env = env_;
    request.env["GIT_COMMITTER_DATE"] = request.env["GIT_AUTHOR_DATE"] = at;
    request.timeout = seconds{30};
    const auto result = run_process(request);
    return result.end == ProcessResult::End::exited && result.exit_code == 0;
  }
  void write(const std::string& text) { std::ofstream(root_ / "pool.md") << text; }
  void commit(const std::string& text, const std::string& at) {
    write(text);
    REQUIRE(git({"add", "pool.md"}));
    REQUIRE(git({"commit", "-q", "-m", "x"}, at));
  }
  RunbookChange changes(Day since) const { return runbook_changes(root_, "pool.md", since, env_); }

 private:
  fs::path root_;
  ProcessEnvironment env_;
};

const Day kReviewed = sys_days{2026y / March / 1};

}  // namespace

TEST_CASE("a runbook is compared with what it was on the day of its review") {
  Repository repository;
  repository.write("restart it\n");
  if (!repository.git({"init", "-q"})) {
    WARN("git is not here: the history of runbooks was NOT tested");
    return;
  }
  CHECK(repository.changes(kReviewed).why_not == "no git repository says what changed since");
  repository.commit("restart it\n", "2026-01-10T12:00:00Z");
  CHECK(repository.changes(sys_days{2025y / March / 1}).why_not ==
        "git knows no commit of it up to that day");
  const auto same = repository.changes(kReviewed);
  CHECK(!same.commit.empty());
  CHECK(same.diff.empty());
  CHECK(same.why_not.empty());
  repository.commit("drain it, then restart it\n", "2026-03-01T23:00:00Z");
  repository.commit("page the vendor\n", "2026-03-02T00:00:01Z");
  const auto changed = repository.changes(kReviewed);
  CHECK(changed.diff.find("-drain it, then restart it\n+page the vendor\n") != std::string::npos);
  repository.write("call somebody\n");
  CHECK(repository.changes(kReviewed).diff.find("+call somebody\n") != std::string::npos);
}

TEST_CASE("a repository that is only looked at runs no program of its own") {
  Repository repository;
  if (!repository.git({"init", "-q"})) return;
  repository.commit("a\n", "2026-01-10T12:00:00Z");
  repository.write("b\n");
  REQUIRE(repository.git({"config", "diff.external", "touch ran"}));
  REQUIRE(repository.git({"config", "core.pager", "touch ran"}));
  const auto change = repository.changes(kReviewed);
  CHECK(change.diff.find("+b\n") != std::string::npos);
  CHECK_FALSE(fs::exists("ran"));
}

}  // namespace nines::usecases
