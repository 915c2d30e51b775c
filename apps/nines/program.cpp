// Runs one command: finds its row, parses, prepares what it needs, and reports failure once.
#include <algorithm>
#include <new>
#include <ostream>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/background.hpp"
#include "nines/command.hpp"
#include "nines/globals.hpp"
#include "nines/help.hpp"
#include "nines/print_error.hpp"
#include "nines/route.hpp"

namespace nines::app {
namespace {

/// A verb that prints data says which formats it knows; most know all of the renderer's.
void check_format(const Options& verb, const Arguments& globals) {
  const auto name = globals.text("output");
  if (!name) return;
  std::vector<std::string> known = verb.format_names();
  if (known.empty())
    for (const auto format : render::format_names()) known.emplace_back(format);
  if (std::ranges::find(known, *name) != known.end()) return;
  if (verb.format_names().empty() && render::format_from(*name)) return;
  const std::vector<std::string_view> views(known.begin(), known.end());
  const auto close = did_you_mean_hint(*name, views);
  // A verb that lists PATH takes one too, for pipelines written for another program.
  const bool path = std::ranges::find(known, "PATH") != known.end();
  if (path && !render::format_from(*name) && close.empty()) return;
  throw Error(ExitCode::usage, "unknown output format '" + *name + "'",
              (close.empty() ? "" : close + " ") + "one of: " + join(known, ", "), "BAD_VALUE");
}

void change_directory(World& world, const Arguments& globals) {
  const auto folder = globals.text("directory");
  if (!folder) return;
  const auto target = world.cwd / *folder;
  std::error_code problem;
  if (!std::filesystem::is_directory(target, problem))
    throw Error(ExitCode::not_found, "no folder '" + *folder + "'",
                "-C takes a folder that exists");
  world.cwd = std::filesystem::weakly_canonical(target);
}

void open_store(Context& context, Needs needs) {
  if (needs == Needs::nothing) return;
  const auto location = context.store_location();
  if (!location.exists) {
    using Origin = usecases::StoreLocation::Origin;
    const bool named = location.origin == Origin::option || location.origin == Origin::environment;
    throw Error(ExitCode::not_found,
                named ? "no store at '" + location.db.string() + "'"
                      : "no store in '" + context.cwd().string() + "' or above it",
                "'nines init' makes one here, 'nines demo' builds an example", "NO_STORE");
  }
  auto options = context.session_options();
  options.write = needs == Needs::store_write;
  context.attach(usecases::Session::open(options));
}

void check_dry_run(const Command& command, const Options& options, const Arguments& globals) {
  if (options.refuses_dry_run() && globals.flag("dry-run"))
    throw Error(ExitCode::usage, "'nines " + std::string(command.path) + "' has no dry run",
                "without --dry-run it does what its help says", "NO_DRY_RUN");
}

ExitCode run_command(World& world, const Command& command, const TokenList& tokens) {
  Options options;
  command.declare(options);
  auto parsed = parse_tokens(command.path, options, global_options(), tokens);
  check_format(options, parsed.globals);
  check_dry_run(command, options, parsed.globals);
  change_directory(world, parsed.globals);
  Context context(world, command.path, parsed.args, parsed.globals);
  open_store(context, command.needs);
  const auto code = command.run(context);
  exchange_in_background(context, command);
  const bool promoted = code == ExitCode::done && context.warned() && context.warnings_as_errors();
  return promoted ? ExitCode::no : code;
}

Error which_command(const std::vector<Command>& commands, const std::string& words) {
  std::vector<std::string> paths;
  for (const auto* command : commands_under(commands, words)) paths.emplace_back(command->path);
  return Error(ExitCode::usage, "which '" + words + "' command?", "one of: " + join(paths, ", "),
               "MISSING_COMMAND");
}

/// A bare noun lists, a bare program shows the state of the world; neither needs to be typed out.
ExitCode run_group(World& world, const std::vector<Command>& commands, const Route& route) {
  const auto implied = route.words.empty() ? std::string("status") : route.words + " list";
  const auto* command = find_command(commands, implied);
  if (command != nullptr && !route.words.empty()) return run_command(world, *command, route.tokens);
  if (!route.words.empty()) throw which_command(commands, route.words);
  if (command != nullptr) {
    auto parsed = parse_tokens("", Options(), global_options(), route.tokens);
    change_directory(world, parsed.globals);
    const Arguments none;
    if (Context(world, implied, none, parsed.globals).store_location().exists)
      return run_command(world, *command, route.tokens);
  }
  world.out << overview_help(commands);
  return ExitCode::done;
}

ExitCode show_help(World& world, const std::vector<Command>& commands, const Route& route) {
  if (route.command != nullptr) {
    world.out << command_help(*route.command);
  } else {
    world.out << (route.words.empty() ? overview_help(commands)
                                      : group_help(commands, route.words));
  }
  return ExitCode::done;
}

ExitCode run(World& world) {
  const auto commands = all_commands();
  if (world.args.size() == 1 && world.args[0] == "--version") world.args[0] = "version";
  const auto route = find_route(commands, world.args);
  if (route.help) return show_help(world, commands, route);
  if (route.command == nullptr) return run_group(world, commands, route);
  return run_command(world, *route.command, route.tokens);
}

void close_output(std::ostream& out) {
  out.flush();
  if (!out)
    throw Error(ExitCode::io, "cannot write to standard output", "is the disk full?",
                "OUTPUT_FAILED");
}

}  // namespace

std::vector<Command> all_commands() {
  std::vector<Command> all;
  for (const auto family : {slo_commands(), incident_commands(), rca_commands(),
                            remediate_commands(), report_commands(), top_commands()})
    all.insert(all.end(), family.begin(), family.end());
  return all;
}

int run_program(World& world) {
  const bool json = wants_json(world.args);
  try {
    const auto code = run(world);
    close_output(world.out);
    return static_cast<int>(code);
  } catch (const Error& error) {
    return print_error(world, error, json);
  } catch (const std::bad_alloc&) {
    return print_error(world, Error(ExitCode::bug, "out of memory", "give it less at a time"),
                       json);
  } catch (const std::filesystem::filesystem_error& error) {
    return print_error(
        world,
        Error(ExitCode::io,
              "cannot work with '" + error.path1().string() + "': " + error.code().message(),
              "check the path, its permissions and the free space"),
        json);
  } catch (const std::exception& error) {
    return print_error(world,
                       Error(ExitCode::bug, std::string("internal error: ") + error.what(),
                             "this is a fault of nines; 'nines version' belongs in the report"),
                       json);
  }
}

}  // namespace nines::app
