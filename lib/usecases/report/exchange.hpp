// Postmortems in and out: Markdown files, JSON lines, and tables.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/incident/ingest.hpp"
#include "usecases/report/postmortem.hpp"
#include "usecases/session.hpp"

namespace nines::usecases {

struct PostmortemImport {
  std::vector<IngestText> texts = {};
  std::optional<std::string> incident = {};  ///< that the one document is about
  IngestZone zone = {};  ///< of times that state none, where an incident is made
};

enum class PostmortemOutcome {
  recorded,
  amended,    ///< the file reads otherwise than when it was imported, and nobody edited meanwhile
  unchanged,  ///< this text was recorded before
  differs     ///< people wrote something else: theirs stays
};
std::string_view to_string(PostmortemOutcome outcome);

struct ImportedPostmortem {
  std::string file;
  incident::Incident incident;  ///< without a name in a dry run of a new one
  bool opened = false;          ///< the incident came with it, from its timeline
  PostmortemOutcome outcome = PostmortemOutcome::recorded;
  std::size_t remarks = 0;  ///< on wording
};

/// A Markdown file names its incident in its front matter, or brings one along: its timeline is
/// taken in as `nines incident ingest` does. JSON lines and CSV have the members "incident" and
/// "text", as the export writes them. The same again adds nothing; each document is one
/// transaction. Throws Error{bad_data} for what is none of these.
NINES_EXPORT std::vector<ImportedPostmortem> import_postmortems(Session& session,
                                                                const PostmortemImport& request,
                                                                bool dry_run);

/// Those of the incidents named, or all, with their texts as `import_postmortems` takes them back.
NINES_EXPORT std::vector<PostmortemView> export_postmortems(
    const Session& session, const std::vector<std::string>& incidents);

/// The documents in one text: of Markdown itself, of JSON lines and tables one per record.
struct ImportedText {
  std::string incident;  ///< empty: the text says, or nobody does
  std::string text;
};
std::vector<ImportedText> read_postmortems(const std::string& name, const std::string& bytes);

}  // namespace nines::usecases
