// Takes over on-call schedules and escalation policies that another system exported.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "base/export.hpp"

namespace nines::usecases {

struct ImportedSchedules {
  std::string system;  ///< "PagerDuty", "Opsgenie", "Grafana OnCall"
  struct File {
    std::string name;  ///< "rota-payments.yaml", "people.yaml"
    std::string text;
  };
  std::vector<File> files;
  std::vector<std::string> notes;  ///< what was left out, and why
  std::size_t rotas = 0;
  std::size_t policies = 0;
  std::size_t people = 0;
};

/// `file` is a path below `cwd`, or "-" for `input`. Throws Error{not_found, bad_data}.
NINES_EXPORT ImportedSchedules import_schedules(const std::string& file,
                                                const std::filesystem::path& cwd,
                                                std::istream& input);

}  // namespace nines::usecases
