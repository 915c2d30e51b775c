// Types one column at a time, so that each loop stays small and its data hot.
#include "ingest/typed_rows.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "base/error.hpp"

namespace nines::ingest {
namespace {

std::size_t place_in(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

void add_unique(std::vector<std::size_t>& places, std::size_t place) {
  if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
}

std::size_t index_of(const std::vector<std::size_t>& places, const std::vector<std::string>& wanted,
                     const std::string& column) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (wanted[places[i]] == column) return i;
  }
  throw Error(ExitCode::bug, "column '" + column + "' is missing from the plan");
}

/// Bits that are set in any, and in all, of the scales of a column.
struct ScaleBits {
  std::uint8_t any = 0;
  std::uint8_t all = 0xFF;
};

/// A function of its own, so that all it needs stays in registers.
template <class Read>
[[gnu::noinline]] ScaleBits read_numbers(const std::string_view* texts, std::size_t rows,
                                         std::int64_t* units, std::int8_t* scales, Read read) {
  ScaleBits bits;
  for (std::size_t i = 0; i < rows; ++i) {
    const Number number = texts[i].data() == nullptr ? Number{0, series::kMissing} : read(texts[i]);
    units[i] = number.units;
    scales[i] = number.scale;
    bits.any |= static_cast<std::uint8_t>(number.scale);
    bits.all &= static_cast<std::uint8_t>(number.scale);
  }
  return bits;
}

}  // namespace

std::size_t Plan::number_place(const std::string& column) const {
  return index_of(numbers, wanted, column);
}
std::size_t Plan::text_place(const std::string& column) const {
  return index_of(texts, wanted, column);
}

Plan make_plan(const SourceSpec& spec, const std::vector<Rule>& rules,
               const std::vector<std::string>& also) {
  Plan plan;
  for (const std::string& column : spec.time.columns)
    plan.time.push_back(place_in(plan.wanted, column));
  if (!spec.service_column.empty()) plan.service = place_in(plan.wanted, spec.service_column);
  for (const SplitSpec& split : spec.splits)
    plan.splits.push_back(place_in(plan.wanted, split.column));
  for (const Rule& rule : rules) {
    for (const series::Predicate* p : {&rule.good, &rule.total}) {
      for (const series::ColumnUse& use : series::columns_of(*p)) {
        add_unique(use.numeric ? plan.numbers : plan.texts, place_in(plan.wanted, use.name));
      }
    }
    for (const std::string* column : {&rule.good_sum, &rule.total_sum, &rule.value}) {
      if (!column->empty()) add_unique(plan.numbers, place_in(plan.wanted, *column));
    }
  }
  plan.counts.resize(plan.numbers.size());
  for (const Rule& rule : rules) {
    for (const std::string* column : {&rule.good_sum, &rule.total_sum}) {
      if (!column->empty()) plan.counts[plan.number_place(*column)] = true;
    }
  }
  for (const std::string& column : also) place_in(plan.wanted, column);
  return plan;
}

std::vector<std::string> Plan::names_in_file(const SourceSpec& spec) const {
  std::vector<std::string> names;
  for (const std::string& name : wanted) names.emplace_back(spec.resolve(name));
  return names;
}

RowTyper::RowTyper(const SourceSpec& spec, const Plan& plan, const SplitValues& split_values,
                   UnitTable& units)
    : spec_(spec),
      plan_(plan),
      split_values_(split_values),
      units_(units),
      time_(spec.time, spec.zone),
      split_names_(plan.splits.size()),
      sound_(kBatchRows),
      number_units_(plan.numbers.size(), std::vector<std::int64_t>(kBatchRows)),
      number_scales_(plan.numbers.size(), std::vector<std::int8_t>(kBatchRows)),
      text_values_(plan.texts.size(), std::vector<std::string_view>(kBatchRows)) {
  typed_.minutes.resize(kBatchRows);
  typed_.units.resize(kBatchRows);
  typed_.splits.assign(plan.splits.size(), std::vector<std::uint32_t>(kBatchRows));
  typed_.batch.numbers.resize(plan.numbers.size());
  typed_.batch.texts.resize(plan.texts.size());
  if (!plan.service) fixed_unit_ = units.number_of({spec.service, {}});
}

const TypedRows& RowTyper::type(const Fields& fields, const Reject& reject) {
  rows_ = fields.rows;
  all_sound_ = true;
  std::fill_n(sound_.begin(), rows_, 1);
  type_times(fields, reject);
  type_services(fields, reject);
  type_numbers(fields, reject);
  for (std::size_t i = 0; i < plan_.texts.size(); ++i)
    typed_.batch.texts[i].values = fields.columns[plan_.texts[i]].data();
  type_splits(fields);
  if (!all_sound_) compact(fields);
  typed_.batch.rows = rows_;
  return typed_;
}

void RowTyper::refuse(const Fields& fields, std::size_t row, std::string reason,
                      const Reject& reject) {
  if (!sound_[row]) return;
  sound_[row] = 0;
  all_sound_ = false;
  reject(fields.lines[row], std::move(reason));
}

std::string_view RowTyper::time_text(const Fields& fields, std::size_t row) {
  if (plan_.time.size() == 1) return fields.columns[plan_.time[0]][row];
  joined_.clear();
  for (const std::size_t place : plan_.time) {
    if (!joined_.empty()) joined_ += ' ';
    joined_ += fields.columns[place][row];
  }
  joined_.reserve(joined_.size() + 16);
  return joined_;
}

