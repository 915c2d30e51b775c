// Reads engines.yaml strictly, and makes headers of what it names.
#include "usecases/slo/engine_access.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <span>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "yaml/document.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;
using yaml::Node;

constexpr std::size_t kMostEngineBytes = std::size_t{256} * 1024;
constexpr std::size_t kLongestSecret = 16 * 1024;

class EngineReader {
 public:
  explicit EngineReader(const yaml::Stream& stream) : stream_(stream) {}

  EngineList read(const Node& document) {
    EngineList list;
    for (const auto& [key, value] : members(document, "engines.yaml is a map")) {
      if (key.text != "engines") throw unknown(key, "engines");
      for (const auto& [url, entry] : members(value, "engines are a map by URL")) {
        const auto parsed = ingest::parse_url(url.text);
        if (!parsed || !parsed->path.empty())
          throw wrong(url, "'" + std::string(url.text) + "' is no scheme, host and port",
                      "https://prometheus.example:9090");
        if (!list.emplace(parsed->origin(), read_entry(entry)).second)
          throw wrong(url, "'" + parsed->origin() + "' stands here twice", "leave one of them");
      }
    }
    return list;
  }

 private:
  Error wrong(const Node& at, std::string what, std::string hint) const {
    const auto where = yaml::finding_at(stream_.source, at.begin, at.end);
    Error error(ExitCode::config, std::move(what), std::move(hint), "BAD_ENGINES");
    error.at({where.file, where.span.line, where.span.column});
    return error;
  }
  Error unknown(const Node& key, std::string_view known) const {
    return wrong(key, "unknown key '" + std::string(key.text) + "'",
                 "known here: " + std::string(known));
  }
  Node::Range<Node::MemberIterator> members(const Node& node, const std::string& wanted) const {
    if (!node.is_mapping()) throw wrong(node, wanted, "see nines-engines(5)");
    return node.members();
  }
  std::string text(const Node& value) const {
    if (!value.is_scalar() || value.text.empty() ||
        std::any_of(value.text.begin(), value.text.end(),
                    [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }))
      throw wrong(value, "expected a text on one line", "put it in quotes");
    return std::string(value.text);
  }

  EngineAccess read_entry(const Node& node) const {
    EngineAccess a;
    if (node.is_null()) return a;
    for (const auto& [key, value] : members(node, "an engine is a map; {} trusts it as it is")) {
      if (key.text == "bearer_file")
        a.bearer_file = absolute(value);
      else if (key.text == "bearer_env")
        a.bearer_env = text(value);
      else if (key.text == "user")
        a.user = text(value);
      else if (key.text == "password_file")
        a.password_file = absolute(value);
      else if (key.text == "password_env")
        a.password_env = text(value);
      else if (key.text == "headers")
        a.headers = read_headers(value);
      else if (key.text == "ca_file")
        a.limits.ca_file = absolute(value);
      else if (key.text == "proxy")
        a.limits.proxy = text(value);
      else if (key.text == "timeout")
        a.limits.timeout = read_timeout(value);
      else if (key.text == "parallel")
        a.limits.parallel = read_parallel(value);
      else
        throw unknown(key,
                      "bearer_file, bearer_env, user, password_file, password_env, headers, "
                      "ca_file, proxy, timeout, parallel");
    }
    if (!a.user.empty() && a.password_file.empty() == a.password_env.empty())
      throw wrong(node, "'user' needs its password from one place",
                  "password_file: /path, or password_env: NAME");
    if ((!a.bearer_file.empty() + !a.bearer_env.empty() + !a.user.empty()) > 1)
      throw wrong(node, "several credentials for one engine", "leave one of them");
    return a;
  }

  std::string absolute(const Node& value) const {
    auto path = text(value);
    if (path.front() != '/')
      throw wrong(value, "'" + path + "' is a relative path", "write it from the root");
    return path;
  }

  std::map<std::string, std::string> read_headers(const Node& node) const {
    std::map<std::string, std::string> headers;
    for (const auto& [name, value] : members(node, "headers are a map by name")) {
      const bool plain = std::all_of(name.text.begin(), name.text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-' || c == '_';
      });
      if (!plain || name.text.empty())
        throw wrong(name, "'" + std::string(name.text) + "' is no header", "X-Scope-OrgID");
      if (to_lower_ascii(name.text) == "authorization")
        throw wrong(name, "a credential does not stand in this file",
                    "bearer_file, bearer_env, or user with password_file");
      headers.emplace(std::string(name.text), text(value));
    }
    return headers;
  }

  std::chrono::milliseconds read_timeout(const Node& value) const {
    const auto time = parse_duration(text(value));
    if (!time || *time < std::chrono::seconds{1} || *time > std::chrono::minutes{10})
      throw wrong(value, "'" + text(value) + "' is no timeout", "1s to 10m");
    return std::chrono::duration_cast<std::chrono::milliseconds>(*time);
  }

  int read_parallel(const Node& value) const {
    const auto number = Decimal::parse(text(value));
    if (!number || number->scale() != 0 || number->units() < 1 || number->units() > 32)
      throw wrong(value, "'" + text(value) + "' is no number of requests at once", "1 to 32");
    return static_cast<int>(number->units());
  }

  const yaml::Stream& stream_;
};

