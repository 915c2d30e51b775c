// Git takes paths, URLs, host:path and names of helper programs; only the first three pass.
#include "net/git_address.hpp"

#include <algorithm>
#include <array>

#include "base/error.hpp"

namespace nines::net {
namespace {

constexpr std::array<std::string_view, 5> kSchemes{"file", "git", "http", "https", "ssh"};

[[noreturn]] void refuse(std::string_view text, const std::string& why, const std::string& hint) {
  throw Error(ExitCode::usage, "'git:" + std::string(text) + "' " + why, hint, "BAD_REMOTE");
}

constexpr const char* kForms =
    "for example git:git@host:team/record.git, git:https://host/team/record.git, "
    "git:/srv/record.git";

void check_url(std::string_view text, std::string_view scheme) {
  if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end())
    refuse(text, "is of a kind that is not used here", kForms);
  const auto rest = text.substr(scheme.size() + 3);
  const auto host = rest.substr(0, rest.find('/'));
  const auto at = host.rfind('@');
  if (at != std::string_view::npos && host.substr(0, at).find(':') != std::string_view::npos)
    throw Error(ExitCode::usage, "the address of the git remote holds a password",
                "leave it out; git's credential helpers or a key of ssh give it", "BAD_REMOTE");
}

}  // namespace

bool is_local(std::string_view address) { return address.starts_with('/'); }

std::string git_address_from(std::string_view text, const std::filesystem::path& cwd) {
  if (text.empty()) refuse(text, "names no remote", kForms);
  if (text.starts_with('-')) refuse(text, "looks like an option", kForms);
  if (std::any_of(text.begin(), text.end(),
                  [](char c) { return static_cast<unsigned char>(c) < 32; }))
    refuse("...", "holds control characters", kForms);
  const auto colon = text.find(':');
  const auto slash = text.find('/');
  if (colon == std::string_view::npos || slash < colon)
    return (cwd / text).lexically_normal().string();
  if (text.substr(colon).starts_with("::")) refuse(text, "names a helper program", kForms);
  if (text.substr(colon).starts_with("://")) check_url(text, text.substr(0, colon));
  return std::string(text);
}

}  // namespace nines::net
