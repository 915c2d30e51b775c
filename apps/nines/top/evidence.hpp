// What the audit verbs share: where the user's key is, and texts that must leave byte for byte.
#pragma once

#include <filesystem>
#include <string>

#include "nines/command.hpp"

namespace nines::app::top {

/// The signing key in the user's own configuration: $XDG_CONFIG_HOME/nines/signing-key.
std::filesystem::path key_file_of(const Context& context);

/// People and pipes get the text itself, other formats the data; `--out FILE` writes the text
/// there.
void show_text(Context& context, const std::string& text, const render::Output& output);

}  // namespace nines::app::top
