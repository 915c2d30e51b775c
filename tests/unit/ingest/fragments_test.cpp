// Memory between rows and parts: what is reserved counts, and is given back.
#include "ingest/fragments.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::ingest;

TEST_CASE("a buffer that was moved away is empty, and can be used again", "[ingest]") {
  Buffer first;
  first.resize(100);
  first.data()[99] = 'x';
  Buffer second = std::move(first);
  CHECK(second.view().back() == 'x');
  CHECK(first.size() == 0);
  CHECK(first.view().empty());
  first.resize(10);
  first.data()[9] = 'y';
  second = std::move(first);
  CHECK(second.size() == 10);
  CHECK(second.view().back() == 'y');
  CHECK(first.capacity() == 0);
}

TEST_CASE("a buffer takes what it is given, and its memory again where that is enough",
          "[ingest]") {
  Buffer buffer;
  buffer.assign(std::string(1000, 'z'));
  CHECK(buffer.view().back() == 'z');
  CHECK(buffer.capacity() == 1000 + kPadding);
  const char* memory = buffer.data();
  buffer.assign("short");
  CHECK(buffer.view() == "short");
  CHECK(buffer.data() == memory);
  buffer.assign("");
  CHECK(buffer.view().empty());
}

TEST_CASE("what blocks have reserved counts against the limit of the pool", "[ingest]") {
  std::size_t parts = 0;
  FragmentPool pool([&](std::vector<EncodedPart>&& made) { parts += made.size(); }, 0, 1'000'000);
  for (std::int32_t day = 0; day < 20; ++day) {
    FragmentBlock block;
    block.day = day;
    block.bytes.reserve(100'000);
    FragmentWriter writer(block.bytes, 0, 0);
    writer.minute(7, {.good = 1, .total = 2});
    writer.latencies({});
    writer.finish();
    block.entries.push_back({0, 0, static_cast<std::uint32_t>(block.bytes.size())});
    pool.add(std::move(block));
  }
  CHECK(parts > 0);  // a few hundred bytes of content, two million held
  pool.finish(3);
  CHECK(parts == 20);
}
