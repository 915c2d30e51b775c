// Infers, measures in a scratch store, chooses the target, then does it for good.
#include "usecases/setup/init_from.hpp"

#include <stdlib.h>

#include <array>
#include <fstream>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/stats.hpp"
#include "base/yaml_text.hpp"
#include "ingest/infer.hpp"
#include "usecases/slo/apply.hpp"
#include "usecases/slo/import.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

/// A folder that goes away with this object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "nines-init-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Error(ExitCode::cannot_create,
                  "cannot create a folder in '" + fs::temp_directory_path().string() + "'",
                  "set TMPDIR to a folder you may write", "CANNOT_CREATE");
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;  // what is left of it is in the temporary folder, which gets cleaned
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Json document(const char* kind, const std::string& name, Json spec) {
  return Json::object({{"apiVersion", "openslo/v1"},
                       {"kind", kind},
                       {"metadata", Json::object({{"name", name}})},
                       {"spec", std::move(spec)}});
}

Json slo_document(const std::string& name, const std::string& service, const std::string& indicator,
                  const Ratio& target) {
  Json window = Json::object({{"duration", "30d"}, {"isRolling", true}});
  Json objective = Json::object({{"displayName", "Good events"}, {"target", target.to_double()}});
  return document(
      "SLO", name,
      Json::object({{"description", "Drafted by nines init; say here what it promises to whom."},
                    {"service", service},
                    {"indicatorRef", indicator},
                    {"budgetingMethod", "Occurrences"},
                    {"timeWindow", Json(Json::Array{std::move(window)})},
                    {"objectives", Json(Json::Array{std::move(objective)})}}));
}

/// The documents of one file, with a given target.
class Draft {
 public:
  Draft(const std::string& path, const std::string& file) {
    const auto bytes = ingest::open_bytes(path);
    draft_ = ingest::infer(*bytes, file);
    const auto indicators = draft_.indicators();
    if (indicators.empty() || (draft_.where.empty() && draft_.good_sum.empty()))
      throw Error(
          ExitCode::bad_data, "'" + file + "' does not say which rows are good",
          "nines slo import --infer " + file + " drafts the rest; name the good rows in an SLO",
          "NOTHING_TO_JUDGE");
    indicator_ = indicators.front();
    service_ = draft_.spec.service.empty() ? draft_.name : draft_.spec.service;
  }

  const ingest::Draft& facts() const { return draft_; }
  std::string slo_name() const { return draft_.name + "-availability"; }
  std::string good_when() const {
    return draft_.good_sum.empty() ? draft_.where : "sum of " + draft_.good_sum;
  }

  std::string yaml(const Ratio& target) const {
    auto connection = draft_.connection;
    connection.set("service", service_);
    Json source =
        document("DataSource", draft_.name,
                 Json::object({{"type", "file"}, {"connectionDetails", std::move(connection)}}));
    const auto name = indicator_.find("metadata")->text("name");
    std::string text = "# Drafted by nines init from a raw file; every value is yours to change.\n";
    text += to_yaml(document("Service", service_, Json::object({{"description", "Change this."}})));
    for (const auto& one : {source, indicator_, slo_document(slo_name(), service_, name, target)})
      text += "---\n" + to_yaml(one);
    return text;
  }

 private:
  ingest::Draft draft_;
  Json indicator_;
  std::string service_;
};

ApplyResult apply(Session& session, const fs::path& folder, const std::string& file) {
  auto result =
      apply_definitions(session, {.paths = {file}, .cwd = folder, .input = {}, .approver = {}});
  for (const auto& finding : result.findings) {
    if (finding.severity != Severity::error) continue;
    Error error(ExitCode::bad_data, finding.message, finding.hint, finding.code);
    throw error.at({finding.file, finding.span.line, finding.span.column});
  }
  return result;
}

ImportResult import(Session& session, const std::string& source, const std::string& path) {
  ImportOptions options;
  options.source = source;
  options.files = {path};
  options.complete = true;
  return import_files(session, options);
}

