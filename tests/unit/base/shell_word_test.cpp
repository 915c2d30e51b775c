// A word that is copied from a hint reaches the program as it was.
#include "base/shell_word.hpp"

#include <catch2/catch.hpp>

#include "base/process.hpp"

namespace nines {

TEST_CASE("words that a shell would change are quoted, others are left", "[base]") {
  CHECK(shell_word("git:https://host/team.git") == "git:https://host/team.git");
  CHECK(shell_word("") == "''");
  for (const std::string text : {"postgres://db/nines?stream=a&sslmode=require", "it's", "a b",
                                 "$HOME", "`id`", "~", "#1", "a\\b", "!x", "*"}) {
    ProcessRequest request;
    request.argv = {"/bin/sh", "-c", "printf %s " + shell_word(text)};
    request.timeout = std::chrono::seconds{10};
    CHECK(run_process(request).output == text);
  }
}

}  // namespace nines
