// One definition file to definitions and findings, as check and apply both want them.
#include "usecases/slo/definition_reading.hpp"

#include <utility>

#include "ingest/engine_spec.hpp"
#include "ingest/source_spec.hpp"

namespace nines::usecases {

namespace {

/// Gives findings of checks that know members but not their places those places.
void place(Findings found, const yaml::Definition& definition, std::string_view text,
           Findings& findings) {
  for (Finding& finding : found) {
    const std::string path =
        definition.where.path + (definition.where.path.empty() ? "" : ".") + finding.path;
    Finding placed = yaml::locate(text, definition.where.file, definition.where.document, path,
                                  finding.code == "UNKNOWN_FIELD");
    placed.severity = finding.severity;
    placed.code = std::move(finding.code);
    placed.message = std::move(finding.message);
    placed.hint = std::move(finding.hint);
    placed.object = definition.where.object;
    placed.rejected_by = {"nines"};
    findings.push_back(std::move(placed));
  }
}

/// What only the readers of raw files and of engines know about a DataSource.
Findings check_source(const yaml::Definition& definition) {
  Findings found;
  const auto* source = std::get_if<nines::slo::DataSource>(&definition.object);
  if (source == nullptr || !definition.valid) return found;
  if (source->type == "file") ingest::read_source(*source, found);
  // Engines described for other tools have other members: what is wrong for us is said, when it is
  // for us, which is when there is a URL.
  if (nines::slo::engine_of(source->type) && source->connection.find("url") != nullptr)
    ingest::read_engine(*source, found);
  return found;
}

}  // namespace

bool is_other_json(const DefinitionFile& file, std::string_view text) {
  return file.below_directory && file.path.extension() == ".json" &&
         text.find("\"apiVersion\"") == std::string_view::npos;
}

yaml::Reading read_definition_text(std::string_view text, std::string_view file,
                                   const CalendarFiles& calendars,
                                   const yaml::ReadOptions& options) {
  auto reading = yaml::read_definitions(text, file, options);
  for (auto& definition : reading.definitions) {
    place(check_source(definition), definition, text, reading.findings);
    place(read_calendar_file(definition, calendars), definition, text, reading.findings);
  }
  return reading;
}

CalendarFiles calendar_files(const DefinitionFile& definition_file,
                             const std::filesystem::path& cwd, const std::filesystem::path& program,
                             Instant now) {
  const auto& path = definition_file.path;
  return {path.empty() ? cwd : path.parent_path(), program, now};
}

}  // namespace nines::usecases
