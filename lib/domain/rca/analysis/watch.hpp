// Watches: what would be seen if a suspected cause struck again, and what quiet says against it.
//
// A watch is an alert, a pattern of log lines, or a playbook that captures what was missing. The
// next match attaches itself to the hypothesis as evidence. Quiet lowers it by
//   ratio = exp(-exposure / every), and by no more than 1/10,
// with `every` the time between two occurrences that is to be expected if the hypothesis is true (a
// Poisson process) and `exposure` the time that was really watched since the last match. Time that
// nobody watched is no quiet; without `every` quiet says nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "base/uid.hpp"
#include "domain/rca/analysis/strength.hpp"

namespace nines::rca {

enum class WatchKind : std::uint8_t { alert, log, playbook };
std::string_view to_string(WatchKind kind);
std::optional<WatchKind> watch_kind_from(std::string_view text);

/// A time that was watched, and how often the watch matched in it.
struct WatchedTime {
  Instant from;
  Instant to;
  std::int64_t matches = 0;
  std::string by;  ///< "alerts", the name of a log, or the person who says so
};

struct Watch {
  Uid uid;
  WatchKind kind = WatchKind::alert;
  std::string pattern;             ///< an alert's name, words of a log line, a playbook's name
  std::string expression = {};     ///< of an alert rule, PromQL
  std::string service = {};        ///< only of this one; empty: of any
  std::string file = {};           ///< log that `nines tick` reads, absolute; empty: none
  std::string zone = {};           ///< of its times without an offset; empty: UTC
  std::vector<std::string> steps = {};  ///< commands of a capture playbook
  std::optional<Micros> every = {};     ///< between occurrences, if the hypothesis is true
  Strength strength = Strength::three;  ///< of a match
  std::string by;
  Instant at;             ///< armed
  std::int64_t turn = 0;  ///< tells apart what was armed at one time, in its order
  bool ended = false;
  std::vector<WatchedTime> times = {};  ///< in the order they were recorded
};

/// "watch 2 (log 'pool exhausted')"; also the source of what it attaches.
std::string watch_name(const Watch& watch, std::size_t number);

/// Whether a text holds the words of the pattern in their order: `*` and `<*>` stand for anything,
/// and so does what is before and after. Case counts. Linear in the text.
bool holds_pattern(std::string_view text, std::string_view pattern);
/// The same for a whole name: nothing may stand before or after but by a `*`.
bool is_named_so(std::string_view name, std::string_view pattern);
/// Nothing but wildcards and blanks: it would match everything.
bool is_empty_pattern(std::string_view pattern);

/// What the watched times of a watch come to.
struct Quiet {
  Micros exposure{0};              ///< since the last match, or since it was armed; no overlaps
  std::int64_t matches = 0;        ///< in all
  std::optional<Instant> last_match;
  std::optional<Instant> until;    ///< the last moment that was watched
  double ratio = 1;                ///< of the quiet, 1/10 to 1
  double low = 1, high = 1;        ///< were it to come twice as often, or half as often
  bool floored = false;            ///< the formula gave less than 1/10
};
Quiet quiet_of(const Watch& watch);

/// The strongest that quiet may speak: as the strongest step of the table of strengths.
inline constexpr double kLeastQuiet = 0.1;

/// What a time without an occurrence says of a hypothesis that would make one come `per_day` times
/// a day: the likelihood ratio exp(-per_day * days). Quiet lowers it, and never refutes it.
double quiet_ratio(double per_day, double days);

/// The watch as something to load elsewhere: a file of Prometheus rules, a grep line and a LogQL
/// query, or a playbook of nines. `hypothesis` is its name, `text` its words.
std::string watch_document(const Watch& watch, std::string_view hypothesis, std::string_view text,
                           std::string_view capture);
/// The label by which a compiled alert says which watch it is.
inline constexpr std::string_view kWatchLabel = "nines_watch";
/// Its value: 32 hex digits of the watch's uid.
std::string watch_label(const Watch& watch);

}  // namespace nines::rca
