// Finds the prose: a copy of the text in which everything else is blotted out, then its sentences.
#include "domain/postmortem/prose.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace nines::postmortem {
namespace {

/// Stands for every byte that is not the author's prose.
constexpr char kBlot = '\x01';
/// Longer quotations are rarely speech: the second mark belongs to another pair.
constexpr std::size_t kLongestQuote = 300;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_number(char c) { return c >= '0' && c <= '9'; }
bool is_word_byte(char c) {
  return is_letter(c) || is_number(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t n = 0;
  while (at + n < text.size() && is_number(text[at + n])) ++n;
  return n;
}

/// "10:05 <ada> text", "[10:05:31] ada: text", "2026-11-23T10:05:31Z ERROR ...", "{...}", a stack.
bool is_log_line(std::string_view line) {
  auto text = trim(line);
  if (text.starts_with("- ") || text.starts_with("* ")) text = trim(text.substr(2));
  if (text.starts_with("{\"") || text.starts_with("thread '") || text.starts_with("Traceback "))
    return true;
  const bool bracket = text.starts_with("[");
  std::size_t at = bracket ? 1 : 0;
  if (digits_at(text, at) == 4 && at + 10 < text.size() && text[at + 4] == '-' &&
      (text[at + 10] == 'T' || text[at + 10] == ' ') && digits_at(text, at + 11) == 2) {
    const auto end = text.find_first_of(" ]", at + 11);
    if (end == std::string_view::npos) return false;
    const auto rest = trim(text.substr(end + 1));
    const auto word = rest.substr(0, rest.find_first_of(" :]"));
    return word.size() >= 4 && std::all_of(word.begin(), word.end(), [](char c) {
             return (c >= 'A' && c <= 'Z') || c == '[';
           });
  }
  if (digits_at(text, at) == 0 || digits_at(text, at) > 2) return false;
  at += digits_at(text, at);
  if (at >= text.size() || text[at] != ':' || digits_at(text, at + 1) != 2) return false;
  at += 3;
  if (at < text.size() && text[at] == ':') at += 1 + digits_at(text, at + 1);
  if (bracket) return at < text.size() && text[at] == ']';
  const auto rest = trim(text.substr(std::min(at, text.size())));
  return rest.starts_with("<") && rest.find('>') != std::string_view::npos;
}

std::size_t indent_of(std::string_view line) {
  std::size_t n = 0;
  for (const char c : line) {
    if (c == ' ')
      ++n;
    else if (c == '\t')
      n += 4;
    else
      break;
  }
  return n;
}

/// Bytes of the mark that begins a list item, blanks included; 0: the line is none.
std::size_t item_mark(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return 0;
  std::size_t at = begin;
  if (line[at] == '-' || line[at] == '*' || line[at] == '+') {
    ++at;
  } else {
    at += digits_at(line, at);
    if (at == begin || at >= line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    ++at;
  }
  if (at >= line.size() || (line[at] != ' ' && line[at] != '\t')) return 0;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  if (line.substr(at).starts_with("[ ] ") || line.substr(at).starts_with("[x] ")) at += 4;
  return at;
}

bool is_rule_of(std::string_view line, char c) {
  const auto text = trim(line);
  return text.size() >= 2 &&
         std::all_of(text.begin(), text.end(), [c](char at) { return at == c; });
}

/// "**Review actions**:" gives "Review actions"; nothing else may follow but a colon.
std::string_view bold_label(std::string_view text) {
  text = trim(text);
  if (!text.starts_with("**")) return {};
  const auto end = text.find("**", 2);
  if (end == std::string_view::npos || end > 60) return {};
  return text.substr(2, end - 2);
}

/// Blots out what is not prose within a line; `text` is the copy.
void blot_inline(std::string& text, std::size_t begin, std::size_t end) {
  const auto blot = [&](std::size_t from, std::size_t to) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(from),
              text.begin() + static_cast<std::ptrdiff_t>(std::min(to, end)), kBlot);
  };
  const auto blank = [&](std::size_t from, std::size_t to) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(from),
              text.begin() + static_cast<std::ptrdiff_t>(std::min(to, end)), ' ');
  };
  const auto find = [&](std::string_view what, std::size_t from) {
    const auto at = std::string_view(text).substr(0, end).find(what, from);
    return at;
  };
  for (std::size_t i = begin; i < end;) {
    const char c = text[i];
    if (c == '`') {
      std::size_t run = 1;
      while (i + run < end && text[i + run] == '`') ++run;
      const auto close = find(std::string(run, '`'), i + run);
      const auto to = close == std::string::npos ? i + run : close + run;
      blot(i, to);
      i = to;
    } else if (c == '<') {
      const auto close = find(">", i + 1);
      if (close == std::string::npos || close == i + 1 ||
          !(is_letter(text[i + 1]) || text[i + 1] == '/' || text[i + 1] == '@')) {
        ++i;
        continue;
      }
      blot(i, close + 1);
      i = close + 1;
    } else if (c == '!' && i + 1 < end && text[i + 1] == '[') {
      const auto close = find(")", i);
      const auto to = close == std::string::npos ? i + 2 : close + 1;
      blot(i, to);
      i = to;
    } else if (c == ']' && i + 1 < end && (text[i + 1] == '(' || text[i + 1] == '[')) {
      const auto close = find(text[i + 1] == '(' ? ")" : "]", i + 2);
      const auto to = close == std::string::npos ? i + 2 : close + 1;
      blank(i, to);
      i = to;
    } else if (c == '"' || std::string_view(text).substr(i, 3) == "\xE2\x80\x9C") {
      const std::size_t width = c == '"' ? 1 : 3;
      const auto close = find(c == '"' ? "\"" : "\xE2\x80\x9D", i + width);
      if (close == std::string::npos || close - i > kLongestQuote) {
        i += width;
        continue;
      }
      blot(i, close + width);
      i = close + width;
    } else if (std::string_view(text).substr(i, 7) == "http://" ||
               std::string_view(text).substr(i, 8) == "https://") {
      auto to = i;
      while (to < end && text[to] != ' ' && text[to] != ')' && text[to] != '>' && text[to] != ',')
        ++to;
      blot(i, to);
      i = to;
    } else if (c == '*' || c == '[' || c == ']' || c == '~') {
      text[i++] = ' ';
    } else if (c == '_' && (i == begin || !is_word_byte(text[i - 1]) || i + 1 == end ||
                            !is_word_byte(text[i + 1]))) {
      text[i++] = ' ';
    } else {
      ++i;
    }
  }
}

