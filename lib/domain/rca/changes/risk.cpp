// Reads flags from the names of touched files.
#include "domain/rca/changes/risk.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include "base/text.hpp"

namespace nines::rca {
namespace {

constexpr std::size_t kManyFiles = 20;
constexpr std::array<std::string_view, 8> kConfigurationEnds = {
    ".yaml", ".yml", ".json", ".toml", ".ini", ".properties", ".env", ".tf"};
constexpr std::array<std::string_view, 8> kDependencyFiles = {
    "package-lock.json", "go.sum",  "go.mod",           "cargo.lock",
    "poetry.lock",       "pom.xml", "requirements.txt", "gemfile.lock"};

bool is_schema_file(std::string_view file) {
  return file.ends_with(".sql") || file.find("migration") != std::string_view::npos;
}
bool is_dependency_file(std::string_view file) {
  const auto name = file.substr(file.rfind('/') + 1);
  return std::find(kDependencyFiles.begin(), kDependencyFiles.end(), name) !=
         kDependencyFiles.end();
}
bool is_configuration_file(std::string_view file) {
  return !is_dependency_file(file) &&
         std::any_of(kConfigurationEnds.begin(), kConfigurationEnds.end(),
                     [&](std::string_view end) { return file.ends_with(end); });
}

}  // namespace

ChangeRisk risk_of(const catalog::Change& change) {
  double odds = 1;
  std::vector<std::string> seen;
  if (change.size) {
    odds *= std::clamp(std::pow(static_cast<double>(*change.size) / 100, 0.15), 0.7, 1.5);
    seen.push_back(count_of(*change.size, "line"));
  }
  const auto flag = [&](bool raised, const char* name) {
    if (!raised) return;
    odds *= 1.2;
    seen.emplace_back(name);
  };
  bool configuration = false, schema = false, dependencies = false;
  for (const auto& touched : change.touched) {
    const auto file = to_lower_ascii(touched);
    configuration = configuration || is_configuration_file(file);
    schema = schema || is_schema_file(file);
    dependencies = dependencies || is_dependency_file(file);
  }
  flag(configuration && change.kind == catalog::ChangeKind::deploy, "touches configuration");
  flag(schema, "touches a schema");
  flag(dependencies, "touches dependencies");
  flag(change.touched.size() > kManyFiles, "touches many files");
  if (seen.empty()) return {0, "size and contents not known"};
  odds = std::clamp(odds, 0.7, 2.0);
  return {std::log(odds), fmt::format("{}: x{:.2g}", join(seen, ", "), odds)};
}

}  // namespace nines::rca
