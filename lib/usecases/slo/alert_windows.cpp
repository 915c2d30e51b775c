// Files of alert windows (AlertWindows documents) as tables that can be replayed.
#include "usecases/slo/alert_windows.hpp"

#include "base/error.hpp"
#include "base/read_file.hpp"
#include "usecases/slo/definition_files.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

std::vector<WindowFile> read_window_files(const std::vector<std::string>& paths,
                                          const std::filesystem::path& cwd) {
  std::vector<WindowFile> files;
  const std::size_t limit = yaml::Limits{}.bytes;
  if (paths.empty()) return files;
  for (const auto& file : find_definition_files(paths, cwd)) {
    auto reading = yaml::read_definitions(read_file(file.path, limit), file.name);
    for (const auto& finding : reading.findings) {
      if (finding.severity == Severity::error)
        throw Error(ExitCode::bad_data, finding.message, "nines slo check " + file.name,
                    finding.code)
            .at({file.name, finding.span.line, finding.span.column});
    }
    WindowFile windows{file.name, {}};
    for (auto& definition : reading.definitions) {
      if (definition.windows) windows.tables.push_back(std::move(*definition.windows));
    }
    if (windows.tables.empty()) {
      if (file.below_directory) continue;
      throw Error(ExitCode::bad_data, "'" + file.name + "' holds no AlertWindows",
                  "give documents of sloth.slok.dev/v1 with 'kind: AlertWindows'", "NO_WINDOWS");
    }
    files.push_back(std::move(windows));
  }
  return files;
}

}  // namespace nines::usecases
