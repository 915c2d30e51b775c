// Files that only their owner may read: made, checked, and synced.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace nines::store {

/// Makes an empty file with mode 0600. Throws Error{cannot_create} when it exists or cannot be
/// made.
void create_private_file(const std::filesystem::path& path);

/// Makes an empty file with mode 0600 under a name that nobody else has: the stem's, a dot, and six
/// characters. Throws Error{io}.
std::filesystem::path create_staged_file(const std::filesystem::path& stem);

/// Makes a folder (and its parents) with mode 0700; an existing one is left alone.
void create_private_folder(const std::filesystem::path& path);

/// Refuses a symbolic link, a file of another user, and one that others may write (Error{config});
/// a file that is not there is Error{not_found}.
void check_private_file(const std::filesystem::path& path);

/// fsync of a file or folder. Throws Error{io}.
void sync_path(const std::filesystem::path& path);

/// A file that is there whole, or not at all: written under a temporary name in the same folder,
/// then synced, renamed, and the folder synced. Without `commit` nothing is left. Throws Error{io}.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path path, unsigned mode = 0600);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  void write(std::string_view bytes);
  void commit();

 private:
  std::filesystem::path path_;
  std::string temporary_;
  int fd_ = -1;
};

/// The same in one go.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                           unsigned mode = 0600);

/// Adds a line to a file, made with mode 0600 when it is not there; in one write, and synced.
void append_private_line(const std::filesystem::path& path, const std::string& line);

}  // namespace nines::store
