// The days off of a Calendar that names an .ics file: read by the companion program nines-calendar.
#pragma once

#include <filesystem>

#include "base/finding.hpp"
#include "base/time.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

/// Where such files lie, and who reads them.
struct CalendarFiles {
  std::filesystem::path folder;   ///< of the definition file; names in it are relative to it
  std::filesystem::path program;  ///< nines-calendar; empty: there is none
  Instant now;                    ///< says which years are read: two back, five ahead
};

/// In the document, the name of the file becomes the days it says and where they come from, so that
/// what is recorded needs no file any more. Findings have the path of the member, code and texts;
/// with an error among them nothing is filled in. Does nothing for any other definition. Throws
/// Error{config} when there is no program to read it.
Findings read_calendar_file(yaml::Definition& definition, const CalendarFiles& files);

}  // namespace nines::usecases
