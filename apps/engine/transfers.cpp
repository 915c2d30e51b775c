// The loop over curl's multi interface: what runs, what waits for its next try, what has ended.
#include "engine/transfers.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <random>

namespace nines::engine {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kFirstWait{250};
constexpr milliseconds kLongestWait{30'000};

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

class Run {
 public:
  Run(const Plan& plan, const std::function<void(Done&&)>& done)
      : plan_(plan), done_(done), multi_(curl_multi_init()), end_(Clock::now() + plan.deadline) {
    if (!multi_) throw std::bad_alloc();
    for (std::size_t i = 0; i < plan.requests.size(); ++i) waiting_.push_back({i, 0, Clock::now()});
  }
  ~Run() {
    for (const auto& running : running_)
      curl_multi_remove_handle(multi_.get(), running.transfer->handle());
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void all() {
    while (!waiting_.empty() || !running_.empty()) {
      begin_what_may();
      int still = 0;
      curl_multi_perform(multi_.get(), &still);
      collect();
      if (!running_.empty() || !waiting_.empty())
        curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(pause().count()), nullptr);
    }
  }

 private:
  struct Waiting {
    std::size_t index;
    int tried;
    Clock::time_point from;
  };
  struct Running {
    std::size_t index;
    int tried;
    std::unique_ptr<Transfer> transfer;
  };

  void begin_what_may() {
    for (std::size_t i = 0; i < waiting_.size();) {
      if (running_.size() >= static_cast<std::size_t>(plan_.parallel)) return;
      if (waiting_[i].from > Clock::now()) {
        ++i;
        continue;
      }
      const Waiting next = waiting_[i];
      waiting_.erase(waiting_.begin() + static_cast<std::ptrdiff_t>(i));
      Running running{next.index, next.tried + 1,
                      std::make_unique<Transfer>(plan_.requests[next.index], plan_.settings)};
      curl_multi_add_handle(multi_.get(), running.transfer->handle());
      running_.push_back(std::move(running));
    }
  }

  /// Until something may begin; curl wakes us for what runs.
  milliseconds pause() const {
    milliseconds shortest{1000};
    if (running_.size() >= static_cast<std::size_t>(plan_.parallel)) return shortest;
    for (const auto& waiting : waiting_)
      shortest = std::min(shortest, std::chrono::ceil<milliseconds>(waiting.from - Clock::now()));
    return std::max(shortest, milliseconds{0});
  }

  void collect() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      const auto at = std::find_if(running_.begin(), running_.end(), [&](const Running& r) {
        return r.transfer->handle() == message->easy_handle;
      });
      curl_multi_remove_handle(multi_.get(), at->transfer->handle());
      const Running ended = std::move(*at);
      running_.erase(at);
      finish(ended, ended.transfer->finish(code));
    }
  }

  void finish(const Running& ended, Answer answer) {
    const Request& request = plan_.requests[ended.index];
    if (answer.again && ended.tried < request.tries) {
      const auto wait = wait_before(ended.tried, answer);
      if (answer.retry_after <= kLongestWait && Clock::now() + wait + request.timeout <= end_) {
        waiting_.push_back({ended.index, ended.tried, Clock::now() + wait});
        return;
      }
    }
    done_({ended.index, ended.tried, std::move(answer)});
  }

  /// Doubled each time and scattered, so that many askers do not come back together; what the
  /// server asks for is kept to.
  milliseconds wait_before(int tried, const Answer& answer) {
    const auto base = std::min(kLongestWait, kFirstWait * (1 << std::min(tried - 1, 7)));
    std::uniform_real_distribution<double> share(0.5, 1.0);
    const milliseconds own{static_cast<milliseconds::rep>(
        static_cast<double>(base.count()) * share(random_))};
    return std::max(own, milliseconds(answer.retry_after));
  }

  const Plan& plan_;
  const std::function<void(Done&&)>& done_;
  std::unique_ptr<CURLM, FreeMulti> multi_;
  Clock::time_point end_;
  std::vector<Waiting> waiting_;
  std::vector<Running> running_;
  std::minstd_rand random_{std::random_device{}()};
};

}  // namespace

void run(const Plan& plan, const std::function<void(Done&&)>& done) { Run(plan, done).all(); }

}  // namespace nines::engine
