// Cuts the template once into text and holes, then fills it row by row.
#include "render/template.hpp"

#include <ostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "render/rows.hpp"

namespace nines::render {
namespace {

struct Piece {
  std::string text;
  bool hole = false;  ///< `text` is a member's path
};

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    const bool known = next == 't' || next == 'n' || next == '\\';
    out += !known ? text[i] : next == 't' ? '\t' : next == 'n' ? '\n' : '\\';
    if (known) ++i;
  }
  return out;
}

std::vector<Piece> cut(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const auto open = text.find("{{");
    pieces.push_back({unescaped(text.substr(0, open)), false});
    if (open == std::string_view::npos) break;
    const auto close = text.find("}}", open);
    if (close == std::string_view::npos)
      throw Error(ExitCode::usage, "'{{' in --template has no '}}'",
                  "write members as {{name}}, for example --template '{{name}}: {{verdict}}'",
                  "BAD_TEMPLATE");
    pieces.push_back({std::string(trim(text.substr(open + 2, close - open - 2))), true});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

}  // namespace

void write_template(std::ostream& out, const Json& data, std::string_view text) {
  const auto pieces = cut(text);
  const auto rows = rows_of(data);
  for (const auto& piece : pieces)
    if (piece.hole) require_member(rows, piece.text);
  for (const auto* row : rows) {
    for (const auto& piece : pieces) {
      const auto* value = piece.hole ? member_at(*row, piece.text) : nullptr;
      if (!piece.hole)
        out << piece.text;
      else if (value != nullptr)
        out << escape_controls(cell_text(*value));
    }
    out << '\n';
  }
}

}  // namespace nines::render
