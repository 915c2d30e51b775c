// Services that a scraper reads while they run: counters by the clock, and the truth about them.
//
//   exporter PORT-FILE BEGIN   serves /CASE on loopback; traffic begins at BEGIN, in epoch
//   milliseconds exporter --truth           prints per case: name, bad events, all events, what
//   must be said
//                              of it, and how many events a process that dies may take along
//   exporter --burst           prints when the errors begin, in seconds after BEGIN
//
// Every case has 200 requests a second for two and a half minutes; for half a minute a fifth of
// them fails. What a scraper makes of that differs.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

namespace {

constexpr std::int64_t kEnd = 150'000;
constexpr std::int64_t kBurst = 45'000;
constexpr std::int64_t kBurstEnd = 75'000;

struct Count {
  std::int64_t bad = 0;
  std::int64_t total = 0;
};

/// What has happened in the first `ms` milliseconds.
Count until(std::int64_t ms) {
  ms = std::clamp<std::int64_t>(ms, 0, kEnd);
  return {std::clamp<std::int64_t>(ms - kBurst, 0, kBurstEnd - kBurst) / 25, ms / 5};
}

Count between(std::int64_t from, std::int64_t to) {
  const Count a = until(from), b = until(std::max(from, to));
  return {b.bad - a.bad, b.total - a.total};
}

std::string counters(const std::string& kind, const std::string& pod, Count count, bool late) {
  const auto line = [&](const char* code, std::int64_t value) {
    return "http_requests_total{case=\"" + kind + "\",pod=\"" + pod + "\",code=\"" + code + "\"} " +
           std::to_string(value) + "\n";
  };
  std::string text = line("200", count.total - count.bad);
  if (!late || count.bad > 0) text += line("500", count.bad);
  return text;
}

/// Pods of 40 s, each drained for its last 5: what it served by then is seen by some scrape.
constexpr std::int64_t kPod = 40'000;
constexpr std::int64_t kDrain = 5'000;

Count truth_of_churn() {
  Count all;
  for (std::int64_t from = 0; from < kEnd; from += kPod) {
    const Count c = between(from, from + kPod - kDrain);
    all.bad += c.bad;
    all.total += c.total;
  }
  return all;
}

/// The page of a case, or nothing while nobody answers.
std::string page_of(const std::string& kind, std::int64_t ms) {
  const bool out = ms >= kBurst - 5'000 && ms < kBurstEnd + 5'000;
  if (kind == "steady") return counters(kind, "a", until(ms), false);
  if (kind == "dies")
    return counters(kind, "a", ms < kBurstEnd ? until(ms) : between(kBurstEnd, ms), false);
  if (kind == "lost") return out ? "" : counters(kind, "a", until(ms), false);
  if (kind == "lost_restart" && !out)
    return counters(kind, "a", ms < kBurst ? until(ms) : between(kBurstEnd + 5'000, ms), false);
  if (kind == "churn") {
    const auto pod = std::clamp<std::int64_t>(ms, 0, kEnd - 1) / kPod;
    return counters(kind, "p" + std::to_string(pod),
                    between(pod * kPod, std::min(ms, pod * kPod + kPod - kDrain)), true);
  }
  return "";
}

void answer(int fd, std::int64_t begin) {
  char head[4096];
  const auto n = recv(fd, head, sizeof head - 1, 0);
  if (n <= 0) return;
  head[n] = 0;
  const std::string asked(head);
  const auto slash = asked.find('/');
  const auto past = asked.find_first_of(" ?", slash);
  if (slash == std::string::npos || past == std::string::npos) return;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  const auto page = page_of(asked.substr(slash + 1, past - slash - 1), now - begin);
  const auto text = std::string("HTTP/1.1 ") + (page.empty() ? "503 Away" : "200 OK") +
                    "\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: " +
                    std::to_string(page.size()) + "\r\nConnection: close\r\n\r\n" + page;
  send(fd, text.data(), text.size(), MSG_NOSIGNAL);
}

int serve(const char* port_file, std::int64_t begin) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener, 64) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    std::perror("cannot listen on loopback");
    return 1;
  }
  std::ofstream(port_file) << ntohs(address.sin_port) << std::endl;
  for (;;) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const timeval patience{1, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    answer(fd, begin);
    close(fd);
  }
}

void say_truth(const char* kind, Count count, const char* said) {
  std::printf("%s %lld %lld %s\n", kind, static_cast<long long>(count.bad),
              static_cast<long long>(count.total), said);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--truth") == 0) {
    say_truth("steady", until(kEnd), "- 0");
    say_truth("dies", until(kEnd), "restarts 2400");
    say_truth("lost", until(kEnd), "- 0");
    say_truth("lost_restart", until(kEnd), "restarts 8600");
    say_truth("churn", truth_of_churn(), "- 0");
  } else if (argc == 2 && std::strcmp(argv[1], "--burst") == 0) {
    std::printf("%lld\n", static_cast<long long>(kBurst / 1000));
  } else if (argc == 3) {
    return serve(argv[1], std::atoll(argv[2]));
  } else {
    return 2;
  }
  return 0;
}
