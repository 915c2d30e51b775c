// What a program outside the project does with the library: use it, and catch what it throws.
#include <cstdio>

#include "base/error.hpp"

int main() {
  try {
    throw nines::Error(nines::ExitCode::not_found, "no store here", "make one with 'nines init'");
  } catch (const nines::Error& error) {
    std::printf("%s: %s\n", error.code().c_str(), error.what());
    return error.code() == "NOT_FOUND" ? 0 : 1;
  }
}
