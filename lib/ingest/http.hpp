// HTTP as the program sees it: URLs, exchanges handed to the companion nines-engine, its answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nines::ingest {

/// http or https, host, port, path: no user, no query, no fragment.
struct Url {
  bool tls = false;
  std::string host;  ///< lower case; an IPv6 address keeps its brackets
  int port = 0;
  std::string path;  ///< empty, or from "/" on, without a final one

  /// "https://host", with the port where it is not the scheme's own: what trust is given to.
  std::string origin() const;
  std::string base() const { return origin() + path; }
  /// 127.0.0.0/8, [::1], localhost: what is said there crosses no network.
  bool is_loopback() const;
};
/// At most 2,000 bytes of visible ASCII.
std::optional<Url> parse_url(std::string_view text);

/// "a=1&b=x%20y".
std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields);

struct HttpRequest {
  std::string url;
  std::string body;                  ///< posted; empty: GET
  std::vector<std::string> headers;  ///< may hold a credential: never printed
};

struct HttpLimits {
  int parallel = 4;
  int tries = 4;
  std::chrono::milliseconds timeout{60'000};    ///< of one try
  std::chrono::milliseconds deadline{600'000};  ///< of all
  std::size_t answer = std::size_t{16} << 20;   ///< bytes of one body
  std::string ca_file;
  std::string proxy;
};

/// The companion's standard input.
std::string encode_exchanges(const std::vector<HttpRequest>& requests, const HttpLimits& limits);

struct HttpAnswer {
  int status = 0;
  std::string type;      ///< Content-Type
  std::string location;  ///< of a redirect: never followed
  std::string problem;   ///< why there is no whole answer; empty when there is one
  int tries = 0;
  std::string body;
};

/// The companion's output: for each exchange one line of JSON and its body, in any order. Throws
/// Error{bad_data} when it is cut, repeats itself, or leaves an exchange out.
std::vector<HttpAnswer> decode_answers(std::string_view output, std::size_t exchanges);

/// Whether an answer may be read as what was asked for: status 200 and one of the content types.
struct Unfit {
  enum class Kind { passing, refused, wrong };  ///< try later; credentials; not such an engine
  Kind kind = Kind::wrong;
  std::string what;  ///< lower case, no full stop, no secret
  std::string hint;
};
std::optional<Unfit> unfit(const HttpAnswer& answer, std::string_view content_type);

}  // namespace nines::ingest
