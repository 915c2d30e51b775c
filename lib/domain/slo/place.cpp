// Wall times of a zone as instants, for calendar windows.
#include "domain/slo/window.hpp"

namespace nines::slo {

PlaceLocal place_in(const Zone& zone) {
  return [zone](LocalTime local) { return zone.resolve(local).first; };
}

}  // namespace nines::slo
