// Replaces at word boundaries; looks for leaks without them.
#include "domain/postmortem/rendering.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/postmortem/document.hpp"
#include "domain/postmortem/prose.hpp"
#include "domain/slo/codes.hpp"

namespace nines::postmortem {
namespace {

constexpr int kRoundedMinutes = 5;

char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool joins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool digit(char c) { return c >= '0' && c <= '9'; }

bool stands_at(std::string_view text, std::size_t at, std::string_view lower_word) {
  if (at + lower_word.size() > text.size()) return false;
  for (std::size_t i = 0; i < lower_word.size(); ++i)
    if (lower_of(text[at + i]) != lower_word[i]) return false;
  return true;
}

struct Replacement {
  std::string_view written;
  const Identity* identity;
};

std::vector<Replacement> replacements_for(Audience audience,
                                          const std::vector<Identity>& identities) {
  std::vector<Replacement> all;
  for (const auto& one : identities)
    if (!may_read(audience, one.kind))
      for (const auto& written : one.texts) all.push_back({written, &one});
  std::stable_sort(all.begin(), all.end(), [](const Replacement& a, const Replacement& b) {
    return a.written.size() > b.written.size();
  });
  return all;
}

std::string without_comments(std::string_view text) {
  std::string out(text);
  for (auto from = out.find("<!--"); from != std::string::npos; from = out.find("<!--", from)) {
    const auto to = out.find("-->", from);
    auto end = to == std::string::npos ? out.size() : to + 3;
    const bool whole_line =
        (from == 0 || out[from - 1] == '\n') && end < out.size() && out[end] == '\n';
    if (whole_line) ++end;
    out.erase(from, end - from);
  }
  return out;
}

/// Comments that went leave empty lines behind.
std::string without_gaps(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool gap = c == '\n' && (out.empty() || out.ends_with("\n\n"));
    if (!gap) out += c;
  }
  return out;
}

bool told_to_all(Part part) {
  return part == Part::summary || part == Part::impact || part == Part::timeline ||
         part == Part::factors || part == Part::went_well || part == Part::actions;
}

/// The parts for everybody, their headings included.
std::string reduced(std::string_view text) {
  std::string out;
  Part within = Part::other;
  for (const auto& section : sections_of(text)) {
    if (section.level > 0 && section.level <= 2) within = section.part;
    const bool title = section.level == 1 && section.part == Part::other;
    if (!title && !told_to_all(section.part) && !(section.level > 2 && told_to_all(within)))
      continue;
    out += std::string(static_cast<std::size_t>(std::max(section.level, 1)), '#') + " " +
           section.heading + "\n";
    out += text.substr(section.begin, section.end - section.begin);
  }
  return out;
}

/// "[text](address)" becomes its text.
std::string without_targets(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ']' && i + 1 < text.size() && text[i + 1] == '(') {
      const auto close = text.find(')', i + 2);
      const auto line = text.find('\n', i);
      if (close != std::string_view::npos && (line == std::string_view::npos || close < line)) {
        const auto open = out.rfind('[');
        if (open != std::string::npos) out.erase(open, 1);
        i = close;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

/// "10:43:17" and "10:43" become "10:40".
std::string with_rounded_times(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool starts = i + 5 <= text.size() && digit(text[i]) && digit(text[i + 1]) &&
                        text[i + 2] == ':' && digit(text[i + 3]) && digit(text[i + 4]) &&
                        (i == 0 || (!digit(text[i - 1]) && text[i - 1] != ':'));
    if (!starts) {
      out += text[i++];
      continue;
    }
    const int minute = (text[i + 3] - '0') * 10 + (text[i + 4] - '0');
    const int rounded = minute - minute % kRoundedMinutes;
    out += text.substr(i, 3);
    out += static_cast<char>('0' + rounded / 10);
    out += static_cast<char>('0' + rounded % 10);
    i += 5;
    if (i + 3 <= text.size() && text[i] == ':' && digit(text[i + 1]) && digit(text[i + 2])) i += 3;
  }
  return out;
}

/// Whether what comes next begins a sentence, as far as its capital tells: after a full stop, or at
/// the beginning of a paragraph or item.
bool begins_sentence_at(std::string_view before) {
  std::size_t at = before.size();
  while (at > 0 && (before[at - 1] == ' ' || before[at - 1] == '*')) --at;
  if (at == 0) return true;
  const char c = before[at - 1];
  if (c == '.' || c == '!' || c == '?') return at < before.size();
  if (c == '\n') return true;
  return c == '-' && (at == 1 || before[at - 2] == '\n');
}

std::string replaced(std::string_view text, const std::vector<Replacement>& all) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool begins = i == 0 || !joins_word(text[i - 1]);
    const Replacement* found = nullptr;
    if (begins)
      for (const auto& one : all) {
        if (!stands_at(text, i, one.written)) continue;
        const auto end = i + one.written.size();
        if (end < text.size() && joins_word(text[end])) continue;
        const bool named = text[i] >= 'A' && text[i] <= 'Z';
        const bool marked = i > 0 && (text[i - 1] == '@' || text[i - 1] == '(');
        if (is_common_word(one.written) && !named && !marked) continue;
        found = &one;
        break;
      }
    if (found == nullptr) {
      out += text[i++];
      continue;
    }
    if (!out.empty() && out.back() == '@') out.pop_back();
    const bool begins_sentence = begins_sentence_at(out);
    out += found->identity->pseudonym;
    if (begins_sentence) {
      char& first = out[out.size() - found->identity->pseudonym.size()];
      if (first >= 'a' && first <= 'z') first = static_cast<char>(first - 32);
    }
    i += found->written.size();
  }
  return out;
}

