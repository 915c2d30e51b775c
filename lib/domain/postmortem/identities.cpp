// Finds identities by what the record knows, and by what looks like one.
#include "domain/postmortem/identities.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/enum_names.hpp"
#include "base/text.hpp"

namespace nines::postmortem {
namespace {

constexpr EnumNames<IdentityKind, 6> kIdentityKinds{
    {"person", "address", "host", "ticket", "channel", "link"}};
constexpr EnumNames<Audience, 3> kAudiences{{"named", "roles", "public"}};

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_num(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
/// What words of a technical text are made of.
bool is_token(char c) {
  return is_alpha(c) || is_num(c) || c == '-' || c == '_' || c == '.' || c == '@' || c == '/' ||
         c == '#' || c == ':' || c == '+' || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr std::array<std::string_view, 34> kFileEndings{
    "md",  "txt", "log", "py",   "go",   "js",  "ts",  "rs",   "cpp", "hpp", "c",   "h",
    "sh",  "sql", "yml", "yaml", "json", "csv", "xml", "html", "svg", "png", "jpg", "pdf",
    "zip", "gz",  "tar", "toml", "ini",  "tf",  "tsx", "jsx",  "rb",  "conf"};

bool is_ipv4(std::string_view word) {
  int parts = 0;
  for (const auto part : split(word, '.')) {
    if (part.empty() || part.size() > 3 || !std::all_of(part.begin(), part.end(), is_num))
      return false;
    ++parts;
  }
  return parts == 4;
}

/// After an "@" one letter before the end is enough; alone it is an abbreviation.
bool is_domain(std::string_view word, bool in_address = false) {
  const auto labels = split(word, '.');
  if (labels.size() < 2) return false;
  for (const auto label : labels)
    if (label.empty() || !std::all_of(label.begin(), label.end(), [](char c) {
          return is_alpha(c) || is_num(c) || c == '-' || c == '_';
        }))
      return false;
  const auto last = to_lower_ascii(labels.back());
  if (last.size() < 2 || !std::all_of(last.begin(), last.end(), is_alpha)) return false;
  // "postgres.conf" and "e.g." are no hosts; one label before a two-letter end is too little.
  if (std::find(kFileEndings.begin(), kFileEndings.end(), last) != kFileEndings.end()) return false;
  return in_address || labels.front().size() > 1 || labels.size() > 2;
}

/// "db-7", "web-12": lower case, a hyphen before the number.
bool is_numbered_host(std::string_view word) {
  const auto hyphen = word.rfind('-');
  if (hyphen == std::string_view::npos || hyphen == 0 || hyphen + 1 == word.size()) return false;
  const auto number = word.substr(hyphen + 1), name = word.substr(0, hyphen);
  if (number.size() > 4 || !std::all_of(number.begin(), number.end(), is_num)) return false;
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return (c >= 'a' && c <= 'z') || is_num(c) || c == '-'; }) ||
      !is_alpha(name.front()))
    return false;
  return name != "utf" && name != "sha" && name != "iso" && name != "ipv" && name != "p" &&
         name != "tier" && name != "step" && name != "phase" && name != "level";
}

/// "OPS-311"; severities are none.
bool is_ticket(std::string_view word) {
  const auto hyphen = word.find('-');
  if (hyphen == std::string_view::npos || hyphen < 2 || hyphen > 10) return false;
  const auto key = word.substr(0, hyphen), number = word.substr(hyphen + 1);
  return !number.empty() && number.size() < 8 &&
         std::all_of(number.begin(), number.end(), is_num) && is_upper(key.front()) &&
         std::all_of(key.begin(), key.end(), [](char c) { return is_upper(c) || is_num(c); }) &&
         key != "SEV" && key != "UTF" && key != "SHA" && key != "ISO" && key != "CVE" &&
         key != "RFC";
}

std::optional<IdentityKind> kind_of(std::string_view word) {
  if (word.size() < 2) return std::nullopt;
  const auto at = word.find('@');
  if (at != std::string_view::npos && at > 0 && at + 1 < word.size() &&
      is_domain(word.substr(at + 1), true))
    return IdentityKind::address;
  if (at == 0 && word.size() > 2) return IdentityKind::address;
  if (word.front() == '#' && is_alpha(word[1])) return IdentityKind::channel;
  const auto hash = word.find('#');
  if (hash != std::string_view::npos && hash + 1 < word.size() &&
      std::all_of(word.begin() + static_cast<std::ptrdiff_t>(hash) + 1, word.end(), is_num))
    return IdentityKind::ticket;
  if (is_ticket(word)) return IdentityKind::ticket;
  const auto host = word.substr(0, word.find(':'));
  if (is_ipv4(host) || is_domain(host) || is_numbered_host(host)) return IdentityKind::host;
  return std::nullopt;
}

void add_text(Identity& identity, std::string text) {
  if (text.size() < 2 ||
      std::find(identity.texts.begin(), identity.texts.end(), text) != identity.texts.end())
    return;
  identity.texts.push_back(std::move(text));
}

/// What a number stands for: our own records say what they are.
std::string what_is(std::string_view written, IdentityKind kind) {
  constexpr std::pair<std::string_view, std::string_view> kOurs[] = {
      {"inc-", "incident"}, {"act-", "action"}, {"fac-", "factor"},   {"hyp-", "hypothesis"},
      {"prp-", "proposal"}, {"chg-", "change"}, {"rca-", "analysis"}, {"pm-", "postmortem"}};
  if (kind == IdentityKind::ticket)
    for (const auto& [begin, what] : kOurs)
      if (written.starts_with(begin)) return std::string(what);
  return std::string(to_string(kind));
}

std::string role_name(const incident::Record& record, const std::string& person) {
  for (const auto& role : record.roles)
    if (role.person == person) return role.role;
  return {};
}

}  // namespace

