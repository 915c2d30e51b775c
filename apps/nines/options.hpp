// The typed layer over the command line parser: what a verb accepts, and what it was given.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/time.hpp"
#include "base/time_input.hpp"

namespace nines::app {

enum class OptionType { flag, text, path, integer, decimal, duration, instant, choice, list, raw };

struct OptionSpec {
  std::string name;  ///< long name without dashes, or the name of a positional
  char letter = 0;
  OptionType type = OptionType::text;
  std::string metavar;  ///< "FILE"
  std::string help;     ///< one sentence, lower case, no full stop
  std::vector<std::string> choices;
  std::optional<std::string> fallback;
  bool positional = false;
  bool required = false;
  bool repeated = false;
  std::string alias;    ///< a second long name: "format" for "output"
  bool hidden = false;  ///< accepted, but shown nowhere
};

struct Example {
  std::string command;  ///< runnable as it stands: "nines slo check slos/"
  std::string says;
};

/// Filled by a verb's `declare`; read by the parser, `--help`, the manual check and completion.
class Options {
 public:
  OptionSpec& flag(std::string name, std::string help);
  OptionSpec& text(std::string name, std::string metavar, std::string help);
  OptionSpec& path(std::string name, std::string metavar, std::string help);
  OptionSpec& integer(std::string name, std::string metavar, std::string help);
  OptionSpec& decimal(std::string name, std::string metavar, std::string help);
  OptionSpec& duration(std::string name, std::string help);
  OptionSpec& instant(std::string name, std::string help);
  OptionSpec& choice(std::string name, std::vector<std::string> choices, std::string help);
  /// Comma-separated words, repeatable.
  OptionSpec& list(std::string name, std::string metavar, std::string help);
  OptionSpec& positional(std::string name, std::string help);            ///< exactly one
  OptionSpec& positional_optional(std::string name, std::string help);   ///< none or one
  OptionSpec& positionals(std::string name, std::string help);           ///< any number
  OptionSpec& positionals_required(std::string name, std::string help);  ///< one or more
  /// Everything after the verb is text.
  OptionSpec& raw(std::string name, std::string help);

  void example(std::string command, std::string says);
  void about(std::string paragraph);  ///< a paragraph of `--help` and the manual
  void formats(std::initializer_list<std::string_view> names);  ///< what `-o` takes; default: all
  void see_also(std::string page);
  /// The verb writes and cannot say beforehand what: --dry-run is refused, never passed over.
  void no_dry_run() { no_dry_run_ = true; }

  const std::vector<OptionSpec>& specs() const { return specs_; }
  const std::vector<Example>& examples() const { return examples_; }
  const std::vector<std::string>& paragraphs() const { return about_; }
  const std::vector<std::string>& format_names() const { return formats_; }
  const std::vector<std::string>& pages() const { return see_also_; }
  bool refuses_dry_run() const { return no_dry_run_; }

 private:
  OptionSpec& add(OptionSpec spec);
  std::vector<OptionSpec> specs_;
  std::vector<Example> examples_;
  std::vector<std::string> about_;
  std::vector<std::string> formats_;
  std::vector<std::string> see_also_;
  bool no_dry_run_ = false;
};

/// The values a command line gave. Asking for a name that was not declared is an assertion.
class Arguments {
 public:
  bool flag(std::string_view name) const;
  std::optional<std::string> text(std::string_view name) const;  ///< also path and choice
  std::string required(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;
  std::optional<std::int64_t> integer(std::string_view name) const;
  std::optional<Decimal> decimal(std::string_view name) const;
  std::optional<Micros> duration(std::string_view name) const;
  /// Parses with the rules of the context (zone, now); throws Error{usage}.
  std::optional<TimeInput> instant(std::string_view name, const TimeInputRules& rules) const;
  bool given(std::string_view name) const;         ///< by the user: a fallback does not count
  bool declares(std::string_view name) const;      ///< whether asking for it is allowed
  std::size_t count(std::string_view name) const;  ///< how often a flag or option was given

  /// For the parser: what was given, or the fallback with `given` false.
  void put(std::string name, std::vector<std::string> values, bool given);

 private:
  struct Value {
    std::string name;
    std::vector<std::string> texts;
    bool given;
  };
  const Value& find(std::string_view name) const;
  const std::string* last(std::string_view name) const;
  std::vector<Value> values_;
};

struct ParsedLine {
  Arguments globals;
  Arguments args;
};

/// The command line without the words of the command: what stood before the last of them, and
/// after.
struct TokenList {
  std::vector<std::string> before;
  std::vector<std::string> after;
};

/// Reads `line` by the options of the command and the global ones. `path` names the command in
/// messages. Throws Error{usage} in our own words.
ParsedLine parse_tokens(std::string_view path, const Options& verb, const Options& globals,
                        const TokenList& line);

/// "[FILE...] [options]": what follows the words of a command.
std::string synopsis(const Options& verb);
/// "FILE" or "--since": how messages and help name it.
std::string display_name(const OptionSpec& spec);
bool takes_value(const OptionSpec& spec);

}  // namespace nines::app
