// Finds the files, takes each in, and looks for what stands out.
#include "usecases/setup/init_incidents.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "ingest/foreign.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5'000;
constexpr int kDeepestFolder = 8;
constexpr std::size_t kFirstBytes = 4u << 10;
constexpr std::uint64_t kFewestForDays = 8;
constexpr std::uint64_t kFewestOfDay = 4;
constexpr double kRare = 0.05;

bool is_markdown(const fs::path& path) {
  const auto extension = to_lower_ascii(path.extension().string());
  return extension == ".md" || extension == ".markdown";
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied,
                                      problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    std::error_code unreadable;
    if (at->path().filename().string().starts_with(".") || at.depth() >= kDeepestFolder) {
      at.disable_recursion_pending();
      continue;
    }
    if (!is_markdown(at->path()) || !at->is_regular_file(unreadable)) continue;
    if (files.size() == kMostFiles)
      throw Error(ExitCode::bad_data,
                  "'" + folder.string() + "' holds more than 5,000 Markdown files",
                  "name the folder with the postmortems alone", "TOO_LARGE");
    files.push_back(at->path());
  }
  if (problem)
    throw Error(ExitCode::io, "cannot read '" + folder.string() + "': " + problem.message());
  std::sort(files.begin(), files.end());
  return files;
}

/// Nothing, and a line in `passed_over`, when it is no timeline.
void take_file(Session& session, const fs::path& file, const std::string& name,
               const IngestZone& zone, InitIncidents& result) {
  try {
    auto bytes = read_file(file, ingest::kMostForeignBytes);
    if (trim(bytes).empty() || bytes.find('\0') != std::string::npos)
      throw Error(ExitCode::bad_data, "it is empty, or no text");
    IngestRequest request;
    request.texts.push_back({name, std::move(bytes)});
    if (is_markdown(file)) request.format = "markdown";
    request.zone = zone;
    auto taken = ingest_incidents(session, request, false);
    for (auto& one : taken.incidents) {
      result.incidents.push_back(std::move(one));
    }
    result.files.push_back(name);
  } catch (const Error& error) {
    if (error.kind() != ExitCode::bad_data) throw;
    result.passed_over.push_back(name + ": " + error.what());
  }
}

std::optional<Surprise> contradiction_in(const std::vector<Ingested>& incidents) {
  const Ingested* first = nullptr;
  const incident::TimelineFinding* found = nullptr;
  for (const auto& one : incidents)
    for (const auto& finding : one.contradictions) {
      if (finding.severity == nines::Severity::info) continue;
      const bool stated = finding.code == "DURATION_CONTRADICTED";
      if (found != nullptr && !(stated && found->code != "DURATION_CONTRADICTED")) continue;
      first = &one;
      found = &finding;
    }
  if (found == nullptr) return std::nullopt;
  return Surprise{
      first->incident.name + " (" + first->file + ") contradicts itself: " + found->message,
      "nines incident timeline " + first->incident.name + " --check"};
}

constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                           "Thursday", "Friday", "Saturday"};

std::optional<Surprise> day_of(const std::vector<Ingested>& incidents, const Zone& zone) {
  std::array<std::uint64_t, 7> began{};
  for (const auto& one : incidents) {
    const std::chrono::weekday day{
        std::chrono::floor<std::chrono::days>(zone.to_local(one.incident.opened_at))};
    ++began.at(day.c_encoding());
  }
  const auto most = std::max_element(began.begin(), began.end());
  const auto chance = chance_of_day(*most, incidents.size());
  if (incidents.size() < kFewestForDays || *most < kFewestOfDay || chance > kRare)
    return std::nullopt;
  return Surprise{
      fmt::format("{} of {} incidents began on a {} ({}); chance alone makes one day "
                  "stand out so in {:.1f} % of cases at most",
                  *most, incidents.size(), kDays.at(static_cast<std::size_t>(most - began.begin())),
                  zone.name(), 100 * chance),
      "nines incident list --all"};
}

