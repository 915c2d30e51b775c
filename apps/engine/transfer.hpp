// One HTTP exchange by libcurl: bounded in size and time, verified, never redirected.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace nines::engine {

/// What one exchange asks, as it came on standard input.
struct Request {
  std::string url;
  std::string body;  ///< posted as a form when not empty, else the method is GET
  std::vector<std::string> headers;  ///< "Name: value"; may hold a credential
  std::chrono::milliseconds timeout{30'000};
  std::size_t limit = std::size_t{16} << 20;  ///< bytes of the answer's body
  int tries = 4;
};

/// What all exchanges share.
struct Settings {
  std::string ca_file;  ///< instead of the system's; verification itself cannot be turned off
  std::string proxy;    ///< empty: none, whatever the environment says
};

/// How it ended. `problem` is empty when a whole answer came, whatever its status.
struct Answer {
  long status = 0;
  std::string type;
  std::string location;  ///< of a redirect, which is not followed
  std::string body;
  std::string problem;
  bool again = false;  ///< another try may end better
  std::chrono::seconds retry_after{0};
};

/// Movable between tries, not between threads. `request` and `settings` must outlive it.
class Transfer {
 public:
  Transfer(const Request& request, const Settings& settings);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return handle_.get(); }
  /// The answer, once curl says that the exchange has ended with `code`.
  Answer finish(CURLcode code);

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  static std::size_t take(char* bytes, std::size_t one, std::size_t count, void* self);
  std::string problem_of(CURLcode code) const;

  const Request& request_;
  std::unique_ptr<CURL, Free> handle_;
  std::unique_ptr<curl_slist, Free> headers_;
  std::string body_;
  bool too_large_ = false;
};

}  // namespace nines::engine
