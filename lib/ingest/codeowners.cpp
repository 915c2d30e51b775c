// Matches patterns segment by segment.
#include "ingest/codeowners.hpp"

#include "base/text.hpp"

namespace nines::ingest {
namespace {

using Segments = std::vector<std::string_view>;

Segments segments_of(std::string_view path) {
  Segments parts;
  for (const auto part : split(path, '/'))
    if (!part.empty()) parts.push_back(part);
  return parts;
}

/// "*" and "?" within one segment.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

/// `below`: what is left of the path below the last segment that matched may stay.
bool match_from(const Segments& pattern, std::size_t p, const Segments& path, std::size_t t,
                bool below) {
  if (p == pattern.size()) return t == path.size() || (below && t < path.size());
  if (pattern[p] == "**") {
    if (p + 1 == pattern.size()) return t < path.size();
    for (auto at = t; at <= path.size(); ++at)
      if (match_from(pattern, p + 1, path, at, below)) return true;
    return false;
  }
  return t < path.size() && fits(pattern[p], path[t]) &&
         match_from(pattern, p + 1, path, t + 1, below);
}

}  // namespace

std::vector<OwnerRule> read_codeowners(std::string_view text) {
  std::vector<OwnerRule> rules;
  int number = 0;
  for (auto line : split(text, '\n')) {
    ++number;
    line = trim(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    OwnerRule rule;
    rule.line = number;
    for (auto word : split(line, ' ')) {
      for (auto part : split(word, '\t')) {
        part = trim(part);
        if (part.empty()) continue;
        if (rule.pattern.empty())
          rule.pattern = part;
        else
          rule.owners.emplace_back(part);
      }
    }
    // GitLab's sections, negations and ranges: no patterns of GitHub's.
    if (!rule.pattern.starts_with('!') && !rule.pattern.starts_with('[') &&
        !rule.pattern.starts_with('^'))
      rules.push_back(std::move(rule));
  }
  return rules;
}

bool owns(std::string_view pattern, std::string_view path) {
  const auto parts = segments_of(pattern);
  const auto names = segments_of(path);
  if (parts.empty()) return false;
  const bool folder = pattern.ends_with('/');
  const auto inner = pattern.find('/');
  const bool anchored = inner != std::string_view::npos && inner + 1 < pattern.size();
  // "dir/*" is for what lies in the folder, not below it; a name alone is for all below it.
  const bool below = !(anchored && parts.back() == "*");
  for (std::size_t from = 0; from < names.size(); ++from) {
    if (folder) {
      // The last name is a file: a folder matches only what comes before it.
      const Segments above(names.begin(), names.end() - 1);
      for (auto to = from + 1; to <= above.size(); ++to)
        if (match_from(parts, 0, Segments(above.begin(), above.begin() + static_cast<long>(to)),
                       from, false))
          return true;
    } else if (match_from(parts, 0, names, from, below)) {
      return true;
    }
    if (anchored) break;
  }
  return false;
}

const OwnerRule* owner_of(const std::vector<OwnerRule>& rules, std::string_view path) {
  for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule)
    if (owns(rule->pattern, path)) return rule->owners.empty() ? nullptr : &*rule;
  return nullptr;
}

std::string team_named(std::string_view owner) {
  if (!owner.starts_with('@')) return std::string(owner);
  const auto slash = owner.rfind('/');
  return std::string(owner.substr(slash == std::string_view::npos ? 1 : slash + 1));
}

}  // namespace nines::ingest
