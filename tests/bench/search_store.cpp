// Fills a store with texts whose words are as common as in real prose, and measures searches in it:
//
//   search_store fill COUNT DB   incidents of twenty texts of 66 words, over a thousand days
//   search_store ask DB LIMIT    a mix of 400 queries; exits 1 when their p95 is above LIMIT ms
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <string>
#include <vector>

#include "base/entropy.hpp"
#include "base/error.hpp"
#include "base/split_mix.hpp"
#include "store/incident_events.hpp"
#include "store/numbers.hpp"
#include "store/search.hpp"
#include "store/store.hpp"

namespace {

using namespace nines;

constexpr int kTextsEach = 20, kWordsEach = 66, kVocabulary = 20'000, kDays = 1000;
constexpr int kPerTransaction = 2000;
constexpr int kServices = 40;
const Instant kFirst = *parse_rfc3339("2024-01-01T00:00:00Z");

Instant now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

/// The word of a rank, commonest first: syllables that say nothing, three letters or more.
std::string word_of(int rank) {
  constexpr std::string_view kHeads = "bcdfghklmnprstvw", kVowels = "aeiou";
  std::uint64_t state = static_cast<std::uint64_t>(rank) + 1;
  std::string word;
  for (auto left = 2 + split_mix64(state) % 3; left > 0; --left) {
    const auto bits = split_mix64(state);
    word += kHeads[bits % kHeads.size()];
    word += kVowels[bits / 16 % kVowels.size()];
  }
  return word + std::to_string(rank % 9);
}

/// Ranks by Zipf's law.
class Prose {
 public:
  Prose() {
    double sum = 0;
    for (int rank = 0; rank < kVocabulary; ++rank) {
      words_.push_back(word_of(rank));
      upto_.push_back(sum += 1.0 / (rank + 1));
    }
  }
  std::string words(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      const double at =
          static_cast<double>(split_mix64(state_) >> 11U) / 9007199254740992.0 * upto_.back();
      const auto place = std::lower_bound(upto_.begin(), upto_.end(), at) - upto_.begin();
      text += (i > 0 ? " " : "") + words_[static_cast<std::size_t>(place)];
    }
    return text;
  }
  const std::string& word(std::size_t rank) const { return words_[rank]; }

 private:
  std::vector<std::string> words_;
  std::vector<double> upto_;
  std::uint64_t state_ = 7;
};

store::Store open_store(const char* path, store::Mode mode) {
  store::StoreOptions options;
  options.path = path;
  options.mode = mode;
  options.clock = now;
  return store::Store(options);
}

void fill(const char* path, int count) {
  auto store = open_store(path, store::Mode::write);
  SystemEntropy entropy;
  Prose prose;
  for (int done = 0; done < count;) {
    store::Transaction tx(store, "ada", "benchmark", std::nullopt);
    for (int i = 0; i < kPerTransaction && done < count; i += kTextsEach, done += kTextsEach) {
      incident::Incident head;
      head.uid = Uid::make(now(), entropy);
      head.title = prose.words(6);
      head.severity = static_cast<incident::Severity>(1 + done / kTextsEach % 5);
      head.services = {"service-" + std::to_string(done / kTextsEach % kServices)};
      head.opened_at =
          kFirst + std::chrono::minutes{static_cast<std::int64_t>(done) * kDays * 1440 / count};
      tx.append(store::incident_opened(head, store::take_number(store.db(), "INC")));
      for (int line = 1; line < kTextsEach; ++line) {
        incident::Entry entry;
        entry.uid = Uid::make(now(), entropy);
        entry.number = line;
        entry.text = prose.words(kWordsEach);
        entry.when.at = entry.recorded_at = head.opened_at + std::chrono::minutes{line};
        tx.append(store::incident_entry_added(head.uid, entry));
      }
    }
    tx.commit();
  }
}

struct Asked {
  const char* kind;
  std::string text;
  store::SearchScope scope = {};
};

