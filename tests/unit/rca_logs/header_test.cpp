// Headers of many kinds of logs, found by one rule.
#include <catch2/catch.hpp>

#include "domain/rca/logs/header.hpp"

using namespace nines;

namespace {

struct HeaderCase {
  std::string_view what;
  std::vector<std::string_view> lines;
  std::string_view component;  ///< of the first line, as the message, the host and the level
  std::string_view message;
  std::string_view host;
  rca::LogLevel level;
};

using enum rca::LogLevel;

const HeaderCase kHeaders[] = {
    {"syslog",
     {"Dec 10 06:55:46 gate sshd[24200]: Invalid user amy from 10.0.0.1",
      "Dec 10 06:55:48 gate su(pam_unix)[21]: session opened for user news by (uid=0)",
      "Dec 10 06:55:48 gate kernel: Initializing CPU#0"},
     "sshd",
     "Invalid user amy from 10.0.0.1",
     "gate",
     unknown},
    {"name of two words before its process",
     {"Jul  1 09:03:11 mbp Microsoft Word[14463]: nothing found",
      "Jul  1 09:03:12 mbp kernel[0]: en0: link up", "Jul  1 09:03:12 mbp kernel[0]: en1: link up"},
     "Microsoft Word",
     "nothing found",
     "mbp",
     unknown},
    {"log4j with a thread",
     {"2015-10-18 18:01:47,978 INFO [main] org.example.AppMaster: Created for app_1",
      "2015-10-18 18:01:48,963 WARN [IPC handler 29 on 62270] org.example.Task: at 0.3"},
     "org.example.AppMaster",
     "Created for app_1",
     "",
     info},
    {"date and clock in digits",
     {"081109 203615 148 INFO dfs.DataNode$PacketResponder: 1 for block blk_3 terminating",
      "081109 203807 222 WARN dfs.DataNode: got blk_-7"},
     "dfs.DataNode$PacketResponder",
     "1 for block blk_3 terminating",
     "",
     info},
    {"bars",
     {"20171223-22:15:29:606|Step_LSC|30002312|onStandStepChanged 3579",
      "20171223-22:15:29:615|Step_Util|30002312|a|b"},
     "Step_LSC",
     "onStandStepChanged 3579",
     "",
     unknown},
    {"brackets",
     {"[Sun Dec 04 04:47:44 2005] [error] mod_jk child in state 6",
      "[Sun Dec 04 04:51:08 2005] [notice] [client 10.0.0.1] denied"},
     "",
     "mod_jk child in state 6",
     "",
     error},
    {"a program's name of one word or two before a dash",
     {"[10.30 16:49:06] chrome.exe - proxy:5070 close", "[10.30 16:49:06] a.exe *64 - x open"},
     "chrome.exe",
     "proxy:5070 close",
     "",
     unknown},
    {"labels and several times before the level",
     {"- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO parity "
      "error",
      "APP 1117838573 2005.06.03 R03-M1 2005-06-03-15.42.53.276129 R03-M1 RAS APP FATAL ciod: bad"},
     "KERNEL",
     "parity error",
     "R02-M1",
     info},
    {"logcat",
     {"03-17 16:13:38.811  1702  2395 D WindowManager: allDrawn= false",
      "03-17 16:13:38.819  1702  8671 I art     : sweep"},
     "WindowManager",
     "allDrawn= false",
     "",
     debug},
    {"aligned columns",
     {"2016-09-28 04:30:30, Info                  CBS    Loaded stack v6.1",
      "2016-09-28 04:30:31, Error                 CSI    00000001@2016 failed"},
     "CBS",
     "Loaded stack v6.1",
     "",
     info},
    {"request in brackets behind the class",
     {"api.log.1 2017-05-16 00:00:00.008 25746 INFO nova.wsgi [req-38 - -] 10.11.10.1 \"GET\"",
      "api.log.1 2017-05-16 00:00:04.500 2931 ERROR nova.compute [-] [instance: 3] gone"},
     "nova.wsgi",
     "10.11.10.1 \"GET\"",
     "",
     info},
    {"glog",
     {"I0102 15:04:05.000000   12345 file.go:123] starting",
      "W0102 15:04:06.000000   12345 other.go:9] slow"},
     "file.go",
     "starting",
     "",
     info},
    {"class at the end of the thread",
     {"2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:2181:FastLeaderElection@774] - out: "
      "3",
      "2015-07-29 19:13:17,524 - WARN  [ProcessThread(sid:3 cport:-1)::PrepRequest@476] - Got x"},
     "FastLeaderElection",
     "out: 3",
     "",
     info},
    {"a bracket around several fields",
     {"[2024-01-01T00:00:00Z INFO  app::module] one",
      "[2024-01-01T00:00:01Z WARN  app::other] two"},
     "app::module",
     "one",
     "",
     info},
};

}  // namespace

TEST_CASE("the header of a log is found from its lines", "[rca][logs]") {
  for (const auto& c : kHeaders) {
    INFO(c.what);
    const auto layout = rca::learn_header(c.lines);
    const auto parts = rca::split_line(layout, c.lines.front());
    CHECK(parts.headed);
    CHECK(parts.message == c.message);
    CHECK(parts.component == c.component);
    CHECK(parts.host == c.host);
    CHECK(parts.level == c.level);
    for (const auto line : c.lines) CHECK(rca::split_line(layout, line).time);
  }
}

