// A database is reached by a companion, which reads credentials where libpq does.
#include "nines/top/place.hpp"

#include "nines/companion.hpp"

namespace nines::app::top {

usecases::SyncPlace place_from(const Context& context, std::string_view text) {
  auto place = usecases::sync_place_from(text, context.cwd());
  if (place.kind == usecases::SyncPlace::Kind::postgres) {
    place.program = find_companion(context.env, "nines-postgres");
    place.env = {context.env.begin(), context.env.end()};
  }
  return place;
}

}  // namespace nines::app::top
