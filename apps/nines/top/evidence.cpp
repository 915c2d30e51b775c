// Checkpoints and proofs on their way out.
#include "nines/top/evidence.hpp"

#include <fstream>
#include <ostream>

#include "base/error.hpp"

namespace nines::app::top {
namespace {

void write_file(const std::filesystem::path& path, const std::string& text) {
  if (std::filesystem::exists(path))
    throw Error(ExitCode::cannot_create, "'" + path.string() + "' exists already",
                "name another file", "FILE_EXISTS");
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file)
    throw Error(ExitCode::cannot_create, "cannot write '" + path.string() + "'",
                "check the folder and the free space");
}

}  // namespace

std::filesystem::path key_file_of(const Context& context) {
  const auto folder = config_folder(context.env);
  if (folder.empty())
    throw Error(ExitCode::config, "no place to look for a signing key",
                "set HOME or XDG_CONFIG_HOME", "NO_HOME");
  return folder / "signing-key";
}

void show_text(Context& context, const std::string& text, const render::Output& output) {
  if (const auto out = context.args.text("out")) {
    const auto path = context.resolve(*out);
    write_file(path, text);
    context.say("wrote " + *out);
  } else if (context.format() == render::Format::table ||
             context.format() == render::Format::wide) {
    context.out << text;
  } else {
    context.show(output);
  }
}

}  // namespace nines::app::top
