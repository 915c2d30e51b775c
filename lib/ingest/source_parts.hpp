// The parts of `connectionDetails`, each read by its own unit into the SourceSpec.
#pragma once

#include "ingest/object_reader.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

/// `time` and `zone`; the format is known already.
void read_source_time(ObjectReader& in, SourceSpec& spec);

/// `columns`, `header`, `delimiter`, `pattern`.
void read_source_columns(ObjectReader& in, SourceSpec& spec);

}  // namespace nines::ingest
