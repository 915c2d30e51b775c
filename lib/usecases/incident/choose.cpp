// Resolves what people call an incident.
#include "usecases/incident/choose.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "usecases/incident/desk.hpp"

namespace nines::usecases {
namespace {

Error none_chosen(const std::vector<incident::Incident>& open) {
  if (open.empty())
    return Error(ExitCode::not_found, "no incident is open",
                 "nines incident open TITLE declares one; nines incident list shows the closed",
                 "NO_INCIDENT");
  Error error(ExitCode::not_found,
              count_of(open.size(), "incident") + " open, and none of them is current",
              "nines incident use NAME chooses one", "NO_CURRENT_INCIDENT");
  for (std::size_t i = 0; i < open.size() && i < 10; ++i)
    error.note(open[i].name + "  " + std::string(to_string(open[i].severity)) + "  " +
               open[i].title);
  return error;
}

std::optional<Uid> from_desk(const Session& session, std::string_view word) {
  const Desk desk(session);
  if (word == "@-") return desk.previous();
  if (word == ".") return desk.touched();
  return desk.current();
}

}  // namespace

std::optional<incident::Incident> current_incident(const Session& session) {
  if (const auto uid = Desk(session).current())
    if (auto found = store::find_incident(session.store(), *uid)) return found;
  auto open = store::incidents(session.store(), {.open_only = true});
  // What was taken in afterwards is nobody's emergency, even where its end is not stated.
  std::erase_if(open, [](const incident::Incident& one) {
    return one.mode == incident::Mode::retrospective;
  });
  if (open.size() == 1) return std::move(open.front());
  return std::nullopt;
}

incident::Incident choose_incident(const Session& session, const std::optional<std::string>& word) {
  if (!word || *word == "@") {
    if (auto current = current_incident(session)) return std::move(*current);
    throw none_chosen(store::incidents(session.store(), {.open_only = true}));
  }
  if (*word == "@-" || *word == ".") {
    const auto uid = from_desk(session, *word);
    auto found = uid ? store::find_incident(session.store(), *uid) : std::nullopt;
    if (found) return std::move(*found);
    throw Error(ExitCode::not_found,
                *word == "." ? "no incident was written to yet" : "there is no incident before",
                "nines incident list", "NO_INCIDENT");
  }
  const auto numbered = store::get_numbered(session.store(), "INC", *word);
  auto found = store::find_incident(session.store(), numbered.uid);
  if (!found)
    throw Error(ExitCode::not_found, "no incident '" + *word + "'", "nines incident list",
                "NO_INCIDENT");
  return std::move(*found);
}

}  // namespace nines::usecases
