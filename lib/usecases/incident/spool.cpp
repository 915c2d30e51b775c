// Spooled lines as files of JSON.
#include "usecases/incident/spool.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/read_file.hpp"
#include "store/private_file.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

Json to_json(const SpooledLine& line) {
  const auto& entry = line.entry;
  return Json::object({{"entry", entry.uid.to_string()},
                       {"type", to_string(entry.kind)},
                       {"text", entry.text},
                       {"role", entry.role},
                       {"visibility", to_string(entry.visibility)},
                       {"estimate", entry.estimate},
                       {"at", format_utc(entry.when.at)},
                       {"precision", to_string(entry.when.precision)},
                       {"time", incident::to_json(entry.when)},
                       {"recorded_at", format_utc(entry.recorded_at)},
                       {"actor", line.actor},
                       {"store", line.store.string()},
                       {"incident", line.incident ? line.incident->to_string() : ""}});
}

std::optional<SpooledLine> line_from(const Json& json) {
  const auto uid = Uid::parse(json.text("entry"));
  const auto at = parse_rfc3339(json.text("at"));
  if (!uid || !at) return std::nullopt;
  SpooledLine line;
  line.entry.uid = *uid;
  line.entry.kind =
      incident::entry_kind_from(json.text("type")).value_or(incident::EntryKind::note);
  line.entry.text = json.text("text");
  line.entry.role = json.text("role");
  line.entry.visibility =
      incident::visibility_from(json.text("visibility")).value_or(incident::Visibility::internal);
  line.entry.estimate = json.boolean("estimate");
  const auto* time = json.find("time");
  line.entry.when =
      incident::stated_time_from(time == nullptr ? Json::object() : *time, *at,
                                 precision_from(json.text("precision")).value_or(Precision::exact));
  line.entry.recorded_at = parse_rfc3339(json.text("recorded_at")).value_or(*at);
  line.actor = json.text("actor");
  line.store = json.text("store");
  line.incident = Uid::parse(json.text("incident"));
  return line;
}

fs::path file_of(const fs::path& folder, const SpooledLine& line) {
  return folder / (line.entry.uid.to_string() + ".json");
}

}  // namespace

Spool::Spool(const fs::path& state_folder)
    : folder_(state_folder.empty() ? fs::path() : state_folder / "log-spool") {}

void Spool::add(const SpooledLine& line) const {
  if (folder_.empty())
    throw Error(ExitCode::config, "there is no folder to keep the line in",
                "set HOME or XDG_STATE_HOME", "NO_STATE_FOLDER");
  store::create_private_folder(folder_);
  store::write_file_atomically(file_of(folder_, line), to_json(line).dump() + "\n");
}

std::vector<SpooledLine> Spool::lines() const {
  std::vector<SpooledLine> lines;
  if (folder_.empty() || !fs::is_directory(folder_)) return lines;
  for (const auto& file : fs::directory_iterator(folder_)) {
    if (file.path().extension() != ".json") continue;
    // A file that cannot be read stays where it is: a person may still be able to.
    try {
      if (auto line = line_from(Json::parse(read_file(file.path()))))
        lines.push_back(std::move(*line));
    } catch (const Error&) {
      continue;
    }
  }
  std::sort(lines.begin(), lines.end(),
            [](const SpooledLine& a, const SpooledLine& b) { return a.entry.uid < b.entry.uid; });
  return lines;
}

void Spool::drop(const SpooledLine& line) const {
  std::error_code gone;  // another command may have taken the line meanwhile
  fs::remove(file_of(folder_, line), gone);
}

}  // namespace nines::usecases
