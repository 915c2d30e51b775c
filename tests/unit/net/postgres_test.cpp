// Addresses of databases, and what a companion may answer. The real server is in tests/postgres.
#include <catch2/catch.hpp>
#include <fstream>
#include <unistd.h>

#include "base/error.hpp"
#include "net/postgres_address.hpp"
#include "net/postgres_exchange.hpp"
#include "net/postgres_protocol.hpp"

using namespace nines;
using namespace nines::net;

namespace {

/// The code of the error, and nothing of the address in its words.
std::string refusal_of(const std::string& text) {
  try {
    postgres_address_from(text);
  } catch (const Error& error) {
    CHECK(error.kind() == ExitCode::usage);
    CHECK(std::string(error.what()).find("geheim") == std::string::npos);
    CHECK(error.hint().find("geheim") == std::string::npos);
    return error.code();
  }
  return "";
}

/// A companion that says these frames one after the other, whatever it is asked.
class FakeCompanion {
 public:
  explicit FakeCompanion(const std::vector<Frame>& frames)
      : file_(std::filesystem::temp_directory_path() /
              ("nines-postgres-" + std::to_string(getpid()))) {
    std::string script = "#!/bin/sh\nprintf '";
    for (const auto& frame : frames)
      for (const unsigned char c : encode_frame(frame)) {
        char digits[8];
        std::snprintf(digits, sizeof digits, "\\%03o", c);
        script += digits;
      }
    std::ofstream(file_) << script << "'\nexec cat >/dev/null\n";
    std::filesystem::permissions(file_, std::filesystem::perms::owner_all);
  }
  ~FakeCompanion() { std::filesystem::remove(file_); }
  FakeCompanion(const FakeCompanion&) = delete;
  FakeCompanion& operator=(const FakeCompanion&) = delete;

  PostgresExchange open() const {
    return PostgresExchange({"postgres://h/db", "main"},
                            {file_, {{"PATH", "/usr/bin:/bin"}}, Uid{}, true});
  }

 private:
  std::filesystem::path file_;
};

const std::string kUid = "01939e2c-7c00-7abc-8def-0123456789ab";
Frame says(std::vector<std::string> fields) { return {kPostgresAnswer, std::move(fields)}; }

template <class Call>
std::string code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "";
}

}  // namespace

TEST_CASE("a stream is taken out of the address, and the rest is libpq's", "[postgres]") {
  const auto plain = postgres_address_from("postgres://ada@db.example:5433/nines");
  CHECK(plain.url == "postgres://ada@db.example:5433/nines");
  CHECK(plain.stream == "main");
  const auto full = postgres_address_from(
      "postgresql://[::1]:5432,b:5433/x?sslmode=verify-full&str%65am=pay.ments&application_name=y");
  CHECK(full.url == "postgresql://[::1]:5432,b:5433/x?sslmode=verify-full&application_name=y");
  CHECK(full.stream == "pay.ments");
  CHECK(postgres_address_from("postgres://?stream=a&service=hub").url == "postgres://?service=hub");
  CHECK(postgres_address_from("postgres://h/db?user=ada@tenant").url ==
        "postgres://h/db?user=ada@tenant");
  CHECK(is_postgres_address("postgresql://"));
  CHECK_FALSE(is_postgres_address("postgres:db"));
}

TEST_CASE("an address with a secret is refused, and not repeated", "[postgres]") {
  for (const char* text :
       {"postgres://ada:geheim@h/db", "postgres://ada:@h/db", "postgres://:geheim@/db",
        "postgres://ada:ge/heim@h/db", "postgres://ada:ge?heim@h/db", "postgres://ada:ge@heim@h/db",
        "postgres://h/db?password=geheim", "postgres://h/db?PASS&p%61ssword=geheim",
        "postgres://h/db?sslpassword=geheim", "postgres://a@h,ada:geheim@k/db"})
    CHECK(refusal_of(text) == "SECRET_IN_ADDRESS");
  for (const char* text :
       {"postgres://h:geheim/db", "postgres://h/db?stream=", "postgres://h/db?stream=a/b",
        "postgres://h/db?stream=%zz", "postgres://h/a b", "postgres://h/db?stream", "file:///x",
        "postgres://h/db?stream=a%2", "postgres://h/\x7f"})
    CHECK(refusal_of(text) == "BAD_ADDRESS");
  CHECK(refusal_of("postgres://h/" + std::string(3000, 'x')) == "BAD_ADDRESS");
}

TEST_CASE("what the companion says is not believed", "[postgres]") {
  const auto open = [](const std::vector<Frame>& frames) {
    return code_of([&] { FakeCompanion(frames).open(); });
  };
  CHECK(open({says({kUid})}).empty());
  CHECK(open({says({})}) == "BAD_COMPANION");
  CHECK(open({says({"no uid"})}) == "BAD_COMPANION");
  CHECK(open({{'x', {kUid}}}) == "BAD_COMPANION");
  CHECK(open({{kPostgresError, {"4", "FORK", "two histories", "keep one"}}}) == "FORK");
  CHECK(open({{kPostgresError, {"4", "FORK"}}}) == "BAD_COMPANION");
  CHECK(open({{kPostgresError, {"1234", "X", "", ""}}}) == "BAD_COMPANION");

  const auto heads = [](std::vector<std::string> fields) {
    const FakeCompanion fake({says({kUid}), says(std::move(fields))});
    auto exchange = fake.open();
    return code_of([&] { exchange.heads(); });
  };
  CHECK(heads({kUid, "12", std::string(32, 'h')}).empty());
  CHECK(heads({kUid, "12"}) == "BAD_COMPANION");
  CHECK(heads({kUid, "-1", std::string(32, 'h')}) == "BAD_COMPANION");
  CHECK(heads({kUid, "12", "short"}) == "BAD_COMPANION");

  const auto events = [](std::vector<std::string> fields) {
    const FakeCompanion fake({says({kUid}), says(std::move(fields)), says({std::string(32, '\0')})});
    auto exchange = fake.open();
    return code_of([&] { exchange.get(*Uid::parse(kUid), 1, [](const auto&) { return true; }); });
  };
  const std::string hash(32, 'h'), salt(16, 's');
  CHECK(events({hash, "1", hash, "{}", "body", salt, "{}"}).empty());
  CHECK(events({hash, "2", hash, "{}", "body", salt, "{}"}) == "BAD_COMPANION");
  CHECK(events({hash, "1", hash, "{}", "body", "s", "{}"}) == "BAD_COMPANION");
  CHECK(events({hash, "1", hash}) == "BAD_COMPANION");
  CHECK(events({}) == "BAD_COMPANION");
}

TEST_CASE("without the companion its name is said", "[postgres]") {
  CHECK(code_of([] {
          PostgresExchange({"postgres://h/db", "main"}, {{}, {}, Uid{}, true});
        }) == "NO_COMPANION");
}
