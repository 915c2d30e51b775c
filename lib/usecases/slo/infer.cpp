// A draft by ingest, then the whole file read with it as an import would.
#include "usecases/slo/infer.hpp"

#include "base/error.hpp"
#include "domain/series/predicate.hpp"
#include "ingest/infer.hpp"
#include "ingest/measure.hpp"

namespace nines::usecases {
namespace {

series::Predicate predicate_of(const std::string& text) {
  const auto parsed = series::parse_predicate(text.empty() ? "true" : text);
  if (!parsed.predicate)
    throw Error(ExitCode::bug, "a drafted predicate cannot be read: " + parsed.error.message);
  return *parsed.predicate;
}

ingest::Rule rule_of(const ingest::Draft& draft) {
  ingest::Rule rule;
  rule.good = predicate_of(draft.where);
  rule.total = predicate_of(draft.total);
  rule.total_sum = draft.total_sum;
  rule.good_sum = draft.total_sum.empty() ? "" : draft.good_sum;
  return rule;
}

}  // namespace

InferredFile infer_file(const std::string& path) {
  if (path == "-") {
    throw Error(ExitCode::usage, "standard input cannot be read twice",
                "write it to a file and name that");
  }
  const ingest::Draft draft = ingest::infer(*ingest::open_bytes(path), path);
  InferredFile out;
  out.documents.push_back(draft.data_source());
  for (Json& document : draft.indicators()) out.documents.push_back(std::move(document));
  out.notes = draft.notes;
  const ingest::Rule rule = rule_of(draft);
  out.good_when = series::canonical(rule.good);

  ImportResult& reading = out.reading;
  reading.source = draft.name;
  reading.dry_run = true;
  reading.rules.push_back(
      {draft.good_sum.empty() ? out.good_when : draft.good_sum + " of " + draft.total_sum,
       series::canonical(rule.total),
       "",
       {}});
  ingest::Preview preview =
      ingest::preview(ingest::open_bytes(path), draft.spec, {rule}, ingest::kPreviewRows);
  reading.preview_columns = std::move(preview.columns);
  for (auto& row : preview.rows) {
    reading.preview.push_back({from_epoch_minute(row.minute), std::move(row.service),
                               std::move(row.values), std::move(row.verdicts)});
  }
  const ingest::Measured m = ingest::measure(
      ingest::open_bytes(path), draft.spec, {rule}, {},
      [&](std::vector<ingest::EncodedPart>&& parts, const ingest::UnitTable& units) {
        for (const auto& part : parts) {
          if (!units.unit(part.series).split.empty()) continue;
          reading.rules[0].good_events += part.good;
          reading.rules[0].total_events += part.total;
        }
      });
  ImportedFileResult file;
  file.file = path;
  file.rows = m.covered.rows;
  file.rejected = m.rejected;
  file.bytes = m.bytes;
  file.incomplete_bytes = m.incomplete_bytes;
  if (m.covered.rows > 0) {
    file.first = Instant{std::chrono::minutes{m.covered.first}};
    file.last = Instant{std::chrono::minutes{m.covered.last}};
  }
  file.reasons = m.reasons;
  for (const auto& reject : m.rejects)
    file.rejects.push_back({reject.line, reject.reason, reject.text});
  reading.files.push_back(std::move(file));
  return out;
}

}  // namespace nines::usecases
