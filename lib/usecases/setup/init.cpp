// Writes each missing file of the first day.
#include "usecases/setup/init.hpp"

#include <sys/stat.h>

#include <fstream>

#include "base/error.hpp"
#include "store/store.hpp"
#include "usecases/setup/templates.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;

Error cannot_create(const fs::path& path) {
  return Error(ExitCode::cannot_create, "cannot create '" + path.string() + "'",
               "check that the folder exists and that you may write there", "CANNOT_CREATE");
}

void make_folder(const fs::path& path) {
  std::error_code problem;
  fs::create_directories(path, problem);
  if (problem) throw cannot_create(path);
}

class Initializer {
 public:
  Initializer(const SessionOptions& options, const InitRequest& request)
      : options_(options), request_(request) {}

  std::vector<InitStep> run() {
    const bool had_slos = fs::exists(request_.folder / "slos");
    make_store();
    write(".nines/.gitignore", "keeps the store out of git", "*\n");
    write(".nines.yaml", "configuration, all lines commented out", templates::kConfiguration);
    if (request_.first_slo && !had_slos)
      write("slos/web.yaml", "a first SLO to change", templates::kFirstSlo);
    write(".nines/ci/github.yml", "a CI job to copy", templates::kGitHubJob);
    write(".nines/ci/gitlab.yml", "a CI job to copy", templates::kGitLabJob);
    return std::move(steps_);
  }

 private:
  void make_store() {
    const auto db = request_.folder / ".nines" / "nines.db";
    const bool there = fs::exists(db);
    steps_.push_back({".nines/nines.db", "the store", !there});
    if (request_.dry_run) return;
    make_folder(db.parent_path());
    ::chmod(db.parent_path().c_str(), 0700);  // names and reasons inside are nobody else's business
    SessionOptions options = options_;
    options.db = db;
    options.write = true;
    options.create = !there;
    options.as_of.reset();
    Session::open(options).store();
  }

  void write(const char* name, const char* what, std::string_view text) {
    const auto path = request_.folder / name;
    const bool there = fs::exists(fs::symlink_status(path));
    steps_.push_back({name, what, !there});
    if (there || request_.dry_run) return;
    make_folder(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file << text;
    file.close();
    if (!file) throw cannot_create(path);
  }

  const SessionOptions& options_;
  const InitRequest& request_;
  std::vector<InitStep> steps_;
};

}  // namespace

std::vector<InitStep> init_folder(const SessionOptions& options, const InitRequest& request) {
  return Initializer(options, request).run();
}

}  // namespace nines::usecases
