// Runs nines completion and the hidden command that its shell scripts call back.
#include "nines/top/verbs.hpp"

#include <ostream>

#include "nines/complete.hpp"

namespace nines::app::top {
namespace {

constexpr std::string_view kBash =
    R"(# bash completion for nines; source this, or put it in bash-completion/completions/nines
_nines() {
  local IFS=$'\n' words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($(nines __complete nines "${words[@]}" 2>/dev/null | cut -f1))
}
complete -o default -F _nines nines
)";

constexpr std::string_view kZsh = R"(#compdef nines
# zsh completion for nines; put it in a folder of $fpath as _nines
_nines() {
  local line
  local -a found
  while IFS= read -r line; do
    found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done < <(nines __complete "${(@)words[1,CURRENT]}" 2>/dev/null)
  if (( ${#found} )); then _describe nines found; else _files; fi
}
if [ "$funcstack[1]" = "_nines" ]; then _nines "$@"; else compdef _nines nines; fi
)";

constexpr std::string_view kFish =
    R"(# fish completion for nines; put it in vendor_completions.d/nines.fish
function __nines_complete
  set -l found (nines __complete (commandline -opc) (commandline -ct) 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c nines -f -a '(__nines_complete)'
)";

}  // namespace

void declare_completion(Options& options) {
  auto& shell = options.positional("shell", "the shell to write for");
  shell.choices = {"bash", "zsh", "fish"};
  options.example("nines completion bash > ~/.local/share/bash-completion/completions/nines",
                  "completion in every new bash");
  options.example("nines completion fish > ~/.config/fish/completions/nines.fish",
                  "the same for fish");
  options.formats({"text"});
  options.see_also("nines(1)");
}

ExitCode run_completion(Context& context) {
  const auto shell = context.args.required("shell");
  context.out << (shell == "bash" ? kBash : shell == "zsh" ? kZsh : kFish);
  return ExitCode::done;
}

void declare_complete(Options& options) {
  options.raw("words", "the line so far, with the program's name; the last word is unfinished");
  options.example("nines __complete nines slo ''", "the commands of 'slo'");
  options.example("nines __complete nines version --l", "the options that start so");
  options.formats({"text"});
}

ExitCode run_complete(Context& context) {
  auto words = context.args.list("words");
  words.erase(words.begin());
  for (const auto& candidate : complete(all_commands(), std::move(words)))
    context.out << candidate.word << '\t' << candidate.says << '\n';
  return ExitCode::done;
}

}  // namespace nines::app::top
