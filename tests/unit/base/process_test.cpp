// Programs are run with a deadline, without a shell, and leave nothing behind.
#include "base/process.hpp"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <thread>

using namespace nines;
using End = ProcessResult::End;

namespace {

ProcessResult run(std::vector<std::string> argv, Micros timeout = std::chrono::seconds{20},
                  std::size_t cap = 1 << 20) {
  return run_process({.argv = std::move(argv),
                      .env = allowed_environment({{"PATH", "/usr/bin:/bin"}, {"SECRET", "x"}}),
                      .folder = "/",
                      .timeout = timeout,
                      .output_cap = cap});
}

bool is_gone(pid_t pid) {
  for (int i = 0; i < 200; ++i) {
    if (kill(pid, 0) != 0) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("exit codes, signals and output come back") {
  const auto ok = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
  CHECK(ok.end == End::exited);
  CHECK(ok.exit_code == 3);
  CHECK(ok.output == "out\nerr\n");
  const auto killed = run({"sh", "-c", "kill -9 $$"});
  CHECK(killed.end == End::signalled);
  CHECK(killed.signal == 9);
}

TEST_CASE("arguments are never read by a shell") {
  CHECK(run({"printf", "%s|", "$HOME", "a b", "`id`", "; rm x", "*"}).output ==
        "$HOME|a b|`id`|; rm x|*|");
}

TEST_CASE("the environment is the small list, the input empty, the terminal out of reach") {
  CHECK(run({"env"}).output == "PATH=/usr/bin:/bin\n");
  CHECK(run({"cat"}).output.empty());
  CHECK(run({"sh", "-c", ": < /dev/tty"}).exit_code != 0);
  CHECK(run({"pwd"}).output == "/\n");
  CHECK(allowed_environment({{"PGHOST", "db"}, {"PGPASSWORD", "x"}}, {"PGHOST"}).size() == 2);
}

TEST_CASE("a missing program is said, and paths relative to a folder mean nothing") {
  CHECK(run({"nines-no-such-program"}).end == End::not_found);
  CHECK(find_program("./sh", {{"PATH", "/bin"}}).empty());
  CHECK(find_program("sh", {{"PATH", ":.:bin"}}).empty());
  CHECK(find_program("sh", {{"PATH", "/nowhere:/bin"}}) == "/bin/sh");
}

TEST_CASE("at the deadline everything that was started is killed") {
  const auto hung =
      run({"sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait"}, std::chrono::milliseconds{300});
  CHECK(hung.end == End::timed_out);
  REQUIRE_FALSE(hung.output.empty());
  CHECK(is_gone(std::stoi(hung.output)));
}

TEST_CASE("what a program leaves running goes with it, and does not keep us waiting") {
  const auto began = std::chrono::steady_clock::now();
  const auto left = run({"sh", "-c", "sleep 60 & echo $!"});
  CHECK(left.end == End::exited);
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds{10});
  CHECK(is_gone(std::stoi(left.output)));
}

TEST_CASE("what is spared goes on, unless the program itself was stopped") {
  const auto spared = [](const char* script, Micros timeout) {
    return run_process({.argv = {"sh", "-c", script},
                        .env = own_environment(),
                        .folder = {},
                        .timeout = timeout,
                        .spare_rest = true});
  };
  const auto left = spared("sleep 60 >/dev/null 2>&1 & echo $!", std::chrono::seconds{20});
  CHECK(left.end == End::exited);
  const auto pid = std::stoi(left.output);
  CHECK(kill(pid, 0) == 0);
  CHECK(kill(pid, SIGKILL) == 0);
  const auto stopped = spared("sleep 60 & echo $!; wait", std::chrono::milliseconds{300});
  CHECK(stopped.end == End::timed_out);
  CHECK(is_gone(std::stoi(stopped.output)));
}

TEST_CASE("our own environment is all of it") {
  setenv("NINES_PROCESS_TEST", "a=b", 1);
  CHECK(own_environment().at("NINES_PROCESS_TEST") == "a=b");
}

TEST_CASE("output is kept up to the cap, and read to its end") {
  const auto much = run({"sh", "-c", "head -c 300000 /dev/zero"}, std::chrono::seconds{20}, 1000);
  CHECK(much.end == End::exited);
  CHECK(much.output.size() == 1000);
  CHECK(much.output_bytes == 300000);
  CHECK(much.truncated);
}

TEST_CASE("input is what was given") {
  const auto echo = run_process({.argv = {"cat"},
                                 .env = {{"PATH", "/bin:/usr/bin"}},
                                 .folder = "/",
                                 .timeout = std::chrono::seconds{20},
                                 .input = std::string(200000, 'x')});
  CHECK(echo.output == std::string(200000, 'x'));
}
