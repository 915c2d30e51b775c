// Chooses the decoder of a format and tells early which columns a file lacks.
#include "ingest/decoder.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "ingest/decoders.hpp"

namespace nines::ingest {

std::vector<std::size_t> places_of(const std::vector<std::string>& wanted,
                                   const std::vector<std::string>& names,
                                   const std::string& source) {
  std::vector<std::size_t> places;
  for (const std::string& name : wanted) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      const std::vector<std::string_view> known(names.begin(), names.end());
      std::string hint = did_you_mean_hint(name, known);
      if (hint.empty()) hint = "columns: " + join(names, ", ");
      throw Error(ExitCode::bad_data, fmt::format("source '{}' has no column '{}'", source, name),
                  std::move(hint), "UNKNOWN_COLUMN");
    }
    places.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  return places;
}

std::unique_ptr<Decoder> make_decoder(const SourceSpec& spec, const std::string& header,
                                      const std::vector<std::string>& names) {
  std::vector<std::string> wanted;  // as the file calls them
  for (const std::string& name : names) wanted.emplace_back(spec.resolve(name));
  switch (spec.format) {
    case Format::common:
    case Format::combined:
      return make_access_log(spec, wanted);
    case Format::w3c:
      return make_w3c(spec, header, wanted);
    case Format::csv:
    case Format::tsv:
      return make_delimited(spec, header, wanted);
    case Format::jsonl:
      return make_json_lines(wanted);
    case Format::openmetrics:
    case Format::prometheus:
      return make_open_metrics(wanted);
    case Format::pattern:
      return make_pattern(spec, wanted);
    case Format::fixed:
      return make_fixed(spec, wanted);
  }
  throw Error(ExitCode::bug, "a format without a decoder");
}

SegmentOptions segment_options(const SourceSpec& spec) {
  SegmentOptions options;
  if (spec.format == Format::csv) options.framing = Framing::quoted;
  options.header_line = (spec.format == Format::csv || spec.format == Format::tsv) && spec.header;
  if (spec.format == Format::w3c) options.header_prefix = "#Fields:";
  return options;
}

bool needs_order(Format format) {
  return format == Format::openmetrics || format == Format::prometheus;
}

}  // namespace nines::ingest
