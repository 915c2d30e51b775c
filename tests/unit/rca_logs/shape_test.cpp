// Shapes: what is a value by its look, and that a template is its own shape.
#include <catch2/catch.hpp>

#include "domain/rca/logs/shape.hpp"
#include "support/property.hpp"

using namespace nines;

namespace {

std::string shown(std::string_view message) {
  rca::Shaper shaper;
  return rca::shape_text(shaper.shape_of(message));
}

}  // namespace

TEST_CASE("values are known by their look", "[rca][logs]") {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"took 12.5 ms of 0x1f at -3", "took <*> ms of <*> at <*>"},
      {"from 10.251.39.209:50010 to /10.251.1.2", "from <*>:<*> to <*>"},
      {"block blk_-5140072410813878235 of eth0", "block blk_<*> of eth<*>"},
      {"rhost=61-220-159-99.hinet-ip.hinet.net  user=root", "rhost=<*> user=root"},
      {"open /usr/lib/x.so and C:\\win\\y", "open <*> and C:<*>"},
      {"GET http://a.example.com:80/x?y=1, done", "GET <*>, done"},
      {"mac 00:11:43:e3:ba:c3 on fe80::1:2:3.", "mac <*> on <*>."},
      {"job attempt_1445144423722_0020_m_000001_0 ok", "job <*> ok"},
      {"token de9231d of b9000564-fe1a-409b-b8cc-1e88b294cd1d", "token <*> of <*>"},
      {"sizes 1, 2, 3 and 4,5 and 6 7 8", "sizes <*> and <*> and <*>"},
      {"delete blk_1 blk_2 blk_3", "delete blk_<*>"},
      {"sent 1143 bytes (1.11 KB), lifetime <1 sec", "sent <*> bytes, lifetime <*>"},
      {"at Sat Jul  9 12:16:49 2005", "at <*>"},
      {"com.example.app.Main of mail.example.org", "com.example.app.Main of <*>"},
      {"state SCREEN_ON, PS/2, workerEnv.init()", "state SCREEN_ON, PS/<*>, workerEnv.init()"},
      {"Displayed com.example/.Main: and/or HTTP/1.1", "Displayed <*>: and/or HTTP/<*>"},
      {"", ""},
      {" \t ", ""},
      {"\x1b[1;31m red\x07", "[<*> red"},
  };
  for (const auto& [message, text] : cases) CHECK(shown(message) == text);
}

TEST_CASE("an empty value has its place", "[rca][logs]") {
  rca::Shaper shaper;
  const std::string empty(shaper.shape_of("connection from 10.0.0.1 () at"));
  const std::string full(shaper.shape_of("connection from 10.0.0.1 (a.example.org) at"));
  CHECK(rca::tokens_of(empty).size() == rca::tokens_of(full).size());
  const std::string none(shaper.shape_of("logname= uid=0"));
  CHECK(rca::tokens_of(none).size() == 6);
  CHECK(rca::shape_text(none) == "logname= uid=<*>");
}

TEST_CASE("a word with one spelling shows it", "[rca][logs]") {
  rca::Shaper shaper;
  const std::string shape(shaper.shape_of("jk2_init() found child 7 by ssh2."));
  REQUIRE(shaper.spellings().size() == 2);
  CHECK(rca::shape_text(shape, {"jk2_init", "ssh2"}) == "jk2_init() found child <*> by ssh2.");
  CHECK(rca::shape_text(shape, {"", "ssh2"}) == "jk<*>_init() found child <*> by ssh2.");
}

TEST_CASE("the text of a shape has that shape", "[rca][logs]") {
  test::holds(
      [] {
        static const std::vector<std::string> pieces = {
            "user", "=",        " ",    "10.0.0.1", ":",   "80",
            ",",    "blk_",     "-7",   "(",        ")",   "<",
            ">",    "*",        "<*>",  "/var/log", ".",   "Jul",
            "9",    "12:01:02", "x2y3", "de9231d",  "é",   "\x01",
            "\n",   "1 sec",    "\"",   "http",     "://", "a.example.com",
            "[",    "]",        "'",    "KB",       "|",   "****"};
        std::string message;
        for (const auto i : *rc::gen::container<std::vector<std::size_t>>(
                 rc::gen::inRange<std::size_t>(0, pieces.size())))
          message += pieces[i];
        const auto once = shown(message);
        RC_LOG() << once;
        RC_ASSERT(shown(once) == once);
      },
      2000);
}
