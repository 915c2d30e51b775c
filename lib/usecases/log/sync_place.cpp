// The kinds of places, and what opens each.
#include "usecases/log/sync_place.hpp"

#include "base/error.hpp"

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
  if (const auto scheme = scheme_of(text); !scheme.empty())
    throw Error(ExitCode::usage, "no exchange by '" + std::string(scheme) + ":'",
                "name a folder; one with a colon in its name as ./" + std::string(text),
                "UNKNOWN_PLACE");
  return {SyncPlace::Kind::folder, (cwd / text).string()};
}

SyncReport sync_place(Session& session, const SyncPlace& place, const SyncOptions& options) {
  return sync_directory(session, place.address, options);
}

}  // namespace nines::usecases
