// A why-tree drawn as SVG: branches, the evidence on each edge, rivals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace nines::render {

struct WhyEvidence {
  std::string text;   ///< "x 10 metric: pool at 100 %"
  double ratio = 1;   ///< above 1 it speaks for, below 1 against
  bool counts = true;
};

/// One hypothesis, and the edge that leads to it from what it would explain.
struct WhyBox {
  std::optional<std::size_t> parent;  ///< index of an earlier box; none: the question
  std::string name;                   ///< "HYP-3"
  std::string text;
  std::string state;
  std::string layer;  ///< empty: not said
  double posterior = 0.5;
  bool rival = false;    ///< to its siblings: one of them, or none
  bool refuted = false;
  double weight = 1;     ///< all that counts on its edge, as one ratio
  std::vector<WhyEvidence> evidence;
  std::vector<std::string> notes;  ///< "action: OPS-311", "quiet for 12d: x 0.3"
};

struct WhyDrawing {
  std::string title;
  std::string question;
  std::vector<WhyBox> boxes;  ///< parents before children, children of one parent in their order
};

/// A standalone SVG document from left to right; the same input gives the same bytes. Colours follow
/// the reader's light or dark preference; whole texts are titles. Needs no recursion.
std::string draw_why_svg(const WhyDrawing& drawing);

}  // namespace nines::render
