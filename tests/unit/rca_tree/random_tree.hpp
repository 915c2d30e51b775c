// Random fault trees, and what a table of all assignments says about them: the oracle of the tests.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "base/split_mix.hpp"
#include "domain/rca/tree/model.hpp"

namespace nines::test {

using namespace nines::rca::tree;

inline std::uint32_t below(std::uint64_t& state, std::uint32_t n) {
  return static_cast<std::uint32_t>(split_mix64(state) % n);
}

/// `events` events and some gates over them, the last gate the top; each gate refers to earlier
/// ones and to events. Some events are house events.
inline FaultTree random_tree(std::uint64_t& random, std::uint32_t events, bool coherent) {
  FaultTree tree;
  for (std::uint32_t i = 0; i < events; ++i) {
    Event event;
    event.name = "e" + std::to_string(i);
    event.house = below(random, 16) == 0;
    event.state = below(random, 2) == 0;
    event.probability = static_cast<double>(below(random, 1001)) / 1000;
    tree.events.push_back(std::move(event));
  }
  const auto gates = 1 + below(random, events + 4);
  for (std::uint32_t g = 0; g < gates; ++g) {
    Gate gate;
    gate.name = "g" + std::to_string(g);
    gate.op = static_cast<Operator>(below(random, coherent ? 3 : 9));
    auto count = 2 + below(random, 4);
    if (gate.op == Operator::not_) count = 1;
    if (gate.op == Operator::iff || gate.op == Operator::imply) count = 2;
    for (int tries = 0; gate.inputs.size() < count && tries < 50; ++tries) {
      const bool inner = g > 0 && below(random, 2) == 0;
      const Ref ref{inner, below(random, inner ? g : events)};
      if (std::find(gate.inputs.begin(), gate.inputs.end(), ref) == gate.inputs.end())
        gate.inputs.push_back(ref);
    }
    if ((gate.op == Operator::iff || gate.op == Operator::imply || gate.op == Operator::xor_) &&
        gate.inputs.size() < 2)
      gate.op = Operator::or_;
    if (gate.op == Operator::atleast)
      gate.least = 1 + below(random, static_cast<std::uint32_t>(gate.inputs.size()));
    tree.gates.push_back(std::move(gate));
  }
  tree.top = gates - 1;
  return tree;
}

/// One bit for each assignment of the events under the top: bit `a` of the table is the value where
/// event i of `events` has the value of bit i of `a`. Sixty-four assignments are one word.
struct TruthTable {
  std::vector<std::uint32_t> events;
  std::vector<std::uint64_t> words;

