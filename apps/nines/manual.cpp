// Builds nines(1) and the page of each family from the same declarations that the parser and the
// help read.
#include "nines/manual.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/exit_code.hpp"
#include "base/text.hpp"
#include "nines/globals.hpp"
#include "nines/mdoc.hpp"
#include "nines/topics.hpp"

namespace nines::app {
namespace {

constexpr std::string_view kDate = "November 23, 2026";

std::string header(std::string_view page, std::string_view says) {
  std::string title;
  for (char c : page) title += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return ".Dd " + std::string(kDate) + "\n.Dt " + title + " 1\n.Os\n" + mdoc::section("NAME") +
         ".Nm " + std::string(page) + "\n.Nd " + mdoc::escaped(says) + "\n";
}

std::string option_head(const OptionSpec& spec) {
  std::string head;
  if (spec.letter != 0) head += std::string("Fl ") + spec.letter + " , ";
  head += "Fl -" + mdoc::escaped(spec.name);
  if (!spec.alias.empty()) head += " , Fl -" + mdoc::escaped(spec.alias);
  return spec.metavar.empty() ? head : head + " Ar \\&" + mdoc::escaped(spec.metavar);
}

std::string option_body(const OptionSpec& spec) {
  std::string body = spec.help;
  if (!spec.choices.empty()) body += ": " + join(spec.choices, ", ");
  if (spec.fallback) body += " (default: " + *spec.fallback + ")";
  if (spec.repeated && !spec.positional && spec.type != OptionType::list)
    body += "; may be repeated";
  return body;
}

std::string option_list(const Options& options) {
  std::string items;
  for (const auto& spec : options.specs()) {
    if (spec.hidden) continue;
    const auto head = spec.positional
                          ? "Ar \\&" + mdoc::escaped(spec.metavar + (spec.repeated ? "..." : ""))
                          : option_head(spec);
    items += mdoc::item(head, option_body(spec));
  }
  return items.empty() ? "" : mdoc::begin_list() + items + mdoc::end_list();
}

std::string command_section(const Command& command) {
  Options options;
  command.declare(options);
  std::string text = mdoc::subsection("nines " + std::string(command.path));
  const auto tail = synopsis(options);
  text += mdoc::literal("nines " + std::string(command.path) + (tail.empty() ? "" : " " + tail));
  text += ".Pp\n" + mdoc::text(std::string(command.summary) + ".");
  for (const auto& paragraph : options.paragraphs()) text += ".Pp\n" + mdoc::text(paragraph);
  if (const auto list = option_list(options); !list.empty()) text += list;
  if (!options.format_names().empty())
    text += ".Pp\n" + mdoc::text("Formats of -o: " + join(options.format_names(), ", ") + ".");
  if (options.examples().empty()) return text;
  text += ".Pp\nExamples:\n";
  std::string lines;
  for (const auto& example : options.examples())
    lines += "# " + example.says + "\n" + example.command + "\n";
  return text + mdoc::literal(lines);
}

std::string exit_status() {
  std::string items;
  for (const auto& row : exit_code_table())
    items += mdoc::item(
        std::to_string(static_cast<int>(row.code)) + " ( " + mdoc::escaped(row.name) + " )",
        std::string(row.meaning) + ".");
  return mdoc::section("EXIT STATUS") + mdoc::begin_list() + items + mdoc::end_list();
}

/// A family with a page of its own; all other commands are in nines(1).
struct FamilyPage {
  std::string_view name;    ///< "nines-slo"
  std::string_view family;  ///< "slo"
  std::string_view says;    ///< its NAME line
  std::string_view about;
  std::string_view files;  ///< the page on its files, or empty: "nines-slo 5"
};
/// Alphabetical, as references to pages are.
constexpr FamilyPage kFamilyPages[] = {
    {"nines-incident", "incident", "declare, log and close incidents",
     "An incident is declared with 'open' and is then the current one: 'nines log' writes to its "
     "timeline. 'set' states what becomes known, 'mitigate', 'resolve' and 'close' end it. Times "
     "are kept as they were stated, with how exactly they are known; nothing is edited in place, "
     "and a correction stands beside what it corrects. 'escalate' calls people by a policy, and "
     "'nines tick' goes on with it; both only simulate until the user's own channels.yaml turns "
     "sending on.",
     ""},
    {"nines-rca", "rca", "find what an incident came from",
     "'rank' and 'changepoints' read tables of metrics, 'logs' reads logs, 'changes' records what "
     "was changed and ranks it. An analysis is begun with 'start' and holds hypotheses with their "
     "evidence until 'conclude' or 'stop' ends it. Every ranking says why, how surely, and when "
     "nobody can tell.",
     ""},
    {"nines-remediate", "remediate", "plan, do and prove what makes incidents rarer",
     "An action item belongs to an incident or stands alone: 'add' writes it down with who, until "
     "when and how to tell that it is done, 'set' brings it to an end, with a reason where it will "
     "not be done, and 'list' shows the most pressing first.",
     ""},
    {"nines-report", "report", "learn from the record, and answer for it",
     "What the record says, for people who decide. Every figure states its method, its uncertainty "
     "and what is not recorded; the same store gives the same report. A postmortem is one Markdown "
     "document per incident, written by people and kept as they wrote it.",
     ""},
    {"nines-slo", "slo", "define, measure and judge service level objectives",
     "Service level objectives are YAML files: 'check' validates them, 'apply' records them with a "
     "reason, 'import' turns raw files into measurements, 'measure' asks metrics engines, 'status' "
     "says where each objective "
     "stands and 'budget' who spent its error budget.",
     "nines-slo 5"},
};

const FamilyPage* family_page(std::string_view page) {
  const auto found = std::ranges::find(kFamilyPages, page, &FamilyPage::name);
  return found == std::end(kFamilyPages) ? nullptr : found;
}

std::string see_also(std::string_view page) {
  std::string text = mdoc::section("SEE ALSO");
  if (page != "nines") text += ".Xr nines 1 ,\n";
  for (const auto& family : kFamilyPages)
    if (page != family.name) text += ".Xr " + std::string(family.name) + " 1 ,\n";
  return text +
         ".Xr nines-channels 5 ,\n.Xr nines-engines 5 ,\n.Xr nines-fault-tree 5 ,\n.Xr "
         "nines-incident 5 ,\n" +
         ".Xr nines-playbook 5 ,\n" +
         ".Xr nines-slo 5 ,\n.Xr nines-approvals 7 ,\n.Xr nines-proposals 7 ,\n" +
         ".Xr nines-sync 7 ,\n.Xr nines-time 7\n";
}

std::string files() {
  return mdoc::section("FILES") + mdoc::begin_list() +
         mdoc::item("Pa .nines/nines.db", "the store, found upward from the working folder") +
         mdoc::item("Pa ~/.local/share/nines/nines.db",
                    "the user's own store, where no folder has one") +
         mdoc::item("Pa .nines.yaml", "settings of a repository, found upward like the store") +
         mdoc::item("Pa ~/.config/nines/config.yaml", "settings of the user") +
         mdoc::item("Pa ~/.config/nines/channels.yaml",
                    "how people are paged; without it nines only simulates") +
         mdoc::item("Pa ~/.config/nines/engines.yaml",
                    "metrics engines that may be asked, and the credentials sent to each") +
         mdoc::item("Pa /etc/nines/config.yaml", "settings of the machine") + mdoc::end_list();
}

std::string environment() {
  std::string items;
  for (const auto& row : environment_table())
    items += mdoc::item("Ev \\&" + mdoc::escaped(row.name), std::string(row.meaning) + ".");
  return mdoc::section("ENVIRONMENT") + mdoc::begin_list() + items + mdoc::end_list();
}

bool belongs_to(const Command& command, std::string_view page) {
  if (command.path.starts_with("__")) return false;
  const auto family = command.path.substr(0, command.path.find(' '));
  const auto own = std::ranges::find(kFamilyPages, family, &FamilyPage::family);
  return page == (own == std::end(kFamilyPages) ? "nines" : own->name);
}

std::string describe(const FamilyPage* page) {
  if (page != nullptr)
    return mdoc::text(std::string(page->about)) +
           (page->files.empty()
                ? ""
                : ".Pp\nThe files are described in\n.Xr " + std::string(page->files) + " .\n") +
           ".Pp\nOptions of every command are in\n.Xr nines 1 .\n";
  return mdoc::text(
             "A toolkit for service level objectives and incidents that works from one SQLite "
             "file, without a "
             "server or a "
             "network. Standard output carries data only, messages go to standard error. Every "
             "change is an "
             "event in a log that can be verified and undone.") +
         ".Pp\n" +
         mdoc::text(
             "A family without a verb lists; without a command the state of the world is shown. "
             "'inc' "
             "is short for 'incident'. An executable nines-foo in an absolute folder of PATH runs "
             "as "
             "'nines foo'.");
}

}  // namespace

std::vector<std::string> manual_page_names() {
  std::vector<std::string> names{"nines"};
  for (const auto& family : kFamilyPages) names.emplace_back(family.name);
  return names;
}

std::string manual_page(const std::vector<Command>& commands, std::string_view page) {
  const bool is_main = page == "nines";
  const auto* family = family_page(page);
  if (!is_main && family == nullptr)
    throw Error(ExitCode::not_found, "no manual page '" + std::string(page) + "'",
                "nines, nines-slo, nines-incident");
  auto text = header(
      page, is_main ? "service level objectives and incidents in one local file" : family->says);
  text += mdoc::section("SYNOPSIS") + ".Nm nines\n.Op Ar option ...\n" +
          (is_main ? ".Ar family verb\n" : ".Cm " + std::string(family->family) + "\n.Ar verb\n") +
          ".Op Ar argument ...\n";
  text += mdoc::section("DESCRIPTION") + describe(family);
  if (is_main)
    text += mdoc::section("OPTIONS") + "Accepted before the command and after it:\n" +
            option_list(global_options());
  text += mdoc::section("COMMANDS");
  for (const auto& command : commands)
    if (belongs_to(command, page)) text += command_section(command);
  if (is_main) text += environment() + files();
  return text + exit_status() + see_also(page);
}

}  // namespace nines::app
