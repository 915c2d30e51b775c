// The format of the golden test files: blocks of setup and commands with what they should print.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nines::golden {

struct Block {
  enum class Kind { comment, directive, command };
  Kind kind = Kind::comment;
  std::string line;               ///< as written: "@file a.yaml", "$ nines version"
  std::vector<std::string> body;  ///< of a file, or expected output; without the marks around it
};

/// Throws std::runtime_error with a line number on anything the format does not know.
std::vector<Block> read_case(std::string_view text);
std::string write_case(const std::vector<Block>& blocks);

/// Splits as a shell does with quotes and backslashes, without expanding anything.
std::vector<std::string> shell_words(std::string_view line);

/// One expected block: output, "! " error lines, "[exit N]".
std::vector<std::string> transcript(std::string_view out, std::string_view err, int exit_code);

}  // namespace nines::golden
