// The folder transport: names carry everything that heads() needs but the last hash.
#include "store/directory_exchange.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "store/private_file.hpp"

namespace nines::store {
namespace {

constexpr const char* kSegment = ".jsonl";
constexpr const char* kBodies = ".bodies.jsonl";
constexpr const char* kIdentity = "remote.json";
constexpr const char* kStatements = "statements";
constexpr const char* kStatement = ".checkpoint";
constexpr std::size_t kStatementBytes = std::size_t{1} << 20;  // some ten thousand replicas
constexpr const char* kMeasurements = "measurements";
constexpr const char* kParts = ".parts";

[[noreturn]] void fail_file_damaged(const std::filesystem::path& file, const std::string& why) {
  throw Error(ExitCode::bad_data, "the segment '" + file.string() + "' is damaged: " + why,
              "delete it, and sync again from a machine that has these events", "SEGMENT_DAMAGED");
}

[[noreturn]] void fail_forked(const std::filesystem::path& folder, const log::SegmentName& name) {
  throw Error(
      ExitCode::conflict,
      "'" + folder.string() + "' holds two histories of events " + std::to_string(name.first) +
          " to " + std::to_string(name.last),
      "a copied store wrote under its original's name; keep the segment of the original, and on "
      "the copy's machine start a new store and sync it",
      "FORK");
}

/// What others may do with the folder they may do with its files.
unsigned mode_like(const std::filesystem::path& folder) {
  return static_cast<unsigned>(std::filesystem::status(folder).permissions()) & 0777U;
}

/// A first contact that was cut short may have left its temporary file: that is nothing yet.
bool holds_nothing(const std::filesystem::path& folder) {
  constexpr std::string_view kUnfinishedHeads = "remote.json.";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(kUnfinishedHeads) || name.size() != kUnfinishedHeads.size() + 6)
      return false;
  }
  return true;
}

Uid make_remote(const std::filesystem::path& folder, Instant now, Entropy& entropy) {
  if (!holds_nothing(folder))
    throw Error(ExitCode::config, "'" + folder.string() + "' holds other things, and is no remote",
                "name an empty folder to make it one", "NO_REMOTE");
  const auto uid = Uid::make(now, entropy);
  const auto text =
      Json::object({{"format", log::kSegmentFormat}, {"remote", uid.to_string()}}).canonical();
  write_file_atomically(folder / kIdentity, text + "\n", mode_like(folder) & 0666U);
  return uid;
}

Uid read_remote(const std::filesystem::path& file) {
  const auto json = Json::parse(read_regular_file(file), file.string());
  const auto uid = Uid::parse(json.text("remote"));
  if (!uid || json.integer("format") != log::kSegmentFormat)
    throw Error(ExitCode::config, "'" + file.string() + "' is of a newer nines, or damaged",
                "install the newer nines, or name another folder", "NO_REMOTE");
  return *uid;
}

/// The chain hash after the last event, from the segment's last line.
Hash256 head_in(const std::filesystem::path& file) {
  auto text = read_regular_file(file);
  if (text.size() < 2) fail_file_damaged(file, "it is cut short");
  const auto start = text.rfind('\n', text.size() - 2);
  const auto hash =
      hash256_from_hex(Json::parse(text.substr(start + 1), file.string()).text("head"));
  if (!hash) fail_file_damaged(file, "its last line is malformed");
  return *hash;
}

}  // namespace

DirectoryExchange::DirectoryExchange(std::filesystem::path folder, Instant now, Entropy& entropy)
    : folder_(std::move(folder)) {
  if (!std::filesystem::is_directory(folder_))
    throw Error(ExitCode::not_found, "no folder '" + folder_.string() + "'",
                "make it first: mkdir " + folder_.string(), "NO_REMOTE");
  const auto file = folder_ / kIdentity;
  identity_ =
      std::filesystem::exists(file) ? read_remote(file) : make_remote(folder_, now, entropy);
}

bool DirectoryExchange::is_remote(const std::filesystem::path& folder) {
  return std::filesystem::exists(folder / kIdentity);
}

std::filesystem::path DirectoryExchange::file_of(const log::SegmentName& name,
                                                 const char* ending) const {
  return folder_ / name.replica.to_string() / (log::to_string(name) + ending);
}

std::vector<log::SegmentName> DirectoryExchange::names_of(const Uid& replica) const {
  std::vector<log::SegmentName> names;
  const auto folder = folder_ / replica.to_string();
  if (!std::filesystem::is_directory(folder)) return names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = entry.path().filename().string();
    if (!file.ends_with(kSegment) || file.ends_with(kBodies)) continue;
    const auto name =
        log::segment_name_from(file.substr(0, file.size() - std::string_view(kSegment).size()));
    if (name && name->replica == replica) names.push_back(*name);
  }
  std::sort(names.begin(), names.end());
  const auto forked = std::adjacent_find(
      names.begin(), names.end(),
      [](const auto& a, const auto& b) { return a.first == b.first && a.last == b.last; });
  if (forked != names.end()) fail_forked(folder, *forked);
  return names;
}

