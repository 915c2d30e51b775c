// One definition file to definitions and findings, as check and apply both want them.
#include "usecases/slo/definition_reading.hpp"

#include <utility>

#include "ingest/source_spec.hpp"

namespace nines::usecases::slo {

namespace {

/// What only the reader of raw files knows about a DataSource: its findings get their place here.
void check_file_source(const yaml::Definition& definition, std::string_view text,
                       Findings& findings) {
  const auto* source = std::get_if<nines::slo::DataSource>(&definition.object);
  if (source == nullptr || source->type != "file" || !definition.valid) return;
  Findings found;
  ingest::read_source(*source, found);
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

}  // namespace

bool is_other_json(const DefinitionFile& file, std::string_view text) {
  return file.below_directory && file.path.extension() == ".json" &&
         text.find("\"apiVersion\"") == std::string_view::npos;
}

yaml::Reading read_definition_text(std::string_view text, std::string_view file,
                                   const yaml::ReadOptions& options) {
  auto reading = yaml::read_definitions(text, file, options);
  for (const auto& definition : reading.definitions)
    check_file_source(definition, text, reading.findings);
  return reading;
}

}  // namespace nines::usecases::slo
