// A tiny HTTP endpoint on loopback: spools what is posted, one body a line, and serves one file.
//
//   receiver SPOOL METRICS PORT-FILE   POST appends the body to SPOOL; GET answers with METRICS
//   receiver --ports N                 prints N ports that are free now
//   receiver --get PORT PATH           prints the body of http://127.0.0.1:PORT/PATH
//   receiver --post PORT PATH FILE     the same, with the file's bytes as the body
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

[[noreturn]] void fail(const char* what) {
  std::perror(what);
  std::exit(1);
}

int listen_on_free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      listen(fd, 16) != 0)
    fail("cannot listen on loopback");
  return fd;
}

int port_of(int fd) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("getsockname");
  return ntohs(address.sin_port);
}

void send_all(int fd, const std::string& text) {
  std::size_t sent = 0;
  while (sent < text.size()) {
    const auto n = send(fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;
    sent += static_cast<std::size_t>(n);
  }
}

/// Head and body, as far as Content-Length says.
std::string read_request(int fd, std::string& body) {
  std::string bytes;
  char buffer[4096];
  std::size_t head_end = std::string::npos, length = 0;
  while (bytes.size() < (64u << 20)) {
    if (head_end == std::string::npos) {
      head_end = bytes.find("\r\n\r\n");
      if (head_end != std::string::npos) {
        head_end += 4;
        const auto at = bytes.find("Content-Length: ");
        if (at < head_end) length = std::strtoul(bytes.c_str() + at + 16, nullptr, 10);
      }
    }
    if (head_end != std::string::npos && bytes.size() >= head_end + length) break;
    const auto n = recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) return {};
    bytes.append(buffer, static_cast<std::size_t>(n));
  }
  body = bytes.substr(head_end, length);
  return bytes.substr(0, head_end);
}

bool spool(const char* file, std::string body) {
  for (auto& c : body)
    if (c == '\n' || c == '\r') c = ' ';
  body += '\n';
  const int fd = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  const bool kept =
      write(fd, body.data(), body.size()) == static_cast<ssize_t>(body.size()) && fsync(fd) == 0;
  close(fd);
  return kept;
}

std::string text_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void serve(const char* spool_file, const char* metrics_file, const char* port_file) {
  const int listener = listen_on_free_port();
  std::ofstream(port_file) << port_of(listener) << std::endl;
  for (;;) {
    const int fd = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    const timeval patience{5, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    std::string body;
    const auto head = read_request(fd, body);
    std::string answer;
    // What is answered with 200 is on disk.
    bool good = true;
    if (head.starts_with("POST "))
      good = spool(spool_file, std::move(body));
    else
      answer = text_of(metrics_file);
    send_all(fd, std::string("HTTP/1.1 ") + (good ? "200 OK" : "500 No") +
                     "\r\nContent-Type: text/plain\r\nContent-Length: " +
                     std::to_string(answer.size()) + "\r\nConnection: close\r\n\r\n" + answer);
    close(fd);
  }
}

void ask(int port, const std::string& path, const std::string* posted) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (fd < 0 || connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    fail("cannot connect");
  const std::string rest = " " + path + " HTTP/1.0\r\nHost: 127.0.0.1\r\n";
  if (posted == nullptr)
    send_all(fd, "GET" + rest + "\r\n");
  else
    send_all(fd, "POST" + rest + "Content-Length: " + std::to_string(posted->size()) +
                     "\r\n\r\n" + *posted);
  std::string bytes;
  char buffer[4096];
  for (ssize_t n = 0; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;)
    bytes.append(buffer, static_cast<std::size_t>(n));
  const auto end = bytes.find("\r\n\r\n");
  const bool good = bytes.find(" 200 ") < 16 || bytes.find(" 204 ") < 16;
  if (!good || end == std::string::npos) std::exit(1);
  std::fwrite(bytes.data() + end + 4, 1, bytes.size() - end - 4, stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--ports") == 0) {
    std::vector<int> held;
    for (int i = std::atoi(argv[2]); i > 0; --i) held.push_back(listen_on_free_port());
    for (const int fd : held) std::printf("%d\n", port_of(fd));
  } else if (argc == 4 && std::strcmp(argv[1], "--get") == 0) {
    ask(std::atoi(argv[2]), argv[3], nullptr);
  } else if (argc == 5 && std::strcmp(argv[1], "--post") == 0) {
    const auto body = text_of(argv[4]);
    ask(std::atoi(argv[2]), argv[3], &body);
  } else if (argc == 4) {
    serve(argv[1], argv[2], argv[3]);
  } else {
    return 2;
  }
  return 0;
}
