// What a report to an architecture board holds: twelve parts of statements, figures, tables,
// curves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/stats.hpp"
#include "base/time.hpp"
#include "domain/governance/period.hpp"

namespace nines::governance {

/// How something stands; the words say it too.
enum class Mood : std::uint8_t { plain, good, warn, bad };

/// One number with what is needed to believe it. `key` is stable, so that two reports compare.
struct Figure {
  std::string key;              ///< "incidents.sev-1", "slo.checkout-availability.a1.sli"
  std::string label;            ///< "SEV-1 incidents"
  std::optional<double> value;  ///< empty: not known, and `says` why
  std::string unit;             ///< "share", "incidents", "seconds", "minutes", "USD"
  std::optional<stats::Interval> interval = {};  ///< 95 %, of what `says` names
  std::optional<std::uint64_t> n = {};           ///< how many it comes from
  std::string says = {};                         ///< method, uncertainty, what is missing
};

struct GridCell {
  std::string text;
  Mood mood = Mood::plain;

  GridCell(std::string t, Mood m = Mood::plain) : text(std::move(t)), mood(m) {}
  GridCell(const char* t) : text(t) {}
};

struct GridColumn {
  std::string title;
  bool right = false;   ///< numbers
  bool shrink = false;  ///< may be cut on a narrow terminal
};

struct Grid {
  std::string title;
  std::vector<GridColumn> columns;
  std::vector<std::vector<GridCell>> rows;
};

/// A line or bars over the period, with the same as a grid.
struct Curve {
  std::string title;
  std::string description;  ///< what a reader who does not see it should know
  std::vector<std::optional<double>> points;
  bool bars = false;
  double low = 0, high = 1;  ///< of the axis; low < high
  std::vector<std::pair<double, std::string>> y_labels;
  std::vector<std::string> x_labels;
  std::optional<double> guide = {};  ///< drawn across
  Grid grid = {};
};

struct Statement {
  std::string text;
  Mood mood = Mood::plain;
};

/// One of the twelve. What is not recorded is said, with the first record's date; never a zero.
struct Part {
  int number = 0;
  std::string title;
  std::optional<Instant> recorded_since;  ///< empty: nothing of the kind is on record
  std::vector<Statement> statements = {};
  std::vector<Figure> figures = {};
  std::vector<Grid> grids = {};
  std::vector<Curve> curves = {};

  void say(std::string text, Mood mood = Mood::plain) {
    statements.push_back({std::move(text), mood});
  }
};

/// A figure that was published otherwise.
struct ChangedFigure {
  std::string key;
  std::string label;
  std::string before;   ///< as it was published; "not known" where it was not
  std::string now;      ///< as it is
  std::string event;    ///< "<replica>:<seq>" of what changed it; empty: not found
  std::string because;  ///< the command, its reason, who and when
};

struct PublishedBefore {
  std::string name;  ///< "RPT-1"
  Instant at;
  std::string by;
};

struct Report {
  ReportPeriod period;
  ReportPeriod before;  ///< what it is compared with
  Instant known_until;  ///< end of what is told: the period's, or the newest record's
  std::string record;   ///< the head vector: what the figures were made from
  std::vector<Part> parts;
  std::optional<PublishedBefore> published;  ///< the last report about this period
  std::vector<ChangedFigure> changed;

  bool over() const { return known_until >= period.span.to; }
  std::vector<const Figure*> figures() const;
};

/// How a figure is written: "99.95 %", "3 incidents", "43m", or "not known".
std::string figure_text(const Figure& figure);
std::string value_text(const std::optional<double>& value, std::string_view unit);

/// The days of the period that lie before the first record; 0 when all are covered.
double days_not_recorded(const ReportPeriod& period, const std::optional<Instant>& since);
/// "Nothing of changes is on record yet.", "Changes are recorded since 2026-08-14: ...", or empty.
std::string said_of_record(std::string_view what, const ReportPeriod& period,
                           const std::optional<Instant>& since);
/// Of the period, those that the record covers and that have passed.
double days_covered(const ReportPeriod& period, const std::optional<Instant>& since, Instant until);

}  // namespace nines::governance