constexpr std::string_view kCurly = "\xE2\x80\x99";

/// The word that begins at `i`, and its end.
std::size_t take_word(std::string_view text, std::size_t i, std::size_t end, std::string& word) {
  if (text[i] == '@') word += text[i++];
  while (i < end) {
    if (text.substr(i, 3) == kCurly) {
      word += '\'';
      i += 3;
      continue;
    }
    if (text.substr(i, 3) == "\xE2\x80\x94" || text.substr(i, 3) == "\xE2\x80\x93") break;
    const bool joins = (text[i] == '\'' || text[i] == '-' || text[i] == '.' || text[i] == '/') &&
                       i + 1 < end && is_word_byte(text[i + 1]);
    if (!is_word_byte(text[i]) && !joins) break;
    word += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    ++i;
  }
  while (word.ends_with("'")) word.pop_back();
  return i;
}

void read_sentences(std::string_view text, Block& block, std::size_t& words) {
  Sentence sentence;
  const auto close = [&] {
    if (!sentence.empty()) block.sentences.push_back(std::move(sentence));
    sentence.clear();
  };
  for (std::size_t i = block.begin; i < block.end;) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
    } else if (c == kBlot) {
      const auto from = i;
      while (i < block.end && text[i] == kBlot) ++i;
      if (sentence.empty() || sentence.back().kind != Token::Kind::opaque)
        sentence.push_back({Token::Kind::opaque, {}, false, from, i});
      else
        sentence.back().end = i;
    } else if ((is_word_byte(c) || c == '@') && text.substr(i, 3) != "\xE2\x80\x94" &&
               text.substr(i, 3) != "\xE2\x80\x93" && text.substr(i, 3) != kCurly) {
      Token token;
      token.begin = i;
      token.capital = c >= 'A' && c <= 'Z';
      i = take_word(text, i, block.end, token.word);
      token.end = i;
      if (token.word.empty()) continue;
      ++words;
      sentence.push_back(std::move(token));
    } else {
      const auto from = i;
      const bool wide = static_cast<unsigned char>(c) >= 0x80;
      i += wide ? 3 : 1;
      i = std::min(i, block.end);
      sentence.push_back(
          {Token::Kind::mark, std::string(text.substr(from, i - from)), false, from, i});
      const bool ends = (c == '.' || c == '!' || c == '?') &&
                        (i >= block.end || text[i] == ' ' || text[i] == '\n' || text[i] == '\r');
      if (ends) close();
    }
  }
  close();
}

/// Reads "nines: allow CODE because REASON" of a comment.
void read_mute(std::string_view comment, int line, std::vector<Mute>& mutes) {
  constexpr std::string_view kAllow = "nines: allow ";
  const auto at = comment.find(kAllow);
  if (at == std::string_view::npos) return;
  const auto terms = trim(comment.substr(at + kAllow.size()));
  const auto code = terms.substr(0, terms.find(' '));
  const auto because = terms.find(" because ");
  mutes.push_back({std::string(code),
                   because == std::string_view::npos ? std::string()
                                                     : std::string(trim(terms.substr(because + 9))),
                   line});
}

