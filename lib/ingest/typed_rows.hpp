// From text fields to typed columns: minutes, service numbers, exact decimals.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/series/batch.hpp"
#include "ingest/decoder.hpp"
#include "ingest/names.hpp"
#include "ingest/rule.hpp"
#include "ingest/time_field.hpp"

namespace nines::ingest {

/// What all rules together need from a file: names of columns to ask the decoder for, and what each
/// is for. Indices point into `wanted`.
struct Plan {
  std::vector<std::string> wanted;
  std::vector<std::size_t> time;  ///< joined by a space when several
  std::optional<std::size_t> service;
  std::vector<std::size_t> numbers;  ///< columns read as numbers, in batch order
  std::vector<std::size_t> texts;    ///< columns read as text, in batch order
  std::vector<bool> counts;          ///< per entry of `numbers`: must be a whole count
  std::vector<std::size_t> splits;   ///< one per split of the source

  std::size_t number_place(const std::string& column) const;
  std::size_t text_place(const std::string& column) const;
  /// `wanted` as the file calls the columns, for make_decoder.
  std::vector<std::string> names_in_file(const SourceSpec& spec) const;
};
Plan make_plan(const SourceSpec& spec, const std::vector<Rule>& rules,
               const std::vector<std::string>& also = {});

/// Split values that get series of their own; everything else is "other".
using SplitValues = std::vector<std::vector<std::string>>;

/// One batch of rows that are sound: index i means the same row in every member.
struct TypedRows {
  series::Batch batch;
  std::vector<std::int64_t> minutes;
  std::vector<std::uint32_t> units;                ///< the whole service
  std::vector<std::vector<std::uint32_t>> splits;  ///< per split: the service's split value
};

/// One per thread.
class RowTyper {
 public:
  RowTyper(const SourceSpec& spec, const Plan& plan, const SplitValues& split_values,
           UnitTable& units);

  using Reject = std::function<void(std::string_view line, std::string reason)>;
  /// Valid until the next call. Rows that cannot be typed go to `reject`.
  const TypedRows& type(const Fields& fields, const Reject& reject);

 private:
  void type_times(const Fields& fields, const Reject& reject);
  void type_services(const Fields& fields, const Reject& reject);
  void type_numbers(const Fields& fields, const Reject& reject);
  void type_splits(const Fields& fields);
  std::string_view time_text(const Fields& fields, std::size_t row);
  void refuse(const Fields& fields, std::size_t row, std::string reason, const Reject& reject);
  void compact(const Fields& fields);

  const SourceSpec& spec_;
  const Plan& plan_;
  const SplitValues& split_values_;
  UnitTable& units_;
  TimeField time_;
  std::string joined_;
  NameCache services_;
  std::vector<std::string> service_names_;  ///< by unit number, those this thread met
  std::vector<NameCache> split_names_;
  std::uint32_t fixed_unit_ = 0;
  std::size_t rows_ = 0;
  bool all_sound_ = true;
  std::vector<std::uint8_t> sound_;
  std::vector<std::vector<std::int64_t>> number_units_;
  std::vector<std::vector<std::int8_t>> number_scales_;
  std::vector<std::vector<std::string_view>> text_values_;
  TypedRows typed_;
};

}  // namespace nines::ingest
