// A small HTTP server on loopback that answers as a test says, also wrongly: late, cut, without end.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace nines::tests {

struct FakeRequest {
  std::string line;  ///< "POST /api/v1/query_range HTTP/1.1"
  std::string head;  ///< with the line
  std::string body;

  bool asks(std::string_view path) const { return line.find(path) != std::string::npos; }
};

/// Bytes as they go out, then what happens to the connection.
struct FakeAnswer {
  std::string bytes;
  std::chrono::milliseconds stall{0};  ///< before the bytes
  bool endless = false;                ///< the bytes again and again, until the other side hangs up
};

inline FakeAnswer http(int status, std::string_view type, std::string_view body,
                       std::string_view more = {}) {
  return {"HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type) +
          "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
          std::string(more) + "\r\n" + std::string(body)};
}

class FakeEngine {
 public:
  using Handler = std::function<FakeAnswer(const FakeRequest&)>;

  /// `handler` is called from several threads.
  explicit FakeEngine(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) != 0 ||
        ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) != 0)
      throw std::runtime_error("cannot listen on loopback");
    port_ = ntohs(at.sin_port);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~FakeEngine() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    ::close(listener_);
    for (auto& thread : serving_) thread.join();
  }
  FakeEngine(const FakeEngine&) = delete;
  FakeEngine& operator=(const FakeEngine&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }
  /// Everything that was asked so far.
  std::vector<FakeRequest> requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return seen_;
  }
  int most_at_once() const { return most_; }

 private:
  void accept_all() {
    for (;;) {
      const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (connection < 0) return;
      serving_.emplace_back([this, connection] {
        serve(connection);
        ::close(connection);
      });
    }
  }

  static bool send_all(int connection, std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  static FakeRequest receive(int connection) {
    std::string text;
    char buffer[4096];
    std::size_t head = std::string::npos;
    std::size_t wanted = 0;
    while (head == std::string::npos || text.size() < head + 4 + wanted) {
      const auto got = ::recv(connection, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      text.append(buffer, static_cast<std::size_t>(got));
      if (head != std::string::npos) continue;
      head = text.find("\r\n\r\n");
      const auto length = text.find("Content-Length: ");
      if (head != std::string::npos && length < head) wanted = std::stoul(text.substr(length + 16));
    }
    FakeRequest request;
    request.line = text.substr(0, text.find("\r\n"));
    request.head = text.substr(0, head);
    if (head != std::string::npos) request.body = text.substr(head + 4);
    return request;
  }

  void count_in() {
    const int now = ++serving_now_;
    int most = most_;
    while (now > most && !most_.compare_exchange_weak(most, now)) {
    }
  }

  void serve(int connection) {
    const FakeRequest request = receive(connection);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      seen_.push_back(request);
    }
    count_in();
    const FakeAnswer answer = handler_(request);
    const auto until = std::chrono::steady_clock::now() + answer.stall;
    while (!stopping_ && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    --serving_now_;  // before the answer: who has it may ask anew at once
    while (send_all(connection, answer.bytes) && answer.endless && !stopping_) {
    }
  }

  Handler handler_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> serving_now_{0};
  std::atomic<int> most_{0};
  mutable std::mutex mutex_;
  std::vector<FakeRequest> seen_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

}  // namespace nines::tests
