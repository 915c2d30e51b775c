// Sets each option that libcurl's defaults leave too open, and words how an exchange ended.
#include "engine/transfer.hpp"

#include <algorithm>
#include <new>

namespace nines::engine {
namespace {

constexpr long kConnectSeconds = 10;

/// Statuses that say "not now", and nothing about the question.
bool is_passing(long status) {
  return status == 408 || status == 425 || status == 429 || status == 500 || status == 502 ||
         status == 503 || status == 504;
}

/// Whether another try may end better: a wrong certificate stays wrong.
bool is_passing(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_SSL_CONNECT_ERROR:
      return true;
    default:
      return false;
  }
}

}  // namespace

Transfer::Transfer(const Request& request, const Settings& settings)
    : request_(request), handle_(curl_easy_init()) {
  if (!handle_) throw std::bad_alloc();
  CURL* h = handle_.get();
  curl_easy_setopt(h, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(h, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!settings.ca_file.empty()) curl_easy_setopt(h, CURLOPT_CAINFO, settings.ca_file.c_str());
  curl_easy_setopt(h, CURLOPT_PROXY, settings.proxy.c_str());
  curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(h, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(h, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(h, CURLOPT_USERAGENT, "nines/" NINES_VERSION);
  curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, &Transfer::take);
  curl_easy_setopt(h, CURLOPT_WRITEDATA, this);
  if (!request.body.empty()) {
    curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  // A server must not be waited for to allow a body of some kilobytes.
  headers_.reset(curl_slist_append(nullptr, "Expect:"));
  for (const auto& header : request.headers)
    headers_.reset(curl_slist_append(headers_.release(), header.c_str()));
  curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers_.get());
}

std::size_t Transfer::take(char* bytes, std::size_t one, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t size = one * count;
  // Announced sizes are not to be trusted, and chunked answers announce none.
  if (transfer.body_.size() + size > transfer.request_.limit) {
    transfer.too_large_ = true;
    return 0;
  }
  transfer.body_.append(bytes, size);
  return size;
}

std::string Transfer::problem_of(CURLcode code) const {
  if (code == CURLE_OK) return {};
  if (too_large_) return "the answer is larger than " + std::to_string(request_.limit) + " bytes";
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return "no whole answer within " + std::to_string(request_.timeout.count()) + " ms";
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
      return "the answer broke off";
    case CURLE_GOT_NOTHING:
      return "the connection was closed without an answer";
    case CURLE_PEER_FAILED_VERIFICATION:
      return "its certificate does not prove who it is";
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "the URL is neither http nor https";
    default:
      return curl_easy_strerror(code);
  }
}

Answer Transfer::finish(CURLcode code) {
  Answer answer;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  char* text = nullptr;
  if (curl_easy_getinfo(handle_.get(), CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text != nullptr)
    answer.type = text;
  if (curl_easy_getinfo(handle_.get(), CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text != nullptr)
    answer.location = text;
  curl_off_t wait = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &wait);
  answer.retry_after = std::chrono::seconds(std::clamp<curl_off_t>(wait, 0, 3600));
  answer.problem = problem_of(code);
  answer.again = !too_large_ && (code == CURLE_OK ? is_passing(answer.status) : is_passing(code));
  if (answer.problem.empty()) answer.body = std::move(body_);
  return answer;
}

}  // namespace nines::engine
