// Writing mdoc: escaping, one sentence per line, lists and literal text.
#pragma once

#include <string>
#include <string_view>

namespace nines::app::mdoc {

/// A macro argument or a run of text, with nothing left that mdoc would take for its own.
std::string escaped(std::string_view text);
/// A paragraph as input lines: short, and a new one for each sentence.
std::string text(std::string_view paragraph);
std::string section(std::string_view title);
std::string subsection(std::string_view title);
std::string begin_list();
std::string end_list();
/// One item of a list: `head` is a macro line's arguments ("Fl -since Ar TIME"), `body` plain text.
std::string item(std::string_view head, std::string_view body);
/// Lines shown as they are.
std::string literal(std::string_view lines);

}  // namespace nines::app::mdoc
