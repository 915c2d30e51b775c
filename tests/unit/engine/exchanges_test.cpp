// The companion nines-engine against a server on loopback that behaves and misbehaves.
#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "base/process.hpp"
#include "ingest/http.hpp"
#include "support/fake_engine.hpp"

using namespace nines;
using nines::ingest::HttpAnswer;
using nines::ingest::HttpLimits;
using nines::ingest::HttpRequest;
using nines::tests::FakeAnswer;
using nines::tests::FakeEngine;
using nines::tests::FakeRequest;
using nines::tests::http;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view kJson = "application/json";

std::vector<HttpAnswer> ask_all(const std::vector<HttpRequest>& requests,
                                const HttpLimits& limits = {},
                                const ProcessEnvironment& env = {}) {
  ProcessRequest run;
  run.argv = {NINES_ENGINE};
  run.env = env;
  run.timeout = 60s;
  run.output_cap = std::size_t{64} << 20;
  run.input = ingest::encode_exchanges(requests, limits);
  const auto ran = run_process(run);
  INFO(ran.output.substr(0, 300));
  REQUIRE(ran.end == ProcessResult::End::exited);
  REQUIRE(ran.exit_code == 0);
  return ingest::decode_answers(ran.output, requests.size());
}

HttpAnswer ask(const FakeEngine& engine, const HttpLimits& limits = {}) {
  return ask_all({{engine.url() + "/api", "", {}}}, limits).front();
}

HttpLimits once() {
  HttpLimits limits;
  limits.tries = 1;
  return limits;
}

}  // namespace

TEST_CASE("what is asked arrives, and what is answered comes back") {
  FakeEngine engine([](const FakeRequest& r) { return http(200, kJson, "{\"said\":\"" + r.body + "\"}"); });
  const auto answers = ask_all({{engine.url() + "/a", "x=1", {"X-Tenant: shop"}},
                                {engine.url() + "/b", "", {"Authorization: Bearer s3cret"}}});
  CHECK(answers[0].status == 200);
  CHECK(answers[0].type == kJson);
  CHECK(answers[0].body == "{\"said\":\"x=1\"}");
  CHECK(answers[1].body == "{\"said\":\"\"}");
  for (const auto& request : engine.requests()) {
    if (request.asks("POST /a")) CHECK(request.head.find("X-Tenant: shop") != std::string::npos);
    if (request.asks("GET /b")) CHECK(request.head.find("Bearer s3cret") != std::string::npos);
  }
}

TEST_CASE("not more at once than allowed") {
  FakeEngine engine([](const FakeRequest&) { return FakeAnswer{http(200, kJson, "{}").bytes, 60ms}; });
  HttpLimits limits;
  limits.parallel = 3;
  const std::vector<HttpRequest> requests(12, HttpRequest{engine.url(), "q=1", {}});
  for (const auto& answer : ask_all(requests, limits)) CHECK(answer.status == 200);
  CHECK(engine.most_at_once() <= 3);
  CHECK(engine.most_at_once() >= 2);
}

TEST_CASE("an engine that is busy is asked again, and not before it says") {
  std::atomic<int> asked{0};
  FakeEngine engine([&](const FakeRequest&) {
    if (++asked == 1) return http(429, "text/plain", "slow down", "Retry-After: 1\r\n");
    if (asked == 2) return http(503, "text/html", "<html>");
    return http(200, kJson, "{}");
  });
  const auto began = std::chrono::steady_clock::now();
  const auto answer = ask(engine);
  CHECK(answer.status == 200);
  CHECK(answer.tries == 3);
  CHECK(std::chrono::steady_clock::now() - began >= 1s);
}

TEST_CASE("one that stays busy is given up, and one that asks for an hour at once") {
  FakeEngine engine([](const FakeRequest&) { return http(429, "text/plain", "", "Retry-After: 3600\r\n"); });
  const auto answer = ask(engine);
  CHECK(answer.tries == 1);
  const auto problem = ingest::unfit(answer, kJson);
  REQUIRE(problem);
  CHECK(problem->kind == ingest::Unfit::Kind::passing);
}

TEST_CASE("an error of the query is no reason to ask again") {
  FakeEngine engine([](const FakeRequest&) { return http(422, kJson, "{\"status\":\"error\"}"); });
  const auto answer = ask(engine);
  CHECK(answer.tries == 1);
  CHECK_FALSE(ingest::unfit(answer, kJson));  // it is read, and says what is wrong
}

