// Where to connect and how: encrypted, unless the server is on this machine or somebody says so.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/text.hpp"
#include "postgres/connection.hpp"

namespace nines::postgres {
namespace {

constexpr const char* kCredentials =
    "credentials come from ~/.pgpass (or the file that PGPASSFILE names), from a service file "
    "(PGSERVICE), or from PGUSER and PGPASSWORD";

using Options = std::map<std::string, std::string, std::less<>>;

[[noreturn]] void fail_url(std::string what) {
  throw Error(ExitCode::usage, "the address of the database is malformed: " + std::move(what),
              "as in postgres://db.example/nines?stream=payments", "BAD_ADDRESS");
}

Options options_in(const std::string& url) {
  char* problem = nullptr;
  PQconninfoOption* const list = PQconninfoParse(url.c_str(), &problem);
  const std::string why = problem == nullptr ? "" : std::string(trim(problem));
  PQfreemem(problem);
  if (list == nullptr) fail_url(why);
  Options options;
  for (const auto* option = list; option->keyword != nullptr; ++option)
    if (option->val != nullptr && *option->val != '\0') options[option->keyword] = option->val;
  PQconninfoFree(list);
  return options;
}

std::string value_of(const Options& options, const char* name, const char* variable) {
  if (const auto found = options.find(name); found != options.end()) return found->second;
  const char* text = std::getenv(variable);
  return text == nullptr ? "" : text;
}

bool is_here(std::string_view host) {
  return host.empty() || host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
         host == "::1" ||
         (host.starts_with("127.") &&
          host.find_first_not_of("0123456789.") == std::string_view::npos);
}

/// A service file may name any host, and its own sslmode, which counts before the variable's.
bool leaves_machine(const Options& options) {
  if (!value_of(options, "service", "PGSERVICE").empty()) return true;
  auto hosts = value_of(options, "hostaddr", "PGHOSTADDR");
  if (hosts.empty()) hosts = value_of(options, "host", "PGHOST");
  const auto list = split(hosts, ',');
  return !std::all_of(list.begin(), list.end(), is_here);
}

/// libpq's own default would go on in clear where the server offers no TLS.
void set_defaults(const Options& options) {
  if (leaves_machine(options)) setenv("PGSSLMODE", "require", 0);
  setenv("PGAPPNAME", "nines", 0);
  setenv("PGCLIENTENCODING", "UTF8", 1);
}

/// One line (of several hosts each has its own), and nothing of the password.
std::string complaint_of(PGconn* connection) {
  std::string text;
  for (const auto line : split(trim(PQerrorMessage(connection)), '\n'))
    (text += text.empty() ? "" : line.starts_with('\t') ? " " : "; ") += trim(line);
  const char* secret = PQpass(connection);
  const std::string_view password = secret == nullptr ? "" : secret;
  for (auto at = text.find(password); !password.empty() && at != std::string::npos;
       at = text.find(password))
    text.replace(at, password.size(), "\xE2\x80\xA6");
  return text;
}

[[noreturn]] void fail_to_connect(PGconn* connection) {
  const auto text = complaint_of(connection);
  const auto says = [&](const char* words) { return text.find(words) != std::string::npos; };
  if (says("SSL was required") || says("SSL is not enabled") || says("sslmode value"))
    throw Error(ExitCode::config, text,
                "what is sent to another machine is encrypted; only where the network between is "
                "trusted, add sslmode=disable to the address",
                "TLS_REQUIRED");
  if (says("certificate"))
    throw Error(ExitCode::config, text,
                "sslrootcert names the authority that signed the server's certificate", "NO_ACCESS");
  if (PQconnectionNeedsPassword(connection) != 0 || PQconnectionUsedPassword(connection) != 0 ||
      says("authentication") || says("pg_hba.conf") || says("role \""))
    throw Error(ExitCode::config, text, kCredentials, "NO_ACCESS");
  if (says("does not exist"))
    throw Error(ExitCode::not_found, text, "createdb makes a database", "NO_REMOTE");
  if (says("invalid ")) fail_url(text);
  throw Error(ExitCode::busy, text,
              "nines goes on without it; sync again when it can be reached", "UNREACHABLE");
}

}  // namespace

Connection::Connection(const std::string& url) {
  set_defaults(options_in(url));
  connection_.reset(PQconnectdb(url.c_str()));
  auto* const connection = connection_.get();
  if (PQstatus(connection) != CONNECTION_OK) fail_to_connect(connection);
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  if (PQsetClientEncoding(connection, "UTF8") != 0) throw ServerError("", complaint_of(connection));
  const char* encoding = PQparameterStatus(connection, "server_encoding");
  if (encoding == nullptr || std::string_view(encoding) != "UTF8")
    throw Error(ExitCode::config, "the database keeps texts in another encoding than UTF-8",
                "createdb -E UTF8 -T template0 makes one that does", "NO_REMOTE");
  // Nobody waits for ever, and what a dead client left open is closed.
  run("SET statement_timeout = '120s'; SET lock_timeout = '30s'; "
      "SET idle_in_transaction_session_timeout = '60s'");
}

}  // namespace nines::postgres
