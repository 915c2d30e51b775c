// Who has to accept a definition: the ecosystem disagrees with itself, so each finding says who.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace nines::slo {

/// `strict`: the specification, the Go SDK, and our own rules.
enum class Profile : std::uint8_t { strict, spec, go_sdk, sloth };

std::string_view to_string(Profile profile);  ///< "go-sdk"
std::optional<Profile> profile_from(std::string_view name);

}  // namespace nines::slo
