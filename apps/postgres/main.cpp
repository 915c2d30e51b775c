// The companion program nines-postgres: asked in frames on a socket, it works in one database.
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <iostream>
#include <optional>

#include "base/exit_code.hpp"
#include "base/frames.hpp"
#include "net/postgres_protocol.hpp"
#include "postgres/events.hpp"
#include "postgres/notes.hpp"

namespace nines::postgres {
namespace {

using Ask = net::PostgresAsk;
using Fields = std::vector<std::string>;

constexpr std::string_view kUsage =
    "usage: nines-postgres\n"
    "Exchanges events through a PostgreSQL database; nines runs it for 'nines sync postgres://...',\n"
    "and asks it over a socket. It is of no use alone.\n";

[[noreturn]] void fail_asked() {
  throw Error(ExitCode::bad_data, "nines asks in a way that nines-postgres does not know",
              "are both of the same version?", "BAD_COMPANION");
}

std::uint64_t number(const std::string& text) {
  std::uint64_t n = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (problem != std::errc{} || end != text.data() + text.size()) fail_asked();
  return n;
}

void require_fields(const Fields& fields, std::size_t count) {
  if (fields.size() != count) fail_asked();
}

Place open(const Fields& fields) {
  require_fields(fields, 5);
  if (fields[0] != NINES_VERSION) fail_asked();
  return open_place({fields[1], fields[2], fields[3], fields[4] == "make"});
}

void put_events(Place& place, Fields& fields) {
  constexpr std::size_t kBefore = 3;
  if (fields.size() <= kBefore || (fields.size() - kBefore) % net::kPutFields != 0) fail_asked();
  IncomingEvents incoming{fields[0], number(fields[1]), fields[2], {}};
  if (incoming.first == 0) fail_asked();
  for (std::size_t i = kBefore; i < fields.size(); i += net::kPutFields)
    incoming.events.push_back({std::move(fields[i]), std::move(fields[i + 1]),
                               std::move(fields[i + 2]), std::move(fields[i + 3])});
  put(place, incoming);
}

/// What only reads: a place that does not exist is empty.
std::optional<Fields> look(Place& place, Ask ask, const Fields& fields) {
  switch (ask) {
    case Ask::heads:
      return place.exists ? heads(place) : Fields{};
    case Ask::statements:
      return place.exists ? statements(place) : Fields{};
    case Ask::runs:
      return place.exists ? measured_runs(place) : Fields{};
    case Ask::get:
      require_fields(fields, 3);
      return get(place, fields[0], number(fields[1]), number(fields[2]));
    case Ask::get_measured:
      require_fields(fields, 2);
      return get_measurements(place, fields[0], number(fields[1]));
    default:
      return std::nullopt;
  }
}

void write(Place& place, Ask ask, Fields& fields) {
  if (ask == Ask::put) {
    put_events(place, fields);
  } else if (ask == Ask::drop) {
    require_fields(fields, 2);
    drop_body(place, fields[0], number(fields[1]));
  } else if (ask == Ask::state) {
    require_fields(fields, 2);
    put_statement(place, fields[0], fields[1]);
  } else if (ask == Ask::put_measured) {
    require_fields(fields, 3);
    put_measurements(place, fields[0], number(fields[1]), fields[2]);
  } else {
    fail_asked();
  }
}

void answer(Fields fields) {
  write_frame(STDOUT_FILENO, {net::kPostgresAnswer, std::move(fields)}, std::chrono::hours{1});
}

int answer(const Error& error) {
  write_frame(STDOUT_FILENO,
              {net::kPostgresError,
               {std::to_string(static_cast<int>(error.kind())), error.code(), error.what(),
                error.hint()}},
              std::chrono::minutes{1});
  return static_cast<int>(error.kind());
}

int serve() {
  std::optional<Place> place;
  for (;;) {
    auto asked = read_frame(STDIN_FILENO, Micros{0});
    if (asked.end != ReadFrame::End::frame) return static_cast<int>(ExitCode::done);
    const auto ask = static_cast<Ask>(asked.frame.kind);
    if (!place) {
      if (ask != Ask::open) fail_asked();
      place = open(asked.frame.fields);
      answer({place->identity});
      continue;
    }
    if (ask != Ask::put) count_rows(*place);
    if (auto found = look(*place, ask, asked.frame.fields)) {
      answer(std::move(*found));
      continue;
    }
    write(*place, ask, asked.frame.fields);
    answer(Fields{});
  }
}

bool is_socket(int fd) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

int run_all(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::cout << "nines-postgres " << NINES_VERSION << "\n";
    return static_cast<int>(ExitCode::done);
  }
  if (argc != 1 || !is_socket(STDIN_FILENO)) {
    std::cerr << kUsage;
    return static_cast<int>(ExitCode::usage);
  }
  const rlimit cores{0, 0};  // a credential must not end in a core file
  setrlimit(RLIMIT_CORE, &cores);
  // While it waits for the server it does not see the socket close.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  return serve();
}

}  // namespace
}  // namespace nines::postgres

int main(int argc, char** argv) {
  using namespace nines;
  try {
    return postgres::run_all(argc, argv);
  } catch (const Error& error) {
    return postgres::answer(error);
  } catch (const postgres::ServerError& error) {
    return postgres::answer(postgres::error_of(error));
  } catch (const std::exception& error) {
    return postgres::answer(Error(ExitCode::bug, error.what()));
  }
}
