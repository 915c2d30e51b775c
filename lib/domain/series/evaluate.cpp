// Runs predicates column by column: one integer comparison a row, whatever the decimals.
#include "domain/series/evaluate.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/wide.hpp"

namespace nines::series {
namespace {

using Kind = Predicate::Kind;

template <class Test>
void compare_rows(std::size_t rows, std::uint8_t* mask, const Test& test) {
  for (std::size_t i = 0; i < rows; ++i) mask[i] = test(i) ? 1 : 0;
}

/// A constant against units of one scale: `units <= floor` says "at most", whatever its fraction.
struct ScaledLimit {
  std::int64_t floor = 0;
  bool whole = true;  ///< the constant is `floor` itself
};

constexpr int kScales = 19;

ScaledLimit scaled(Decimal limit, int scale) {
  Wide value = limit.units();
  bool whole = true;
  for (int s = limit.scale(); s < scale; ++s) value *= 10;
  for (int s = scale; s < limit.scale(); ++s) {
    const Wide rest = value % 10;
    whole = whole && rest == 0;
    value = (value - rest) / 10 - (rest < 0 ? 1 : 0);
  }
  // Units have at most 18 digits, so that all of them lie on one side of a limit beyond 64 bits.
  constexpr Wide kMostAtOnce = std::numeric_limits<std::int64_t>::max();
  if (value > kMostAtOnce) return {std::numeric_limits<std::int64_t>::max(), false};
  if (value < -kMostAtOnce) return {std::numeric_limits<std::int64_t>::min(), false};
  return {static_cast<std::int64_t>(value), whole};
}

/// Every comparison is "at most" or "equal", or the contrary of one of them.
class Comparer {
 public:
  Comparer(Compare op, Decimal constant)
      : op_(op),
        constant_(constant),
        equality_(op == Compare::eq || op == Compare::ne),
        contrary_(op == Compare::gt || op == Compare::ge || op == Compare::ne) {}

  /// All of one scale.
  void run(const std::int64_t* units, int scale, std::size_t rows, std::uint8_t* mask) const {
    const Limit limit = at(scale);
    const bool flip = contrary_;
    if (!equality_)
      compare_rows(rows, mask, [=](std::size_t i) { return (units[i] <= limit.value) != flip; });
    else if (limit.possible)
      compare_rows(rows, mask, [=](std::size_t i) { return (units[i] == limit.value) != flip; });
    else
      std::fill_n(mask, rows, static_cast<std::uint8_t>(flip));
  }

  /// Each of its own, or kMissing.
  void run(const std::int64_t* units, const std::int8_t* scales, std::size_t rows,
           std::uint8_t* mask) const {
    std::array<Limit, kScales> limits;
    for (int scale = 0; scale < kScales; ++scale)
      limits[static_cast<std::size_t>(scale)] = at(scale);
    const bool flip = contrary_;
    const bool equality = equality_;
    compare_rows(rows, mask, [&](std::size_t i) {
      const int scale = scales[i];
      const Limit& limit = limits[static_cast<std::size_t>(std::max(scale, 0))];
      const bool holds =
          equality ? (units[i] == limit.value) & limit.possible : units[i] <= limit.value;
      return (holds != flip) & (scale >= 0);
    });
  }

 private:
  struct Limit {
    std::int64_t value = 0;
    bool possible = true;  ///< false: no units of this scale are equal
  };

  Limit at(int scale) const {
    const bool below = op_ == Compare::lt || op_ == Compare::ge;  // x < c is x <= c - 1
    const ScaledLimit s = scaled(constant_, scale);
    return {s.floor - (below && s.whole ? 1 : 0), s.whole};
  }

  Compare op_;
  Decimal constant_;
  bool equality_;
  bool contrary_;
};

}  // namespace

void compare_column(const NumberColumn& column, std::size_t rows, Compare op, Decimal limit,
                    std::uint8_t* mask) {
  const Comparer comparer(op, limit);
  if (column.scale >= 0)
    comparer.run(column.units, column.scale, rows, mask);
  else
    comparer.run(column.units, column.scales, rows, mask);
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
