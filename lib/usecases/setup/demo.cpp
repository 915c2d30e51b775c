// Writes the company's files, then takes the way every user takes: apply, announce, record, import.
#include "usecases/setup/demo.hpp"

#include <fstream>
#include <optional>

#include "base/error.hpp"
#include "usecases/rca/changes.hpp"
#include "usecases/setup/demo_data.hpp"
#include "usecases/setup/init.hpp"
#include "usecases/slo/apply.hpp"
#include "usecases/slo/import.hpp"
#include "usecases/slo/maintenance.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

void make_empty(const fs::path& folder) {
  std::error_code problem;
  if (fs::exists(folder) && !fs::is_empty(folder, problem))
    throw Error(ExitCode::cannot_create, "'" + folder.string() + "' is not empty",
                "name a folder that does not exist yet", "NOT_EMPTY");
  fs::create_directories(folder / "slos", problem);
  fs::create_directories(folder / "data", problem);
  if (problem)
    throw Error(ExitCode::cannot_create, "cannot create '" + folder.string() + "'",
                "name a folder you may write", "CANNOT_CREATE");
}

void write(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(ExitCode::cannot_create, "cannot write '" + path.string() + "'",
                "is the disk full?", "CANNOT_CREATE");
}

/// One session per step, as if each were a command of its own: so the history reads like a real
/// one.
class Tour {
 public:
  Tour(const SessionOptions& options, const fs::path& folder) : options_(options), folder_(folder) {
    options_.db = folder / ".nines" / "nines.db";
    options_.write = true;
    options_.create = false;
    options_.as_of.reset();
  }

  template <class Step>
  void step(const char* command, std::optional<std::string> because, Step&& act) {
    options_.command = command;
    options_.because = std::move(because);
    auto session = Session::open(options_);
    act(session);
  }

  const fs::path& folder() const { return folder_; }

 private:
  SessionOptions options_;
  const fs::path& folder_;
};

void import_log(Tour& tour, const char* source, const char* file, DemoResult& result) {
  tour.step("slo import", std::nullopt, [&](Session& session) {
    ImportOptions options;
    options.source = source;
    options.files = {(tour.folder() / "data" / file).string()};
    for (const auto& one : import_files(session, options).files) result.rows += one.rows;
  });
}

}  // namespace

DemoResult make_demo(const SessionOptions& options, const DemoRequest& request) {
  make_empty(request.folder);
  for (const auto& [name, text] : request.definitions) write(request.folder / "slos" / name, text);
  const auto end = std::chrono::floor<std::chrono::days>(options.clock());
  const auto data = make_demo_data(request.seed, end);
  write(request.folder / "data" / "edge.log", data.edge_log);
  write(request.folder / "data" / "checkout.csv", data.checkout_csv);
  write(request.folder / "data" / "search.csv", data.search_csv);
  init_folder(options, {.folder = request.folder, .first_slo = false, .dry_run = false});
  DemoResult result{.definitions = 0,
                    .rows = 0,
                    .changes = data.deploys.size(),
                    .first = Instant{end - std::chrono::days{kDemoDays}},
                    .last = Instant{end}};
  Tour tour(options, request.folder);
  tour.step("slo apply", "targets agreed between product and engineering", [&](Session& session) {
    const auto applied = apply_definitions(
        session, {.paths = {"slos"}, .cwd = request.folder, .input = {}, .approver = "grace"});
    if (!applied.applied) throw Error(ExitCode::bug, "the definitions of the demo are not valid");
    result.definitions = applied.plan.size();
  });
  tour.step("slo maintenance add", "announced five days before",
            [&](Session& session) { announce_maintenance(session, data.maintenance, false); });
  tour.step("rca changes import", std::nullopt,
            [&](Session& session) { record_changes(session, data.deploys, false); });
  import_log(tour, "edge-access", "edge.log", result);
  import_log(tour, "checkout-requests", "checkout.csv", result);
  import_log(tour, "search-minutes", "search.csv", result);
  return result;
}

}  // namespace nines::usecases
