// The kinds of places, by what their addresses begin with.
#include "usecases/log/sync_place.hpp"

#include "base/error.hpp"
#include "net/git_address.hpp"
#include "net/postgres_address.hpp"

namespace nines::usecases {
namespace {

/// "git:" and "postgres://" look so; a folder of such a name can be written with ./ before it.
std::string_view scheme_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return {};
  const auto scheme = text.substr(0, colon);
  return scheme.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos
             ? scheme
             : std::string_view();
}

}  // namespace

SyncPlace sync_place_from(std::string_view text, const std::filesystem::path& cwd) {
  const auto scheme = scheme_of(text);
  if (scheme.empty()) return {SyncPlace::Kind::folder, (cwd / text).string()};
  if (scheme == "git") {
    // git's own protocol begins like that too.
    const auto remote = text.starts_with("git://") ? text : text.substr(scheme.size() + 1);
    return {SyncPlace::Kind::git, net::git_address_from(remote, cwd)};
  }
  if (net::is_postgres_address(text)) {
    net::postgres_address_from(text);  // refuses one that holds a secret
    return {SyncPlace::Kind::postgres, std::string(text)};
  }
  throw Error(
      ExitCode::usage, "no exchange by '" + std::string(scheme) + ":'",
      "git:REMOTE, postgres://HOST/DATABASE or a folder; one with a colon in its name as ./" +
          std::string(text),
      "UNKNOWN_PLACE");
}

std::string to_string(const SyncPlace& place) {
  const bool bare = place.kind != SyncPlace::Kind::git || place.address.starts_with("git://");
  return (bare ? "" : "git:") + place.address;
}

}  // namespace nines::usecases
