// The lists of programs and verbs that change things.
#include "domain/incident/changing_commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"

namespace nines::incident {
namespace {

using Words = std::string_view;  ///< separated by blanks

/// Programs that do nothing but change things, or that run as somebody else.
constexpr Words kPrograms =
    "sudo su doas rm rmdir mv cp dd shred truncate tee install ln chmod chown mkfs mount umount "
    "kill killall pkill reboot shutdown poweroff halt systemd-run iptables nft useradd userdel "
    "passwd crontab dropdb createdb pg_ctl pg_restore vacuumdb apt apt-get dpkg yum dnf";

struct Verbs {
  std::string_view program;
  Words verbs;  ///< of its first words that are no options
};
constexpr std::array<Verbs, 13> kVerbs{{
    {"kubectl",
     "annotate apply attach autoscale cordon cp create debug delete drain edit exec expose label "
     "patch port-forward proxy replace run scale set taint uncordon restart undo pause resume"},
    {"oc", "apply create delete edit patch replace rollout scale"},
    {"helm", "delete install rollback uninstall upgrade"},
    {"docker",
     "build commit cp create exec kill pause prune pull push restart rm rmi run start stop"},
    {"podman",
     "build commit cp create exec kill pause prune pull push restart rm rmi run start stop"},
    {"systemctl",
     "daemon-reload disable edit enable isolate kill mask restart reload set-property start stop "
     "unmask try-restart reload-or-restart"},
    {"service", "restart reload start stop"},
    {"git", "add checkout clean commit fetch merge pull push rebase reset restore switch"},
    {"terraform", "apply destroy import taint"},
    {"ip", "add del delete change replace flush set"},
    {"redis-cli", "DEL FLUSHALL FLUSHDB SET EXPIRE CONFIG SHUTDOWN del flushall flushdb set"},
    {"openssl", "genrsa genpkey req ca enc"},
    {"sysctl", "-w -p --write --load"},
}};

/// Statements of SQL that write; psql and its like take them after -c.
constexpr Words kSql =
    "insert update delete drop truncate alter create grant revoke vacuum reindex cluster copy call "
    "refresh pg_terminate_backend pg_cancel_backend pg_reload_conf set_config";
constexpr Words kSqlPrograms = "psql mysql mariadb sqlite3 clickhouse-client";

/// An option of a reading program that makes it write.
struct WritingOption {
  std::string_view program;
  std::string_view option;
};
constexpr std::array<WritingOption, 16> kOptions{{{"dmesg", "-C"},
                                                  {"dmesg", "-c"},
                                                  {"dmesg", "--clear"},
                                                  {"find", "-delete"},
                                                  {"find", "-exec"},
                                                  {"find", "-execdir"},
                                                  {"sed", "-i"},
                                                  {"curl", "-d"},
                                                  {"curl", "--data"},
                                                  {"curl", "-X"},
                                                  {"curl", "-T"},
                                                  {"curl", "-o"},
                                                  {"curl", "-O"},
                                                  {"wget", "--post-data"},
                                                  {"journalctl", "--vacuum-time"},
                                                  {"journalctl", "--rotate"}}};

bool has_word(Words words, std::string_view word) {
  const auto all = split(words, ' ');
  return std::find(all.begin(), all.end(), word) != all.end();
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

std::optional<std::string> writing_sql(const std::vector<std::string>& command) {
  for (std::size_t i = 1; i < command.size(); ++i) {
    std::string word;
    for (const char c : to_lower_ascii(command[i]) + " ") {
      if ((c >= 'a' && c <= 'z') || c == '_') {
        word += c;
        continue;
      }
      if (command[i].find(' ') != std::string::npos && has_word(kSql, word)) return word;
      word.clear();
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> changing_part(const std::vector<std::string>& command) {
  if (command.empty()) return std::nullopt;
  const auto program = base_name(command.front());
  if (has_word(kPrograms, program)) return std::string(program);
  if (has_word(kSqlPrograms, program))
    if (const auto word = writing_sql(command)) return std::string(program) + " " + *word;
  for (const auto& option : kOptions)
    if (program == option.program)
      for (const auto& argument : command)
        if (argument == option.option) return std::string(program) + " " + argument;
  for (const auto& row : kVerbs) {
    if (program != row.program) continue;
    // "kubectl rollout restart": the verb may be the second word.
    for (std::size_t i = 1; i < command.size() && i < 4; ++i)
      if (has_word(row.verbs, command[i])) return std::string(program) + " " + command[i];
  }
  return std::nullopt;
}

std::optional<std::string> shell_part(const std::vector<std::string>& command) {
  constexpr std::array<std::string_view, 11> kWords{"|",  "||", "&&", "&",  ";",   ">",
                                                    ">>", "<",  "<<", "2>", "2>&1"};
  if (command.size() == 1 && command[0].find(' ') != std::string::npos) return " ";
  for (const auto& argument : command) {
    if (std::find(kWords.begin(), kWords.end(), argument) != kWords.end()) return argument;
    if (argument.find("$(") != std::string::npos) return "$(";
    if (argument.find('`') != std::string::npos) return "`";
    if (argument.size() > 1 && argument[0] == '$' && argument.find(' ') == std::string::npos)
      return argument;
    if (argument.starts_with("~/")) return "~/";
  }
  return std::nullopt;
}

bool is_interpreter(const std::vector<std::string>& command) {
  return !command.empty() &&
         has_word(
             "sh bash dash zsh ksh fish env xargs eval python python3 perl ruby node awk nohup "
             "timeout ssh",
             base_name(command.front()));
}

}  // namespace nines::incident
