// What cannot be read to its end is not taken for what is there.
#include "base/read_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <streambuf>

#include "base/error.hpp"

using namespace nines;

namespace {

/// Gives some bytes, and then the disk breaks.
class Broken final : public std::streambuf {
 public:
  Broken() { setg(bytes_, bytes_, bytes_ + sizeof bytes_); }
  int_type underflow() override { throw std::runtime_error("input/output error"); }

 private:
  char bytes_[10] = "012345678";
};

}  // namespace

TEST_CASE("a stream is read to its end, or up to one byte past the limit") {
  std::istringstream whole(std::string(10'000, 'x'));
  CHECK(read_stream(whole).size() == 10'000);
  std::istringstream much(std::string(10'000, 'x'));
  CHECK(read_stream(much, 100).size() == 101);
  std::istringstream none;
  CHECK(read_stream(none).empty());
}

TEST_CASE("a stream that breaks off is an error, not a shorter text") {
  Broken bytes;
  std::istream in(&bytes);
  try {
    read_stream(in);
    FAIL("half of it was taken for the whole");
  } catch (const Error& e) {
    CHECK(e.kind() == ExitCode::io);
    CHECK_FALSE(e.hint().empty());
  }
}

TEST_CASE("what others laid down is read only where it is a regular file") {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("nines-read-" + std::to_string(static_cast<long>(::getpid())));
  std::filesystem::create_directory(folder);
  const auto plain = folder / "plain";
  std::ofstream(plain) << "as it is";
  CHECK(read_regular_file(plain) == "as it is");
  CHECK(read_regular_file(plain, 3).size() == 4);

  const auto pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  std::filesystem::create_symlink(plain, folder / "link");
  std::filesystem::create_directory(folder / "folder");
  for (const auto* name : {"pipe", "link", "folder"}) {
    INFO(name);
    try {
      read_regular_file(folder / name);
      FAIL("it was read");
    } catch (const Error& e) {
      CHECK(e.kind() == ExitCode::bad_data);
      CHECK(e.code() == "NO_REGULAR_FILE");
    }
  }
  CHECK_THROWS_AS(read_regular_file(folder / "none"), Error);
  std::filesystem::remove_all(folder);
}
