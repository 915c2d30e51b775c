// Writes help for people: what to type first, then what each part means.
#include "nines/help.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "nines/globals.hpp"
#include "nines/route.hpp"

namespace nines::app {
namespace {

constexpr int kWidth = 80;

/// Breaks at spaces; every line after the first starts at `indent`.
std::string wrap(std::string_view text, int indent) {
  std::string out;
  int column = indent;
  for (const auto word : split(text, ' ')) {
    const int width = display_width(word);
    if (column > indent && column + 1 + width > kWidth) {
      out += "\n" + std::string(static_cast<std::size_t>(indent), ' ');
      column = indent;
    } else if (column > indent) {
      out += " ";
      ++column;
    }
    out += word;
    column += width;
  }
  return out;
}

std::string option_left(const OptionSpec& spec) {
  if (spec.positional) return "  " + spec.metavar + (spec.repeated ? "..." : "");
  std::string left = spec.letter != 0 ? std::string("  -") + spec.letter + ", " : "      ";
  left += "--" + spec.name;
  return spec.metavar.empty() ? left : left + " " + spec.metavar;
}

std::string option_right(const OptionSpec& spec) {
  std::string right = spec.help;
  if (!spec.choices.empty()) right += ": " + join(spec.choices, ", ");
  if (spec.fallback) right += " (default: " + *spec.fallback + ")";
  if (spec.repeated && !spec.positional && spec.type != OptionType::list)
    right += "; may be repeated";
  return right;
}

std::string option_rows(const Options& options, bool positional) {
  std::string rows;
  for (const auto& spec : options.specs())
    if (spec.positional == positional && !spec.hidden)
      rows += help_row(option_left(spec), option_right(spec), 26);
  return rows;
}

std::string example_rows(const std::vector<Example>& examples) {
  std::size_t widest = 0;
  for (const auto& example : examples) widest = std::max(widest, example.command.size());
  const int column = static_cast<int>(std::min<std::size_t>(widest, 40)) + 4;
  std::string rows;
  for (const auto& example : examples)
    rows += help_row("  " + example.command, example.says, column);
  return rows;
}

std::string command_rows(const std::vector<const Command*>& commands) {
  std::size_t widest = 0;
  for (const auto* command : commands) widest = std::max(widest, command->path.size());
  std::string rows;
  for (const auto* command : commands)
    rows +=
        help_row("  " + std::string(command->path), command->summary, static_cast<int>(widest) + 4);
  return rows;
}

std::string first_examples(const std::vector<const Command*>& commands) {
  std::vector<Example> examples;
  for (const auto* command : commands) {
    Options options;
    command->declare(options);
    if (!options.examples().empty()) examples.push_back(options.examples().front());
  }
  return examples.empty() ? "" : "Examples:\n" + example_rows(examples) + "\n";
}

/// Families get a section of their own; "audit verify" stands among the top-level commands.
bool is_family(std::string_view word) {
  constexpr std::string_view kFamilies[] = {"slo", "incident", "rca", "remediate", "report"};
  return std::ranges::find(kFamilies, word) != std::end(kFamilies);
}
}  // namespace

std::string help_row(std::string_view left, std::string_view right, int indent_right) {
  std::string row(left);
  const int used = display_width(left);
  if (used + 2 > indent_right) {
    row += "\n" + std::string(static_cast<std::size_t>(indent_right), ' ');
  } else {
    row += std::string(static_cast<std::size_t>(indent_right - used), ' ');
  }
  return row + wrap(right, indent_right) + "\n";
}

std::string globals_help() {
  return "Options of every command:\n" + option_rows(global_options(), false);
}

std::string overview_help(const std::vector<Command>& commands) {
  std::vector<const Command*> top;
  std::vector<std::pair<std::string, std::vector<const Command*>>> groups;
  for (const auto& command : commands) {
    if (command.is_hidden()) continue;
    const auto family = std::string(command.path.substr(0, command.path.find(' ')));
    if (!is_family(family)) {
      top.push_back(&command);
      continue;
    }
    auto group = std::ranges::find(groups, family, &decltype(groups)::value_type::first);
    if (group == groups.end()) group = groups.insert(groups.end(), {family, {}});
    group->second.push_back(&command);
  }
  std::string text = "nines: service level objectives in one local file\n\nExamples:\n";
  text += example_rows({{"nines demo", "build the example company and look around"},
                        {"nines init --from access.log", "start from a log you have"},
                        {"nines slo check slos/", "validate SLO files"},
                        {"nines slo status", "what each SLO says now"}});
  for (const auto& [family, members] : groups)
    text += "\n" + family + ":\n" + command_rows(members);
  text += "\nand:\n" + command_rows(top);
  text +=
      "\n'nines COMMAND --help' shows examples and options; topics: 'nines help exit-codes',\n"
      "'time', 'environment', 'formats', 'ids', 'options'.\n";
  return text;
}

std::string group_help(const std::vector<Command>& commands, std::string_view words) {
  const auto members = commands_under(commands, words);
  return first_examples(members) + "Commands of 'nines " + std::string(words) + "':\n" +
         command_rows(members) + "\n'nines " + std::string(members.front()->path) +
         " --help' shows one of them.\n";
}

std::string command_help(const Command& command) {
  Options options;
  command.declare(options);
  const std::string path(command.path);
  std::string text = "nines " + path + ": " + std::string(command.summary) + "\n\n";
  if (!options.examples().empty()) text += "Examples:\n" + example_rows(options.examples()) + "\n";
  const auto tail = synopsis(options);
  text += "Usage: nines " + path + (tail.empty() ? "" : " " + tail) + "\n";
  for (const auto& paragraph : options.paragraphs()) text += "\n" + wrap(paragraph, 0) + "\n";
  if (const auto rows = option_rows(options, true); !rows.empty()) text += "\nArguments:\n" + rows;
  if (const auto rows = option_rows(options, false); !rows.empty()) text += "\nOptions:\n" + rows;
  if (!options.format_names().empty())
    text += "\nFormats of -o: " + join(options.format_names(), ", ") + "\n";
  text +=
      "\nOptions of every command: 'nines help options'. Exit codes: 'nines help exit-codes'.\n";
  if (!options.pages().empty()) text += "See also: " + join(options.pages(), ", ") + "\n";
  return text;
}

}  // namespace nines::app