/// From its first line to its last.
Micros told_length(const Ingested& one) {
  if (one.entries.empty()) return Micros{0};
  const auto [first, last] =
      std::minmax_element(one.entries.begin(), one.entries.end(),
                          [](const auto& a, const auto& b) { return a.when.at < b.when.at; });
  return last->when.at - first->when.at;
}

std::optional<Surprise> longest_of(const std::vector<Ingested>& incidents) {
  const auto longest = std::max_element(
      incidents.begin(), incidents.end(),
      [](const Ingested& a, const Ingested& b) { return told_length(a) < told_length(b); });
  if (longest == incidents.end()) return std::nullopt;
  return Surprise{longest->incident.name + " took longest: " +
                      format_duration(told_length(*longest)) + " from its first line to its last",
                  "nines incident timeline " + longest->incident.name};
}

}  // namespace

double chance_of_day(std::uint64_t most, std::uint64_t all) {
  if (most == 0 || all == 0) return 1;
  const auto n = static_cast<double>(all);
  double tail = 0;
  for (auto k = most; k <= all; ++k) {
    const auto x = static_cast<double>(k);
    tail += std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(n - x + 1) +
                     x * std::log(1.0 / 7) + (n - x) * std::log(6.0 / 7));
  }
  return std::min(1.0, 7 * tail);
}

std::optional<Surprise> surprise_of(const std::vector<Ingested>& incidents, const Zone& zone) {
  if (auto found = contradiction_in(incidents)) return found;
  if (auto found = day_of(incidents, zone)) return found;
  return longest_of(incidents);
}

bool tells_of_incidents(const std::string& path) {
  std::error_code unreadable;
  if (fs::is_directory(path, unreadable) || is_markdown(path)) return true;
  if (!fs::is_regular_file(path, unreadable)) return false;
  // Measurements may be endless, and most begin otherwise.
  const auto begin = read_file(path, kFirstBytes);
  const auto start = trim(begin);
  if (!start.starts_with("{") && !start.starts_with("[")) return false;
  const auto format = ingest::sniff_foreign(read_file(path, ingest::kMostForeignBytes));
  using ingest::ForeignFormat;
  return format == ForeignFormat::pagerduty || format == ForeignFormat::statuspage ||
         format == ForeignFormat::gcp || format == ForeignFormat::slack;
}

InitIncidents init_incidents(const SessionOptions& options, const InitRequest& request,
                             const std::string& path, const IngestZone& zone) {
  InitIncidents result;
  const auto from = fs::path(path).lexically_normal();
  std::error_code unreadable;
  const bool folder = fs::is_directory(from, unreadable);
  const auto files = folder ? files_in(from) : std::vector<fs::path>{from};
  if (files.empty())
    throw Error(ExitCode::bad_data, "no Markdown file in '" + from.string() + "'",
                "name a folder of postmortems (*.md), or an export of PagerDuty",
                "NOTHING_TO_INGEST");
  auto plain = request;
  plain.first_slo = false;
  result.steps = init_folder(options, plain);
  const auto name_of = [&](const fs::path& file) {
    return folder ? file.lexically_relative(from).string() : file.filename().string();
  };
  if (request.dry_run) {
    for (const auto& file : files) result.files.push_back(name_of(file));
    return result;
  }
  auto open = options;
  open.db = request.folder / ".nines" / "nines.db";
  open.write = true;
  open.as_of.reset();
  auto session = Session::open(open);
  for (const auto& file : files) take_file(session, file, name_of(file), zone, result);
  if (result.files.empty())
    throw Error(
        ExitCode::bad_data,
        "no file in '" + from.string() + "' holds a timeline: " + result.passed_over.front(),
        "a timeline has a line for each event, with its time in front", "NOTHING_TO_INGEST");
  const auto assumed = static_cast<std::size_t>(
      std::count_if(result.incidents.begin(), result.incidents.end(),
                    [](const Ingested& one) { return one.zone_by == "assumed"; }));
  if (assumed > 0)
    result.notes.push_back("times of " + count_of(assumed, "incident") +
                           " state no zone, they were read in " + zone.zone.name());
  result.surprise = surprise_of(result.incidents, zone.zone);
  return result;
}

}  // namespace nines::usecases
