// The text of a table of metrics or calls, within its bound; inside of the use cases.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace nines::usecases {

/// Throws Error: not_found NO_FILE, bad_data TOO_LARGE above ingest::kMostTableBytes.
std::string read_table_file(const std::string& name, const std::filesystem::path& folder);
/// The same of a stream; `name` is for errors.
std::string read_table_stream(std::istream& input, const std::string& name);

}  // namespace nines::usecases
