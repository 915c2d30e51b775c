// Simulated services with known truth as a metrics engine would hold them, and the comparison of
// what nines measured with that truth.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/json.hpp"

namespace {

using nines::Json;

constexpr std::int64_t kScrape = 60;
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kDay = 24 * kHour;

struct Truth {
  std::int64_t bad = 0;
  std::int64_t total = 0;
};

/// One pod: counters that are scraped once a minute, at its own second.
class Pod {
 public:
  Pod(std::string name, std::int64_t scraped_at, bool zeroed)
      : name_(std::move(name)), scraped_at_(scraped_at), zeroed_(zeroed) {}

  void serve(double good, double bad, Truth& truth) {
    good_due_ += good;
    bad_due_ += bad;
    const auto g = static_cast<std::int64_t>(good_due_);
    const auto b = static_cast<std::int64_t>(bad_due_);
    good_due_ -= static_cast<double>(g);
    bad_due_ -= static_cast<double>(b);
    good_ += g;
    bad_ += b;
    truth.total += g + b;
    truth.bad += b;
  }
  void restart() { good_ = bad_ = 0; }

  void scrape(const std::string& kind, std::int64_t now, bool lost,
              std::map<std::string, std::vector<std::string>>& out, bool millis) const {
    if (lost || now % kScrape != scraped_at_) return;
    const auto sample = [&](const char* code, std::int64_t value) {
      const auto labels =
          "{case=\"" + kind + "\",code=\"" + code + "\",pod=\"" + name_ + "\"} ";
      out[labels].push_back(std::to_string(value) + " " + std::to_string(millis ? now * 1000 : now));
    };
    sample("200", good_);
    if (zeroed_ || bad_ > 0) sample("500", bad_);
  }

 private:
  std::string name_;
  std::int64_t scraped_at_;
  bool zeroed_;
  double good_due_ = 0, bad_due_ = 0;
  std::int64_t good_ = 0, bad_ = 0;
};

/// The cases that tools disagree about. `t` counts seconds from the start.
struct World {
  std::int64_t start;
  std::int64_t end;
  bool millis;
  std::map<std::string, std::vector<std::string>> lines;
  std::map<std::string, Truth> truths;

