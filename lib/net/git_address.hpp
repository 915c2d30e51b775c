// The address of a git remote, as far as it may be one that we hand to git.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nines::net {

/// What follows "git:". A path becomes absolute; a URL and host:path stay as they are. Throws
/// Error{usage} for an option in disguise, a helper program, and a password within.
std::string git_address_from(std::string_view text, const std::filesystem::path& cwd);

/// Whether it is a path of this machine.
bool is_local(std::string_view address);

}  // namespace nines::net