/// The text with everything gone that hides a name from a search: escapes, entities, percent signs,
/// invisible characters. `at` says where each byte came from.
struct Bare {
  std::string text;
  std::vector<std::size_t> at;
};

int hex_digit(char c) {
  if (digit(c)) return c - '0';
  const char low = lower_of(c);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

Bare bare_of(std::string_view text) {
  Bare bare;
  for (std::size_t i = 0; i < text.size();) {
    const auto put = [&](char c, std::size_t from) {
      bare.text += lower_of(c);
      bare.at.push_back(from);
    };
    if (text[i] == '\\' && i + 1 < text.size() &&
        (text[i + 1] == '_' || !joins_word(text[i + 1]))) {
      ++i;
      continue;
    }
    if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 &&
        hex_digit(text[i + 2]) >= 0) {
      put(static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])), i);
      i += 3;
      continue;
    }
    // Zero-width and direction marks (U+200B to U+200F, U+202A to U+202E, U+2060 to U+2069), soft
    // hyphens, marks that join.
    const auto three = text.substr(i, 3);
    if (three.size() == 3 && three[0] == '\xE2' &&
        ((three[1] == '\x80' && ((static_cast<unsigned char>(three[2]) >= 0x8B &&
                                  static_cast<unsigned char>(three[2]) <= 0x8F) ||
                                 (static_cast<unsigned char>(three[2]) >= 0xAA &&
                                  static_cast<unsigned char>(three[2]) <= 0xAE))) ||
         (three[1] == '\x81' && static_cast<unsigned char>(three[2]) >= 0xA0 &&
          static_cast<unsigned char>(three[2]) <= 0xA9))) {
      i += 3;
      continue;
    }
    if (three == "\xEF\xBB\xBF") {
      i += 3;
      continue;
    }
    if (text.substr(i, 2) == "\xC2\xAD") {
      i += 2;
      continue;
    }
    if (text[i] == '*') {
      ++i;
      continue;
    }
    put(text[i], i);
    ++i;
  }
  bare.at.push_back(text.size());
  return bare;
}

/// Short names occur inside other words; longer ones do not.
constexpr std::size_t kSearchedInside = 5;

}  // namespace

std::string rendered(std::string_view text, Audience audience,
                     const std::vector<Identity>& identities) {
  if (audience == Audience::named) return std::string(text);
  auto out = without_comments(body_of(text));
  const auto all = replacements_for(audience, identities);
  if (audience == Audience::open) {
    out = with_rounded_times(without_targets(reduced(out)));
    // Links are addresses of machines and of people: nothing of one stays.
    std::string linkless;
    std::size_t from = 0;
    for (const auto& look : lookalikes_in(out)) {
      if (look.kind != IdentityKind::link) continue;
      linkless += out.substr(from, look.begin - from) + "(a link)";
      from = look.end;
    }
    out = linkless + out.substr(from);
  }
  return without_gaps(replaced(out, all));
}

Findings leaks_in(std::string_view rendering, Audience audience,
                  const std::vector<Identity>& identities) {
  Findings findings;
  if (audience == Audience::named) return findings;
  const Places places(rendering);
  std::vector<std::pair<std::size_t, std::size_t>> seen;
  const auto add = [&](std::size_t begin, std::size_t end, std::string says) {
    for (const auto& [from, to] : seen)
      if (begin < to && from < end) return;
    seen.emplace_back(begin, end);
    Finding finding;
    finding.severity = Severity::error;
    finding.code = std::string(slo::name_of(slo::Code::name_left));
    finding.span = places.span(begin, end);
    finding.message =
        "'" + std::string(rendering.substr(begin, end - begin)) + "' " + std::move(says);
    finding.hint = "say it without, in the source";
    finding.source_line = places.line(finding.span.line);
    findings.push_back(std::move(finding));
  };
  const auto bare = bare_of(rendering);
  for (const auto& one : replacements_for(audience, identities)) {
    for (auto at = bare.text.find(one.written); at != std::string::npos;
         at = bare.text.find(one.written, at + 1)) {
      const auto end = at + one.written.size();
      const bool whole = (at == 0 || !joins_word(bare.text[at - 1])) &&
                         (end >= bare.text.size() || !joins_word(bare.text[end]));
      if (!whole && one.written.size() < kSearchedInside) continue;
      const auto from = bare.at[at], to = bare.at[end];
      const bool marked = from > 0 && (rendering[from - 1] == '@' || rendering[from - 1] == '(');
      if (is_common_word(one.written) && rendering[from] >= 'a' && !marked) continue;
      add(from, to,
          "is a " + std::string(to_string(one.identity->kind)) + ": " + one.identity->pseudonym);
    }
  }
  for (const auto& look : lookalikes_in(rendering))
    if (!may_read(audience, look.kind))
      add(look.begin, look.end,
          std::string(look.kind == IdentityKind::address ? "looks like an " : "looks like a ") +
              std::string(to_string(look.kind)));
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return a.span.byte_begin < b.span.byte_begin;
  });
  return findings;
}

}  // namespace nines::postmortem
