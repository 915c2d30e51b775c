// Frames of a companion, and addresses of databases, as hostile bytes: refused or understood.
#include "base/error.hpp"
#include "base/frames.hpp"
#include "check.hpp"
#include "net/postgres_address.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  if (const auto frame = nines::decode_frame(text))
    check(nines::encode_frame(*frame).substr(4) == text, "a frame is written as it was read");
  for (const auto& address : {std::string(text), "postgres://" + std::string(text)}) {
    try {
      const auto read = nines::net::postgres_address_from(address);
      check(read.url.find("password=") == std::string::npos, "a password stays out");
      const auto again = nines::net::postgres_address_from(read.url);
      check(again.url == read.url && again.stream == "main", "what libpq gets has no stream");
    } catch (const nines::Error& error) {
      check(error.kind() == nines::ExitCode::usage, "a bad address is bad usage");
    }
  }
  return 0;
}
