// Writing and reading the document of an incident.
#include "usecases/report/postmortem.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "domain/incident/milestones.hpp"
#include "domain/postmortem/document.hpp"
#include "store/incidents.hpp"
#include "store/numbers.hpp"
#include "store/postmortems.hpp"
#include "store/store.hpp"
#include "usecases/approval/authenticate.hpp"
#include "usecases/incident/choose.hpp"
#include "usecases/report/draft_text.hpp"
#include "usecases/report/reviewers.hpp"
#include "usecases/slo/catalogue.hpp"

namespace nines::usecases {
namespace {

using incident::Incident;
using incident::Record;
using postmortem::Part;
using postmortem::Postmortem;
using postmortem::State;

std::string digest_of(std::string_view text) { return to_hex(Sha256().add(text).finish()); }

/// The day it was over; nothing while it is not.
std::optional<Instant> over_on(const Session& session, const Incident& about) {
  const auto record = store::incident_record(session.store(), about.uid, store::Lines::none);
  for (const auto name : {incident::milestone::kResolved, incident::milestone::kClosed}) {
    const auto found = record.milestones.find(std::string(name));
    if (found != record.milestones.end() && found->second.precision != Precision::unknown)
      return found->second.at;
  }
  return about.closed_at;
}

PostmortemView viewed(const Session& session, Postmortem one, Incident about,
                      bool open_only = false) {
  PostmortemView view{std::move(one), std::move(about)};
  authenticate_reviews(session, view.postmortem, open_only);
  view.state = postmortem::state_of(view.postmortem);
  if (const auto over = over_on(session, view.incident))
    view.due = postmortem::due_day(view.incident.severity, *over);
  // What the record cannot know.
  for (const auto part :
       {Part::summary, Part::surprises, Part::factors, Part::went_well, Part::luck})
    if (postmortem::prose_of(view.postmortem.text, part).empty())
      view.empty.emplace_back(postmortem::heading_of(part));
  return view;
}

Error nothing_written(const Incident& about) {
  return Error(ExitCode::not_found, "nothing was written about '" + about.name + "' yet",
               "nines report postmortem draft " + about.name, "NO_POSTMORTEM");
}

void check_text(const std::string& text, const std::string& name) {
  if (text.size() > kMostPostmortemBytes)
    throw Error(ExitCode::bad_data, "'" + name + "' is larger than 2 MiB",
                "a postmortem is text that people read", "TOO_LARGE");
  if (!is_valid_utf8(text))
    throw Error(ExitCode::bad_data, "'" + name + "' is not valid UTF-8", "save it as UTF-8",
                "BAD_UTF8");
  if (trim(postmortem::body_of(text)).empty())
    throw Error(ExitCode::bad_data, "'" + name + "' holds nothing but its front matter",
                "nothing is recorded: leave the text as it was to stop", "EMPTY_TEXT");
  if (text.find('\0') != std::string::npos)
    throw Error(ExitCode::bad_data, "'" + name + "' holds NUL bytes", "a postmortem is text",
                "BAD_TEXT");
}

/// People wrote this revision.
void commit_text(Session& session, Postmortem& one, const Incident& about) {
  one.origin.clear();
  record_text(session, one, about);
}

}  // namespace

void record_text(Session& session, Postmortem& one, const Incident& about) {
  const auto before = store::find_postmortem(session.store(), about.uid);
  const auto numbered = store::get_numbered(session.store(), "INC", about.name);
  const auto& options = session.options();
  one.uid = store::postmortem_uid(about.uid);
  one.incident = about.uid;
  one.digest = digest_of(one.text);
  auto event = store::postmortem_written(one, before ? before->digest : "", options.actor,
                                         numbered.number, session.now());
  sign_event(session, event);
  store::Transaction tx(session.store(), options.actor, options.command, options.because);
  tx.append(event);
  tx.commit();
  if (auto after = store::find_postmortem(session.store(), about.uid)) one = std::move(*after);
}

Incident incident_of_postmortem(const Session& session, const std::optional<std::string>& word) {
  if (!word || !starts_with_ignoring_case(*word, "pm-")) return choose_incident(session, word);
  const auto numbered = store::get_numbered(session.store(), "PM", *word);
  for (const auto& one : store::postmortems(session.store()))
    if (one.uid == numbered.uid)
      if (auto about = store::find_incident(session.store(), one.incident))
        return std::move(*about);
  throw Error(ExitCode::not_found, "the incident of '" + *word + "' is not here",
              "nines report postmortem list", "NO_INCIDENT");
}

PostmortemView show_postmortem(const Session& session, const std::optional<std::string>& word) {
  auto about = incident_of_postmortem(session, word);
  auto one = store::find_postmortem(session.store(), about.uid);
  if (!one) throw nothing_written(about);
  return viewed(session, std::move(*one), std::move(about));
}

std::vector<postmortem::Revision> postmortem_history(const Session& session, const Uid& uid) {
  return store::postmortem_revisions(session.store(), uid);
}

std::string postmortem_revision(const Session& session, const Uid& uid, int number) {
  return store::postmortem_text(session.store(), uid, number);
}

Drafted draft_postmortem(Session& session, const PostmortemDraft& request, bool dry_run) {
  auto about = incident_of_postmortem(session, request.incident);
  const auto record = store::incident_record(session.store(), about.uid);
  const auto regions = drafted_regions(session, record, request.zone);
  auto before = store::find_postmortem(session.store(), about.uid);
  Drafted drafted;
  Postmortem one;
  if (!before) {
    if (request.refresh) throw nothing_written(about);
    one.text = drafted_document(session, record, regions);
    one.incident = about.uid;
    one.author = session.options().actor;
    one.created_at = one.changed_at = session.now();
    one.digest = digest_of(one.text);
    one.revision = 1;
  } else {
    if (!request.refresh)
      throw Error(ExitCode::conflict, "there is a postmortem of '" + about.name + "' already",
                  "nines report postmortem edit " + about.name +
                      ", or draft --refresh for what comes from the record",
                  "EXISTS");
    one = std::move(*before);
    drafted.made = false;
    for (const auto& [name, content] : regions) {
      auto renewed = postmortem::with_region(one.text, name, content);
      if (!renewed)
        drafted.gone.push_back(name);
      else if (*renewed != one.text) {
        one.text = std::move(*renewed);
        drafted.renewed.push_back(name);
      }
    }
  }
  if (!dry_run && (drafted.made || !drafted.renewed.empty())) commit_text(session, one, about);
  drafted.view = viewed(session, std::move(one), std::move(about));
  return drafted;
}

std::string text_for_editing(const Postmortem& one) {
  return postmortem::with_front(one.text, "revision", one.token());
}

Written write_postmortem(Session& session, const WriteRequest& request, bool dry_run) {
  check_text(request.text, request.name);
  const auto named = postmortem::front_value(request.text, "incident");
  auto about =
      incident_of_postmortem(session, request.incident || !named ? request.incident : named);
  if (named && incident_of_postmortem(session, named).uid != about.uid)
    throw Error(ExitCode::usage,
                "'" + request.name + "' is about " + *named + ", not " + about.name,
                "the front matter says so: mend it, or name the other incident", "BAD_COMBINATION");
  const auto base = postmortem::front_value(request.text, "revision");
  auto before = store::find_postmortem(session.store(), about.uid);
  if (before && !base)
    throw Error(ExitCode::usage, "'" + request.name + "' does not say which revision it changes",
                "nines report postmortem show " + about.name +
                    " -o md writes one that does: take its line 'revision: " + before->token() +
                    "' over once you have seen what stands there",
                "NO_REVISION");
  if (before && *base != before->token())
    throw Error(ExitCode::conflict,
                "'" + about.name + "' was written meanwhile: '" + request.name +
                    "' changes revision " + *base + ", and " + before->token() + " is there now",
                "both are kept: nines report postmortem show " + about.name +
                    " -o md shows the other; join them, set 'revision: " + before->token() +
                    "', then edit --from FILE",
                "WRITTEN_MEANWHILE");
  Postmortem one = before ? *before : Postmortem{};
  one.text = postmortem::without_front(request.text, "revision");
  if (!named) one.text = postmortem::with_front(one.text, "incident", about.name);
  Written written;
  written.changed = !before || one.text != before->text;
  if (!before) {
    one.author = session.options().actor;
    one.created_at = one.changed_at = session.now();
    one.incident = about.uid;
  }
  if (written.changed) {
    one.digest = digest_of(one.text);
    if (!dry_run) commit_text(session, one, about);
  }
  const auto record = store::incident_record(session.store(), about.uid);
  written.wording = lint_text(about.name, one.text, people_of(session, record), false);
  written.view = viewed(session, std::move(one), std::move(about));
  return written;
}

LintResult lint_postmortem(const Session& session, const std::string& word, bool suggestions) {
  const auto view = show_postmortem(session, word);
  const auto record = store::incident_record(session.store(), view.incident.uid);
  return lint_text(view.incident.name, view.postmortem.text, people_of(session, record),
                   suggestions);
}

std::vector<ListedPostmortem> list_postmortems(const Session& session) {
  std::vector<ListedPostmortem> listed;
  for (auto& one : store::postmortems(session.store())) {
    auto about = store::find_incident(session.store(), one.incident);
    if (!about) continue;
    one.text = store::postmortem_text(session.store(), one.uid, one.revision);
    ListedPostmortem row{viewed(session, std::move(one), std::move(*about), true)};
    row.waiting = postmortem::waiting_reviews(row.view.postmortem).size();
    listed.push_back(std::move(row));
  }
  const auto order = [](const ListedPostmortem& row) {
    return std::tuple(row.view.state == State::published, !row.view.due,
                      row.view.due.value_or(Day{}));
  };
  std::stable_sort(
      listed.begin(), listed.end(),
      [&](const ListedPostmortem& a, const ListedPostmortem& b) { return order(a) < order(b); });
  return listed;
}

std::vector<std::string> people_of(const Session& session, const Record& record) {
  std::set<std::string> names;
  for (const auto& role : record.roles) names.insert(role.person);
  for (const auto& entry : record.entries) names.insert(entry.author);
  for (const auto& [name, person] : load_catalogue(session).people) {
    names.insert(name);
    names.insert(person.display_name);
  }
  names.erase("");
  return {names.begin(), names.end()};
}

}  // namespace nines::usecases
