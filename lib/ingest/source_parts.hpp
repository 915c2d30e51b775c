// The parts of `connectionDetails`, each read by its own unit into the SourceSpec.
#pragma once

#include "base/error.hpp"
#include "ingest/object_reader.hpp"
#include "ingest/source_spec.hpp"

namespace nines::ingest {

/// `time` and `zone`; the format is known already.
void read_source_time(ObjectReader& in, SourceSpec& spec);

/// `columns`, `header`, `delimiter`, `pattern`.
void read_source_columns(ObjectReader& in, SourceSpec& spec);

/// Adds what was found of `source` to `findings`, with its name. False when any of it is an error.
bool is_sound(const slo::DataSource& source, Findings own, Findings& findings);
/// The first error among the findings, for sources that must be sound.
Error source_invalid(const slo::DataSource& source, const Findings& findings);

}  // namespace nines::ingest
