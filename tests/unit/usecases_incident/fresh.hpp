// A session over a store that a test makes for itself.
#pragma once

#include "unit/store/fixture.hpp"
#include "usecases/session.hpp"

namespace nines::test {

inline usecases::SessionOptions options_in(const TempFolder& folder, bool create = false) {
  usecases::SessionOptions options;
  options.db = folder / "nines.db";
  options.write = true;
  options.create = create;
  options.clock = test_clock;
  options.actor = "ada";
  options.command = "test";
  options.because = "a test";
  options.state_folder = folder / "state";
  return options;
}

inline usecases::Session fresh_session(const TempFolder& folder) {
  return usecases::Session::open(options_in(folder, true));
}

}  // namespace nines::test
