// A command is a table row that also states what it needs; the dispatcher prepares, the verb acts.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/entropy.hpp"
#include "base/exit_code.hpp"
#include "base/time_input.hpp"
#include "nines/options.hpp"
#include "render/output.hpp"
#include "usecases/config/settings.hpp"
#include "usecases/locate.hpp"
#include "usecases/session.hpp"

namespace nines::app {

enum class Needs { nothing, store_read, store_write };

using Environment = std::map<std::string, std::string, std::less<>>;

/// The user's own nines folder under the XDG configuration home; empty when there is no home.
std::filesystem::path config_folder(const Environment& env);
/// The same under the XDG state home: what is this person's, and not worth a backup.
std::filesystem::path state_folder(const Environment& env);

/// The whole world a program run sees; main fills it from the process, tests from a table.
struct World {
  std::vector<std::string> args;  ///< without the program's name
  Environment env;
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  Clock clock;
  std::filesystem::path cwd;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  bool in_is_terminal = false;
  int terminal_width = 80;
  Entropy* entropy = nullptr;  ///< null = the system's; tests repeat themselves by a seed
  /// The program's own file, for work in the background; empty = there is none.
  std::filesystem::path program = {};
};

/// What a verb works with. `session()` is there only when the row's `needs` says so.
class Context {
 public:
  /// `command` names the row for messages and for the record ("slo apply").
  Context(World& world, std::string_view command, const Arguments& args, const Arguments& globals);

  const Arguments& args;
  std::istream& in;
  std::ostream& out;  ///< data only
  std::ostream& err;  ///< messages, progress
  const Environment& env;

  Instant now() const;
  TimeInputRules time_rules() const;                           ///< now and zone of this run
  std::filesystem::path resolve(std::string_view path) const;  ///< relative to -C or the cwd
  std::filesystem::path cwd() const;

  render::Format format() const;  ///< -o, default table
  /// What `show` will read of its output: verbs with long lists make only that.
  bool shows_page() const;
  bool shows_data() const;
  render::Style style() const;  ///< of standard output
  bool dry_run() const;
  bool quiet() const;
  bool verbose() const;
  bool warnings_as_errors() const;
  bool no_input() const;
  bool assume_yes() const;
  /// What people wrote is escaped on its way to a terminal, and goes into files as it is.
  bool out_is_terminal() const { return world_.out_is_terminal; }
  bool err_is_terminal() const { return world_.err_is_terminal; }  ///< progress lines go there
  std::optional<std::string> global(std::string_view name) const;

  /// The present of this run: --now, NINES_NOW, or the clock of the world.
  const Clock& clock() const { return clock_; }
  /// The name recorded as author: the setting 'actor', else the user's login name.
  std::string actor() const;
  /// The strongest of option, environment and configuration files; empty when none says anything.
  std::optional<usecases::Setting> setting(std::string_view key) const;

  usecases::Session& session();
  bool has_session() const { return session_.has_value(); }
  /// It has a session that may write, or says that it wrote by one of its own.
  bool may_have_written() const { return wrote_ || (session_ && session_->options().write); }
  void note_written() { wrote_ = true; }
  const std::filesystem::path& program() const { return world_.program; }
  /// The store this run would use; it need not exist. Throws nothing.
  usecases::StoreLocation store_location() const;
  /// The options a session would be opened with, for verbs that make or choose the store
  /// themselves.
  usecases::SessionOptions session_options() const;
  void attach(usecases::Session session);

  /// Renders to `out`, and says what the store lacks of what it answered from; warnings go to `err` for human formats. Throws Error{io} when out is full.
  void show(const render::Output& output);
  /// The same without what else has to be said: for what is shown all the time.
  void show_alone(const render::Output& output);
  /// A line for people on `err`, unless --quiet.
  void say(std::string_view line);
  /// A warning on `err`; with --warnings-as-errors the command then exits 1.
  void warn(std::string_view line);
  bool warned() const { return warned_; }

 private:
  World& world_;
  std::string command_;
  const Arguments& globals_;
  Clock clock_;
  mutable std::optional<std::vector<usecases::Setting>> files_;  ///< read when first asked for
  bool warned_ = false;
  bool wrote_ = false;
  std::optional<usecases::Session> session_;
};

struct Command {
  std::string_view path;     ///< "slo check"
  std::string_view summary;  ///< one line, lower case, no full stop
  Needs needs;
  void (*declare)(Options& options);
  ExitCode (*run)(Context& context);

  /// For other programs, not for people: in no help and no completion.
  bool is_hidden() const { return path.starts_with("__"); }
};

/// One folder's rows.
std::span<const Command> slo_commands();
std::span<const Command> incident_commands();
std::span<const Command> rca_commands();
std::span<const Command> remediate_commands();
std::span<const Command> report_commands();
std::span<const Command> top_commands();

/// All rows, families first; the only list of verbs.
std::vector<Command> all_commands();

/// The whole program. Returns the exit code; never throws.
int run_program(World& world);

}  // namespace nines::app
