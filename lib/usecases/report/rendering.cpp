// Gathers who and what is known, renders, and looks whether anything of it is left.
#include "usecases/report/rendering.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "domain/postmortem/document.hpp"
#include "store/incidents.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/report/draft_text.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using postmortem::KnownPerson;

/// Those with a role first, in the order they took it; then everybody else by name.
std::vector<KnownPerson> people_known(const Session& session, const incident::Record& record,
                                      const postmortem::Postmortem& one) {
  std::vector<KnownPerson> known;
  const auto add = [&](const std::string& name) {
    if (name.empty()) return;
    const bool there = std::any_of(known.begin(), known.end(),
                                   [&](const KnownPerson& other) { return other.name == name; });
    if (!there) known.push_back({name});
  };
  for (const auto& role : record.roles) add(role.person);
  std::map<std::string, bool> others;
  for (const auto& entry : record.entries)
    if (entry.origin.system.empty()) others[entry.author] = true;
  for (const auto& fact : record.facts)
    if (fact.said_by.find(':') == std::string::npos) others[fact.said_by] = true;
  for (const auto& revision : store::postmortem_revisions(session.store(), one.uid))
    others[revision.by] = true;
  for (const auto& review : one.reviews) others[review.reviewer] = true;
  for (const auto& request : one.requests) others[request.by] = true;
  const auto catalogue = load_catalogue(session);
  for (const auto& [name, person] : catalogue.people) others[name] = true;
  for (const auto& [name, there] : others) add(name);
  for (auto& person : known) {
    const auto found = catalogue.people.find(person.name);
    if (found == catalogue.people.end()) continue;
    person.display_name = found->second.display_name;
    for (const auto& [channel, contact] : found->second.contacts)
      person.contacts.push_back(contact);
  }
  return known;
}

}  // namespace

Rendering render_postmortem(const Session& session, const RenderingRequest& request) {
  Rendering rendering{show_postmortem(session, request.incident), {}};
  const auto& one = rendering.view.postmortem;
  const auto record = store::incident_record(session.store(), rendering.view.incident.uid);
  rendering.identities =
      postmortem::identities_in(one.text, record, people_known(session, record, one));
  auto source = one.text;
  if (request.audience == postmortem::Audience::open)
    if (auto lines =
            postmortem::with_region(source, "timeline", public_timeline(record, request.zone)))
      source = std::move(*lines);
  rendering.text = request.check
                       ? *request.check
                       : postmortem::rendered(source, request.audience, rendering.identities);
  rendering.leaks = postmortem::leaks_in(rendering.text, request.audience, rendering.identities);
  for (auto& leak : rendering.leaks)
    leak.file = request.check ? request.check_name
                              : rendering.view.incident.name + "." +
                                    std::string(to_string(request.audience)) + ".md";
  return rendering;
}

}  // namespace nines::usecases
