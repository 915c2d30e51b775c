// Tables are read whole: what is larger than tables get is refused by name.
#include "usecases/rca/table_file.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "ingest/metric_table.hpp"

namespace nines::usecases {
namespace {

std::string checked_size(std::string text, const std::string& name) {
  if (text.size() > ingest::kMostTableBytes)
    throw Error(ExitCode::bad_data, "'" + name + "' is larger than tables get",
                "at most 512 MiB; take a shorter time or fewer columns", "TOO_LARGE");
  return text;
}

}  // namespace

std::string read_table_file(const std::string& name, const std::filesystem::path& folder) {
  if (!std::filesystem::is_regular_file(folder / name))
    throw Error(ExitCode::not_found, "no file '" + name + "'", "name a CSV file", "NO_FILE");
  return checked_size(read_file(folder / name, ingest::kMostTableBytes), name);
}

std::string read_table_stream(std::istream& input, const std::string& name) {
  return checked_size(read_stream(input, ingest::kMostTableBytes), name);
}

}  // namespace nines::usecases