void write_file(const fs::path& path, const std::string& text) {
  std::error_code problem;
  fs::create_directories(path.parent_path(), problem);
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(ExitCode::cannot_create, "cannot write '" + path.string() + "'", {},
                "CANNOT_CREATE");
}

/// Counts the file once with any target at all, in a store that nobody sees.
FirstMeasure measure(SessionOptions options, const Draft& draft, const std::string& path) {
  const ScratchFolder scratch;
  write_file(scratch.path() / "draft.yaml", draft.yaml(*Ratio::percent(Decimal(50, 0))));
  options.db = scratch.path() / "nines.db";
  options.because = "a measurement to choose the target by";
  options.trust_list.clear();  // a store that is gone in a moment is nobody's to remember
  auto session = Session::open(options);
  apply(session, scratch.path(), "draft.yaml");
  const auto result = import(session, draft.facts().name, path);
  if (result.rules.empty() || result.rules[0].total_events == 0)
    throw Error(ExitCode::bad_data, "no event in '" + path + "' counts",
                "nines slo import --infer shows how it was read", "NOTHING_TO_JUDGE");
  return attainable_target(result.rules[0].good_events, result.rules[0].total_events);
}

}  // namespace

FirstMeasure attainable_target(std::uint64_t good, std::uint64_t total) {
  constexpr std::array<std::int64_t, 10> kBasisPoints{9999, 9995, 9990, 9950, 9900,
                                                      9800, 9500, 9000, 8000, 5000};
  FirstMeasure measure{.good = good,
                       .total = total,
                       .target = *Ratio::of(Decimal(5, 1)),
                       .likely_low = stats::wilson_lower(good, total)};
  for (const auto points : kBasisPoints) {
    const auto target = Ratio::of(Decimal(points, 4));
    if (target->to_double() > measure.likely_low) continue;
    measure.target = *target;
    break;
  }
  return measure;
}

InitFromResult init_from(const SessionOptions& options, const InitRequest& request,
                         const std::string& file) {
  const auto path = std::filesystem::path(file).lexically_normal().string();
  const auto name = std::filesystem::path(file).filename().string();
  const Draft draft(path, name);
  InitFromResult result{.steps = {},
                        .source = draft.facts().name,
                        .format = std::string(ingest::to_string(draft.facts().spec.format)),
                        .slo = draft.slo_name(),
                        .definitions = "slos/" + draft.facts().name + ".yaml",
                        .good_when = draft.good_when(),
                        .notes = draft.facts().notes,
                        .measure = {},
                        .first = {},
                        .last = {}};
  auto open = options;
  open.write = open.create = true;
  open.as_of.reset();
  const auto definitions = request.folder / result.definitions;
  if (!fs::exists(definitions)) result.measure = measure(open, draft, path);
  auto plain = request;
  plain.first_slo = false;
  result.steps = init_folder(options, plain);
  result.steps.push_back(
      {result.definitions, "drafted definitions to change", result.measure.has_value()});
  if (request.dry_run) return result;
  if (result.measure) write_file(definitions, draft.yaml(result.measure->target));
  open.db = request.folder / ".nines" / "nines.db";
  open.create = false;
  if (result.measure)
    open.because =
        fmt::format("first target: the highest usual one that {} supports ({} good of {})", name,
                    result.measure->good, result.measure->total);
  auto session = Session::open(open);
  if (apply(session, request.folder, result.definitions).reason_missing)
    throw Error(ExitCode::needs_approval,
                "'" + result.definitions + "' was changed since it was applied",
                "nines slo apply " + result.definitions + " --because TEXT, then import the file",
                "REASON_MISSING");
  const auto imported = import(session, result.source, path);
  for (const auto& one : imported.files) {
    result.rows += one.rows;
    result.rejected += one.rejected;
    result.known_bytes += one.known_bytes;
    if (one.first) result.first = one.first;
    if (one.last) result.last = one.last;
  }
  return result;
}

}  // namespace nines::usecases
