// Reads shell blocks just far enough to name the programs in them.
#include "domain/remediate/runbook.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/day.hpp"
#include "base/text.hpp"

namespace nines::remediate {
namespace {

constexpr std::array<std::string_view, 7> kShellFences{"sh",    "bash",    "shell",        "zsh",
                                                       "console", "terminal", "shell-session"};
/// Fences whose lines are commands only after a prompt: the rest is what they printed.
constexpr std::array<std::string_view, 3> kSessionFences{"console", "terminal", "shell-session"};
/// What the shell does itself.
constexpr std::array<std::string_view, 43> kShellWords{
    "if",   "then",  "else",   "elif", "fi",     "for",      "while",  "until", "do",    "done",
    "case", "esac",  "in",     "{",    "}",      "(",        ")",      "!",     "[",     "[[",
    "]]",   "cd",    "echo",   "exit", "export", "set",      "unset",  "read",  "test",  "true",
    "false", "return", "shift", "source", ".",   "eval",     "trap",   "wait",  "local", "declare",
    "printf", "function", ":"};
constexpr std::array<std::string_view, 8> kCarriers{"sudo",  "env",  "time", "nohup",
                                                    "xargs", "exec", "command", "watch"};

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::vector<std::string_view> lines_of(std::string_view text) {
  auto lines = split(text, '\n');
  for (auto& line : lines)
    if (line.ends_with('\r')) line.remove_suffix(1);
  return lines;
}

/// The language behind a fence; empty when the line is none.
std::optional<std::string> fence_of(std::string_view line) {
  const auto text = trim(line);
  if (!text.starts_with("```") && !text.starts_with("~~~")) return std::nullopt;
  auto word = trim(text.substr(text.find_first_not_of(text.front())  == std::string_view::npos
                                   ? text.size()
                                   : text.find_first_not_of(text.front())));
  word = word.substr(0, word.find_first_of(" {"));
  return to_lower_ascii(word);
}

/// A part of a command line between |, ;, & and line ends, outside of quotes.
std::vector<std::string> parts_of(std::string_view line) {
  std::vector<std::string> parts(1);
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
      parts.back() += c == ' ' ? '_' : c;
      continue;
    }
    if (c == '#' && (i == 0 || line[i - 1] == ' ')) break;
    if (c == '\'' || c == '"') quote = c;
    // "2>&1" and "&>" send output somewhere and end nothing.
    const bool redirects = c == '&' && ((i > 0 && line[i - 1] == '>') ||
                                        (i + 1 < line.size() && line[i + 1] == '>'));
    if ((c == '|' || c == ';' || c == '&') && !redirects)
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

bool is_assignment(std::string_view word) {
  const auto equals = word.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(equals), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

/// A name somebody could have installed: no variable, placeholder, option or path pattern.
bool is_program(std::string_view word) {
  return !word.empty() && word.find_first_of("$<>{}*?()`'\"=\\…") == std::string_view::npos &&
         word.front() != '-' && word.find_first_not_of("0123456789.:") != std::string_view::npos;
}

/// The program of a part of a command line; empty where it names none.
std::string program_of(std::string_view part) {
  bool carried = false, takes_next = false;
  for (auto word : split(part, ' ')) {
    word = trim(word);
    if (word.empty() || is_assignment(word)) continue;
    if (takes_next) {
      takes_next = false;
      continue;
    }
    if (carried && word.starts_with('-')) {
      // sudo -u USER, xargs -n 1, watch -n 5: what follows is the option's.
      constexpr std::string_view kTakesWord = "ugUhCpTDRnIPLsf";
      takes_next = word.size() == 2 && kTakesWord.find(word[1]) != std::string_view::npos;
      continue;
    }
    if (one_of(word, kCarriers)) {
      carried = true;
      continue;
    }
    if (one_of(word, std::array<std::string_view, 8>{"if", "then", "else", "elif", "while",
                                                     "until", "do", "!"}))
      continue;  // what follows is a command
    if (one_of(word, kShellWords) || !is_program(word)) return {};
    return std::string(word);
  }
  return {};
}

std::string_view without_prompt(std::string_view line, bool& prompted) {
  prompted = line.starts_with("$ ") || line.starts_with("# ") || line.starts_with("% ");
  return prompted ? line.substr(2) : line;
}

}  // namespace

std::vector<RunbookCommand> runbook_commands(std::string_view markdown) {
  std::vector<RunbookCommand> found;
  std::set<std::string> seen, functions;
  bool inside = false, shell = false, session = false, continued = false;
  std::string here_end;  // of a here-document
  int number = 0;
  for (const auto raw : lines_of(markdown)) {
    ++number;
    if (const auto fence = fence_of(raw)) {
      inside = !inside;
      shell = inside && one_of(*fence, kShellFences);
      session = inside && one_of(*fence, kSessionFences);
      continued = false;
      here_end.clear();
      continue;
    }
    if (!shell) continue;
    if (!here_end.empty()) {
      if (trim(raw) == here_end) here_end.clear();
      continue;
    }
    const auto line = trim(raw);
    bool prompted = false;
    auto command = session ? without_prompt(line, prompted)
                           : (line.starts_with("$ ") ? line.substr(2) : line);
    const bool skip = line.empty() || continued || (session && !prompted) ||
                      (!session && command.starts_with('#'));
    continued = line.ends_with('\\') && (continued || !session || prompted);
    if (skip) continue;
    if (const auto at = command.find("<<"); at != std::string_view::npos) {
      const auto word = trim(command.substr(at + 2));
      for (const char c : word.substr(0, word.find(' ')))
        if (c != '\'' && c != '"' && c != '-') here_end += c;
    }
    for (const auto& part : parts_of(command)) {
      if (part.find("()") != std::string::npos) {
        functions.insert(std::string(trim(std::string_view(part).substr(0, part.find("()")))));
        continue;
      }
      auto program = program_of(part);
      if (program.empty() || functions.contains(program) || !seen.insert(program).second) continue;
      found.push_back({std::move(program), number});
    }
  }
  return found;
}

std::optional<Day> runbook_reviewed(std::string_view markdown) {
  std::optional<Day> latest;
  for (auto line : lines_of(markdown)) {
    line = trim(line);
    while (!line.empty() && (line.front() == '*' || line.front() == '_' || line.front() == '-' ||
                             line.front() == ' ' || line.front() == '>'))
      line.remove_prefix(1);
    const auto lower = to_lower_ascii(line);
    std::size_t at = std::string::npos;
    for (const std::string_view word : {"last reviewed", "last-reviewed", "last_reviewed",
                                        "reviewed"})
      if (lower.starts_with(word)) {
        at = word.size();
        break;
      }
    if (at == std::string::npos) continue;
    const auto digit = lower.find_first_of("0123456789", at);
    if (digit == std::string::npos || digit > at + 10) continue;
    const auto day = parse_day(std::string_view(lower).substr(digit, 10));
    if (day && (!latest || *day > *latest)) latest = day;
  }
  return latest;
}

bool has_heading_anchor(std::string_view markdown, std::string_view anchor) {
  bool inside = false;
  for (const auto raw : lines_of(markdown)) {
    if (fence_of(raw)) inside = !inside;
    const auto line = trim(raw);
    if (inside || !line.starts_with('#')) continue;
    const auto title = line.substr(std::min(line.find_first_not_of('#'), line.size()));
    std::string slug;
    for (const char c : to_lower_ascii(trim(title))) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == ' ')
        slug += '-';
      else if (c == '-' || c == '_' || byte >= 0x80 || (c >= '0' && c <= '9') ||
               (c >= 'a' && c <= 'z'))
        slug += c;
    }
    if (slug == to_lower_ascii(anchor)) return true;
  }
  return false;
}

bool is_url(std::string_view link) {
  return starts_with_ignoring_case(link, "http://") || starts_with_ignoring_case(link, "https://");
}

}  // namespace nines::remediate
