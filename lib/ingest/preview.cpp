// The first rows of a file as people want to see them before they trust an import.
#include <algorithm>

#include "base/error.hpp"
#include "ingest/decoder.hpp"
#include "ingest/measure.hpp"

namespace nines::ingest {
namespace {

class Viewer final : public RowSink {
 public:
  Viewer(const SourceSpec& spec, const std::vector<Rule>& rules, const Plan& plan, std::size_t most,
         Preview& out)
      : spec_(spec),
        rules_(rules),
        plan_(plan),
        most_(most),
        out_(out),
        pool_([](auto&&) {}, 0, ~std::size_t{0}),
        splits_(spec.splits.size()),
        typer_(spec, plan, splits_, units_),
        accumulator_(rules, plan, spec, pool_, ~std::size_t{0}) {}

  void rows(Fields& fields) override {
    // Typed one by one, so that a decoded row and its text stay together when others are refused.
    Fields one(fields.columns.size());
    for (std::size_t i = 0; i < fields.rows && out_.rows.size() < most_; ++i) {
      for (std::size_t c = 0; c < fields.columns.size(); ++c)
        one.columns[c][0] = fields.columns[c][i];
      one.lines[0] = fields.lines[i];
      one.rows = 1;
      view(one);
    }
  }
  void reject(std::string_view, std::string_view) override {}

 private:
  void view(const Fields& one) {
    const TypedRows& typed = typer_.type(one, [](std::string_view, std::string) {});
    if (typed.batch.rows == 0) return;
    PreviewRow row;
    row.minute = typed.minutes[0];
    row.service = plan_.service ? std::string(one.columns[*plan_.service][0]) : spec_.service;
    for (const auto& column : one.columns) row.values.emplace_back(column[0]);
    for (std::size_t r = 0; r < rules_.size(); ++r) {
      std::uint8_t verdict = 0;
      accumulator_.judge(typed, r, &verdict);
      row.verdicts.push_back(verdict);
    }
    out_.rows.push_back(std::move(row));
  }

  const SourceSpec& spec_;
  const std::vector<Rule>& rules_;
  const Plan& plan_;
  std::size_t most_;
  Preview& out_;
  FragmentPool pool_;
  UnitTable units_;
  SplitValues splits_;
  RowTyper typer_;
  Accumulator accumulator_;
};

}  // namespace

Preview preview(std::unique_ptr<ByteSource> bytes, const SourceSpec& spec,
                const std::vector<Rule>& rules, std::size_t rows) {
  SegmentOptions options = segment_options(spec);
  options.take_last_line = true;
  SegmentReader reader(std::move(bytes), options);
  Preview out;
  Segment segment;
  if (!reader.next(segment)) return out;
  // All columns where the file tells them, else those that are used.
  const Plan used = make_plan(spec, rules);
  const std::vector<std::string> all =
      make_decoder(spec, segment.header, used.names_in_file(spec))->columns();
  const Plan plan = make_plan(spec, rules, all);
  out.columns = plan.wanted;
  Viewer viewer(spec, rules, plan, rows, out);
  make_decoder(spec, segment.header, plan.names_in_file(spec))->decode(segment, viewer);
  return out;
}

}  // namespace nines::ingest
