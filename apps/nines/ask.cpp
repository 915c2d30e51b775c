// Asks on standard error, so that standard output stays data.
#include "nines/ask.hpp"

#include <istream>
#include <ostream>

#include "base/text.hpp"

namespace nines::app {

std::optional<std::string> ask(Context& context, std::string_view question) {
  if (context.no_input()) return std::nullopt;
  context.err << escape_controls(question) << " " << std::flush;
  std::string line;
  if (!std::getline(context.in, line)) {
    context.err << "\n";
    return std::nullopt;
  }
  return std::string(trim(line));
}

}  // namespace nines::app
