// A small generator of traffic with a story in it.
#include "usecases/setup/demo_data.hpp"

#include <array>
#include <iterator>

#include <fmt/core.h>
#include <fmt/format.h>

#include "base/split_mix.hpp"

namespace nines::usecases {
namespace {

using namespace std::chrono;

/// Portable, so that a seed means the same data everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t n) { return split_mix64(state_) % n; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  bool percent(std::uint64_t n) { return below(100) < n; }

 private:
  std::uint64_t state_;
};

struct Story {
  Instant vendor_outage, maintenance, deploy, weak_search;

  explicit Story(Day end)
      : vendor_outage(Instant{end} - days{40} + hours{9}),
        maintenance(Instant{end} - days{30} + hours{2}),
        deploy(Instant{end} - days{9} + hours{14}),
        weak_search(Instant{end} - days{3}) {}

  static bool within(Instant t, Instant start, minutes length) {
    return t >= start && t < start + length;
  }
  bool vendor_is_down(Instant t) const { return within(t, vendor_outage, 90min); }
  bool in_maintenance(Instant t) const { return within(t, maintenance, 60min); }
  bool deploy_is_bad(Instant t) const { return within(t, deploy, 45min); }
};

class Generator {
 public:
  Generator(std::uint64_t seed, Day end) : dice_(seed), story_(end) {}

  DemoData run(Day begin, Day end) {
    data_.checkout_csv = "time,service,status,latency_ms\n";
    data_.search_csv = "time,good,total\n";
    for (Instant t{begin}; t < Instant{end}; t += minutes{1}) {
      const auto hour = duration_cast<hours>(t - floor<days>(t)).count();
      const std::uint64_t busy = hour < 6 ? 25 : hour < 17 ? 70 : 100;
      if (dice_.percent(busy)) edge(t + seconds{dice_.below(60)}, t);
      if (dice_.percent(busy)) checkout(t + seconds{dice_.below(60)}, t);
      if (epoch_minute(t) % 5 == 0) search(t);
    }
    record(begin, end);
    return std::move(data_);
  }

 private:
  void edge(Instant t, Instant minute) {
    constexpr std::array kPaths{"/", "/books", "/search?q=nines", "/cart", "/help"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int status = dice_.one_in(500) ? 502 : dice_.percent(3) ? 404 : 200;
    if (story_.in_maintenance(minute) && dice_.percent(60)) status = 503;
    const auto day = floor<days>(t);
    const year_month_day date{day};
    const hh_mm_ss clock{floor<seconds>(t) - day};
    fmt::format_to(std::back_inserter(data_.edge_log),
                   "192.0.2.{} - - [{:02}/{}/{}:{:02}:{:02}:{:02} +0000] \"GET {} HTTP/1.1\" {} {} "
                   "\"-\" \"Mozilla/5.0\"\n",
                   dice_.below(250) + 1, static_cast<unsigned>(date.day()),
                   kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                   clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                   kPaths[dice_.below(kPaths.size())], status, 500 + dice_.below(20000));
  }

  void checkout(Instant t, Instant minute) {
    int status = dice_.one_in(330) ? 500 : 200;
    auto latency = 120 + dice_.below(180) + (dice_.percent(2) ? 700 : 0);
    if (story_.vendor_is_down(minute) && dice_.percent(45)) {
      status = 503;
      latency = 2000 + dice_.below(900);
    } else if (story_.deploy_is_bad(minute) && dice_.percent(30)) {
      status = 500;
      latency = 400 + dice_.below(900);
    } else if (story_.in_maintenance(minute) && dice_.percent(60)) {
      status = 503;
      latency = 20;
    }
    fmt::format_to(std::back_inserter(data_.checkout_csv), "{},checkout,{},{}\n", format_utc(t),
                   status, latency);
  }

  void search(Instant t) {
    const auto total = 20 + dice_.below(40);
    auto good = total - (dice_.one_in(50) ? 1 : 0);
    if (t >= story_.weak_search && dice_.percent(4)) good = total * 4 / 5;
    fmt::format_to(std::back_inserter(data_.search_csv), "{},{},{}\n", format_utc(t), good, total);
  }

  void record(Day begin, Day end) {
    for (Day day = begin + days{1}; day < end; day += days{4}) {
      const int number = static_cast<int>((day - begin).count());
      const auto start = Instant{day} + hours{14};
      data_.deploys.push_back(deploy(start, number));
    }
    data_.deploys.push_back(deploy(story_.deploy, kDemoDays));
    data_.maintenance.summary = "database upgrade";
    data_.maintenance.audience = "customers";
    data_.maintenance.announced_at = story_.maintenance - days{5};
    data_.maintenance.start = story_.maintenance;
    data_.maintenance.end = story_.maintenance + minutes{60};
  }

  static catalog::Change deploy(Instant start, int number) {
    catalog::Change change;
    change.service = "checkout";
    change.version = fmt::format("v1.{}.0", number);
    change.start = start;
    change.end = start + minutes{4};
    change.author = "pipeline";
    change.system = "ci";
    change.reference = fmt::format("run/{}", 8800 + number);
    return change;
  }

  Dice dice_;
  Story story_;
  DemoData data_;
};

}  // namespace

DemoData make_demo_data(std::uint64_t seed, Day end) {
  return Generator(seed, end).run(end - days{kDemoDays}, end);
}

}  // namespace nines::usecases