/// Walks the lines, blots out what is none, and gathers blocks.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text), copy_(text) {}

  Prose take() {
    std::size_t begin = 0;
    for (int number = 1; begin < text_.size(); ++number) {
      auto end = text_.find('\n', begin);
      if (end == std::string_view::npos) end = text_.size();
      line(begin, end, number);
      begin = end + 1;
    }
    close_block();
    for (auto& block : prose_.blocks) read_sentences(copy_, block, prose_.words);
    std::erase_if(prose_.blocks, [](const Block& block) { return block.sentences.empty(); });
    return std::move(prose_);
  }

 private:
  void close_block() {
    if (open_) prose_.blocks.push_back(block_);
    open_ = false;
  }
  void leave_out(std::size_t begin, std::size_t end) {
    close_block();
    std::fill(copy_.begin() + static_cast<std::ptrdiff_t>(begin),
              copy_.begin() + static_cast<std::ptrdiff_t>(end), kBlot);
  }
  void add(std::size_t begin, std::size_t end, bool item) {
    if (item) close_block();
    if (!open_) block_ = {part_, item, begin, end, {}};
    open_ = true;
    block_.end = end;
  }

  /// True when the line, or the rest of it, belongs to a comment; blots the comment out.
  void comments(std::size_t begin, std::size_t end, int number) {
    for (auto at = begin; at < end;) {
      if (!in_comment_) {
        const auto open = std::string_view(copy_).substr(0, end).find("<!--", at);
        if (open == std::string::npos) return;
        in_comment_ = true;
        comment_begin_ = open;
        comment_line_ = number;
        at = open;
      }
      const auto close = std::string_view(copy_).substr(0, end).find("-->", at);
      const auto to = close == std::string::npos ? end : close + 3;
      if (close != std::string::npos) {
        read_mute(text_.substr(comment_begin_, close - comment_begin_), comment_line_,
                  prose_.mutes);
        in_comment_ = false;
      }
      std::fill(copy_.begin() + static_cast<std::ptrdiff_t>(at),
                copy_.begin() + static_cast<std::ptrdiff_t>(to), ' ');
      at = to;
    }
  }

  void line(std::size_t begin, std::size_t end, int number) {
    const auto raw = text_.substr(begin, end - begin);
    const auto bare = trim(raw);
    if (number == 1 && bare == "---") in_front_ = true;
    if (in_front_) {
      leave_out(begin, end);
      if (number > 1 && (bare == "---" || bare == "...")) in_front_ = false;
      return;
    }
    if (!fence_.empty() || bare.starts_with("```") || bare.starts_with("~~~")) {
      if (fence_.empty())
        fence_ = bare.substr(0, 3);
      else if (bare.starts_with(fence_))
        fence_ = {};
      leave_out(begin, end);
      return;
    }
    const bool was_comment = in_comment_;
    comments(begin, end, number);
    const auto written = std::string_view(copy_).substr(begin, end - begin);
    const auto shown = trim(written);
    if (shown.empty()) {
      close_block();
      after_blank_ = after_blank_ || (!was_comment && bare.empty());
      return;
    }
    const bool after_blank = after_blank_;
    after_blank_ = false;
    if (shown.starts_with("#")) {
      part_ = part_of_heading(shown);
      in_list_ = false;
      leave_out(begin, end);
      return;
    }
    if (open_ && !block_.item && (is_rule_of(shown, '=') || is_rule_of(shown, '-'))) {
      part_ = part_of_heading(text_.substr(block_.begin, block_.end - block_.begin));
      open_ = false;
      return;
    }
    const auto mark = item_mark(written);
    const auto label = bold_label(written.substr(mark));
    if (!label.empty() && indent_of(written) == 0 && part_of_heading(label) != Part::other) {
      part_ = part_of_heading(label);
      const auto skip = static_cast<std::size_t>(label.data() - copy_.data()) + label.size() + 2;
      close_block();
      if (skip >= end) return;
      begin = skip + (text_[skip] == ':' ? 1U : 0U);
      if (trim(text_.substr(begin, end - begin)).empty()) return;
      blot_inline(copy_, begin, end);
      add(begin, end, true);
      return;
    }
    const bool indented = indent_of(written) >= 4 && mark == 0 && after_blank && !in_list_;
    if (shown.starts_with(">") || shown.starts_with("|") || indented || is_log_line(raw)) {
      leave_out(begin, end);
      return;
    }
    in_list_ = mark > 0 || (in_list_ && (indent_of(written) > 0 || !after_blank));
    blot_inline(copy_, begin + mark, end);
    add(begin + mark, end, mark > 0);
  }

  std::string_view text_;
  std::string copy_;
  Prose prose_;
  Part part_ = Part::other;
  Block block_;
  bool open_ = false;
  bool in_front_ = false;
  bool in_comment_ = false;
  bool in_list_ = false;
  bool after_blank_ = true;
  std::size_t comment_begin_ = 0;
  int comment_line_ = 0;
  std::string_view fence_;
};

}  // namespace

Prose read_prose(std::string_view text) { return Walk(text).take(); }

}  // namespace nines::postmortem
