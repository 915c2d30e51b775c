// Runbooks: what a link may point to, and what can be wrong with what it points to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"

namespace nines::remediate {

/// A link that somebody recorded, beside those that definitions carry.
struct RunbookLink {
  Uid uid;
  std::string name;   ///< "RBK-2"
  std::string link;   ///< a path below the project, or a URL
  std::string kind;   ///< "SLO", "service", "alert"
  std::string about;  ///< its name
  std::string by;
  Instant at;
  std::optional<Instant> reviewed;  ///< when somebody last said that it is right
};

/// A command that a runbook tells people to type.
struct RunbookCommand {
  std::string program;  ///< "kubectl"
  int line = 0;         ///< of the text, from 1
};

/// The programs in fenced shell blocks of a Markdown text: the first word of each command of each
/// line, past prompts, variables, sudo, env and time. Words of the shell itself, functions of the
/// block and what is a placeholder are left out; each program once, where it first stands.
std::vector<RunbookCommand> runbook_commands(std::string_view markdown);

/// The day a text says it was reviewed: "reviewed: 2026-09-01", "Last reviewed: 2026-09-01", in its
/// front matter or on a line of its own. The latest of several.
std::optional<Day> runbook_reviewed(std::string_view markdown);

/// Whether "#anchor" is a heading of the text, by GitHub's rule: lower case, blanks to hyphens,
/// other signs dropped.
bool has_heading_anchor(std::string_view markdown, std::string_view anchor);

bool is_url(std::string_view link);

}  // namespace nines::remediate
