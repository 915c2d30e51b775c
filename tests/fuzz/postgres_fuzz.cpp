// Frames of a companion, and addresses of databases, as hostile bytes: refused or understood.
#include "base/error.hpp"
#include "base/frames.hpp"
#include "check.hpp"
#include "net/postgres_address.hpp"

namespace {

/// A value may say "password=" too: only names count.
bool names_a_password(std::string_view url) {
  for (auto at = url.find('?'); at != std::string_view::npos; at = url.find('&', at + 1)) {
    const auto member = url.substr(at + 1, url.find('&', at + 1) - at - 1);
    if (member.substr(0, member.find('=')).ends_with("password")) return true;
  }
  return false;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using nines::fuzz::check;
  const auto text = nines::fuzz::text_of(data, size);
  if (const auto frame = nines::decode_frame(text))
    check(nines::encode_frame(*frame).substr(4) == text, "a frame is written as it was read");
  for (const auto& address : {std::string(text), "postgres://" + std::string(text)}) {
    try {
      const auto read = nines::net::postgres_address_from(address);
      check(!names_a_password(read.url), "a password stays out");
      const auto again = nines::net::postgres_address_from(read.url);
      check(again.url == read.url && again.stream == "main", "what libpq gets has no stream");
    } catch (const nines::Error& error) {
      check(error.kind() == nines::ExitCode::usage, "a bad address is bad usage");
    }
  }
  return 0;
}
