// Mistyped commands are answered with the one that was meant.
#include <sstream>

#include <catch2/catch.hpp>

#include "nines/command.hpp"

namespace nines::app {
namespace {

/// The words of a path with one slip of the fingers at `at`: 0 drops, 1 doubles, 2 swaps a letter.
std::string slip(std::string word, std::size_t at, int kind) {
  if (kind == 0) return word.erase(at, 1);
  if (kind == 1) return word.insert(at, 1, word[at]);
  if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
  return word;
}

std::string answer_to(std::vector<std::string> args) {
  std::istringstream in;
  std::ostringstream out, err;
  World world{.args = std::move(args),
              .env = {},
              .in = in,
              .out = out,
              .err = err,
              .clock = [] { return from_epoch_micros(0); },
              .cwd = "/"};
  return run_program(world) == 2 ? err.str() : "";
}

}  // namespace

TEST_CASE("nineteen of twenty typos are answered with the command that was meant") {
  int typos = 0, right = 0;
  std::string others;
  for (const auto& command : all_commands()) {
    const std::string path(command.path);
    if (path.starts_with("__")) continue;
    const auto space = path.rfind(' ');
    const auto last = space == std::string::npos ? path : path.substr(space + 1);
    for (std::size_t at = 1; at < last.size(); ++at) {
      const auto wrong = slip(last, at, static_cast<int>(at % 3));
      if (wrong == last) continue;
      std::vector<std::string> args;
      std::istringstream words(space == std::string::npos ? "" : path.substr(0, space));
      for (std::string word; words >> word;) args.push_back(word);
      args.push_back(wrong);
      const auto answer = answer_to(args);
      if (answer.empty())
        continue;  // the slip made another command, or an argument of a shorter one
      ++typos;
      if (answer.find("did you mean '" + path + "'") != std::string::npos)
        ++right;
      else
        others += path + " as '" + wrong + "': " + answer;
    }
  }
  REQUIRE(typos >= 60);
  INFO(others);
  CHECK(right * 20 >= typos * 19);
}

}  // namespace nines::app
