// How much a test tries: a sample in `quick`, and everything that fits into minutes in `full`.
#pragma once

#include <cstdlib>

namespace nines::test {

/// `sample`, or `full` where NINES_FULL is set, as ctest does for tests labelled `full`.
inline int thorough(int sample, int full) {
  return std::getenv("NINES_FULL") != nullptr ? full : sample;
}

}  // namespace nines::test
