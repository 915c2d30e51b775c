// Text work on queries, quotes and comments respected; PromQL itself is Prometheus' to parse.
#include "domain/alert/promql.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace nines::alert {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

/// First byte after the token that begins at `at` ("{{"), or npos when it is none.
std::size_t after_token(std::string_view text, std::size_t at) {
  std::size_t i = skip_blanks(text, at + 2);
  if (!text.substr(i).starts_with(".window")) return std::string_view::npos;
  i = skip_blanks(text, i + 7);
  return text.substr(i).starts_with("}}") ? i + 2 : std::string_view::npos;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ':';
}

/// First byte after the quoted text or comment that begins at `at`; `at` when there is none.
std::size_t after_quoted(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '#') return std::min(text.find('\n', at), text.size());
  if (c != '"' && c != '\'' && c != '`') return at;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && c != '`') {
      ++i;
    } else if (text[i] == c) {
      return i + 1;
    }
  }
  return text.size();
}

/// Calls `visit(at)` for each byte outside of quotes and comments.
template <class Visit>
void outside_quotes(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = after_quoted(text, at);
    if (next != at) {
      at = next;
      continue;
    }
    visit(at);
    ++at;
  }
}

struct Range {
  std::size_t begin;  ///< first byte after the bracket
  std::size_t end;    ///< the closing bracket or the colon of a subquery
};

std::vector<Range> ranges_of(std::string_view text) {
  std::vector<Range> ranges;
  outside_quotes(text, [&](std::size_t at) {
    if (text[at] != '[') return;
    const std::size_t end = text.find_first_of(":]", at);
    if (end != std::string_view::npos) ranges.push_back({at + 1, end});
  });
  return ranges;
}

}  // namespace

std::string without_open_comment(std::string text) {
  bool open = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = after_quoted(text, at);
    open = text[at] == '#' && next == text.size();
    at = next == at ? at + 1 : next;
  }
  if (open) text += '\n';
  return text;
}

std::string promql_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        } else {
          out += c;
        }
    }
  }
  return out + '"';
}

std::string promql_filter(const slo::StringMap& labels) {
  std::string out = "{";
  for (const auto& [name, value] : labels) {
    if (out.size() > 1) out += ", ";
    out += name + '=' + promql_quoted(value);
  }
  return out + '}';
}

std::string with_window(std::string_view query, std::string_view window) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = query.find("{{"); at != std::string_view::npos;
       at = query.find("{{", std::max(done, at + 1))) {
    const std::size_t end = after_token(query, at);
    if (end == std::string_view::npos) continue;
    out += query.substr(done, at - done);
    out += window;
    done = end;
  }
  return without_open_comment(out + std::string(query.substr(done)));
}

bool has_window_token(std::string_view query) {
  for (std::size_t at = query.find("{{"); at != std::string_view::npos;
       at = query.find("{{", at + 1)) {
    if (after_token(query, at) != std::string_view::npos) return true;
  }
  return false;
}

bool has_window_range(std::string_view query) {
  for (std::size_t at = query.find('['); at != std::string_view::npos;
       at = query.find('[', at + 1)) {
    const std::size_t token = skip_blanks(query, at + 1);
    if (query.substr(token).starts_with("{{") &&
        after_token(query, token) != std::string_view::npos)
      return true;
  }
  return false;
}

std::size_t other_template(std::string_view query) {
  std::size_t at = query.find("{{");
  while (at != std::string_view::npos) {
    const std::size_t end = after_token(query, at);
    if (end == std::string_view::npos) return at;
    at = query.find("{{", end);
  }
  return std::string_view::npos;
}

std::optional<std::string> window_for_ranges(std::string_view query) {
  const auto ranges = ranges_of(query);
  std::set<std::string_view> lengths;
  for (const Range& range : ranges)
    lengths.insert(query.substr(range.begin, range.end - range.begin));
  if (lengths.size() != 1) return std::nullopt;
  std::string out;
  std::size_t done = 0;
  for (const Range& range : ranges) {
    out += query.substr(done, range.begin - done);
    out += "{{.window}}";
    done = range.end;
  }
  return out + std::string(query.substr(done));
}

EventForm event_form(std::string_view query) {
  bool rate = false;
  bool count = false;
  outside_quotes(query, [&](std::size_t at) {
    if (at > 0 && is_word(query[at - 1])) return;
    std::size_t end = at;
    while (end < query.size() && is_word(query[end])) ++end;
    const std::string_view word = query.substr(at, end - at);
    if (word.empty()) return;
    const std::size_t open = skip_blanks(query, end);
    if (open >= query.size() || query[open] != '(') return;
    rate = rate || word == "rate" || word == "irate";
    count = count || word == "increase" || word == "count_over_time" || word == "sum_over_time";
  });
  if (rate == count) return EventForm::unknown;
  return rate ? EventForm::rate : EventForm::count;
}

}  // namespace nines::alert
