// What a program outside the project does with the library: open a store, use the answers, and
// catch what it throws.
#include <cstdio>

#include "base/error.hpp"
#include "base/json.hpp"
#include "usecases/session.hpp"

namespace {

nines::Instant now() { return nines::from_epoch_micros(1'795'424'040'000'000); }

}  // namespace

int main() {
  nines::usecases::SessionOptions options;
  options.db = "there/is/no/such/store.db";
  options.clock = now;
  try {
    nines::usecases::Session::open(options);
    return 1;
  } catch (const nines::Error& error) {
    nines::Json answer;
    answer.set("code", error.code()).set("at", nines::format_utc(now()));
    std::printf("%s\n", answer.dump().c_str());
    return error.kind() == nines::ExitCode::not_found ? 0 : 1;
  }
}
