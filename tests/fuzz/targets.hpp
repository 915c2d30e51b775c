// The fuzz targets of this build by name; the build writes the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace nines::fuzz {

struct Target {
  std::string_view name;
  int (*run)(const std::uint8_t* data, std::size_t size);
};

std::span<const Target> targets();

}  // namespace nines::fuzz