/// Whoever can write the list decides where credentials go; whoever can read one has it.
void require_private(const fs::path& file, mode_t forbidden, const std::string& whose) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return;  // reading it will say why
  const bool foreign = info.st_uid != ::geteuid() && info.st_uid != 0;
  if (!foreign && (info.st_mode & forbidden) == 0) return;
  throw Error(ExitCode::config,
              fmt::format("'{}' {}", file.string(),
                          foreign ? "belongs to another user" : "is open to others"),
              whose + "; check it, then chmod 600", "UNSAFE_ENGINES");
}

std::string secret_from(const std::string& file, const std::string& variable,
                        const ProcessEnvironment& env) {
  std::string secret;
  if (!file.empty()) {
    require_private(file, S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH, "it holds a credential");
    secret = read_file(file, kLongestSecret);
  } else {
    const auto found = env.find(variable);
    if (found == env.end() || found->second.empty())
      throw Error(ExitCode::config, fmt::format("the variable '{}' is not set", variable),
                  "engines.yaml takes a credential from it", "NO_CREDENTIAL");
    secret = found->second;
  }
  secret = std::string(trim(secret));
  const bool plain = std::all_of(secret.begin(), secret.end(),
                                 [](char c) { return c >= ' ' && c < '\x7f'; });
  if (secret.empty() || !plain || secret.size() >= kLongestSecret)
    throw Error(ExitCode::config,
                fmt::format("{} holds no credential on one line",
                            file.empty() ? "the variable '" + variable + "'" : "'" + file + "'"),
                "one line of printable ASCII", "NO_CREDENTIAL");
  return secret;
}

}  // namespace

EngineList read_engines(const fs::path& file) {
  std::error_code ignored;  // what cannot be looked at is not there for us
  if (file.empty() || !fs::exists(file, ignored)) return {};
  require_private(file, S_IWGRP | S_IWOTH, "nothing is asked by it");
  return parse_engines(read_file(file, kMostEngineBytes), file.string());
}

EngineList parse_engines(std::string_view bytes, const std::string& file) {
  const auto stream = yaml::parse(bytes, file, yaml::Limits{.bytes = kMostEngineBytes});
  for (const auto& finding : stream.findings) {
    if (finding.severity != Severity::error || finding.code == "EMPTY_FILE") continue;
    Error error(ExitCode::config, finding.message, finding.hint, finding.code);
    error.at({finding.file, finding.span.line, finding.span.column});
    throw error;
  }
  if (stream.documents.empty() || stream.documents.front()->is_null()) return {};
  return EngineReader(stream).read(*stream.documents.front());
}

const EngineAccess& require_trusted(const EngineList& engines, const std::string& url,
                                    const fs::path& file) {
  const auto parsed = ingest::parse_url(url);
  const auto origin = parsed ? parsed->origin() : std::string();
  if (const auto found = engines.find(origin); found != engines.end()) return found->second;
  throw Error(ExitCode::needs_approval, fmt::format("'{}' is no engine that you trust", origin),
              fmt::format("if it is yours, write into {}: engines: {{\"{}\": {{}}}}",
                          file.empty() ? "nines/engines.yaml of your configuration" : file.string(),
                          origin),
              "ENGINE_NOT_TRUSTED");
}

std::vector<std::string> headers_for(const EngineAccess& access, const std::string& url,
                                     const ProcessEnvironment& env) {
  std::vector<std::string> headers;
  for (const auto& [name, value] : access.headers) headers.push_back(name + ": " + value);
  if (!access.has_credentials()) return headers;
  const auto parsed = ingest::parse_url(url);
  if (!parsed || (!parsed->tls && !parsed->is_loopback()))
    throw Error(ExitCode::config,
                fmt::format("credentials for '{}' would cross the network in the clear", url),
                "use https", "PLAIN_CREDENTIALS");
  if (access.user.empty()) {
    headers.push_back("Authorization: Bearer " +
                      secret_from(access.bearer_file, access.bearer_env, env));
    return headers;
  }
  const auto pair =
      access.user + ":" + secret_from(access.password_file, access.password_env, env);
  headers.push_back(
      "Authorization: Basic " +
        to_base64(std::span(reinterpret_cast<const std::uint8_t*>(pair.data()), pair.size())));
  return headers;
}

}  // namespace nines::usecases
