// Durations as people write them: "5h 8m", "14 hours, 55 minutes", "almost two hours".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace nines::incident {

struct WrittenDuration {
  std::size_t begin = 0;  ///< of the words, a hedge included
  std::size_t end = 0;
  Micros length{0};
  Micros grain{0};  ///< the smallest unit that was named
  enum class Claim {
    exact,    ///< figures, to their grain
    words,    ///< "a day and a half": nobody counted
    about,    ///< "roughly", "~"
    less,     ///< "almost", "under"
    more,     ///< "over", "4+ hours"
    at_most,  ///< "up to", "within"
  } claim = Claim::exact;
};

/// All durations of a text, from left to right. "10 minutes to 2 days" gives two.
std::vector<WrittenDuration> find_durations(std::string_view text);

/// Whether a measured span can be what was written. Figures hold to half their grain; "almost" is
/// up to a quarter less, "over" up to a half more, words a tenth and "about" three twentieths
/// either way.
bool agrees(const WrittenDuration& stated, Micros measured);

}  // namespace nines::incident