/// What people look for: mostly two or three words that say something, now and then a careless one.
std::vector<Asked> mix(const Prose& prose) {
  std::vector<Asked> queries;
  std::uint64_t state = 11;
  const auto rank = [&](int low, int high) {
    const auto share = static_cast<double>(split_mix64(state) >> 11U) / 9007199254740992.0;
    return static_cast<std::size_t>(low * std::pow(static_cast<double>(high) / low, share));
  };
  for (int i = 0; i < 20; ++i) {
    for (int k = 0; k < 7; ++k)
      queries.push_back(
          {"two words", prose.word(rank(20, 3000)) + " " + prose.word(rank(20, 3000))});
    for (int k = 0; k < 4; ++k) queries.push_back({"rare word", prose.word(rank(2000, 19999))});
    for (int k = 0; k < 2; ++k) queries.push_back({"middling word", prose.word(rank(20, 500))});
    queries.push_back({"commonest words", prose.word(static_cast<std::size_t>(i % 5))});
    queries.push_back({"two common words", prose.word(rank(1, 9)) + " " + prose.word(rank(1, 9))});
    queries.push_back(
        {"phrase", "\"" + prose.word(rank(5, 200)) + " " + prose.word(rank(5, 200)) + "\""});
    queries.push_back({"beginning, 3 letters", prose.word(rank(5, 500)).substr(0, 3) + "*"});
    queries.push_back({"beginning, 4 letters", prose.word(rank(20, 2000)).substr(0, 4) + "*"});
    queries.push_back({"of a service",
                       prose.word(rank(20, 500)),
                       {.service = "service-" + std::to_string(i % kServices)}});
    queries.push_back({"of a severity", prose.word(rank(5, 500)), {.severities = {"SEV-1"}}});
  }
  return queries;
}

/// Milliseconds that this thread computed: what the wall clock shows on a quiet machine.
double cpu_now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto place =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(place, 1) - 1];
}

bool ask(const char* path, double limit) {
  auto store = open_store(path, store::Mode::read);
  const Prose prose;
  std::map<std::string, std::vector<double>> times, cpu_times;
  std::map<std::string, std::pair<std::uint64_t, int>> found;
  std::vector<double> all, computed;
  for (const bool warm : {true, false})
    for (const auto& one : mix(prose)) {
      const auto begin = std::chrono::steady_clock::now();
      const auto cpu = cpu_now();
      const auto answer = store::search_texts(
          store, {.expression = *store::search_expression(one.text), .scope = one.scope});
      const std::chrono::duration<double, std::milli> took =
          std::chrono::steady_clock::now() - begin;
      if (warm) continue;
      times[one.kind].push_back(took.count());
      all.push_back(took.count());
      computed.push_back(cpu_now() - cpu);
      cpu_times[one.kind].push_back(computed.back());
      auto& [matches, by_time] = found[one.kind];
      matches += answer.matches;
      by_time += answer.by_time ? 1 : 0;
    }
  for (const auto& [kind, some] : times)
    std::printf("%-22s median %7.2f ms, p95 %7.2f ms; CPU %7.2f and %7.2f ms; %d of %zu by time\n",
                kind.c_str(), quantile(some, 0.5), quantile(some, 0.95),
                quantile(cpu_times[kind], 0.5), quantile(cpu_times[kind], 0.95), found[kind].second,
                some.size());
  const auto p95 = quantile(all, 0.95);
  std::printf("%-22s median %7.2f ms, p95 %7.2f ms, worst %.2f ms (promise: p95 below %g ms)\n",
              "the mix", quantile(all, 0.5), p95, quantile(all, 1), limit);
  std::printf("%-22s median %7.2f ms, p95 %7.2f ms\n", "its CPU", quantile(computed, 0.5),
              quantile(computed, 0.95));
  return p95 < limit;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string what = argc == 4 ? argv[1] : "";
  try {
    if (what == "fill") {
      fill(argv[3], std::atoi(argv[2]));
      return 0;
    }
    if (what == "ask") return ask(argv[2], std::atof(argv[3])) ? 0 : 1;
  } catch (const nines::Error& error) {
    std::fprintf(stderr, "search_store: %s\n", error.what());
    return 1;
  }
  std::fputs("usage: search_store fill COUNT DB | ask DB LIMIT\n", stderr);
  return 2;
}
