// Runs predicates column by column; integer columns take loops that the compiler vectorises.
#include "domain/series/evaluate.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace nines::series {
namespace {

using Kind = Predicate::Kind;

template <class Test>
void compare_rows(std::size_t rows, std::uint8_t* mask, const Test& test) {
  for (std::size_t i = 0; i < rows; ++i) mask[i] = test(i) ? 1 : 0;
}

/// Integer columns against an integer: all rows by plain 64-bit comparison.
void compare_whole(const std::int64_t* units, std::size_t rows, Compare op, std::int64_t limit,
                   std::uint8_t* mask) {
  switch (op) {
    case Compare::lt:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] < limit; });
    case Compare::le:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] <= limit; });
    case Compare::gt:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] > limit; });
    case Compare::ge:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] >= limit; });
    case Compare::eq:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] == limit; });
    default:
      return compare_rows(rows, mask, [=](std::size_t i) { return units[i] != limit; });
  }
}

bool holds(std::strong_ordering order, Compare op) {
  switch (op) {
    case Compare::lt:
      return order < 0;
    case Compare::le:
      return order <= 0;
    case Compare::gt:
      return order > 0;
    case Compare::ge:
      return order >= 0;
    case Compare::eq:
      return order == 0;
    default:
      return order != 0;
  }
}

/// Integers against a limit such as 99.5: the same set as against a neighbouring integer.
struct WholeLimit {
  Compare op;
  std::int64_t limit;
  int constant = -1;  ///< 0 or 1 when no row needs to be looked at
};

WholeLimit whole_limit(Compare op, Decimal limit) {
  if (limit.scale() == 0) return {op, limit.units(), -1};
  std::int64_t power = 1;
  for (int i = 0; i < limit.scale(); ++i) power *= 10;
  std::int64_t floor = limit.units() / power;
  if (limit.units() < 0) --floor;  // never whole: Decimal is normalised
  switch (op) {
    case Compare::lt:
    case Compare::le:
      return {Compare::le, floor, -1};
    case Compare::gt:
    case Compare::ge:
      return {Compare::gt, floor, -1};
    case Compare::eq:
      return {op, 0, 0};
    default:
      return {op, 0, 1};
  }
}

}  // namespace

void compare_column(const NumberColumn& column, std::size_t rows, Compare op, Decimal limit,
                    std::uint8_t* mask) {
  if (column.whole) {
    const WholeLimit whole = whole_limit(op, limit);
    if (whole.constant >= 0) {
      std::fill_n(mask, rows, static_cast<std::uint8_t>(whole.constant));
    } else {
      compare_whole(column.units, rows, whole.op, whole.limit, mask);
    }
    return;
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const int scale = column.scales[i];
    if (scale == kMissing) {
      mask[i] = 0;
    } else if (scale == limit.scale()) {
      mask[i] = holds(column.units[i] <=> limit.units(), op);
    } else {
      mask[i] = holds(Decimal(column.units[i], scale) <=> limit, op);
    }
  }
}

std::vector<ColumnUse> columns_of(const Predicate& predicate) {
  std::vector<ColumnUse> uses;
  for (const Predicate::Node& node : predicate.nodes) {
    if (node.kind != Kind::comparison) continue;
    ColumnUse use{node.comparison.column, node.comparison.numeric()};
    if (std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(std::move(use));
  }
  return uses;
}

struct Evaluator::Program {
  struct Step {
    Kind kind = Kind::always;
    std::size_t left = 0;
    std::size_t right = 0;
    Compare op = Compare::eq;
    std::size_t place = 0;
    bool numeric = false;
    Decimal number;
    std::string text;
    std::unique_ptr<RE2> expression;
  };
  std::vector<Step> steps;
  std::vector<std::vector<std::uint8_t>> masks;  ///< one per step but the last

  void text_leaf(Step& step, const Batch& batch, std::uint8_t* mask) const {
    const std::string_view* values = batch.texts[step.place].values;
    const std::string_view literal = step.text;
    compare_rows(batch.rows, mask, [&](std::size_t i) {
      const std::string_view value = values[i];
      if (value.data() == nullptr) return false;
      switch (step.op) {
        case Compare::eq:
          return value == literal;
        case Compare::ne:
          return value != literal;
        case Compare::prefix:
          return value.substr(0, literal.size()) == literal;
        default: {
          const bool found =
              RE2::PartialMatch(re2::StringPiece(value.data(), value.size()), *step.expression);
          return found == (step.op == Compare::match);
        }
      }
    });
  }

  void run_step(std::size_t index, const Batch& batch, std::uint8_t* mask) {
    Step& step = steps[index];
    const std::uint8_t* left = step.left < masks.size() ? masks[step.left].data() : nullptr;
    const std::uint8_t* right = step.right < masks.size() ? masks[step.right].data() : nullptr;
    switch (step.kind) {
      case Kind::always:
        std::fill_n(mask, batch.rows, 1);
        return;
      case Kind::never:
        std::fill_n(mask, batch.rows, 0);
        return;
      case Kind::negation:
        return compare_rows(batch.rows, mask, [=](std::size_t i) { return !left[i]; });
      case Kind::conjunction:
        return compare_rows(batch.rows, mask, [=](std::size_t i) { return left[i] & right[i]; });
      case Kind::disjunction:
        return compare_rows(batch.rows, mask, [=](std::size_t i) { return left[i] | right[i]; });
      case Kind::comparison:
        break;
    }
    if (step.numeric) {
      compare_column(batch.numbers[step.place], batch.rows, step.op, step.number, mask);
    } else {
      text_leaf(step, batch, mask);
    }
  }
};

Evaluator::Evaluator(const Predicate& predicate,
                     const std::function<std::size_t(const ColumnUse&)>& place)
    : program_(std::make_unique<Program>()) {
  for (const Predicate::Node& node : predicate.nodes) {
    Program::Step step;
    step.kind = node.kind;
    step.left = node.left;
    step.right = node.right;
    if (node.kind == Kind::comparison) {
      const Comparison& c = node.comparison;
      step.op = c.op;
      step.numeric = c.numeric();
      step.place = place({c.column, step.numeric});
      if (step.numeric) {
        step.number = std::get<Decimal>(c.literal);
      } else {
        step.text = std::get<std::string>(c.literal);
      }
      if (c.op >= Compare::match) step.expression = std::make_unique<RE2>(step.text, RE2::Quiet);
    }
    program_->steps.push_back(std::move(step));
  }
  program_->masks.resize(program_->steps.size());
}

Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;

bool Evaluator::always() const {
  return program_->steps.size() == 1 && program_->steps[0].kind == Kind::always;
}

void Evaluator::run(const Batch& batch, std::uint8_t* mask) {
  const std::size_t last = program_->steps.size() - 1;
  for (std::size_t i = 0; i < last; ++i) {
    if (program_->masks[i].size() < batch.rows) program_->masks[i].resize(batch.rows);
    program_->run_step(i, batch, program_->masks[i].data());
  }
  program_->run_step(last, batch, mask);
}

}  // namespace nines::series
