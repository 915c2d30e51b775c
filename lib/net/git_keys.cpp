// Few events are confidential, so a replica's keys are read and written as a whole.
#include "net/git_keys.hpp"

#include "base/text.hpp"

namespace nines::net {
namespace {

constexpr std::uint64_t kEventsPerKeyFile = 10'000;
constexpr std::size_t kMostKeyBytes = std::size_t{16} << 20;
constexpr std::string_view kKeysEnding = ".keys";

std::uint64_t file_number(std::uint64_t seq) { return (seq - 1) / kEventsPerKeyFile; }

/// Others can push names that git would read as something else.
bool is_key_file(std::string_view name) {
  if (!name.ends_with(kKeysEnding)) return false;
  const auto number = name.substr(0, name.size() - kKeysEnding.size());
  return !number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

void GitKeys::load(std::map<Uid, std::string> commits) {
  commits_ = std::move(commits);
  read_.clear();
}

std::string GitKeys::commit_of(const Uid& replica) const {
  const auto found = commits_.find(replica);
  return found == commits_.end() ? std::string() : found->second;
}

const EventKeys& GitKeys::of(const Uid& replica) {
  const auto [entry, unread] = read_.try_emplace(replica);
  if (!unread || !commits_.contains(replica)) return entry->second;
  std::vector<std::string> names;
  const auto listed = repository_.run({"ls-tree", "--name-only", commits_.at(replica)});
  for (const auto name : split(listed, '\n'))
    if (is_key_file(name)) names.push_back(commits_.at(replica) + ":" + std::string(name));
  for (const auto& file : repository_.read(names, kMostKeyBytes))
    if (file && file->type == "blob") decode_keys(file->bytes, entry->second);
  return entry->second;
}

std::map<std::string, std::string> files_of_keys(const EventKeys& keys) {
  std::map<std::string, std::string> files;
  for (auto begin = keys.begin(); begin != keys.end();) {
    const auto number = file_number(begin->first);
    const auto end = keys.lower_bound((number + 1) * kEventsPerKeyFile + 1);
    files.emplace(std::to_string(number) + std::string(kKeysEnding), encode_keys(begin, end));
    begin = end;
  }
  return files;
}

}  // namespace nines::net
