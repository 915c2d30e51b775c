// Postmortems on record: drafted from what is known of an incident, written by people, listed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "base/zone.hpp"
#include "domain/incident/model.hpp"
#include "domain/postmortem/model.hpp"
#include "usecases/report/lint.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct PostmortemView {
  nines::postmortem::Postmortem postmortem;  ///< without a name in a dry run of a new one
  incident::Incident incident;
  nines::postmortem::State state = nines::postmortem::State::draft;
  std::optional<Day> due = {};          ///< nothing while the incident is not over
  std::vector<std::string> empty = {};  ///< headings under which nobody has written yet
};

/// "INC-4", "4", "PM-4", "@": the postmortem of that incident. Throws Error{not_found} when there
/// is no such incident, or nothing was written about it.
NINES_EXPORT PostmortemView show_postmortem(const Session& session,
                                            const std::optional<std::string>& word);
/// The incident that the word means, with its postmortem if there is one.
NINES_EXPORT incident::Incident incident_of_postmortem(const Session& session,
                                                       const std::optional<std::string>& word);
NINES_EXPORT std::vector<nines::postmortem::Revision> postmortem_history(const Session& session,
                                                                         const Uid& postmortem);
NINES_EXPORT std::string postmortem_revision(const Session& session, const Uid& postmortem,
                                             int number);

struct PostmortemDraft {
  std::optional<std::string> incident = {};
  bool refresh = false;     ///< renews the stretches between the tool's marks, and nothing else
  Zone zone = Zone::utc();  ///< of the times in the timeline
};
struct Drafted {
  PostmortemView view;
  bool made = true;                       ///< else it was renewed
  std::vector<std::string> renewed = {};  ///< stretches that read otherwise now
  std::vector<std::string> gone = {};     ///< that people took out, and stay out
};
/// A document with everything the record knows. Throws Error{conflict} when one is there and
/// `refresh` is not asked for.
NINES_EXPORT Drafted draft_postmortem(Session& session, const PostmortemDraft& request,
                                      bool dry_run);

/// The text as it goes to an editor or a file: with the revision it is.
NINES_EXPORT std::string text_for_editing(const nines::postmortem::Postmortem& postmortem);

struct WriteRequest {
  std::optional<std::string> incident = {};
  std::string text = {};  ///< as it came back; the revision it names is the one it was written from
  std::string name = {};  ///< of the file, for messages
};
struct Written {
  PostmortemView view;
  bool changed = true;
  LintResult wording = {};  ///< said, and in nobody's way
};
/// Throws Error: conflict when somebody wrote meanwhile (both texts are kept: the other one here,
/// this one with the caller), usage when the text names another incident or no revision, bad_data
/// when it is no text.
NINES_EXPORT Written write_postmortem(Session& session, const WriteRequest& request, bool dry_run);

/// The wording of what is on record of an incident, with the names it knows.
NINES_EXPORT LintResult lint_postmortem(const Session& session, const std::string& word,
                                        bool suggestions);

struct ListedPostmortem {
  PostmortemView view;
  std::size_t waiting = 0;  ///< reviewers who have not said anything about this text
};
/// By due day, those that are published last.
NINES_EXPORT std::vector<ListedPostmortem> list_postmortems(const Session& session);

/// Names of people that the record of the incident knows: roles, authors, the catalogue's persons.
std::vector<std::string> people_of(const Session& session, const incident::Record& record);

/// Records the text as the newest revision; nothing is judged.
void record_text(Session& session, nines::postmortem::Postmortem& one,
                 const incident::Incident& about);

}  // namespace nines::usecases
