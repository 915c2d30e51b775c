// A fault tree as a file of the Open-PSA model exchange format.
#pragma once

#include <string>

#include "domain/rca/tree/model.hpp"

namespace nines::ingest {

/// One gate with its formula at a time, then the data of the events. Members of common-cause groups
/// are defined by their group, as the format wants; rates become exponentials over the system
/// mission time. `read_open_psa` reads the same tree back. Throws Error{bad_data} for a name that
/// the format does not have, and for what it cannot say (a group whose members have no probability).
std::string write_open_psa(const rca::tree::FaultTree& tree);

}  // namespace nines::ingest
