// Fills a World from the process and runs the program in it.
#include "nines/process.hpp"

#include <malloc.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "nines/command.hpp"
#include "nines/external.hpp"
#include "nines/route.hpp"

namespace nines::app {
namespace {

/// A fleet's status takes forty megabytes: asked for in steps of a page or two, as the C library
/// does for threads, that is two thousand calls of the kernel.
void ask_for_memory_in_large_steps() {
#if defined(M_TOP_PAD)
  mallopt(M_TOP_PAD, 4 << 20);
#endif
}

Instant system_now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

Environment read_environment() {
  Environment env;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      env.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  // Cron and containers set no name; the record should not say "unknown" where the system knows.
  if (!env.contains("USER") && !env.contains("LOGNAME"))
    if (const auto* person = getpwuid(geteuid()); person != nullptr)
      env.emplace("LOGNAME", person->pw_name);
  return env;
}

winsize terminal_size() {
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) size = {};
  if (size.ws_col == 0) size.ws_col = 80;
  if (size.ws_row == 0) size.ws_row = 24;
  return size;
}

/// Takes what a command prints to a terminal, and shows it when it is flushed: through the pager
/// that somebody chose, as git does, when it is longer than the screen.
class Paged final : public std::stringbuf {
 public:
  Paged(std::string pager, int height) : pager_(std::move(pager)), height_(height) {}

 protected:
  int sync() override {
    const auto text = std::move(*this).str();
    str({});
    if (text.empty()) return 0;
    if (std::count(text.begin(), text.end(), '\n') >= height_ && show(text)) return 0;
    std::cout << text << std::flush;
    return std::cout ? 0 : -1;
  }

 private:
  /// Stopping the pager stops neither us nor the command, which is done by then.
  bool show(const std::string& text) const {
    setenv("LESS", "FRX", 0);
    const auto old_pipe = std::signal(SIGPIPE, SIG_IGN);
    const auto old_stop = std::signal(SIGINT, SIG_IGN);
    std::FILE* pager = popen(pager_.c_str(), "w");
    if (pager != nullptr) {
      std::fwrite(text.data(), 1, text.size(), pager);
      pclose(pager);
    }
    std::signal(SIGPIPE, old_pipe);
    std::signal(SIGINT, old_stop);
    return pager != nullptr;
  }

  std::string pager_;
  int height_;
};

/// This file may have been replaced by a newer one meanwhile: then nothing runs in the background.
std::filesystem::path own_program() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown);
}

std::string pager_of(const Environment& env) {
  for (const auto* name : {"NINES_PAGER", "PAGER"})
    if (const auto found = env.find(name); found != env.end())
      return found->second == "cat" ? "" : found->second;
  return {};
}

/// A first word that is no command of ours may be somebody else's: this process becomes it.
void run_external(const World& world) {
  if (world.args.empty() || knows_word(all_commands(), world.args[0])) return;
  const auto program = find_external(world.env, world.args[0]);
  if (!program) return;
  std::vector<char*> argv{const_cast<char*>(program->c_str())};
  for (std::size_t i = 1; i < world.args.size(); ++i)
    argv.push_back(const_cast<char*>(world.args[i].c_str()));
  argv.push_back(nullptr);
  execv(program->c_str(), argv.data());
  std::cerr << "error[EXTERNAL_FAILED] cannot run '" << program->string()
            << "': " << std::strerror(errno) << "\nhint: is it a program of this machine?\n";
  _exit(static_cast<int>(ExitCode::io));
}

/// The store survives a stop at any point, so the shortest way out is the safest.
void stop_at_once(int) {
  constexpr std::string_view kText = "\nnines: interrupted\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kText.data(), kText.size());
  _exit(static_cast<int>(ExitCode::interrupted));
}

}  // namespace

int run_process(int argc, char** argv) {
  ask_for_memory_in_large_steps();
  std::ios::sync_with_stdio(false);
  std::signal(SIGINT, stop_at_once);
  std::signal(SIGPIPE, SIG_DFL);  // a reader that has seen enough ends us without a word
  const auto size = terminal_size();
  auto env = read_environment();
  const bool forced = env.contains("NINES_FORCE_TTY");
  const bool to_terminal = forced || isatty(STDOUT_FILENO) == 1;
  const auto pager = pager_of(env);
  Paged buffer(pager, size.ws_row);
  std::ostream paged(&buffer);
  World world{.args = {argv + 1, argv + argc},
              .env = std::move(env),
              .in = std::cin,
              .out = to_terminal && !pager.empty() ? paged : std::cout,
              .err = std::cerr,
              .clock = system_now,
              .cwd = std::filesystem::current_path(),
              .out_is_terminal = to_terminal,
              .err_is_terminal = forced || isatty(STDERR_FILENO) == 1,
              .in_is_terminal = isatty(STDIN_FILENO) == 1,
              .terminal_width = size.ws_col,
              .program = own_program()};
  run_external(world);
  return run_program(world);
}

}  // namespace nines::app
