// Evaluates a predicate over a whole batch at once: one pass over a column per comparison.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "domain/series/batch.hpp"
#include "domain/series/predicate.hpp"

namespace nines::series {

/// Which columns a predicate reads, each name once.
struct ColumnUse {
  std::string name;
  bool numeric = false;

  friend bool operator==(const ColumnUse&, const ColumnUse&) = default;
};
std::vector<ColumnUse> columns_of(const Predicate& predicate);

/// A predicate bound to places in a batch. Movable; one per thread, since it owns scratch space.
class Evaluator {
 public:
  /// `place` gives the index in Batch::numbers (numeric use) or Batch::texts.
  Evaluator(const Predicate& predicate, const std::function<std::size_t(const ColumnUse&)>& place);
  ~Evaluator();
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;

  bool always() const;  ///< true for every row: no need to run
  /// Writes 1 or 0 for each row of the batch to `mask`.
  void run(const Batch& batch, std::uint8_t* mask);

 private:
  struct Program;
  std::unique_ptr<Program> program_;
};

/// Exact comparison of one column with a constant, for thresholds; missing rows give 0.
void compare_column(const NumberColumn& column, std::size_t rows, Compare op, Decimal limit,
                    std::uint8_t* mask);

}  // namespace nines::series
