// The bytes of a fault tree's file, and which of the two formats they are in.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>

#include "usecases/rca/tree.hpp"

namespace nines::usecases {

/// Throws Error{not_found}, Error{io}; Error{bad_data} above 64 MiB.
std::string read_tree_bytes(const std::string& file, const std::filesystem::path& cwd,
                            std::istream& input);

TreeFormat tree_format_of(std::string_view bytes);

}  // namespace nines::usecases
