// Frames there and back, cut anywhere, and with a program at the other end.
#include "base/frames.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "base/conversation.hpp"
#include "base/error.hpp"

using namespace nines;
using namespace std::chrono_literals;

namespace {

const Frame kSample{'p', {"", "text", std::string("\0\xFF\n", 3), std::string(100'000, 'x')}};

struct SocketPair {
  Descriptor ours, theirs;
  SocketPair() {
    int ends[2] = {-1, -1};
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    ours.reset(ends[0]);
    theirs.reset(ends[1]);
  }
};

/// Runs `script` as a companion, and says what hearing it ends with.
Error ending_of(const std::string& script) {
  const auto file = std::filesystem::temp_directory_path() /
                    ("nines-companion-" + std::to_string(getpid()));
  std::ofstream(file) << "#!/bin/sh\n" << script << "\n";
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  try {
    Conversation program(file, {{"PATH", "/usr/bin:/bin"}});
    program.hear(2s);
  } catch (const Error& error) {
    std::filesystem::remove(file);
    return error;
  }
  FAIL("it was heard");
  return Error(ExitCode::bug, "");
}

}  // namespace

TEST_CASE("a frame is read as it was written, and no prefix of it is one", "[frames]") {
  const auto bytes = encode_frame(kSample);
  const auto payload = std::string_view(bytes).substr(4);
  CHECK(decode_frame(payload) == kSample);
  CHECK(decode_frame("a") == Frame{'a', {}});
  CHECK_FALSE(decode_frame(""));
  for (std::size_t size = 2; size < 40; ++size) {
    const auto cut = decode_frame(payload.substr(0, size));
    CHECK((!cut || cut->fields.size() < kSample.fields.size()));
  }
  CHECK_FALSE(decode_frame(std::string_view("a\xFF\xFF\xFF\xFFx", 6)));
}

TEST_CASE("a socket carries frames, says when it is closed, cut, or silent", "[frames]") {
  using End = ReadFrame::End;
  {
    SocketPair pair;
    const Frame small{'s', {"one", "two"}};
    CHECK(write_frame(pair.ours.get(), small, 1s) == Written::done);
    CHECK(write_frame(pair.ours.get(), {'t', {}}, 1s) == Written::done);
    CHECK(read_frame(pair.theirs.get(), 1s).frame == small);
    CHECK(read_frame(pair.theirs.get(), 1s).frame == Frame{'t', {}});
    CHECK(read_frame(pair.theirs.get(), 10ms).end == End::timed_out);
    CHECK(write_frame(pair.ours.get(), {'b', {std::string(10'000'000, 'x')}}, 50ms) ==
          Written::timed_out);
  }
  {
    SocketPair pair;
    const auto bytes = encode_frame(kSample);
    REQUIRE(send(pair.ours.get(), bytes.data(), 1000, 0) == 1000);
    pair.ours.shut();
    CHECK(read_frame(pair.theirs.get(), 1s).end == End::malformed);
    CHECK(read_frame(pair.theirs.get(), 1s).end == End::closed);
    CHECK(write_frame(pair.theirs.get(), kSample, 1s) == Written::gone);
  }
  SocketPair pair;
  REQUIRE(send(pair.ours.get(), "\xFF\xFF\xFF\xFF", 4, 0) == 4);
  CHECK(read_frame(pair.theirs.get(), 1s).end == End::malformed);
}

TEST_CASE("a program answers for as long as it is asked", "[frames]") {
  Conversation echo("/bin/cat", {});
  for (int i = 0; i < 3; ++i) {
    CHECK(echo.say(kSample, 1s));
    CHECK(echo.hear(5s) == kSample);
  }
  CHECK_THROWS_AS(echo.hear(20ms), Error);
}

TEST_CASE("a program that is not there, ends, misspeaks or hangs is named", "[frames]") {
  try {
    Conversation none("/nowhere/nines-none", {});
    FAIL("it runs");
  } catch (const Error& error) {
    CHECK(error.code() == "NO_COMPANION");
  }
  const auto ended = ending_of("echo 'cannot load lib\x1b' >&2");
  CHECK(ended.code() == "BAD_COMPANION");
  REQUIRE(ended.notes().size() == 1);
  CHECK(ended.notes()[0].starts_with("cannot load lib\\"));
  CHECK(ending_of("printf 'hello, I am no frame'").code() == "BAD_COMPANION");
  CHECK(ending_of("printf '\\002\\000\\000\\000ax'").code() == "BAD_COMPANION");
  CHECK(ending_of("exec sleep 60").kind() == ExitCode::busy);
}
