// Lays converted definitions into files: the people in one, a file for each rota and policy.
#include "usecases/incident/oncall_import.hpp"

#include <istream>

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "base/yaml_text.hpp"
#include "ingest/oncall.hpp"
#include "usecases/slo/definition_files.hpp"

namespace nines::usecases {
namespace {

constexpr std::size_t kLargestExport = 16U << 20U;

std::string read_export(const std::string& file, const std::filesystem::path& cwd,
                        std::istream& input) {
  if (file != "-") {
    if (!std::filesystem::is_regular_file(cwd / file))
      throw Error(ExitCode::not_found, "no file '" + file + "'",
                  "give a file of JSON, or - for standard input", "NO_FILE");
    return read_file(cwd / file, kLargestExport);
  }
  return read_stream(input, kLargestExport);
}

}  // namespace

ImportedSchedules import_schedules(const std::string& file, const std::filesystem::path& cwd,
                                   std::istream& input) {
  const auto text = read_export(file, cwd, input);
  if (text.size() > kLargestExport)
    throw Error(ExitCode::bad_data, "'" + file + "' is larger than 16 MiB",
                "export fewer schedules at a time", "TOO_LARGE");
  auto converted = ingest::convert_schedules(text, file);
  if (converted.definitions.empty()) {
    Error error(ExitCode::bad_data,
                "nothing of '" + file + "' could be converted: no schedule, policy or person",
                "each note says what stood in the way; nothing was written", "NOTHING_CONVERTED");
    for (const auto& note : converted.notes) error.note(note);
    throw error;
  }
  ImportedSchedules imported;
  imported.system = std::move(converted.system);
  imported.notes = std::move(converted.notes);
  std::string people;
  for (const auto& definition : converted.definitions) {
    const auto yaml = to_yaml(definition.document);
    if (definition.kind == "Rota") {
      ++imported.rotas;
      imported.files.push_back({"rota-" + definition.name + ".yaml", yaml});
    } else if (definition.kind == "EscalationPolicy") {
      ++imported.policies;
      imported.files.push_back({"escalation-" + definition.name + ".yaml", yaml});
    } else {
      ++imported.people;
      people += (people.empty() ? "" : "---\n") + yaml;
    }
  }
  if (!people.empty()) imported.files.push_back({"people.yaml", std::move(people)});
  return imported;
}

}  // namespace nines::usecases