bool is_common_word(std::string_view word) {
  constexpr std::string_view kWords =
      " will may an it so no do go on art bill mark grant rich max ray frank jack rose grace hope "
      "faith dawn joy june april august pat rob bob sue drew dean guy ed al sky page miles chase "
      "lance wade norm herb dale glen heath brook holly ivy lily ";
  return kWords.find(" " + std::string(word) + " ") != std::string_view::npos;
}

std::string_view to_string(IdentityKind kind) { return kIdentityKinds.of(kind); }
std::string_view to_string(Audience audience) { return kAudiences.of(audience); }

bool may_read(Audience audience, IdentityKind kind) {
  switch (audience) {
    case Audience::named:
      return true;
    case Audience::roles:
      return kind != IdentityKind::person && kind != IdentityKind::address;
    case Audience::open:
      break;
  }
  return false;
}

std::vector<std::string> spellings_of(std::string_view name) {
  std::vector<std::string> parts;
  for (const auto part : split(name, ' '))
    if (const auto word = trim(part); !word.empty()) parts.push_back(to_lower_ascii(word));
  std::vector<std::string> all;
  if (parts.empty()) return all;
  for (const char* between : {" ", ".", "_", "-", ""}) all.push_back(join(parts, between));
  if (parts.size() > 1) {
    all.push_back(parts.back() + ", " + parts.front());
    all.push_back(parts.back() + " " + parts.front());
    for (const auto& part : parts)
      if (part.size() > 2) all.push_back(part);
  }
  return all;
}

std::vector<Lookalike> lookalikes_in(std::string_view text) {
  std::vector<Lookalike> found;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_token(text[i]) || (i > 0 && is_token(text[i - 1]))) {
      ++i;
      continue;
    }
    auto end = i;
    while (end < text.size() && is_token(text[end])) ++end;
    auto from = i;
    auto to = end;
    while (to > from && (text[to - 1] == '.' || text[to - 1] == ':' || text[to - 1] == '/')) --to;
    const auto word = text.substr(from, to - from);
    const auto scheme = word.find("://");
    if (scheme != std::string_view::npos) {
      // An address goes on through characters that no word has.
      while (end < text.size() && text[end] != ' ' && text[end] != '\n' && text[end] != ')' &&
             text[end] != '>' && text[end] != '"' && text[end] != ']')
        ++end;
      found.push_back({IdentityKind::link, from, end});
    } else if (const auto kind = kind_of(word)) {
      found.push_back({*kind, from, to});
    } else {
      // "deploy/web-12", "prod/db.example.com".
      for (std::size_t part = from; part < to;) {
        auto stop = text.find('/', part);
        if (stop == std::string_view::npos || stop > to) stop = to;
        if (const auto inner = kind_of(text.substr(part, stop - part));
            inner && *inner != IdentityKind::channel)
          found.push_back({*inner, part, stop});
        part = stop + 1;
      }
    }
    i = std::max(end, i + 1);
  }
  return found;
}

std::vector<Identity> identities_in(std::string_view text, const incident::Record& record,
                                    const std::vector<KnownPerson>& people) {
  std::vector<Identity> all;
  std::map<std::string, std::size_t> with_role;
  std::size_t responders = 0;
  for (const auto& person : people) {
    const auto role = role_name(record, person.name);
    Identity one;
    if (role.empty()) {
      one.pseudonym = "responder " + std::to_string(++responders);
    } else {
      const auto count = ++with_role[role];
      one.pseudonym = "the " + role + (count > 1 ? " " + std::to_string(count) : "");
    }
    for (auto& text_of : spellings_of(person.name)) add_text(one, std::move(text_of));
    for (auto& text_of : spellings_of(person.display_name)) add_text(one, std::move(text_of));
    for (const auto& contact : person.contacts) add_text(one, to_lower_ascii(contact));
    all.push_back(std::move(one));
  }
  std::map<std::string, std::size_t> counts;
  std::set<std::string> known;
  for (const auto& one : all) known.insert(one.texts.begin(), one.texts.end());
  for (const auto& look : lookalikes_in(text)) {
    const auto written = to_lower_ascii(text.substr(look.begin, look.end - look.begin));
    if (!known.insert(written).second) continue;
    if (written.front() == '@' && known.contains(written.substr(1))) continue;
    Identity one;
    one.kind = look.kind;
    const auto what = what_is(written, look.kind);
    one.pseudonym = written == to_lower_ascii(record.head.name)
                        ? "this incident"
                        : what + " " + std::to_string(++counts[what]);
    one.texts.push_back(written);
    all.push_back(std::move(one));
  }
  for (auto& one : all)
    std::stable_sort(
        one.texts.begin(), one.texts.end(),
        [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  // A common word is kept out of what is replaced everywhere; its "@" form stays.
  for (auto& one : all) {
    if (one.kind != IdentityKind::person) continue;
    std::vector<std::string> texts;
    for (auto& written : one.texts) {
      if (is_common_word(written)) texts.push_back("@" + written);
      texts.push_back(std::move(written));
    }
    one.texts = std::move(texts);
  }
  return all;
}

}  // namespace nines::postmortem