TEST_CASE("a line without the header is all message", "[rca][logs]") {
  const std::vector<std::string_view> lines = {
      "2015-10-18 18:01:47,978 INFO a.B: failed", "java.io.IOException: gone",
      "\tat a.B.run(B.java:12)", "2015-10-18 18:01:47,978 INFO a.B: again"};
  const auto layout = rca::learn_header(lines);
  CHECK(rca::split_line(layout, lines[0]).message == "failed");
  const auto trace = rca::split_line(layout, lines[1]);
  CHECK_FALSE(trace.headed);
  CHECK(trace.message == lines[1]);
}

TEST_CASE("lines that name their fields are taken by the names", "[rca][logs]") {
  const std::vector<std::string_view> json = {
      R"({"level":"warn","ts":1700000000.5,"logger":"shop.Pay","msg":"slow \"x\" of 7","a":{"msg":1}})",
      R"({"level":"info", "ts":1700000001, "logger":"shop", "msg":"up", "tags":["a","}"]})"};
  auto layout = rca::learn_header(json);
  CHECK(layout.form == rca::LineForm::json);
  auto parts = rca::split_line(layout, json[0]);
  CHECK(parts.message == R"(slow \"x\" of 7)");
  CHECK(parts.component == "shop.Pay");
  CHECK(parts.level == warning);
  REQUIRE(parts.time);
  CHECK(parts.time->micros == 1'700'000'000'500'000);
  CHECK_FALSE(rca::split_line(layout, "{\"broken").headed);

  const std::vector<std::string_view> logfmt = {
      R"(time=2026-11-23T09:00:00Z level=error msg="cannot reach gateway" service=pay try=3)",
      R"(time=2026-11-23T09:00:01Z level=info msg=up service=web)"};
  layout = rca::learn_header(logfmt);
  CHECK(layout.form == rca::LineForm::logfmt);
  parts = rca::split_line(layout, logfmt[0]);
  CHECK(parts.message == "cannot reach gateway");
  CHECK(parts.component == "pay");
  CHECK(parts.level == error);
  CHECK(parts.time);
}

TEST_CASE("lines of the syslog protocol are taken by its order", "[rca][logs]") {
  const std::vector<std::string_view> lines = {
      R"(<165>1 2003-10-11T22:14:15.003Z gate app 42 ID47 [a@1 b="]\"" c="2"][d] it is up)",
      "<11>1 2003-10-11T22:14:16Z gate cron - - - \xEF\xBB\xBFit failed",
      R"(<34>1 - - - - - [a@1 b="c"])"};
  const auto layout = rca::learn_header(lines);
  CHECK(layout.form == rca::LineForm::syslog);
  const auto up = rca::split_line(layout, lines[0]);
  CHECK(up.message == "it is up");
  CHECK(up.component == "app");
  CHECK(up.host == "gate");
  CHECK(up.level == info);
  CHECK(up.time);
  const auto failed = rca::split_line(layout, lines[1]);
  CHECK(failed.message == "it failed");
  CHECK(failed.level == error);
  const auto data = rca::split_line(layout, lines[2]);
  CHECK(data.headed);
  CHECK(data.message == R"([a@1 b="c"])");
  CHECK(data.component.empty());
  CHECK_FALSE(data.time);
  for (const std::string_view other :
       {"no syslog", "<192>1 - - - - - -", "<34>1 today gate app - - - x", "<34>1 - - - - - [a",
        "<34>1 - - -"})
    CHECK_FALSE(rca::split_line(layout, other).headed);
}

TEST_CASE("a priority ahead of a line tells its level", "[rca][logs]") {
  const std::vector<std::string_view> lines = {"<34>Oct 11 22:14:15 gate su[7]: refused",
                                               "<30>Oct 11 22:14:16 gate cron[8]: done"};
  const auto layout = rca::learn_header(lines);
  const auto parts = rca::split_line(layout, lines[0]);
  CHECK(parts.message == "refused");
  CHECK(parts.component == "su");
  CHECK(parts.host == "gate");
  CHECK(parts.level == fatal);
  REQUIRE(parts.time);
  CHECK(parts.time->month == 10);
}

TEST_CASE("names of other loggers are known, and a time in an object of its own", "[rca][logs]") {
  const std::vector<std::string_view> lines = {
      R"({"t":{"$date":"2024-05-01T10:00:00Z"},"s":"W","c":"NETWORK","msg":"gone","attr":{"a":1}})",
      R"({"SeverityText":"ERROR","Timestamp":"2024-05-01T10:00:00Z","Body":"it broke"})",
      R"({"log":"from a container\n","stream":"stderr","time":"2024-05-01T10:00:00Z"})",
      R"({"log":"C:\\n","time":"2024-05-01T10:00:00Z"})"};
  const auto layout = rca::learn_header(lines);
  const auto part = [&](std::size_t line) { return rca::split_line(layout, lines[line]); };
  CHECK(part(0).message == "gone");
  CHECK(part(0).component == "NETWORK");
  CHECK(part(0).level == warning);
  CHECK(part(0).time);
  CHECK(part(1).message == "it broke");
  CHECK(part(1).level == error);
  CHECK(part(2).message == "from a container");
  CHECK(part(3).message == R"(C:\\n)");
}

TEST_CASE("lines that share nothing have no header", "[rca][logs]") {
  const std::vector<std::string_view> lines = {"apples are red", "the sea is blue today", "x"};
  CHECK(rca::learn_header(lines).steps.empty());
  CHECK(rca::learn_header({}).steps.empty());
  CHECK(rca::split_line({}, "").message.empty());
}
