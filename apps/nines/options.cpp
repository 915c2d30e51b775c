// The one unit that knows the parser package: our option lists in, checked values or our words out.
#include "nines/options.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/text.hpp"

namespace nines::app {
namespace {

/// One declared option with the parser's handle on it.
struct Slot {
  const OptionSpec* spec;
  bool global;
  CLI::Option* handle;  ///< null when the verb has an option of that name
};

Error usage(std::string what, std::string hint, std::string code = "USAGE") {
  return Error(ExitCode::usage, std::move(what), std::move(hint), std::move(code));
}

std::string see_help(std::string_view path) {
  return "'nines " + std::string(path) + " --help' shows what it takes";
}

/// A verb's own options win over a global's short letter, alias, or whole name.
bool taken(const std::vector<Slot>& slots, const std::string& name) {
  return std::ranges::any_of(slots, [&](const Slot& slot) {
    return slot.spec->name == name || slot.spec->alias == name ||
           (name.size() == 1 && slot.spec->letter == name[0]);
  });
}

std::string parser_name(const OptionSpec& spec, const std::vector<Slot>& slots) {
  if (spec.positional) return spec.name;
  std::string name = "--" + spec.name;
  if (spec.letter != 0 && !taken(slots, std::string(1, spec.letter)))
    name = std::string("-") + spec.letter + "," + name;
  if (!spec.alias.empty() && !taken(slots, spec.alias)) name += ",--" + spec.alias;
  return name;
}

CLI::Option* add_to(CLI::App& app, const OptionSpec& spec, const std::vector<Slot>& slots) {
  const auto name = parser_name(spec, slots);
  if (spec.type == OptionType::flag) return app.add_flag(name);
  auto* option = app.add_option(name);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  if (spec.positional && spec.repeated) option->expected(-1);
  if (!spec.positional) option->allow_extra_args(false);
  return option;
}

std::vector<Slot> add_all(CLI::App& app, const Options& verb, const Options& globals) {
  std::vector<Slot> slots;
  for (const auto& spec : verb.specs())
    if (spec.type != OptionType::raw) slots.push_back({&spec, false, add_to(app, spec, slots)});
  for (const auto& spec : globals.specs())
    slots.push_back({&spec, true, taken(slots, spec.name) ? nullptr : add_to(app, spec, slots)});
  return slots;
}

std::string missing_value_hint(const OptionSpec& spec) {
  if (!spec.choices.empty()) return "one of: " + join(spec.choices, ", ");
  return "write '--" + spec.name + " " + spec.metavar + "'";
}

/// The parser stops at the first thing it cannot read; we say which option it was about.
Error translate(const CLI::ParseError& error, const std::vector<Slot>& slots,
                std::string_view path) {
  const std::string_view text = error.what();
  for (const auto& slot : slots) {
    const auto name = "--" + slot.spec->name;
    const auto where = text.find(name);
    if (where == std::string_view::npos) continue;
    const auto end = where + name.size();
    if (end < text.size() &&
        (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '-'))
      continue;
    if (slot.spec->type == OptionType::flag)
      return usage("option '" + name + "' takes no value", see_help(path), "UNEXPECTED_VALUE");
    return usage("option '" + name + "' needs a value", missing_value_hint(*slot.spec),
                 "MISSING_VALUE");
  }
  return usage("the command line cannot be read", see_help(path));
}

Error unknown_option(const std::string& token, const std::vector<Slot>& slots,
                     std::string_view path) {
  const auto name = token.substr(0, token.find('='));
  std::vector<std::string> names;
  for (const auto& slot : slots) {
    if (slot.spec->positional || slot.spec->hidden) continue;
    names.push_back("--" + slot.spec->name);
    if (!slot.spec->alias.empty()) names.push_back("--" + slot.spec->alias);
  }
  const std::vector<std::string_view> known(names.begin(), names.end());
  auto hint = did_you_mean_hint(name, known);
  return usage("unknown option '" + name + "'", hint.empty() ? see_help(path) : hint,
               "UNKNOWN_OPTION");
}

void refuse_extras(const CLI::App& app, const std::vector<Slot>& slots, std::string_view path) {
  const auto extras = app.remaining();
  const auto is_option = [](const std::string& token) {
    return token.size() > 1 && token[0] == '-' && token != "--";
  };
  const auto option = std::ranges::find_if(extras, is_option);
  if (option != extras.end()) throw unknown_option(*option, slots, path);
  for (const auto& extra : extras) {
    if (extra == "--") continue;
    throw usage("unexpected argument '" + extra + "'", see_help(path), "UNEXPECTED_ARGUMENT");
  }
}

bool is_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

void check_value(const OptionSpec& spec, const std::string& text) {
  const auto refuse = [&](const std::string& wanted, std::string hint) {
    return usage("'" + text + "' is no " + wanted + " for " + display_name(spec), std::move(hint),
                 "BAD_VALUE");
  };
  if (spec.type == OptionType::integer && !is_integer(text))
    throw refuse("whole number", "digits only, for example '10'");
  if (spec.type == OptionType::decimal && !Decimal::parse(text))
    throw refuse("number", "a decimal number, for example '99.9'");
  if (spec.type == OptionType::duration && !parse_duration(text))
    throw refuse("duration", "numbers with units s, m, h, d, w, for example '1h30m'");
  if (spec.choices.empty() || std::ranges::find(spec.choices, text) != spec.choices.end()) return;
  const std::vector<std::string_view> known(spec.choices.begin(), spec.choices.end());
  auto hint = did_you_mean_hint(text, known);
  throw refuse("value", (hint.empty() ? "" : hint + " ") + "one of: " + join(spec.choices, ", "));
}

std::vector<std::string> split_list(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const auto& text : texts)
    for (const auto word : split(text, ','))
      if (!trim(word).empty()) words.emplace_back(trim(word));
  return words;
}

void put_value(const Slot& slot, Arguments& into, std::string_view path) {
  const auto& spec = *slot.spec;
  if (slot.handle == nullptr) {
    into.put(spec.name, {}, false);
    return;
  }
  if (spec.type == OptionType::flag) {
    std::vector<std::string> set(slot.handle->count(), "true");
    const bool given = !set.empty();
    into.put(spec.name, std::move(set), given);
    return;
  }
  auto texts = slot.handle->results();
  if (texts.size() > 1 && !spec.repeated && !slot.global)
    throw usage(
        "option '" + display_name(spec) + "' is given " + std::to_string(texts.size()) + " times",
        "keep one of them", "GIVEN_TWICE");
  if (spec.type == OptionType::list) texts = split_list(texts);
  const bool given = !texts.empty();
  if (!given && spec.required)
    throw usage("missing " + display_name(spec), see_help(path), "MISSING_ARGUMENT");
  if (!given && spec.fallback) texts = {*spec.fallback};
  for (const auto& text : texts) check_value(spec, text);
  into.put(spec.name, std::move(texts), given);
}

/// A verb that takes raw text reads everything after it as that text, up to a "--".
std::vector<std::string> take_raw(const Options& verb, const TokenList& line, Arguments& into,
                                  std::string_view path) {
  auto tokens = line.before;
  const auto raw = std::ranges::find(verb.specs(), OptionType::raw, &OptionSpec::type);
  if (raw == verb.specs().end()) {
    tokens.insert(tokens.end(), line.after.begin(), line.after.end());
    return tokens;
  }
  const auto dashes = std::ranges::find(line.after, "--");
  std::vector<std::string> text(line.after.begin(), dashes);
  if (dashes != line.after.end()) tokens.insert(tokens.end(), dashes + 1, line.after.end());
  if (text.empty() && raw->required)
    throw usage("missing " + raw->metavar, see_help(path), "MISSING_ARGUMENT");
  const bool given = !text.empty();
  into.put(raw->name, std::move(text), given);
  return tokens;
}

}  // namespace

ParsedLine parse_tokens(std::string_view path, const Options& verb, const Options& globals,
                        const TokenList& line) {
  ParsedLine parsed;
  auto tokens = take_raw(verb, line, parsed.args, path);
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  const auto slots = add_all(app, verb, globals);
  std::ranges::reverse(tokens);  // the parser takes them from the back
  try {
    app.parse(std::move(tokens));
  } catch (const CLI::ParseError& error) {
    throw translate(error, slots, path);
  }
  refuse_extras(app, slots, path);
  for (const auto& slot : slots) put_value(slot, slot.global ? parsed.globals : parsed.args, path);
  return parsed;
}

}  // namespace nines::app