  void steady() {
    Pod pod("a", 7, true);
    for (auto t = start; t < end; ++t) {
      pod.serve(9.99, 0.01, truths["steady"]);
      pod.scrape("steady", t, false, lines, millis);
    }
  }
  /// Errors in bursts of 20 s; their series begins with the first, and the process is restarted
  /// daily in a quiet minute.
  void late_series() {
    Pod pod("a", 13, false);
    for (auto t = start; t < end; ++t) {
      const auto at = t - start;
      if (at % kDay == 3 * kHour + 1800) pod.restart();
      const bool burst = at % (3 * kHour) >= kHour && at % (3 * kHour) < kHour + 20;
      pod.serve(10, burst ? 5 : 0, truths["late"]);
      pod.scrape("late", t, false, lines, millis);
    }
  }
  /// The process dies at the end of each burst.
  void dies_in_burst() {
    Pod pod("a", 5, true);
    for (auto t = start; t < end; ++t) {
      const auto in_cycle = (t - start) % (6 * kHour);
      const bool burst = in_cycle >= kHour && in_cycle < kHour + 45;
      if (in_cycle == kHour + 45) pod.restart();
      pod.serve(10, burst ? 20 : 0, truths["dies"]);
      pod.scrape("dies", t, false, lines, millis);
    }
  }
  /// No scrape gets through while it fails; then it goes on, or is restarted.
  void lost_scrapes(const std::string& kind, bool restarted) {
    Pod pod("a", 21, true);
    for (auto t = start; t < end; ++t) {
      const auto in_cycle = (t - start) % (12 * kHour);
      const bool outage = in_cycle >= 2 * kHour && in_cycle < 2 * kHour + 600;
      if (restarted && in_cycle == 2 * kHour + 600) pod.restart();
      pod.serve(outage ? 5 : 10, outage ? 5 : 0, truths[kind]);
      pod.scrape(kind, t, outage, lines, millis);
    }
  }
  /// Three pods at a time, each for three hours; the series of errors begins late.
  void churn() {
    for (int lane = 0; lane < 3; ++lane)
      for (auto from = start - lane * kHour; from < end; from += 3 * kHour) {
        Pod pod("p" + std::to_string(lane) + "-" + std::to_string((from - start) / kHour + 100),
                (11 + lane * 17) % kScrape, false);
        Truth before;
        for (auto t = from; t < from + 3 * kHour && t < end; ++t) {
          const bool burst = (t / 600) % 4 == 1 && t % 600 < 60;
          pod.serve(5, burst ? 1 : 0.002, t < start ? before : truths["churn"]);
          if (t >= start) pod.scrape("churn", t, false, lines, millis);
        }
      }
  }
  /// Two hours before the end a good and a bad version come beside the old one.
  void canary() {
    struct Version {
      Pod pod;
      std::int64_t from;
      double good, bad;
    };
    const auto rollout = end - 2 * kHour;
    Version versions[] = {{Pod("old", 9, true), start, 19.98, 0.02},
                          {Pod("good", 23, true), rollout, 9.99, 0.01},
                          {Pod("bad", 37, true), rollout, 0.9, 0.1}};
    for (auto& version : versions)
      for (auto t = version.from; t < end; ++t) {
        version.pod.serve(version.good, version.bad, truths["canary"]);
        version.pod.scrape("canary", t, false, lines, millis);
      }
  }
};

/// What must be said of a case, and how many events its processes take along at most when they die:
/// what was not scraped yet.
const char* must_say(const std::string& name) {
  if (name == "dies") return "restarts 14400";
  if (name == "lost") return "gaps 0";
  return name == "lost_restart" ? "gaps,restarts 26400" : "- 0";
}

int generate(std::int64_t start, std::int64_t end, bool millis, const char* samples,
             const char* truth) {
  World world{start, end, millis, {}, {}};
  world.steady();
  world.late_series();
  world.dies_in_burst();
  world.lost_scrapes("lost", false);
  world.lost_scrapes("lost_restart", true);
  world.churn();
  world.canary();
  std::ofstream out(samples);
  if (!millis) out << "# TYPE http_requests counter\n";
  for (const auto& [labels, values] : world.lines)
    for (const auto& value : values) out << "http_requests_total" << labels << value << "\n";
  if (!millis) out << "# EOF\n";
  std::ofstream known(truth);
  for (const auto& [name, t] : world.truths)
    known << name << " " << t.bad << " " << t.total << " " << must_say(name) << "\n";
  return out && known ? 0 : 1;
}

/// Whether every reason of the list "gaps,restarts" is among what was said.
bool says(const std::string& said, const std::string& wanted) {
  if (wanted == "-") return true;
  std::size_t at = 0;
  while (at <= wanted.size()) {
    const auto comma = std::min(wanted.find(',', at), wanted.size());
    if (said.find(wanted.substr(at, comma - at)) == std::string::npos) return false;
    at = comma + 1;
  }
  return true;
}

/// Within half a per cent of the truth, or with the reason why not: the rule of this project. What
/// a process that died took along is the only thing that may be missing.
int compare(const char* truth, const char* measured) {
  std::ifstream in(measured);
  const auto json = Json::parse(std::string(std::istreambuf_iterator<char>(in), {}), measured);
  const Json& indicators =
      *json.find("data")->find("sources")->as_array().at(0).find("indicators");
  std::ifstream known(truth);
  std::string name, wanted;
  double bad = 0, total = 0, most = 0;
  int wrong = 0;
  std::printf("%-14s %9s %9s %8s %8s %9s  %s\n", "case", "true bad", "measured", "off", "of all",
              "watched", "said");
  while (known >> name >> bad >> total >> wanted >> most) {
    bool seen = false;
    for (const auto& one : indicators.as_array()) {
      if (one.find("slos")->as_array().at(0).as_string() != name) continue;
      seen = true;
      const double got = static_cast<double>(one.integer("total") - one.integer("good"));
      const double off = (got - bad) / bad;
      const double total_off = (static_cast<double>(one.integer("total")) - total) / total;
      const bool restarted = one.integer("resets") > 0;
      std::string said = restarted ? "restarts " : "";
      if (one.integer("gap_count") > 0) said += "gaps ";
      if (one.integer("born_series") > 0) said += "newcomers";
      const bool near = std::abs(off) <= 0.005 && std::abs(total_off) <= 0.005;
      const double lost = total - static_cast<double>(one.integer("total"));
      const bool died = restarted && off <= 0 && lost >= 0 && lost <= most && bad - got <= most;
      const bool right = (near || died) && says(said, wanted);
      std::printf("%-14s %9.0f %9.0f %+7.2f%% %+7.2f%% %8.3f%%  %s%s\n", name.c_str(), bad, got,
                  100 * off, 100 * total_off,
                  100 * (one.find("coverage")->is_number() ? one.find("coverage")->as_double() : 0),
                  said.c_str(), right ? "" : " WRONG");
      if (!right) ++wrong;
    }
    if (!seen) std::printf("%-14s was not measured\n", name.c_str());
    if (!seen) ++wrong;
  }
  return wrong;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string what = argc > 1 ? argv[1] : "";
    if (what == "generate" && argc == 7)
      return generate(std::atoll(argv[2]), std::atoll(argv[3]), std::string(argv[4]) == "ms",
                      argv[5], argv[6]);
    if (what == "compare" && argc == 4) return compare(argv[2], argv[3]) == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  std::fprintf(stderr, "usage: engine_cases generate START END s|ms SAMPLES TRUTH | compare TRUTH MEASURED\n");
  return 2;
}