TEST_CASE("a redirect is told, never followed") {
  FakeEngine elsewhere([](const FakeRequest&) { return http(200, kJson, "{}"); });
  FakeEngine engine([&](const FakeRequest&) {
    return http(302, "text/html", "", "Location: " + elsewhere.url() + "/login\r\n");
  });
  const auto answer =
      ask_all({{engine.url() + "/api", "", {"Authorization: Bearer s3cret"}}}).front();
  CHECK(answer.status == 302);
  CHECK(answer.location == elsewhere.url() + "/login");
  CHECK(elsewhere.requests().empty());
  CHECK(ingest::unfit(answer, kJson)->what.find("redirect") != std::string::npos);
}

TEST_CASE("a login page is no answer") {
  FakeEngine engine([](const FakeRequest&) { return http(200, "text/html; charset=utf-8", "<html>\x1b[31mSign in"); });
  const auto problem = ingest::unfit(ask(engine), kJson);
  REQUIRE(problem);
  CHECK(problem->what.find("'text/html'") != std::string::npos);
  CHECK(problem->what.find('\x1b') == std::string::npos);
}

TEST_CASE("an answer that breaks off is asked for again, and then said") {
  FakeEngine engine([](const FakeRequest&) {
    return FakeAnswer{"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"a\":"};
  });
  HttpLimits limits;
  limits.tries = 2;
  const auto answer = ask(engine, limits);
  CHECK(answer.tries == 2);
  CHECK(answer.problem.find("broke off") != std::string::npos);
  CHECK(answer.body.empty());
}

TEST_CASE("an answer without end is cut off at the limit, announced or not") {
  HttpLimits limits;
  limits.answer = 1 << 20;
  SECTION("chunked") {
    const std::string kilo(1024, 'x');
    FakeEngine engine([&](const FakeRequest&) {
      FakeAnswer answer{"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + kilo};
      answer.endless = true;
      return answer;
    });
    CHECK(ask(engine, limits).problem.find("larger than") != std::string::npos);
  }
  SECTION("small once it is compressed") {
    FakeEngine engine([&](const FakeRequest&) { return http(200, kJson, std::string(2 << 20, ' ')); });
    const auto answer = ask(engine, limits);
    CHECK(answer.problem.find("larger than") != std::string::npos);
    CHECK(answer.tries == 1);
  }
}

TEST_CASE("an answer that does not come in time is said") {
  FakeEngine engine([](const FakeRequest&) { return FakeAnswer{http(200, kJson, "{}").bytes, 5s}; });
  auto limits = once();
  limits.timeout = 300ms;
  const auto answer = ask(engine, limits);
  CHECK(answer.problem.find("within 300 ms") != std::string::npos);
  CHECK(ingest::unfit(answer, kJson)->kind == ingest::Unfit::Kind::passing);
}

TEST_CASE("nobody listening, and what is no HTTP") {
  int port = 0;
  {
    FakeEngine gone([](const FakeRequest&) { return FakeAnswer{}; });
    port = gone.port();
  }
  const auto answers = ask_all({{"http://127.0.0.1:" + std::to_string(port), "", {}},
                                {"file:///etc/passwd", "", {}},
                                {"gopher://127.0.0.1/", "", {}}},
                               once());
  for (const auto& answer : answers) {
    CHECK_FALSE(answer.problem.empty());
    CHECK(answer.body.empty());
  }
}

TEST_CASE("a proxy of the environment is not gone through") {
  FakeEngine proxy([](const FakeRequest&) { return http(200, kJson, "{\"proxied\":true}"); });
  FakeEngine engine([](const FakeRequest&) { return http(200, kJson, "{}"); });
  const auto answers = ask_all({{engine.url(), "", {}}}, {}, {{"http_proxy", proxy.url()}});
  CHECK(answers.front().body == "{}");
  CHECK(proxy.requests().empty());
  HttpLimits limits;
  limits.proxy = proxy.url();
  CHECK(ask_all({{engine.url(), "", {}}}, limits).front().body == "{\"proxied\":true}");
}

TEST_CASE("many exchanges end within one deadline") {
  FakeEngine engine([](const FakeRequest&) { return http(503, "text/plain", ""); });
  HttpLimits limits;
  limits.tries = 50;
  limits.timeout = 1s;
  limits.deadline = 2500ms;
  const auto began = std::chrono::steady_clock::now();
  for (const auto& answer : ask_all({{engine.url(), "", {}}, {engine.url(), "", {}}}, limits))
    CHECK(answer.status == 503);
  CHECK(std::chrono::steady_clock::now() - began < 10s);
}
