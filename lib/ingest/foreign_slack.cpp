// Messages of a Slack export: whom its names mean, and its markup as plain words.
#include <map>

#include "base/text.hpp"
#include "ingest/entry_rows.hpp"
#include "ingest/foreign_formats.hpp"
#include "ingest/foreign_json.hpp"

namespace nines::ingest {
namespace {

using Names = std::map<std::string, std::string, std::less<>>;

/// Who somebody is called: as they show themselves, else their real name.
std::string name_in(const Json& profile) {
  for (const auto* key : {"display_name", "real_name", "name"})
    if (auto name = scalar_text(profile, key); !name.empty()) return name;
  return {};
}

/// The names that the messages themselves give: an export of one channel has no list of users.
Names names_of(const Json::Array& messages) {
  Names names;
  for (const auto& message : messages) {
    if (!message.is_object()) continue;
    const auto* profile = message.find("user_profile");
    if (profile == nullptr || !profile->is_object()) continue;
    const auto user = scalar_text(message, "user");
    if (auto name = name_in(*profile); !name.empty() && !user.empty())
      names.try_emplace(user, std::move(name));
  }
  return names;
}

std::string name_of(const Names& names, std::string_view user) {
  const auto found = names.find(user);
  return found == names.end() ? std::string(user) : found->second;
}

/// "<@U1>", "<#C1|shop>", "<!here>" or "<https://x|words>" without its brackets.
std::string plain_reference(const Names& names, std::string_view inside) {
  const auto bar = inside.find('|');
  const auto target = inside.substr(0, bar);
  const auto label = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
  if (target.starts_with("@"))
    return "@" + (label.empty() ? name_of(names, target.substr(1)) : std::string(label));
  if (target.starts_with("#")) return "#" + std::string(label.empty() ? target.substr(1) : label);
  if (target.starts_with("!")) return "@" + std::string(label.empty() ? target.substr(1) : label);
  if (label.empty() || label == target) return std::string(target);
  return std::string(label) + " (" + std::string(target) + ")";
}

/// The text without markup: references by name, and the three characters that it escapes.
std::string plain_text(const Names& names, std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '<') {
      const auto close = text.find('>', at);
      if (close != std::string_view::npos && close - at < 4096) {
        plain += plain_reference(names, text.substr(at + 1, close - at - 1));
        at = close + 1;
        continue;
      }
    }
    bool escaped = false;
    for (const auto& [word, character] :
         {std::pair<std::string_view, char>{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}})
      if (!escaped && text.substr(at).starts_with(word)) {
        plain += character;
        at += word.size();
        escaped = true;
      }
    if (!escaped) plain += text[at++];
  }
  return plain;
}

/// Bots put their words beside the text, in attachments.
std::string words_of(const Json& message, const Names& names) {
  auto text = plain_text(names, message.text("text"));
  const auto* attachments = message.find("attachments");
  if (!trim(text).empty() || attachments == nullptr || !attachments->is_array()) return text;
  for (const auto& attachment : attachments->as_array())
    for (const auto* key : {"fallback", "text", "title"})
      if (auto words = scalar_text(attachment, key); !words.empty()) {
        text += (text.empty() ? "" : "\n") + plain_text(names, words);
        break;
      }
  return text;
}

std::string author_of(const Json& message, const Names& names) {
  if (const auto user = scalar_text(message, "user"); !user.empty()) return name_of(names, user);
  for (const auto* member : {"bot_profile", "user_profile"})
    if (const auto* profile = message.find(member); profile != nullptr && profile->is_object())
      if (auto name = name_in(*profile); !name.empty()) return name;
  const auto name = scalar_text(message, "username");
  return name.empty() ? scalar_text(message, "bot_id") : name;
}

/// People who come and go, and what the channel is called, are no lines of an incident.
bool is_housekeeping(std::string_view subtype) {
  return subtype.starts_with("channel_") || subtype.starts_with("group_") ||
         subtype == "tombstone" || subtype == "reminder_add";
}

}  // namespace

bool looks_like_slack(std::string_view bytes) {
  const auto start = trim(bytes.substr(0, 64));
  return (start.starts_with("[") || start.starts_with("{")) &&
         bytes.find("\"ts\"") != std::string_view::npos &&
         bytes.find("\"type\"") != std::string_view::npos &&
         bytes.find("\"message\"") != std::string_view::npos;
}

ForeignDocument read_slack(const ForeignInput& input) {
  ForeignDocument document;
  document.zone_stated = true;
  const auto json = parse_foreign_json(input, document);
  if (!json) return document;
  const auto* list = json->is_array() ? json.operator->() : json->find("messages");
  if (list == nullptr || !list->is_array()) return document;
  const auto& messages = list->as_array();
  const auto names = names_of(messages);
  EntryRows rows(input, "slack");
  LineFinder lines(input.bytes);
  for (const auto& message : messages) {
    if (!message.is_object() || message.text("type") != "message" ||
        is_housekeeping(message.text("subtype")))
      continue;
    const auto ts = scalar_text(message, "ts");
    rows.add({{"time", ts},
              {"id", ts},
              {"author", author_of(message, names)},
              {"text", words_of(message, names)}},
             lines.find(ts), message.dump());
  }
  document = rows.finish();
  document.zone_stated = true;
  for (auto& one : document.incidents) put_in_order(one);
  return document;
}

}  // namespace nines::ingest
