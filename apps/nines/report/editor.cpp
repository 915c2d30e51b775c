// The editor gets the terminal, so it is started as a shell does, not by the house's process.
#include "nines/report/editor.hpp"

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstring>

#include "base/error.hpp"

namespace nines::app::report {
namespace {

std::string editor_named(const Context& context) {
  for (const auto* name : {"VISUAL", "EDITOR"}) {
    const auto found = context.env.find(name);
    if (found != context.env.end() && !found->second.empty()) return found->second;
  }
  throw Error(ExitCode::usage, "neither VISUAL nor EDITOR names an editor",
              "export EDITOR=nano, or nines report postmortem edit --from FILE", "NO_EDITOR");
}

/// Keys that interrupt belong to the editor while it runs.
class HeldSignals {
 public:
  HeldSignals() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGINT, &ignore, &interrupt_);
    sigaction(SIGQUIT, &ignore, &quit_);
  }
  ~HeldSignals() {
    sigaction(SIGINT, &interrupt_, nullptr);
    sigaction(SIGQUIT, &quit_, nullptr);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

 private:
  struct sigaction interrupt_ {};
  struct sigaction quit_ {};
};

}  // namespace

int run_editor(const Context& context, const std::filesystem::path& file) {
  // The value is a command with its options, as every tool reads it; the file stays one argument.
  const auto command = editor_named(context) + " \"$1\"";
  std::vector<std::string> settings;
  for (const auto& [name, value] : context.env) settings.push_back(name + "=" + value);
  std::vector<char*> environment;
  for (auto& one : settings) environment.push_back(one.data());
  environment.push_back(nullptr);
  const auto path = file.string();
  const char* argv[] = {"sh", "-c", command.c_str(), "sh", path.c_str(), nullptr};
  const auto folder = context.cwd().string();
  const HeldSignals held;
  const auto child = fork();
  if (child < 0)
    throw Error(ExitCode::io, std::string("cannot start an editor: ") + std::strerror(errno), "",
                "NO_EDITOR");
  if (child == 0) {
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    if (chdir(folder.c_str()) == 0)
      execve("/bin/sh", const_cast<char* const*>(argv), environment.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace nines::app::report
