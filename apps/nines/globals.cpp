// The list of global options and a scan for them that needs no parser.
#include "nines/globals.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::app {
namespace {

OptionSpec& letter(OptionSpec& spec, char c) {
  spec.letter = c;
  return spec;
}

Options make_globals() {
  Options o;
  letter(o.path("directory", "DIR", "work as if started in DIR"), 'C');
  o.path("db", "FILE", "use this store instead of looking for one");
  o.path("config", "FILE", "read this configuration instead of the layers");
  o.instant("as-of", "answer from what was known at TIME");
  o.instant("now", "take TIME as the present");
  o.text("tz", "ZONE", "read and show local times in ZONE");
  auto& fold = o.choice("fold", {"earlier", "later"},
                        "which one, for a local time that a clock change skips or repeats");
  fold.metavar = "WHICH";
  o.flag("allow-future", "take times that are still to come");
  letter(o.text("output", "FORMAT", "table, wide, json, jsonl, yaml, csv, tsv, md, html or name"),
         'o')
      .alias = "format";
  o.flag("json", "the same as -o json");
  o.list("fields", "A,B", "only these members of each row, in this order");
  o.text("sort", "FIELD", "order rows by a member; '-FIELD' turns it round");
  o.integer("limit", "N", "at most N rows");
  o.text("template", "TEXT", "a line per row, with its members in place of {{name}}");
  letter(o.flag("null", "end rows with NUL: with -o name, jsonl, tsv and --template"), 'z');
  o.flag("no-headers", "leave out the line of column titles");
  o.flag("csv-raw", "keep formulas and control bytes in cells");
  auto& color = o.choice("color", {"auto", "always", "never"}, "when to use colour");
  color.metavar = "WHEN";
  color.fallback = "auto";
  o.flag("ascii", "only ASCII characters in tables and plots");
  o.flag("plain", "for screen readers: no colour, no drawing characters, no cutting");
  o.flag("no-input", "never ask; fail where a question would be");
  letter(o.flag("yes", "answer yes to every question"), 'y');
  letter(o.flag("dry-run", "say what would change, and change nothing"), 'n');
  letter(o.flag("quiet", "only data and errors"), 'q');
  letter(o.flag("verbose", "say more of what is done"), 'v');
  o.flag("warnings-as-errors", "exit 1 when there are warnings");
  o.duration("lock-timeout", "how long to wait for a busy store, 5s unless set");
  letter(o.flag("help", "show examples and options"), 'h');
  return o;
}

const OptionSpec* find_long(std::string_view name) {
  for (const auto& spec : global_options().specs())
    if (spec.name == name || (!spec.alias.empty() && spec.alias == name)) return &spec;
  return nullptr;
}

const OptionSpec* find_letter(char c) {
  const auto& specs = global_options().specs();
  const auto found = std::ranges::find(specs, c, &OptionSpec::letter);
  return found == specs.end() ? nullptr : &*found;
}

Error unknown(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& spec : global_options().specs()) names.push_back("--" + spec.name);
  const std::vector<std::string_view> known(names.begin(), names.end());
  auto hint = did_you_mean_hint(name, known);
  if (hint.empty()) hint = "options of a command go after it: 'nines slo check --profile spec'";
  return Error(ExitCode::usage, "unknown option '" + name + "' before the command", hint,
               "UNKNOWN_OPTION");
}

}  // namespace

const Options& global_options() {
  static const Options options = make_globals();
  return options;
}

std::size_t global_width(const std::vector<std::string>& tokens, std::size_t at) {
  const auto& token = tokens[at];
  if (token.starts_with("--")) {
    const auto equals = token.find('=');
    const auto* spec = find_long(
        std::string_view(token).substr(2, equals == std::string::npos ? equals : equals - 2));
    if (spec == nullptr) throw unknown(token.substr(0, equals));
    return takes_value(*spec) && equals == std::string::npos ? 2 : 1;
  }
  for (std::size_t i = 1; i < token.size(); ++i) {
    const auto* spec = find_letter(token[i]);
    if (spec == nullptr) throw unknown(std::string("-") + token[i]);
    if (takes_value(*spec)) return i + 1 == token.size() ? 2 : 1;
  }
  return 1;
}

bool wants_json(const std::vector<std::string>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    if (token == "--") return false;
    if (token == "--json" || token == "-ojson" || token == "--output=json" ||
        token == "--format=json")
      return true;
    const bool names_format = token == "-o" || token == "--output" || token == "--format";
    if (names_format && i + 1 < tokens.size() && tokens[i + 1] == "json") return true;
  }
  return false;
}

}  // namespace nines::app
