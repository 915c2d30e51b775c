// A first set of incidents from what a team already wrote: postmortems in a folder, or an export.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/export.hpp"
#include "usecases/incident/ingest.hpp"
#include "usecases/setup/init.hpp"

namespace nines::usecases {

/// One true thing that nobody may have noticed, with what it is made of.
struct Surprise {
  std::string text;
  std::string command;  ///< that shows more
};

/// What stands out: the first duration or time that a record's own times contradict; else the
/// weekday on which at least four of eight or more incidents began, if chance alone would make one
/// day stand out so in one case of twenty at most; else the one that lasted longest. Nothing
/// without an incident. Weekdays are those of `zone`.
NINES_EXPORT std::optional<Surprise> surprise_of(const std::vector<Ingested>& incidents,
                                                 const Zone& zone);

/// How likely it is that one of seven days, all alike, gets `most` or more of `all`: the sum of
/// the seven binomial tails (Bonferroni's bound), at most 1.
NINES_EXPORT double chance_of_day(std::uint64_t most, std::uint64_t all);

struct InitIncidents {
  std::vector<InitStep> steps;
  std::vector<Ingested> incidents;
  std::vector<std::string> passed_over;  ///< "README.md: no incident in 'README.md'"
  std::vector<std::string> notes;        ///< what was assumed
  std::vector<std::string> files;        ///< that were read, or would be in a dry run
  std::optional<Surprise> surprise;
};

/// Whether `path` is a folder, a Markdown file, or an export that tells of incidents.
NINES_EXPORT bool tells_of_incidents(const std::string& path);

/// Makes the store and takes the incidents in, file by file, each in one transaction: doing it
/// again, after a crash as well, adds only what is new. A file that holds no timeline is passed
/// over and named. Throws Error{bad_data} when none does, or when there are more than 5,000 files.
NINES_EXPORT InitIncidents init_incidents(const SessionOptions& options, const InitRequest& request,
                                          const std::string& path, const IngestZone& zone);

}  // namespace nines::usecases
