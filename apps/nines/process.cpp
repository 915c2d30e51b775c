// Fills a World from the process and runs the program in it.
#include "nines/process.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <iostream>

#include "nines/command.hpp"

namespace nines::app {
namespace {

Instant system_now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

Environment read_environment() {
  Environment env;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      env.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return env;
}

int terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/// The store survives a stop at any point, so the shortest way out is the safest.
void stop_at_once(int) {
  constexpr std::string_view kText = "\nnines: interrupted\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, kText.data(), kText.size());
  _exit(static_cast<int>(ExitCode::interrupted));
}

}  // namespace

int run_process(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGINT, stop_at_once);
  std::signal(SIGPIPE, SIG_DFL);  // a reader that has seen enough ends us without a word
  World world{.args = {argv + 1, argv + argc},
              .env = read_environment(),
              .in = std::cin,
              .out = std::cout,
              .err = std::cerr,
              .clock = system_now,
              .cwd = std::filesystem::current_path(),
              .out_is_terminal = isatty(STDOUT_FILENO) == 1,
              .err_is_terminal = isatty(STDERR_FILENO) == 1,
              .in_is_terminal = isatty(STDIN_FILENO) == 1,
              .terminal_width = terminal_width()};
  if (world.env.contains("NINES_FORCE_TTY")) world.out_is_terminal = world.err_is_terminal = true;
  return run_program(world);
}

}  // namespace nines::app
