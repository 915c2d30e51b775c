// Commands that are known to change things, so that a step cannot call itself read-only by mistake.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nines::incident {

/// The part of the command that changes something: "kubectl delete", "sudo". Nothing when none is
/// known; that is no proof that there is none.
std::optional<std::string> changing_part(const std::vector<std::string>& command);

/// "|", "$(", "*": what only a shell would understand, where one seems to be expected.
std::optional<std::string> shell_part(const std::vector<std::string>& command);

/// sh, bash, env, xargs: programs that run their arguments as another command.
bool is_interpreter(const std::vector<std::string>& command);

}  // namespace nines::incident
