// How a verb says what it accepts: one call per option, kept in the order of declaration.
#include "nines/options.hpp"

#include <cctype>

namespace nines::app {
namespace {

std::string upper(std::string_view name) {
  std::string text;
  for (char c : name) text += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

OptionSpec typed(std::string name, OptionType type, std::string metavar, std::string help) {
  OptionSpec spec;
  spec.name = std::move(name);
  spec.type = type;
  spec.metavar = std::move(metavar);
  spec.help = std::move(help);
  return spec;
}

OptionSpec placed(std::string name, std::string help, bool required, bool repeated) {
  auto spec = typed(name, OptionType::text, upper(name), std::move(help));
  spec.positional = true;
  spec.required = required;
  spec.repeated = repeated;
  return spec;
}

}  // namespace

OptionSpec& Options::add(OptionSpec spec) { return specs_.emplace_back(std::move(spec)); }

OptionSpec& Options::flag(std::string name, std::string help) {
  return add(typed(std::move(name), OptionType::flag, "", std::move(help)));
}
OptionSpec& Options::text(std::string name, std::string metavar, std::string help) {
  return add(typed(std::move(name), OptionType::text, std::move(metavar), std::move(help)));
}
OptionSpec& Options::path(std::string name, std::string metavar, std::string help) {
  return add(typed(std::move(name), OptionType::path, std::move(metavar), std::move(help)));
}
OptionSpec& Options::integer(std::string name, std::string metavar, std::string help) {
  return add(typed(std::move(name), OptionType::integer, std::move(metavar), std::move(help)));
}
OptionSpec& Options::decimal(std::string name, std::string metavar, std::string help) {
  return add(typed(std::move(name), OptionType::decimal, std::move(metavar), std::move(help)));
}
OptionSpec& Options::duration(std::string name, std::string help) {
  return add(typed(std::move(name), OptionType::duration, "DURATION", std::move(help)));
}
OptionSpec& Options::instant(std::string name, std::string help) {
  return add(typed(std::move(name), OptionType::instant, "TIME", std::move(help)));
}
OptionSpec& Options::choice(std::string name, std::vector<std::string> choices, std::string help) {
  const auto metavar = upper(name);
  auto& spec = add(typed(std::move(name), OptionType::choice, metavar, std::move(help)));
  spec.choices = std::move(choices);
  return spec;
}
OptionSpec& Options::list(std::string name, std::string metavar, std::string help) {
  auto& spec = add(typed(std::move(name), OptionType::list, std::move(metavar), std::move(help)));
  spec.repeated = true;
  return spec;
}
OptionSpec& Options::positional(std::string name, std::string help) {
  return add(placed(std::move(name), std::move(help), true, false));
}
OptionSpec& Options::positional_optional(std::string name, std::string help) {
  return add(placed(std::move(name), std::move(help), false, false));
}
OptionSpec& Options::positionals(std::string name, std::string help) {
  return add(placed(std::move(name), std::move(help), false, true));
}
OptionSpec& Options::positionals_required(std::string name, std::string help) {
  return add(placed(std::move(name), std::move(help), true, true));
}
OptionSpec& Options::raw(std::string name, std::string help) {
  auto& spec = add(placed(std::move(name), std::move(help), true, true));
  spec.type = OptionType::raw;
  return spec;
}

void Options::example(std::string command, std::string says) {
  examples_.push_back({std::move(command), std::move(says)});
}
void Options::about(std::string paragraph) { about_.push_back(std::move(paragraph)); }
void Options::formats(std::initializer_list<std::string_view> names) {
  formats_.assign(names.begin(), names.end());
}
void Options::see_also(std::string page) { see_also_.push_back(std::move(page)); }

bool takes_value(const OptionSpec& spec) { return spec.type != OptionType::flag; }

std::string display_name(const OptionSpec& spec) {
  return spec.positional ? spec.metavar : "--" + spec.name;
}

std::string synopsis(const Options& verb) {
  std::string text;
  bool has_options = false;
  for (const auto& spec : verb.specs()) {
    if (spec.hidden) continue;
    has_options = has_options || !spec.positional;
    if (spec.positional) {
      const auto name = spec.metavar + (spec.repeated ? "..." : "");
      text += spec.required ? " " + name : " [" + name + "]";
    } else if (spec.required) {
      text += " --" + spec.name + " " + spec.metavar;
    }
  }
  if (has_options) text += " [options]";
  return text.empty() ? text : text.substr(1);
}

}  // namespace nines::app
