// Reads as little of the URL as it takes to keep secrets out of it; libpq reads the rest.
#include "net/postgres_address.hpp"

#include <algorithm>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::net {
namespace {

constexpr std::size_t kLongestAddress = 2000;
constexpr std::size_t kLongestStream = 63;

[[noreturn]] void fail_address(const std::string& what) {
  throw Error(ExitCode::usage, "the address of the database " + what,
              "as in postgres://db.example/nines?stream=payments", "BAD_ADDRESS");
}

[[noreturn]] void fail_secret() {
  throw Error(ExitCode::usage, "the address of the database holds a password",
              "others can read a command line; leave it out, and keep the password in the file "
              "~/.pgpass (or PGPASSFILE names it), in a service file (PGSERVICE), or in PGPASSWORD",
              "SECRET_IN_ADDRESS");
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// As libpq does it: a name or value may be written in per cent.
std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) fail_address("has a '%' that escapes nothing");
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

bool is_stream(std::string_view name) {
  return !name.empty() && name.size() <= kLongestStream &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '_' || c == '-';
         });
}

/// Behind the host, and behind the bracket of an IPv6 address.
std::string_view port_in(std::string_view host) {
  const auto colon = host.find(':', host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0);
  return colon == std::string_view::npos ? std::string_view() : host.substr(colon + 1);
}

/// A colon before the "@" is a password's; one with a "/", "?" or "@" in it ends up elsewhere, and
/// leaves its beginning where a port should be.
void require_no_password(std::string_view place) {
  const auto authority = place.substr(0, place.find_first_of("/?"));
  const auto rest = place.substr(authority.size());
  const auto at = authority.find('@');
  const bool has_user = at != std::string_view::npos;
  const auto hosts = has_user ? authority.substr(at + 1) : authority;
  if (has_user && authority.substr(0, at).find(':') != std::string_view::npos) fail_secret();
  if (hosts.find('@') != std::string_view::npos) fail_secret();
  const bool other_at = rest.find('@') != std::string_view::npos;
  if (!has_user && other_at && hosts.find(':') != std::string_view::npos) fail_secret();
  for (const auto host : split(hosts, ',')) {
    const auto port = port_in(host);
    if (port.find_first_not_of("0123456789") != std::string_view::npos)
      fail_address("has a port that is no number");
  }
}

}  // namespace

bool is_postgres_address(std::string_view text) {
  return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

PostgresAddress postgres_address_from(std::string_view text) {
  if (!is_postgres_address(text)) fail_address("does not begin with postgres://");
  if (text.size() > kLongestAddress) fail_address("is too long");
  if (!std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; }))
    fail_address("holds a space, or a character that must be written in per cent");
  const auto place = text.substr(text.find("//") + 2);
  require_no_password(place);
  // In a value too: it is read by whoever reads the command line.
  if (place.find("password=") != std::string_view::npos) fail_secret();
  PostgresAddress address{std::string(text.substr(0, text.find('?'))), std::string(kMainStream)};
  const auto query = text.find('?');
  if (query == std::string_view::npos) return address;
  char separator = '?';
  for (const auto member : split(text.substr(query + 1), '&')) {
    const auto equals = std::min(member.find('='), member.size());
    const auto name = unescaped(member.substr(0, equals));
    if (name.ends_with("password")) fail_secret();  // written in per cent, or without a value
    if (name == "stream") {
      address.stream = unescaped(member.substr(std::min(equals + 1, member.size())));
      if (!is_stream(address.stream))
        fail_address("names a stream that is not made of letters, digits and '._-' alone");
      continue;
    }
    (address.url += separator) += member;
    separator = '&';
  }
  return address;
}

}  // namespace nines::net
