// Text pasted from a chat.
#include <algorithm>

#include "base/text.hpp"
#include "ingest/bounded.hpp"
#include "ingest/entry_rows.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/timeline_line.hpp"

namespace nines::ingest {
namespace {

constexpr std::size_t kLongestNick = 40;

struct ChatLine {
  TimelineLine line;
  std::string_view nick;
  std::string_view text;
};

bool is_nick(std::string_view word) {
  return !word.empty() && word.size() <= kLongestNick &&
         word.find_first_of(" \t,;()[]{}\"") == std::string_view::npos;
}

/// "<ada> text", "ada: text", "* ada text".
bool take_nick(ChatLine& chat) {
  auto text = chat.line.text;
  if (text.starts_with("<")) {
    const auto close = text.find('>');
    if (close == std::string_view::npos || close > kLongestNick) return false;
    chat.nick = trim(text.substr(1, close - 1));
    chat.text = text.substr(close + 1);
  } else {
    const auto colon = text.find(": ");
    if (colon == std::string_view::npos || !is_nick(text.substr(0, colon))) return false;
    chat.nick = text.substr(0, colon);
    chat.text = text.substr(colon + 1);
  }
  if (chat.text.starts_with(" ")) chat.text.remove_prefix(1);
  return !chat.nick.empty();
}

std::optional<ChatLine> chat_line(std::string_view line) {
  const auto found = leading_time_line(line);
  if (!found || !found->time.clock) return std::nullopt;
  ChatLine chat{*found, {}, {}};
  if (!take_nick(chat)) return std::nullopt;
  return chat;
}

/// "ada  2:02 PM" alone on its line, the message below: how a chat client copies.
std::optional<ChatLine> header_line(std::string_view line) {
  line = trim(line);
  for (const auto& time : incident::find_times(line)) {
    if (!time.clock || time.begin == 0) continue;
    auto nick = line.substr(0, time.begin);
    while (!nick.empty() && (nick.back() == ' ' || nick.back() == '[')) nick.remove_suffix(1);
    auto rest = line.substr(time.end);
    if (rest.starts_with("]")) rest.remove_prefix(1);
    const bool letter = !nick.empty() &&
                        ((nick[0] >= 'A' && nick[0] <= 'Z') || (nick[0] >= 'a' && nick[0] <= 'z') ||
                         (static_cast<unsigned char>(nick[0]) & 0x80) != 0);
    if (!letter || nick.size() > kLongestNick || !rest.empty() || time.date ||
        nick.find_first_of(":;!?") != std::string_view::npos)
      return std::nullopt;
    ChatLine chat;
    chat.line.time = time;
    chat.line.written = line.substr(time.begin, time.end - time.begin);
    chat.nick = nick;
    return chat;
  }
  return std::nullopt;
}

/// A line that is only a day: "--- Day changed Mon Nov 23 2026", "Monday, November 23rd".
std::optional<incident::WrittenDate> day_line(std::string_view line) {
  if (line.size() > 60) return std::nullopt;
  const auto times = incident::find_times(line);
  if (times.size() != 1 || !times[0].date || times[0].clock) return std::nullopt;
  return times[0].date;
}

class ChatReader {
 public:
  explicit ChatReader(const ForeignInput& input, int days_back)
      : input_(input), times_(input.zone, input.now), remarks_(input.name) {
    for (const auto& time : incident::find_times(base_name(input.name)))
      if (time.date && !times_.has_day()) times_.state_day(*time.date);
    stated_day_ = times_.has_day();
    if (!stated_day_) {
      const auto local = input.zone.to_local(input.now - std::chrono::hours{24} * days_back);
      const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(local)};
      times_.state_day({int{day.year()}, unsigned{day.month()}, unsigned{day.day()}});
    }
  }

  ForeignDocument read() {
    int number = 0;
    for (auto line : split(input_.bytes, '\n')) {
      ++number;
      if (line.ends_with("\r")) line.remove_suffix(1);
      if (one_.entries.size() >= kMostForeignEntries) break;
      take(line, number);
    }
    drop_empty();
    if (!stated_day_ && !one_.entries.empty())
      remarks_.add(Severity::info, "DAY_INFERRED", one_.entries.front().source.line,
                   "no day is stated: the last one that fits was taken, " +
                       format_utc(one_.entries.front().when.at).substr(0, 10),
                   "put the day into the file's name, or on a line of its own");
    ForeignDocument document;
    document.zone_stated = times_.all_stated();
    document.findings = remarks_.take();
    if (one_.entries.empty()) return document;
    one_.title = base_name(input_.name);
    if (one_.title.empty())
      one_.title = "chat of " + format_utc(one_.entries.front().when.at).substr(0, 10);
    one_.origin = {"chat", reference_of(one_)};
    one_.raw = std::string(input_.bytes);
    document.incidents.push_back(std::move(one_));
    return document;
  }

  bool stated_day() const { return stated_day_; }

 private:
  void take(std::string_view line, int number) {
    auto chat = chat_line(line);
    if (!chat) chat = header_line(line);
    if (chat) return add(*chat, number);
    if (const auto day = day_line(line)) {
      times_.state_day(*day);
      if (one_.entries.empty()) stated_day_ = true;
      return;
    }
    if (one_.entries.empty() || trim(line).empty()) return;
    auto& text = one_.entries.back().text;
    if (text.size() + line.size() < kMostForeignText)
      text += (text.empty() ? "" : "\n") + std::string(line);
  }

  void add(const ChatLine& chat, int number) {
    ForeignEntry entry;
    const auto read = times_.read(chat.line.time, chat.line.written);
    remarks_.about(read, number, chat.line.written);
    entry.when = read.time;
    entry.text = bounded(chat.text, kMostForeignText);
    entry.author = std::string(chat.nick);
    entry.source.line = number;
    one_.entries.push_back(std::move(entry));
  }

  void drop_empty() {
    std::erase_if(one_.entries, [](const ForeignEntry& entry) { return entry.text.empty(); });
  }

  const ForeignInput& input_;
  DocumentTime times_;
  Remarks remarks_;
  ForeignIncident one_;
  bool stated_day_ = false;
};

}  // namespace

bool looks_like_chat(std::string_view bytes) {
  int lines = 0, chats = 0;
  for (const auto line : split(bytes.substr(0, 16u << 10), '\n')) {
    if (trim(line).empty()) continue;
    ++lines;
    if (chat_line(line) || header_line(line)) ++chats;
    if (lines == 60) break;
  }
  return chats > 0 && chats * 3 >= lines;
}

ForeignDocument read_chat(const ForeignInput& input) {
  auto document = ChatReader(input, 0).read();
  // A day that was only assumed cannot put the last line into the future.
  const bool assumed = std::any_of(
      document.findings.begin(), document.findings.end(),
      [](const Finding& f) { return f.code == "DAY_INFERRED" && f.message.starts_with("no day"); });
  if (!assumed || document.incidents.empty()) return document;
  const auto& entries = document.incidents.front().entries;
  const auto last =
      std::max_element(entries.begin(), entries.end(),
                       [](const auto& a, const auto& b) { return a.when.at < b.when.at; });
  if (last->when.at <= input.now) return document;
  const auto ahead = std::chrono::ceil<std::chrono::days>(last->when.at - input.now);
  return ChatReader(input, static_cast<int>(std::min<std::int64_t>(ahead.count(), 3650))).read();
}

}  // namespace nines::ingest
