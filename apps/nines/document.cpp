// Writes a document where --out says.
#include "nines/document.hpp"

#include <fstream>
#include <ostream>

#include "base/error.hpp"

namespace nines::app {

void write_document(Context& context, std::string_view text) {
  const auto path = context.args.text("out");
  if (!path) {
    context.out << text;
    context.out.flush();
    if (!context.out) throw Error(ExitCode::io, "cannot write the output");
    return;
  }
  std::ofstream file(context.resolve(*path), std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file)
    throw Error(ExitCode::cannot_create, "cannot write '" + *path + "'",
                "name a file in a folder that exists");
  context.say("wrote " + *path);
}

}  // namespace nines::app
