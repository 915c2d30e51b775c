// Texts of `nines help exit-codes`, `time`, `environment`, `formats`, `ids` and `options`.
#include "nines/topics.hpp"

#include "base/exit_code.hpp"
#include "nines/help.hpp"

namespace nines::app {
namespace {

std::string exit_codes() {
  std::string text = "Every command ends with one of these codes; scripts may rely on them:\n\n";
  for (const auto& row : exit_code_table()) {
    const auto number = std::to_string(static_cast<int>(row.code));
    text += help_row(std::string(5 - number.size(), ' ') + number + "  " + std::string(row.name),
                     row.meaning, 24);
  }
  return text + "\nAny other code is a failure.\n";
}

std::string time() {
  return R"(Examples:
  nines slo status --at 09:14
  nines slo status --at 'yesterday 22:00'
  nines slo status --as-of 2026-11-23T09:14:00Z

A time is one of:
  2026-11-23T09:14:00+01:00   RFC 3339
  2026-11-23 09:14            local time
  09:14, 09:14:30             the most recent such time
  yesterday 22:00             today and yesterday with a clock time
  mon 14:00                   the most recent such weekday
  10m ago, -10m               before now
  now, @1795424040            now, seconds since 1970
  2026-W47, 2026-Q4           the start of a week or quarter
A zone may follow: Z, +02:00 or Europe/Paris. Without one the zone is that of
--tz, else of TZ, else UTC. A local time that a clock change skips or repeats
is refused with both readings, unless --fold earlier|later says which. Times to
come are refused unless --allow-future. What is not understood is an error, never 'now'.

A duration is numbers with units: 30s, 5m, 1h, 7d, 4w, also joined: 1h30m.

--at asks what was true at a time; --as-of asks what was known at a time.
See also: nines-time(7)
)";
}

constexpr EnvironmentRow kEnvironment[] = {
    {"NINES_DB", "the store to use; --db is stronger"},
    {"NINES_NOW", "taken as the present; --now is stronger"},
    {"NINES_ACTOR", "the name recorded as author; else USER, else LOGNAME"},
    {"NINES_CONFIG", "read this configuration instead of the layers; --config is stronger"},
    {"NINES_SYNC", "where 'nines sync' exchanges, as the setting 'sync'"},
    {"NINES_LIBEXEC", "the folder with nines-calendar, nines-engine and nines-postgres, where it is not that of the installation"},
    {"NINES_PROMPT_DISABLED", "when set, never ask, as with --no-input"},
    {"NINES_PAGER, PAGER",
     "shows output that is longer than the terminal; 'cat' or nothing: no pager"},
    {"NINES_FORCE_TTY", "when set, write as if to a terminal"},
    {"CI", "when set, never ask"},
    {"GITHUB_ACTIONS", "'true' makes 'slo check' write annotations"},
    {"TZ", "the zone of local times; --tz is stronger"},
    {"NO_COLOR", "when set, no colour"},
    {"CLICOLOR", "'0' means no colour"},
    {"CLICOLOR_FORCE", "when set and not '0', colour also off a terminal"},
    {"COLUMNS", "width of the terminal"},
    {"TERM", "'dumb' means no colour"},
    {"LC_ALL, LC_CTYPE, LANG", "a locale without UTF-8 means ASCII on a terminal"},
    {"XDG_DATA_HOME", "where the user's own store is, else ~/.local/share"},
    {"XDG_CONFIG_HOME", "where the user's configuration is, else ~/.config"},
};

std::string environment_page() {
  std::string text = "Environment variables that nines reads:\n\n";
  for (const auto& row : kEnvironment)
    text += help_row("  " + std::string(row.name), row.meaning, 28);
  return text;
}

std::string formats() {
  return R"(Examples:
  nines slo status -o json
  nines slo list -o csv --fields name,service --sort service
  nines slo list -o name

-o FORMAT, or --json for -o json:
  table   for people; cut to the width of a terminal, never in a pipe
  wide    the same with more columns
  json    one object: {"schema": ..., "generated_at": ..., "data": ...,
          "warnings": [...]}; 'nines schema NAME' prints its JSON Schema
  jsonl   one JSON object per row
  yaml    the JSON object as YAML
  csv     RFC 4180, nested members joined by dots; cells that a spreadsheet
          would run as a formula start with ', control bytes stand as
          \x1b, here and in tsv; --csv-raw keeps both
  tsv     tabs, with \t, \n and \\ inside cells
  md      Markdown
  html    one page without scripts
  name    the names alone, one per line

--fields A,B chooses members, --sort FIELD orders ('-FIELD' downwards),
--limit N cuts, --no-headers leaves out the titles. -z ends rows with NUL.
--template 'TEXT' prints a line per row with its members: '{{name}}: {{verdict}}'.
Readers of JSON must ignore members they do not know: members are only added.
With JSON an error is one object on standard error, and standard output is empty.
)";
}

std::string ids() {
  return R"(Examples:
  nines slo show checkout-availability
  nines history --limit 5
  nines audit prove 01939e2c

An SLO is named by its metadata.name, an objective by SLO and its own name
('checkout/availability'). Records carry a short number and a 128-bit
time-ordered identifier (UUIDv7); any prefix of the identifier that fits only
one record is accepted. A name that fits several things exits 3 and lists them.
Short numbers are never changed: when two machines gave out the same one, each
gets a suffix that stays.
)";
}

struct Topic {
  std::string_view name;
  std::string (*text)();
};

constexpr Topic kTopics[] = {{"environment", environment_page},
                             {"exit-codes", exit_codes},
                             {"formats", formats},
                             {"ids", ids},
                             {"options", globals_help},
                             {"time", time}};

}  // namespace

std::span<const EnvironmentRow> environment_table() { return kEnvironment; }

std::vector<std::string> topic_names() {
  std::vector<std::string> names;
  for (const auto& topic : kTopics) names.emplace_back(topic.name);
  return names;
}

std::optional<std::string> topic_text(std::string_view name) {
  for (const auto& topic : kTopics)
    if (topic.name == name) return topic.text();
  return std::nullopt;
}

}  // namespace nines::app
