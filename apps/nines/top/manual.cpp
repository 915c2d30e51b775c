// Runs the hidden command with which the build writes the manual pages.
#include <ostream>

#include "nines/manual.hpp"
#include "nines/top/verbs.hpp"

namespace nines::app::top {

void declare_manual(Options& options) {
  auto& page = options.positional("page", "the page to write");
  page.choices = manual_page_names();
  options.formats({"text"});
  options.example("nines __manual nines | mandoc -l -", "read the manual page of the program");
  options.example("nines __manual nines-slo > nines-slo.1", "write the page of a family");
}

ExitCode run_manual(Context& context) {
  context.out << manual_page(all_commands(), context.args.required("page"));
  return ExitCode::done;
}

}  // namespace nines::app::top
