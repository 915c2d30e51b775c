// Prints how well the ranking of changes finds the true one among decoys in generated incidents.
#include <cstdio>
#include <cstdlib>

#include "support/change_cases.hpp"

using namespace nines;
using namespace nines::test;

namespace {

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void print_changes(const char* what, const Ranks& ranks) {
  std::printf("%-36s %6zu  %.3f  %.3f  %.3f\n", what, ranks.ranks.size(), ranks.at(1), ranks.at(3),
              ranks.reciprocal());
}

void print_seeds(std::uint64_t first, const char* what) {
  constexpr std::size_t kSeeds = 8, kEach = 300, kCases = kSeeds * kEach;
  ChangeScore score;
  for (std::uint64_t seed = first; seed < first + kSeeds; ++seed) score_changes(seed, kEach, score);
  std::printf("seeds %llu to %llu, %s\n%-36s %6s  %5s  %5s  %5s\n",
              static_cast<unsigned long long>(first),
              static_cast<unsigned long long>(first + kSeeds - 1), what,
              "true change among 20 decoys", "cases", "top-1", "top-3", "MRR");
  print_changes("all", score.ranks);
  for (const auto& [distance, ranks] : score.by_distance)
    print_changes(("symptom " + std::to_string(distance) + " hops away").c_str(), ranks);
  std::printf("%-36s %6zu  %.3f\n", "verdict names it", kCases, share(score.answered, kCases));
  std::printf("%-36s %6zu  %.3f\n", "no causal change: a change is first", score.without,
              share(score.false_blame, score.without));
  std::printf("%-36s %6zu  %.3f\n\n", "no causal change: verdict names one", score.without,
              share(score.false_verdict, score.without));
}

}  // namespace

int main() {
  print_seeds(1, "on which the constants were chosen");
  print_seeds(11, "held back");
  return EXIT_SUCCESS;
}
