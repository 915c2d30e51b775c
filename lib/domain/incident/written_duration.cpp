// Numbers in figures and words, units, and the hedges before them.
#include "domain/incident/written_duration.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "domain/incident/text_scan.hpp"

namespace nines::incident {
namespace {

using Claim = WrittenDuration::Claim;

struct Token {
  std::size_t begin = 0, end = 0;
  std::string text;  ///< lower case
};

/// Runs of letters, runs of figures (with a fraction), single marks.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    if (is_letter(c)) {
      while (end < text.size() && is_letter(text[end])) ++end;
    } else if (is_digit(c)) {
      while (end < text.size() &&
             (is_digit(text[end]) ||
              (text[end] == '.' && end + 1 < text.size() && is_digit(text[end + 1]))))
        ++end;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      ++at;
      continue;
    }
    tokens.push_back({at, end, to_lower_ascii(text.substr(at, end - at))});
    at = end;
  }
  return tokens;
}

constexpr std::int64_t kSecond = 1'000'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                       kDay = 24 * kHour;

struct Unit {
  std::string_view word;
  std::int64_t micros;
  bool short_form;  ///< only behind figures: "5h"
};
constexpr Unit kUnits[] = {
    {"d", kDay, true},           {"day", kDay, false},       {"days", kDay, false},
    {"h", kHour, true},          {"hr", kHour, true},        {"hrs", kHour, true},
    {"hour", kHour, false},      {"hours", kHour, false},    {"m", kMinute, true},
    {"min", kMinute, true},      {"mins", kMinute, true},    {"minute", kMinute, false},
    {"minutes", kMinute, false}, {"s", kSecond, true},       {"sec", kSecond, true},
    {"secs", kSecond, true},     {"second", kSecond, false}, {"seconds", kSecond, false},
    {"week", 7 * kDay, false},   {"weeks", 7 * kDay, false}};

const Unit* unit_of(std::string_view word) {
  const auto found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                  [&](const Unit& u) { return u.word == word; });
  return found == std::end(kUnits) ? nullptr : found;
}

struct Word {
  std::string_view word;
  double value;
};
constexpr Word kNumbers[] = {{"a", 1},       {"an", 1},      {"one", 1},         {"two", 2},
                             {"three", 3},   {"four", 4},    {"five", 5},        {"six", 6},
                             {"seven", 7},   {"eight", 8},   {"nine", 9},        {"ten", 10},
                             {"eleven", 11}, {"twelve", 12}, {"fifteen", 15},    {"twenty", 20},
                             {"thirty", 30}, {"forty", 40},  {"forty-five", 45}, {"half", 0.5}};

std::optional<double> word_number(std::string_view word) {
  for (const auto& known : kNumbers)
    if (known.word == word) return known.value;
  return std::nullopt;
}

/// Reads one duration that starts at token `at`; moves past it.
struct Reader {
  const std::vector<Token>& tokens;
  std::size_t at;

  const Token* peek(std::size_t ahead = 0) const {
    return at + ahead < tokens.size() ? &tokens[at + ahead] : nullptr;
  }
  bool is(std::size_t ahead, std::string_view word) const {
    const auto* token = peek(ahead);
    return token != nullptr && token->text == word;
  }

  /// "and a half" behind a unit.
  bool half_follows() const { return is(0, "and") && is(1, "a") && is(2, "half"); }

  struct Part {
    double count;
    const Unit* unit;
    bool figures;
    bool plus = false;  ///< "4+ hours"
  };

  std::optional<Part> part() {
    const auto* first = peek();
    if (first == nullptr) return std::nullopt;
    const auto start = at;
    Part part{0, nullptr, is_digit(first->text[0])};
    if (part.figures) {
      if (first->text.size() > 9) return std::nullopt;
      part.count = std::strtod(first->text.c_str(), nullptr);
      ++at;
      if (is(0, "+")) {
        part.plus = true;
        ++at;
      }
      if (is(0, "-") && peek(1) != nullptr && unit_of(peek(1)->text) != nullptr) ++at;
    } else if (first->text == "half" && (is(1, "a") || is(1, "an"))) {
      part.count = 0.5;
      at += 2;
    } else if (const auto number = word_number(first->text)) {
      part.count = *number;
      ++at;
      if (half_follows()) {  // "two and a half hours"
        part.count += 0.5;
        at += 3;
      }
      if (is(0, "couple") && is(1, "of")) {
        part.count = 2;
        at += 2;
      }
    } else {
      return std::nullopt;
    }
    const auto* unit = peek();
    part.unit = unit == nullptr ? nullptr : unit_of(unit->text);
    if (part.unit == nullptr || (part.unit->short_form && !part.figures)) {
      at = start;
      return std::nullopt;
    }
    ++at;
    return part;
  }