std::map<Uid, log::RemoteHead> DirectoryExchange::heads() {
  std::map<Uid, log::RemoteHead> heads;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const auto replica = Uid::parse(entry.path().filename().string());
    if (!replica || !entry.is_directory()) continue;
    std::uint64_t reach = 0;
    std::optional<log::SegmentName> last;
    for (const auto& name : names_of(*replica)) {
      if (name.first > reach + 1) break;  // a gap: what lies beyond it counts once it is filled
      if (name.last <= reach) continue;
      reach = name.last;
      last = name;
    }
    if (last) heads[*replica] = {reach, head_in(file_of(*last, kSegment))};
  }
  return heads;
}

void DirectoryExchange::make_folder(const std::filesystem::path& folder) const {
  if (std::filesystem::create_directory(folder))
    std::filesystem::permissions(folder, static_cast<std::filesystem::perms>(mode_like(folder_)));
}

void DirectoryExchange::put(const log::SegmentFile& segment) {
  const auto file = file_of(segment.name, kSegment);
  if (std::filesystem::exists(file)) return;
  const auto mode = mode_like(folder_);
  make_folder(file.parent_path());
  write_file_atomically(file_of(segment.name, kBodies), segment.bodies, mode & 0666U);
  write_file_atomically(file, segment.text, mode & 0666U);
}

log::SegmentFile DirectoryExchange::read(const log::SegmentName& name) const {
  const auto file = file_of(name, kSegment);
  log::SegmentFile segment{name, read_regular_file(file),
                           read_regular_file(file_of(name, kBodies))};
  if (log::name_of_segment(segment.text, name.replica, name.first, name.last) != name)
    fail_file_damaged(file, "its text does not match its name");
  return segment;
}

void DirectoryExchange::get(const Uid& replica, std::uint64_t from,
                            const std::function<bool(log::SegmentFile)>& take) {
  for (const auto& name : names_of(replica)) {
    if (name.last < from) continue;
    if (!take(read(name))) return;
    from = std::max(from, name.last + 1);
  }
}

std::map<Uid, std::string> DirectoryExchange::statements() {
  std::map<Uid, std::string> found;
  const auto folder = folder_ / kStatements;
  if (!std::filesystem::is_directory(folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto& file = entry.path();
    const auto replica = Uid::parse(file.stem().string());
    if (replica && file.extension() == kStatement)
      found.emplace(*replica, read_regular_file(file, kStatementBytes));
  }
  return found;
}

void DirectoryExchange::put_statement(const Uid& replica, const std::string& note) {
  const auto file = folder_ / kStatements / (replica.to_string() + kStatement);
  make_folder(file.parent_path());
  write_file_atomically(file, note, mode_like(folder_) & 0666U);
}

std::filesystem::path DirectoryExchange::measurements_of(const Uid& run,
                                                         std::uint32_t index) const {
  return folder_ / kMeasurements / (run.to_string() + "-" + std::to_string(index) + kParts);
}

std::set<Uid> DirectoryExchange::measured_runs() {
  std::set<Uid> runs;
  const auto folder = folder_ / kMeasurements;
  if (!std::filesystem::is_directory(folder)) return runs;
  const auto first = "-0" + std::string(kParts);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto file = entry.path().filename().string();
    if (!file.ends_with(first)) continue;
    if (const auto run = Uid::parse(file.substr(0, file.size() - first.size()))) runs.insert(*run);
  }
  return runs;
}

void DirectoryExchange::put_measurements(const Uid& run, std::uint32_t index,
                                         const std::string& bytes) {
  const auto file = measurements_of(run, index);
  make_folder(file.parent_path());
  write_file_atomically(file, bytes, mode_like(folder_) & 0666U);
}

std::optional<std::string> DirectoryExchange::get_measurements(const Uid& run,
                                                               std::uint32_t index) {
  const auto file = measurements_of(run, index);
  if (!std::filesystem::exists(file)) return std::nullopt;
  return read_regular_file(file);
}

void DirectoryExchange::drop_body(const log::EventRef& event) {
  for (const auto& name : names_of(event.replica)) {
    if (event.seq < name.first || event.seq > name.last) continue;
    const auto file = file_of(name, kBodies);
    auto bodies = log::decode_bodies(read_regular_file(file));
    if (!bodies) fail_file_damaged(file, "its bodies are malformed");
    const auto dropped =
        std::erase_if(*bodies, [&](const log::SegmentBody& body) { return body.seq == event.seq; });
    if (dropped > 0)
      write_file_atomically(file, log::encode_bodies(*bodies), mode_like(folder_) & 0666U);
  }
}

}  // namespace nines::store
