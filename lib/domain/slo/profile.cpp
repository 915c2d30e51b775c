// Who has to accept a definition: the ecosystem disagrees with itself, so each finding says who.
#include "domain/slo/profile.hpp"

#include <utility>

namespace nines::slo {

namespace {

constexpr std::pair<Profile, std::string_view> kProfiles[] = {{Profile::strict, "strict"},
                                                              {Profile::spec, "spec"},
                                                              {Profile::go_sdk, "go-sdk"},
                                                              {Profile::sloth, "sloth"}};

}  // namespace

std::string_view to_string(Profile profile) { return kProfiles[static_cast<int>(profile)].second; }

std::optional<Profile> profile_from(std::string_view name) {
  for (const auto& [profile, text] : kProfiles) {
    if (text == name) return profile;
  }
  return std::nullopt;
}

}  // namespace nines::slo
