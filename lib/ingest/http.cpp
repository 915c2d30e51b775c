// Reads URLs strictly, and the companion's answers as foreign bytes.
#include "ingest/http.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kLongestUrl = 2000;
constexpr std::size_t kLongestLine = 64 * 1024;

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    if (host.size() < 4 || host.back() != ']') return false;
    return std::all_of(host.begin() + 1, host.end() - 1, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
    });
  }
  return !host.empty() && host.front() != '-' && host.front() != '.' &&
         std::all_of(host.begin(), host.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
                  c == '_';
         });
}

std::optional<int> port_of(std::string_view text) {
  int port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem != std::errc() || end != text.data() + text.size() || port < 1 || port > 65535)
    return std::nullopt;
  return port;
}

std::string_view media_type(std::string_view type) {
  return trim(type.substr(0, type.find(';')));
}

/// A few words of a body that is not what was asked for.
std::string glimpse(std::string_view body) {
  const auto text = trim(body.substr(0, 200));
  if (text.empty()) return {};
  std::string line(text.substr(0, text.find('\n')));
  return ": " + fit_width(escape_controls(line), 60);
}

[[noreturn]] void broken(std::string what) {
  throw Error(ExitCode::bad_data, "nines-engine answered wrongly: " + std::move(what),
              "is it of the same version as nines?", "BAD_COMPANION");
}

}  // namespace

std::string Url::origin() const {
  const int own = tls ? 443 : 80;
  auto text = std::string(tls ? "https://" : "http://") + host;
  if (port != own) text += ":" + std::to_string(port);
  return text;
}

bool Url::is_loopback() const {
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") && std::all_of(host.begin(), host.end(), [](char c) {
           return c == '.' || (c >= '0' && c <= '9');
         });
}

std::optional<Url> parse_url(std::string_view text) {
  if (text.size() > kLongestUrl || !std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>';
      }))
    return std::nullopt;
  Url url;
  if (starts_with_ignoring_case(text, "https://"))
    url.tls = true;
  else if (!starts_with_ignoring_case(text, "http://"))
    return std::nullopt;
  text.remove_prefix(url.tls ? 8 : 7);
  const auto slash = std::min(text.find('/'), text.size());
  const auto authority = text.substr(0, slash);
  url.path = text.substr(slash);
  if (authority.find('@') != std::string_view::npos ||
      url.path.find_first_of("?#") != std::string::npos)
    return std::nullopt;
  const auto bracket = authority.rfind(']');
  const auto colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  url.host = to_lower_ascii(has_port ? authority.substr(0, colon) : authority);
  url.port = url.tls ? 443 : 80;
  if (has_port) {
    const auto port = port_of(authority.substr(colon + 1));
    if (!port) return std::nullopt;
    url.port = *port;
  }
  if (!is_host(url.host)) return std::nullopt;
  while (!url.path.empty() && url.path.back() == '/') url.path.pop_back();
  return url;
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out;
  const auto add = [&](std::string_view text) {
    for (const char c : text) {
      const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_' || c == '~';
      if (plain)
        out += c;
      else
        out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  };
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    add(name);
    out += '=';
    add(value);
  }
  return out;
}

std::string encode_exchanges(const std::vector<HttpRequest>& requests, const HttpLimits& limits) {
  Json list = Json::array();
  for (const auto& request : requests) {
    Json headers = Json::array();
    for (const auto& header : request.headers) headers.push(header);
    list.push(Json::object({{"url", request.url},
                            {"body", request.body},
                            {"headers", headers},
                            {"timeout_ms", limits.timeout.count()},
                            {"limit", limits.answer},
                            {"tries", limits.tries}}));
  }
  return Json::object({{"ca_file", limits.ca_file},
                       {"proxy", limits.proxy},
                       {"parallel", limits.parallel},
                       {"deadline_ms", limits.deadline.count()},
                       {"exchanges", list}})
      .dump();
}

std::vector<HttpAnswer> decode_answers(std::string_view output, std::size_t exchanges) {
  std::vector<HttpAnswer> answers(exchanges);
  std::vector<bool> seen(exchanges);
  for (std::size_t left = exchanges; left > 0; --left) {
    const auto end = output.substr(0, kLongestLine).find('\n');
    if (end == std::string_view::npos) broken("a line does not end");
    const Json line = Json::parse(output.substr(0, end), "nines-engine");
    output.remove_prefix(end + 1);
    const auto index = line.integer("index", -1);
    const auto bytes = line.integer("bytes", -1);
    if (index < 0 || static_cast<std::size_t>(index) >= exchanges) broken("an unknown exchange");
    const auto at = static_cast<std::size_t>(index);
    if (seen[at]) broken("an exchange twice");
    seen[at] = true;
    if (bytes < 0 || static_cast<std::size_t>(bytes) >= output.size() ||
        output[static_cast<std::size_t>(bytes)] != '\n')
      broken("a body is cut");
    HttpAnswer& answer = answers[at];
    answer.status = static_cast<int>(std::clamp<std::int64_t>(line.integer("status"), 0, 999));
    answer.type = line.text("type");
    answer.location = line.text("location");
    answer.problem = line.text("problem");
    answer.tries = static_cast<int>(std::clamp<std::int64_t>(line.integer("tries"), 0, 1000));
    answer.body = output.substr(0, static_cast<std::size_t>(bytes));
    output.remove_prefix(static_cast<std::size_t>(bytes) + 1);
  }
  return answers;
}

std::optional<Unfit> unfit(const HttpAnswer& a, std::string_view content_type) {
  using Kind = Unfit::Kind;
  const auto tried = a.tries > 1 ? fmt::format(" ({} tries)", a.tries) : std::string();
  if (!a.problem.empty()) {
    const bool certificate = a.problem.find("certificate") != std::string::npos;
    return Unfit{certificate || a.problem.find("larger") != std::string::npos ? Kind::wrong
                                                                             : Kind::passing,
                 a.problem + tried,
                 certificate ? "its own authority is named by 'ca_file' in engines.yaml"
                             : "what was answered before is kept; run it again"};
  }
  if (a.status >= 300 && a.status < 400)
    return Unfit{Kind::wrong,
                 fmt::format("it answers with a redirect (status {}) to '{}', which is not followed",
                             a.status, fit_width(escape_controls(a.location), 60)),
                 "name the place itself in the DataSource, and trust it"};
  if (a.status == 401 || a.status == 403)
    return Unfit{Kind::refused, fmt::format("it refuses our credentials (status {})", a.status),
                 "engines.yaml says which are sent: nines-engines(5)"};
  if (a.status == 429 || a.status >= 500)
    return Unfit{Kind::passing,
                 fmt::format("it answers with status {}{}{}", a.status, tried, glimpse(a.body)),
                 "what was answered before is kept; run it again later"};
  const auto type = media_type(a.type);
  const bool right_type = type == content_type;
  if (a.status != 200 && !right_type)
    return Unfit{Kind::wrong, fmt::format("it answers with status {}{}", a.status, glimpse(a.body)),
                 "does the URL name the engine itself, with its path?"};
  if (!right_type)
    return Unfit{Kind::wrong,
                 fmt::format("it answers with '{}', not '{}'{}",
                             fit_width(escape_controls(type), 40), content_type, glimpse(a.body)),
                 "a login page or another program? does the URL name the engine itself?"};
  return std::nullopt;
}

}  // namespace nines::ingest
