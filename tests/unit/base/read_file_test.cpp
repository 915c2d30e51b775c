// What cannot be read to its end is not taken for what is there.
#include "base/read_file.hpp"

#include <catch2/catch.hpp>
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
