// Finds definition files under the paths a user names, and reads them within the size limit.
#include "usecases/slo/definition_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "base/error.hpp"

namespace nines::usecases::slo {

namespace fs = std::filesystem;

namespace {

bool is_definition_name(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".yaml" || ending == ".yml" || ending == ".json";
}

bool is_hidden(const fs::path& path) { return path.filename().string().starts_with('.'); }

/// All definition files below `root`, sorted by path.
std::vector<fs::path> files_below(const fs::path& root, const std::string& shown) {
  std::vector<fs::path> found;
  std::error_code error;
  fs::recursive_directory_iterator at(root, error);
  if (error)
    throw Error(ExitCode::io, "cannot read the directory '" + shown + "': " + error.message());
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error) throw Error(ExitCode::io, "cannot read below '" + shown + "': " + error.message());
    const fs::directory_entry& entry = *at;
    if (is_hidden(entry.path())) {
      if (entry.is_directory(error)) at.disable_recursion_pending();
      continue;
    }
    if (entry.symlink_status(error).type() == fs::file_type::regular &&
        is_definition_name(entry.path())) {
      found.push_back(entry.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

class Descriptor {
 public:
  explicit Descriptor(const fs::path& path)
      : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

std::vector<DefinitionFile> find_definition_files(const std::vector<std::string>& paths,
                                                  const fs::path& cwd) {
  std::vector<DefinitionFile> files;
  std::set<fs::path> seen;
  for (const std::string& name : paths) {
    if (name == "-") {
      files.push_back({"<stdin>", {}, false});
      continue;
    }
    const fs::path path = (cwd / name).lexically_normal();
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
      throw Error(ExitCode::not_found, "no such file or directory '" + name + "'",
                  "name YAML files, or directories that hold them");
    }
    if (!fs::is_directory(status)) {
      if (seen.insert(path).second) files.push_back({name, path, false});
      continue;
    }
    const fs::path shown = fs::path(name).lexically_normal();
    for (const fs::path& file : files_below(path, name)) {
      if (seen.insert(file).second)
        files.push_back(
            {(shown / file.lexically_relative(path)).lexically_normal().string(), file, true});
    }
  }
  return files;
}

std::string read_file(const fs::path& path, std::size_t limit) {
  const Descriptor file(path);
  const auto fail = [&] {
    return Error(ExitCode::io, "cannot read '" + path.string() + "': " + std::strerror(errno));
  };
  if (file.get() < 0) throw fail();
  std::string text(4096, '\0');
  std::size_t filled = 0;
  while (filled <= limit) {
    if (filled == text.size()) text.resize(std::min(text.size() * 4, limit + 1));
    const ssize_t got = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw fail();
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return text;
}

}  // namespace nines::usecases::slo
