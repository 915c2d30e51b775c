// Any bytes read as the reviews of a request give one word per person, or an error with a hint.
#include <set>
#include <string>

#include "base/error.hpp"
#include "base/text.hpp"
#include "check.hpp"
#include "ingest/reviews.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace nines;
  try {
    const auto read = ingest::read_reviews({reinterpret_cast<const char*>(data), size}, "f");
    std::set<std::string> people;
    for (const auto& one : read.reviews) {
      fuzz::check(!one.login.empty() && one.login == escape_controls(one.login),
                  "a login is plain text");
      fuzz::check(people.insert(to_lower_ascii(one.login)).second, "each person says one thing");
      fuzz::check(one.url.empty() || one.url.starts_with("http"), "an address is one of the web");
      fuzz::check(one.commit.empty() || one.commit.size() >= 40, "a commit is named in full");
    }
  } catch (const Error& error) {
    fuzz::check(error.kind() == ExitCode::bad_data, "a refusal is bad data");
  }
  return 0;
}
