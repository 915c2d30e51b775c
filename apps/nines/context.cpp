// Answers a verb's questions about the run: time, format, style, and the store.
#include "nines/command.hpp"

#include <algorithm>
#include <charconv>
#include <ostream>
#include <sstream>

#include "base/error.hpp"
#include "base/process.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "render/select.hpp"
#include "render/template.hpp"
#include "usecases/log/records_elsewhere.hpp"

namespace nines::app {
namespace {

std::optional<std::string> variable(const Environment& env, std::string_view name) {
  const auto found = env.find(name);
  if (found == env.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

/// RFC 3339 needs no zone data, so a pinned clock stays cheap.
Instant pinned(const std::string& text, const World& world) {
  if (const auto exact = parse_rfc3339(text)) return *exact;
  TimeInputRules rules{.now = world.clock()};
  rules.allow_future = true;
  return parse_time_input(text, rules).at;
}

Clock clock_of(const World& world, const Arguments& globals) {
  auto text = globals.text("now");
  if (!text) text = variable(world.env, "NINES_NOW");
  if (!text) return world.clock;
  const auto now = pinned(*text, world);
  return [now] { return now; };
}

bool is_utf8_locale(const Environment& env) {
  for (const auto* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const auto value = variable(env, name);
    if (!value) continue;
    const auto lower = to_lower_ascii(*value);
    return lower.find("utf-8") != std::string::npos || lower.find("utf8") != std::string::npos;
  }
  return true;
}

bool use_color(const World& world, std::string_view when) {
  if (when != "auto") return when == "always";
  if (variable(world.env, "NO_COLOR")) return false;
  if (variable(world.env, "CLICOLOR_FORCE").value_or("0") != "0") return true;
  return world.out_is_terminal && variable(world.env, "TERM") != "dumb" &&
         variable(world.env, "CLICOLOR") != "0";
}

/// Off a terminal nothing is cut, so that a pipe never loses text.
int width_of(const World& world) {
  if (!world.out_is_terminal) return 0;
  const auto columns = variable(world.env, "COLUMNS");
  int width = 0;
  if (columns) std::from_chars(columns->data(), columns->data() + columns->size(), width);
  return width >= 20 ? width : world.terminal_width;
}

render::Selection selection_of(const Arguments& globals) {
  return {.fields = globals.list("fields"),
          .sort = globals.text("sort"),
          .limit = globals.integer("limit")};
}

/// The formats that are a line per row, with none inside.
bool ends_rows(render::Format format, const Arguments& globals) {
  return globals.given("template") || format == render::Format::name ||
         format == render::Format::jsonl || format == render::Format::tsv;
}

}  // namespace

std::filesystem::path config_folder(const Environment& env) {
  if (const auto home = variable(env, "XDG_CONFIG_HOME"))
    return std::filesystem::path(*home) / "nines";
  if (const auto home = variable(env, "HOME"))
    return std::filesystem::path(*home) / ".config" / "nines";
  return {};
}

std::filesystem::path state_folder(const Environment& env) {
  if (const auto home = variable(env, "XDG_STATE_HOME"))
    return std::filesystem::path(*home) / "nines";
  if (const auto home = variable(env, "HOME"))
    return std::filesystem::path(*home) / ".local" / "state" / "nines";
  return {};
}

Context::Context(World& world, std::string_view command, const Arguments& arguments,
                 const Arguments& globals)
    : args(arguments),
      in(world.in),
      out(world.out),
      err(world.err),
      env(world.env),
      world_(world),
      command_(command),
      globals_(globals),
      clock_(clock_of(world, globals)) {}

Instant Context::now() const { return clock_(); }

TimeInputRules Context::time_rules() const {
  TimeInputRules rules{.now = now()};
  rules.allow_future = globals_.declares("allow-future") && globals_.flag("allow-future");
  if (const auto fold = global("fold"))
    rules.fold = *fold == "later" ? TimeInputRules::Fold::later : TimeInputRules::Fold::earlier;
  const auto name = setting("tz");
  if (!name) return rules;
  const bool asked = name->origin != "TZ";  // the system's TZ may be in a form that is not ours
  const auto bare = name->value.starts_with(":") ? name->value.substr(1) : name->value;
  if (const auto zone = Zone::find(bare)) {
    rules.zone = *zone;
  } else if (asked) {
    auto close = Zone::suggest(bare);
    for (auto& other : close) other = "'" + other + "'";
    throw Error(ExitCode::usage, "unknown time zone '" + name->value + "' (" + name->origin + ")",
                close.empty() ? "a name of the IANA database, for example 'Europe/Paris'"
                              : "did you mean " + join(close, " or ") + "?",
                "UNKNOWN_ZONE");
  }
  return rules;
}

std::filesystem::path Context::cwd() const { return world_.cwd; }
std::filesystem::path Context::resolve(std::string_view path) const { return world_.cwd / path; }

render::Format Context::format() const {
  if (globals_.flag("json")) return render::Format::json;
  const auto name = setting("output");
  if (!name) return render::Format::table;
  return render::format_from(name->value).value_or(render::Format::table);
}

bool Context::shows_page() const {
  return render::shows_page(format()) && !globals_.text("template");
}

bool Context::shows_data() const {
  return !shows_page() || !selection_of(globals_).empty();  // rows are chosen by their data
}

render::Style Context::style() const {
  render::Style style;
  const bool plain = globals_.flag("plain");
  style.width = plain ? 0 : width_of(world_);
  const auto color = setting("color");
  style.color = !plain && use_color(world_, color ? color->value : "auto");
  const auto ascii = setting("ascii");
  style.utf8 = !plain && !(ascii && ascii->value == "true") &&
               (!world_.out_is_terminal || is_utf8_locale(env));
  style.csv_raw = globals_.flag("csv-raw");
  style.headers = !globals_.flag("no-headers");
  return style;
}

bool Context::dry_run() const { return globals_.flag("dry-run"); }
bool Context::quiet() const { return globals_.flag("quiet"); }
bool Context::verbose() const { return globals_.flag("verbose"); }
bool Context::warnings_as_errors() const { return globals_.flag("warnings-as-errors"); }
bool Context::assume_yes() const { return globals_.flag("yes"); }

bool Context::no_input() const {
  return globals_.flag("no-input") || variable(env, "CI") ||
         variable(env, "NINES_PROMPT_DISABLED") || !world_.in_is_terminal ||
         !world_.err_is_terminal;
}

std::optional<std::string> Context::global(std::string_view name) const {
  if (globals_.declares(name) && globals_.given(name)) return globals_.text(name);
  return std::nullopt;
}

std::optional<usecases::Setting> Context::setting(std::string_view key) const {
  const auto table = usecases::setting_table();
  const auto row = std::ranges::find(table, key, &usecases::SettingRow::key);
  const std::string name(key);
  if (globals_.declares(key) && globals_.given(key))
    return usecases::Setting{name, globals_.required(key), "--" + name};
  if (const auto value = variable(env, row->variable))
    return usecases::Setting{name, *value, std::string(row->variable)};
  if (!files_) {
    auto only = globals_.text("config");
    if (!only) only = variable(env, "NINES_CONFIG");
    files_ = usecases::read_settings({.cwd = world_.cwd,
                                      .only = only,
                                      .config_home = variable(env, "XDG_CONFIG_HOME"),
                                      .home = variable(env, "HOME")});
  }
  const auto found = std::ranges::find(*files_, key, &usecases::Setting::key);
  return found == files_->end() ? std::nullopt : std::optional(*found);
}

std::string Context::actor() const {
  if (const auto name = setting("actor")) return name->value;
  for (const auto* name : {"USER", "LOGNAME"})
    if (const auto value = variable(env, name)) return *value;
  return "unknown";
}

usecases::Session& Context::session() {
  if (!session_)
    throw Error(ExitCode::bug, "'" + command_ + "' asked for a store it does not need");
  return *session_;
}

void Context::attach(usecases::Session session) { session_.emplace(std::move(session)); }

usecases::StoreLocation Context::store_location() const {
  const auto named = setting("db");
  const bool by_file = named && named->origin != "--db" && named->origin != "NINES_DB";
  return usecases::locate_store({.cwd = world_.cwd,
                                 .option = globals_.text("db"),
                                 .environment = variable(env, "NINES_DB"),
                                 .configured = by_file ? std::optional(named->value) : std::nullopt,
                                 .data_home = variable(env, "XDG_DATA_HOME"),
                                 .home = variable(env, "HOME")});
}

usecases::SessionOptions Context::session_options() const {
  usecases::SessionOptions options;
  const auto location = store_location();
  options.db = location.db;
  // A store that was only found may be anybody's; one that was named is meant.
  options.must_be_trusted = location.origin == usecases::StoreLocation::Origin::folder;
  if (const auto home = config_folder(env); !home.empty())
    options.trust_list = home / "trusted-stores";
  options.state_folder = state_folder(env);
  options.clock = clock_;
  options.entropy = world_.entropy;
  options.actor = actor();
  options.command = command_;
  const auto lookup = [this](std::string_view key) { return setting(key); };
  options.identity = usecases::identity_from(lookup);
  options.approvals = usecases::approval_rules_from(lookup);
  options.approvals.env = allowed_environment(env, {"SSH_AUTH_SOCK"});
  if (args.declares("because")) options.because = args.text("because");
  if (const auto wait = setting("lock-timeout"))
    if (const auto duration = parse_duration(wait->value))
      options.lock_timeout = std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
  if (const auto text = globals_.text("as-of"))
    options.as_of = parse_time_input(*text, time_rules()).at;
  return options;
}

void Context::show(const render::Output& output) {
  const auto elsewhere = session_ && session_->has_read_records()
                             ? usecases::records_elsewhere(*session_)
                             : std::nullopt;
  if (!elsewhere) return show_alone(output);
  auto told = output;
  told.warnings.push_back(usecases::to_string(*elsewhere));
  show_alone(told);
}

void Context::show_alone(const render::Output& output) {
  const auto selection = selection_of(globals_);
  const auto chosen = format();
  std::optional<render::Output> selected;
  if (!selection.empty()) selected = render::select(output, selection);
  const auto& shown = selected ? *selected : output;
  std::ostringstream rows;  // rows that end in NUL are made with line ends first
  const bool by_nul = globals_.flag("null") && ends_rows(chosen, globals_);
  auto& to = by_nul ? static_cast<std::ostream&>(rows) : out;
  if (const auto text = globals_.text("template")) {
    render::write_template(to, shown.data, *text);
  } else {
    render::write(to, shown, chosen, style(), now());
  }
  if (by_nul) {
    auto text = rows.str();
    std::ranges::replace(text, '\n', '\0');
    out << text;
  }
  const bool inside = chosen == render::Format::json || chosen == render::Format::yaml;
  for (const auto& warning : output.warnings) {
    warned_ = true;
    if (!inside) warn(warning);
  }
}

void Context::say(std::string_view line) {
  if (!quiet()) err << escape_controls(line) << '\n';
}

void Context::warn(std::string_view line) {
  warned_ = true;
  err << "warning: " << escape_controls(line) << '\n';
}

}  // namespace nines::app