void RowTyper::type_times(const Fields& fields, const Reject& reject) {
  for (std::size_t i = 0; i < rows_; ++i) {
    if (plan_.time.size() == 1) {
      i += time_.same_minute(fields.columns[plan_.time[0]].data() + i, rows_ - i,
                             typed_.minutes.data() + i);
      if (i == rows_) return;
    }
    const std::string_view text = time_text(fields, i);
    if (text.empty() || !time_.minute(text, typed_.minutes[i])) {
      refuse(fields, i,
             text.empty() ? std::string("no time")
                          : fmt::format("'{}' {}", text.substr(0, 40), time_.problem()),
             reject);
    }
  }
}

void RowTyper::type_services(const Fields& fields, const Reject& reject) {
  if (!plan_.service) {
    std::fill_n(typed_.units.begin(), rows_, fixed_unit_);
    return;
  }
  const auto& column = fields.columns[*plan_.service];
  for (std::size_t i = 0; i < rows_; ++i) {
    const std::string_view text = column[i];
    if (text.empty()) {
      typed_.units[i] = 0;
      refuse(fields, i, "no service", reject);
      continue;
    }
    std::uint32_t number = services_.find(text);
    if (number == NameCache::kUnknown) {
      number = units_.number_of({std::string(text), {}});
      services_.add(text, number);
      if (service_names_.size() <= number) service_names_.resize(number + 1);
      service_names_[number] = text;
    }
    typed_.units[i] = number;
  }
}

void RowTyper::type_numbers(const Fields& fields, const Reject& reject) {
  for (std::size_t c = 0; c < plan_.numbers.size(); ++c) {
    const auto& column = fields.columns[plan_.numbers[c]];
    std::int64_t* units = number_units_[c].data();
    std::int8_t* scales = number_scales_[c].data();
    const std::string_view* const texts = column.data();
    const ScaleBits bits =
        repeats(texts, rows_)
            ? read_numbers(texts, rows_, units, scales, RepeatedNumber())
            : read_numbers(texts, rows_, units, scales,
                           [](std::string_view text) { return parse_number(text); });
    const bool any_negative = bits.any > 127;  // kMissing or kBadNumber
    if (any_negative) {
      for (std::size_t i = 0; i < rows_; ++i) {
        if (scales[i] == kBadNumber) {
          refuse(fields, i,
                 fmt::format("{} '{}' is not a number", plan_.wanted[plan_.numbers[c]],
                             column[i].substr(0, 40)),
                 reject);
          scales[i] = series::kMissing;
        }
      }
    }
    if (plan_.counts[c]) {
      for (std::size_t i = 0; i < rows_; ++i) {
        for (; scales[i] > 0 && units[i] % 10 == 0; --scales[i]) units[i] /= 10;
        if (scales[i] > 0 || units[i] < 0) {
          refuse(fields, i,
                 fmt::format("{} '{}' is not a count", plan_.wanted[plan_.numbers[c]],
                             column[i].substr(0, 40)),
                 reject);
        }
      }
    }
    const bool reduced = plan_.counts[c] && bits.any != 0;
    const bool one_scale = !any_negative && bits.any == bits.all && !reduced;
    typed_.batch.numbers[c] = {
        units, scales, one_scale ? static_cast<std::int8_t>(bits.any) : series::kMixedScales};
  }
}

void RowTyper::type_splits(const Fields& fields) {
  for (std::size_t s = 0; s < plan_.splits.size(); ++s) {
    const auto& column = fields.columns[plan_.splits[s]];
    const auto& values = split_values_[s];
    for (std::size_t i = 0; i < rows_; ++i) {
      if (!sound_[i]) continue;
      const std::string_view text = column[i].data() == nullptr ? std::string_view("") : column[i];
      // Service and value together name the unit; a byte that texts do not hold keeps them apart.
      std::string key = std::to_string(typed_.units[i]) + '\x1f' + std::string(text);
      key.reserve(key.size() + 16);
      std::uint32_t number = split_names_[s].find(key);
      if (number == NameCache::kUnknown) {
        const bool told_apart = std::find(values.begin(), values.end(), text) != values.end();
        const std::string service = plan_.service ? service_names_[typed_.units[i]] : spec_.service;
        number = units_.number_of(
            {service, spec_.splits[s].label + "=" + (told_apart ? std::string(text) : "other")});
        split_names_[s].add(key, number);
      }
      typed_.splits[s][i] = number;
    }
  }
}

void RowTyper::compact(const Fields& fields) {
  std::size_t to = 0;
  for (std::size_t i = 0; i < rows_; ++i) {
    if (!sound_[i]) continue;
    typed_.minutes[to] = typed_.minutes[i];
    typed_.units[to] = typed_.units[i];
    for (auto& split : typed_.splits) split[to] = split[i];
    for (auto& units : number_units_) units[to] = units[i];
    for (auto& scales : number_scales_) scales[to] = scales[i];
    for (std::size_t t = 0; t < text_values_.size(); ++t)
      text_values_[t][to] = fields.columns[plan_.texts[t]][i];
    ++to;
  }
  for (std::size_t t = 0; t < text_values_.size(); ++t)
    typed_.batch.texts[t].values = text_values_[t].data();
  rows_ = to;
}

}  // namespace nines::ingest
