// The alert windows that one SLO goes by: its own, those of a catalogue, or the standard ones.
#include "domain/alert/slo_windows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/time.hpp"

namespace nines::alert {

namespace {

constexpr std::size_t kMostPairs = 8;
constexpr std::chrono::hours kLongestWindow{24 * 366};

std::optional<Millis> window_from(std::string_view text) {
  const auto length = parse_duration(text);
  if (!length || *length < std::chrono::seconds{1} || *length > kLongestWindow ||
      *length % std::chrono::seconds{1} != Micros{0})
    return std::nullopt;
  return std::chrono::duration_cast<Millis>(*length);
}

/// "page 2% 1h/5m"; the share may stand apart from its sign.
std::optional<WindowPair> pair_from(std::string_view text) {
  std::vector<std::string_view> words;
  for (const auto word : split(text, ' '))
    if (!word.empty() && word != "%") words.push_back(word);
  if (words.size() != 3) return std::nullopt;
  const auto severity = kSeverityNames.find(words[0]);
  if (words[1].ends_with('%')) words[1].remove_suffix(1);
  const auto percent = Decimal::parse(words[1]);
  const auto slash = words[2].find('/');
  if (!severity || !percent || slash == std::string_view::npos) return std::nullopt;
  const auto slow = window_from(words[2].substr(0, slash));
  const auto quick = window_from(words[2].substr(slash + 1));
  if (!slow || !quick || *slow <= *quick || *percent <= Decimal(0, 0) || *percent > Decimal(100, 0))
    return std::nullopt;
  return WindowPair{*severity, Speed::slow, *percent, *quick, *slow};
}

}  // namespace

std::optional<std::vector<WindowPair>> pairs_from(std::string_view text) {
  std::vector<WindowPair> pairs;
  for (const auto part : split(text, ',')) {
    const auto pair = pair_from(trim(part));
    if (!pair || pairs.size() == kMostPairs) return std::nullopt;
    pairs.push_back(*pair);
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const WindowPair& a, const WindowPair& b) {
    return a.severity < b.severity;
  });
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i == 0 || pairs[i].severity != pairs[i - 1].severity) pairs[i].speed = Speed::quick;
  }
  return pairs;
}

WindowTable table_for(const slo::Slo& slo, std::span<const WindowTable> catalogue) {
  const auto period = std::chrono::duration_cast<Millis>(slo.window.length.rolling());
  if (auto own = pairs_from(slo.extra(kWindowsAnnotation))) return {period, std::move(*own)};
  return table_for(period, catalogue);
}

WindowTable table_for(Millis period, std::span<const WindowTable> catalogue) {
  const WindowTable* found = find_table(catalogue, period);
  return found != nullptr ? *found : standard_table(period);
}

Policy policy_for(const slo::Slo& slo, std::span<const WindowTable> catalogue,
                  const OwnAlerts* own) {
  Policy policy = policy_of(table_for(slo, catalogue));
  if (own == nullptr) return policy;
  if (!own->declared.empty()) {
    policy.alerts = own->declared;
  } else {
    std::erase_if(policy.alerts, [&](const Alert& alert) {
      return alert.severity == kSeverityNames.of(Severity::page) ? !own->page : !own->ticket;
    });
  }
  return policy;
}

bool has_own_windows(const slo::Slo& slo) {
  return pairs_from(slo.extra(kWindowsAnnotation)).has_value();
}

}  // namespace nines::alert