  std::size_t size() const { return std::size_t{1} << events.size(); }
  bool at(std::size_t assignment) const { return (words[assignment / 64] >> assignment % 64 & 1U) != 0; }
};

inline std::uint64_t variable_word(std::size_t variable, std::size_t word) {
  static constexpr std::uint64_t kWords[] = {0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC,
                                             0xF0F0F0F0F0F0F0F0, 0xFF00FF00FF00FF00,
                                             0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};
  if (variable < 6) return kWords[variable];
  return (word >> (variable - 6) & 1U) != 0 ? ~std::uint64_t{0} : 0;
}

inline std::uint64_t gate_word(const Gate& gate, const std::vector<std::uint64_t>& inputs) {
  std::uint64_t all = ~std::uint64_t{0}, any = 0, odd = 0;
  for (const auto input : inputs) {
    all &= input;
    any |= input;
    odd ^= input;
  }
  switch (gate.op) {
    case Operator::and_:
      return all;
    case Operator::or_:
      return any;
    case Operator::nand:
      return ~all;
    case Operator::nor:
    case Operator::not_:
      return ~any;
    case Operator::xor_:
      return odd;
    case Operator::iff:
      return ~odd;
    case Operator::imply:
      return ~inputs[0] | inputs[1];
    case Operator::atleast:
      break;
  }
  std::vector<std::uint64_t> counted(gate.least + 1, 0);  // [j]: j or more so far
  counted[0] = ~std::uint64_t{0};
  for (const auto input : inputs)
    for (auto j = gate.least; j > 0; --j) counted[j] |= counted[j - 1] & input;
  return counted[gate.least];
}

inline TruthTable truth_of(const FaultTree& tree) {
  TruthTable table;
  const auto order = gates_bottom_up(tree, *tree.top);
  std::vector<std::size_t> place(tree.events.size(), ~std::size_t{0});
  for (const auto gate : order)
    for (const auto input : tree.gates[gate].inputs)
      if (!input.gate && !tree.events[input.index].house && place[input.index] == ~std::size_t{0}) {
        place[input.index] = table.events.size();
        table.events.push_back(input.index);
      }
  table.words.resize(std::max<std::size_t>(1, table.size() / 64));
  std::vector<std::uint64_t> values(tree.gates.size()), inputs;
  for (std::size_t word = 0; word < table.words.size(); ++word) {
    for (const auto gate : order) {
      inputs.clear();
      for (const auto input : tree.gates[gate].inputs) {
        const auto& event = tree.events[input.gate ? 0 : input.index];
        inputs.push_back(input.gate    ? values[input.index]
                         : event.house ? (event.state ? ~std::uint64_t{0} : 0)
                                       : variable_word(place[input.index], word));
      }
      values[gate] = gate_word(tree.gates[gate], inputs);
    }
    table.words[word] = values[*tree.top];
  }
  return table;
}

/// P(table) where event i of the table has the chance `chance[i]`: by halving, one event at a time.
inline double probability_in(const TruthTable& table, const std::vector<double>& chance) {
  std::vector<double> values(table.size());
  for (std::size_t a = 0; a < values.size(); ++a) values[a] = table.at(a) ? 1 : 0;
  for (auto variable = table.events.size(); variable-- > 0;) {
    const auto half = std::size_t{1} << variable;
    for (std::size_t a = 0; a < half; ++a)
      values[a] = chance[variable] * values[a + half] + (1 - chance[variable]) * values[a];
  }
  return values[0];
}

/// How many minimal sets of each order make the table true, with no other event: an assignment
/// counts when it is true and nothing smaller inside it is.
inline std::vector<std::uint64_t> minimal_in(const TruthTable& table) {
  // covered: true at the assignment itself, or at one inside it.
  auto covered = table.words;
  const auto n = table.events.size();
  for (std::size_t v = 0; v < n; ++v) {
    if (v < 6) {
      const auto shift = std::size_t{1} << v;
      for (auto& word : covered) word |= (word << shift) & variable_word(v, 0);
    } else {
      const auto step = std::size_t{1} << (v - 6);
      for (std::size_t w = 0; w < covered.size(); ++w)
        if ((w & step) != 0) covered[w] |= covered[w ^ step];
    }
  }
  // below: covered at one with one event less.
  std::vector<std::uint64_t> below(covered.size(), 0);
  for (std::size_t v = 0; v < n; ++v) {
    if (v < 6) {
      const auto shift = std::size_t{1} << v;
      for (std::size_t w = 0; w < covered.size(); ++w)
        below[w] |= (covered[w] << shift) & variable_word(v, 0);
    } else {
      const auto step = std::size_t{1} << (v - 6);
      for (std::size_t w = 0; w < covered.size(); ++w)
        if ((w & step) != 0) below[w] |= covered[w ^ step];
    }
  }
  std::vector<std::uint64_t> counts(n + 1, 0);
  const auto last = n < 6 ? (std::uint64_t{1} << (std::size_t{1} << n)) - 1 : ~std::uint64_t{0};
  for (std::size_t w = 0; w < covered.size(); ++w)
    for (auto rest = table.words[w] & ~below[w] & last; rest != 0; rest &= rest - 1)
      ++counts[static_cast<std::size_t>(std::popcount(w)) +
               static_cast<std::size_t>(std::popcount(
                   static_cast<unsigned>(std::countr_zero(rest))))];
  return counts;
}

}  // namespace nines::test
