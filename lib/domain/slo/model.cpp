// Lengths of windows, and the extra facts an SLO carries in its annotations.
#include "domain/slo/model.hpp"

namespace nines::slo {

std::chrono::seconds Length::rolling() const {
  using namespace std::chrono;
  switch (unit) {
    case Unit::second:
      return seconds{count};
    case Unit::minute:
      return minutes{count};
    case Unit::hour:
      return hours{count};
    case Unit::day:
      return days{count};
    case Unit::week:
      return weeks{count};
    case Unit::month:
      return days{30 * count};
    case Unit::quarter:
      return days{90 * count};
    case Unit::year:
      return days{365 * count};
  }
  return seconds{0};
}

std::string Length::to_string() const {
  constexpr char kLetters[] = {'s', 'm', 'h', 'd', 'w', 'M', 'Q', 'Y'};
  return std::to_string(count) + kLetters[static_cast<int>(unit)];
}

std::string Slo::extra(const std::string& key) const {
  const auto found = annotations.find("nines.dev/" + key);
  return found == annotations.end() ? std::string{} : found->second;
}

}  // namespace nines::slo
