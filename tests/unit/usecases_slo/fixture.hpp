// A folder with definition files, a store, and a person who applies them.
#pragma once

#include <fstream>
#include <string>

#include "store/store.hpp"
#include "unit/store/fixture.hpp"
#include "usecases/session.hpp"
#include "usecases/slo/apply.hpp"

namespace nines::test {

inline std::string slo_text(const std::string& name, const std::string& target,
                            const std::string& annotations = "nines.dev/owner: payments") {
  return "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: " + name +
         "\n  annotations:\n    " + annotations +
         "\nspec:\n  description: Requests succeed.\n  service: shop\n  indicator:\n    "
         "metadata:\n      name: " +
         name +
         "-requests\n    spec:\n      ratioMetric:\n        counter: true\n        good:\n"
         "          metricSource:\n            metricSourceRef: web-access\n            type: "
         "file\n"
         "            spec:\n              where: \"status < 500\"\n        total:\n"
         "          metricSource:\n            metricSourceRef: web-access\n            type: "
         "file\n"
         "            spec:\n              where: \"true\"\n  budgetingMethod: Occurrences\n  "
         "timeWindow:\n"
         "    - duration: 30d\n      isRolling: true\n  objectives:\n    - displayName: Most\n     "
         " target: " +
         target + "\n";
}

inline const std::string kSourceText =
    "apiVersion: openslo/v1\nkind: DataSource\nmetadata:\n  name: web-access\nspec:\n  type: file\n"
    "  connectionDetails:\n    format: combined\n    service: shop\n";

inline const std::string kServiceText =
    "apiVersion: openslo/v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  description: The "
    "shop.\n";

class DefinitionFolder {
 public:
  DefinitionFolder() { session(); }

  void write(const std::string& file, const std::string& text) {
    const auto path = folder_ / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
  }
  void remove(const std::string& file) { std::filesystem::remove(folder_ / file); }
  std::filesystem::path root() const { return folder_ / ""; }

  usecases::Session session(std::optional<std::string> because = {},
                            std::optional<Instant> as_of = {}) {
    usecases::SessionOptions options;
    options.db = folder_ / "nines.db";
    options.clock = test_clock;
    options.actor = "ada";
    options.command = "slo apply";
    options.because = std::move(because);
    options.as_of = as_of;
    options.write = !as_of;
    options.create = !std::filesystem::exists(options.db);
    return usecases::Session::open(options);
  }

  usecases::ApplyResult apply(std::optional<std::string> because, bool prune = false,
                              bool dry_run = false) {
    auto open = session(std::move(because));
    return usecases::apply_definitions(open, {.paths = {"slos"},
                                              .cwd = root(),
                                              .input = {},
                                              .approver = "grace",
                                              .prune = prune,
                                              .dry_run = dry_run});
  }

 private:
  TempFolder folder_;
};

}  // namespace nines::test