  std::optional<WrittenDuration> duration() {
    const auto start = at;
    WrittenDuration found;
    double total = 0;
    bool plus = false, words = false;
    std::int64_t last = 0;
    while (true) {
      const auto before = at;
      if (start != at && (is(0, ",") || is(0, "and"))) ++at;
      const auto part = this->part();
      // Units only get smaller: "1h 30m" is one duration, "10 minutes, 2 days" are two.
      if (!part || (last != 0 && part->unit->micros >= last)) {
        at = before;
        break;
      }
      total += part->count * static_cast<double>(part->unit->micros);
      last = part->unit->micros;
      plus = plus || part->plus;
      words = words || !part->figures;
      if (half_follows()) {  // "a day and a half"
        total += 0.5 * static_cast<double>(part->unit->micros);
        at += 3;
        break;
      }
    }
    if (at == start) return std::nullopt;
    found.begin = tokens[start].begin;
    found.end = tokens[at - 1].end;
    found.length = Micros{std::llround(total)};
    found.grain = Micros{last};
    found.claim = plus ? Claim::more : words ? Claim::words : Claim::exact;
    return found;
  }
};

struct Hedge {
  std::string_view words;
  Claim claim;
};
constexpr Hedge kHedges[] = {{"almost", Claim::less},         {"nearly", Claim::less},
                             {"just under", Claim::less},     {"less than", Claim::at_most},
                             {"under", Claim::at_most},       {"up to", Claim::at_most},
                             {"within", Claim::at_most},      {"about", Claim::about},
                             {"around", Claim::about},        {"roughly", Claim::about},
                             {"approximately", Claim::about}, {"approx", Claim::about},
                             {"some", Claim::about},          {"~", Claim::about},
                             {"over", Claim::more},           {"more than", Claim::more},
                             {"at least", Claim::more}};

void take_hedge(std::string_view text, WrittenDuration& found) {
  auto before = text.substr(0, found.begin);
  while (!before.empty() && (before.back() == ' ' || before.back() == '\n'))
    before.remove_suffix(1);
  const auto tail =
      to_lower_ascii(before.substr(before.size() - std::min<std::size_t>(16, before.size())));
  for (const auto& hedge : kHedges) {
    if (!tail.ends_with(hedge.words)) continue;
    const auto rest = tail.size() - hedge.words.size();
    if (rest > 0 && is_letter(tail[rest - 1])) continue;
    found.claim = hedge.claim;
    found.begin = before.size() - hedge.words.size();
    return;
  }
}

}  // namespace

std::vector<WrittenDuration> find_durations(std::string_view text) {
  std::vector<WrittenDuration> found;
  const auto tokens = tokens_of(text);
  for (Reader reader{tokens, 0}; reader.at < tokens.size();) {
    // Figures that belong to a longer word or number ("v1.4", "#30 days") begin no duration.
    const auto begin = tokens[reader.at].begin;
    const bool inside = begin > 0 && (is_letter(text[begin - 1]) || is_digit(text[begin - 1]) ||
                                      text[begin - 1] == '.' || text[begin - 1] == '#');
    auto duration = inside ? std::nullopt : reader.duration();
    if (!duration) {
      ++reader.at;
      continue;
    }
    take_hedge(text, *duration);
    found.push_back(*duration);
  }
  return found;
}

bool agrees(const WrittenDuration& stated, Micros measured) {
  const auto length = static_cast<double>(stated.length.count());
  const auto actual = static_cast<double>(measured.count());
  const auto grain = static_cast<double>(stated.grain.count());
  switch (stated.claim) {
    case Claim::exact:
      return std::abs(actual - length) <= grain / 2;
    case Claim::words:
      return std::abs(actual - length) <= 0.1 * length;
    case Claim::about:
      return std::abs(actual - length) <= 0.15 * length;
    case Claim::less:
      return actual <= length && actual >= 0.75 * length;
    case Claim::more:
      return actual >= length && actual <= 1.5 * length;
    case Claim::at_most:
      return actual <= length;
  }
  return false;
}

}  // namespace nines::incident
