// Runs a fuzz target over its seeds and mutations of them: TARGET CORPUS [RUNS [SECONDS]].
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mutate.hpp"
#include "targets.hpp"

namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kLeastSeeds = 20;
constexpr unsigned kHangSeconds = 5;  ///< generous, for loaded machines and sanitizers
constexpr const char* kCaseFile = "fuzz-case";

std::string current_case;  ///< what the signal handler saves

/// Saves the case that crashed or hung. Only calls that are safe in a signal handler.
void save_case(int signal) {
  if (FILE* file = std::fopen(kCaseFile, "wb"); file != nullptr) {
    std::fwrite(current_case.data(), 1, current_case.size(), file);
    std::fclose(file);
  }
  const char* what = signal == SIGALRM ? "hang" : "crash";
  std::fprintf(stderr, "replay: %s; the input is in '%s' of the working folder (%zu bytes)\n", what,
               kCaseFile, current_case.size());
  std::signal(signal, SIG_DFL);
  if (signal == SIGALRM) std::_Exit(1);
  std::raise(signal);
}

std::vector<std::string> read_seeds(const fs::path& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return seeds;
}

void try_case(const nines::fuzz::Target& target, std::string input) {
  current_case = std::move(input);
  alarm(kHangSeconds);
  target.run(reinterpret_cast<const std::uint8_t*>(current_case.data()), current_case.size());
  alarm(0);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto targets = nines::fuzz::targets();
  const auto target = std::find_if(targets.begin(), targets.end(),
                                   [&](const auto& one) { return one.name == argv[1]; });
  if (target == targets.end()) {
    std::fprintf(stderr, "replay: no target '%s'\n", argv[1]);
    return 2;
  }
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGALRM})
    std::signal(signal, save_case);
#ifndef __SANITIZE_ADDRESS__  // which reserves terabytes of addresses
  const rlimit memory{1U << 30, 1U << 30};
  setrlimit(RLIMIT_AS, &memory);
#endif
  if (fs::is_regular_file(argv[2])) {  // one saved case
    std::ifstream file(argv[2], std::ios::binary);
    try_case(*target, {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    return 0;
  }
  const long runs = argc > 3 ? std::atol(argv[3]) : 4000;
  const auto end = SteadyClock::now() + std::chrono::seconds(argc > 4 ? std::atol(argv[4]) : 3);
  const auto seeds = read_seeds(argv[2]);
  if (seeds.size() < kLeastSeeds) {
    std::fprintf(stderr, "replay: only %zu seeds in '%s'\n", seeds.size(), argv[2]);
    return 1;
  }
  for (const auto& seed : seeds) try_case(*target, seed);
  nines::fuzz::Dice dice(1);
  long done = 0;
  for (; done < runs && SteadyClock::now() < end; ++done)
    try_case(*target, nines::fuzz::mutate(seeds, dice));
  std::printf("%zu seeds, %ld mutations\n", seeds.size(), done);
  return 0;
}
