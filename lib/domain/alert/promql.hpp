// The little PromQL the rules are woven from: filters, the window token, ranges, forms of queries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/slo/model.hpp"

namespace nines::alert {

/// The text in double quotes with Go's escapes.
std::string promql_quoted(std::string_view text);
/// {a="x", b="y"}, sorted by name.
std::string promql_filter(const slo::StringMap& labels);

/// The text, with a line end after a comment that would hide what is put behind it.
std::string without_open_comment(std::string text);

/// Replaces each {{.window}} (blanks inside the braces are fine) by `window`; no comment is left
/// open.
std::string with_window(std::string_view query, std::string_view window);
bool has_window_token(std::string_view query);
/// Whether a range selector begins with the token: [{{.window}}] or [{{.window}}:].
bool has_window_range(std::string_view query);
/// Offset of the first "{{" that is not the token; npos when there is none.
std::size_t other_template(std::string_view query);

/// A query with fixed ranges, all of the same length: the same with the token in their place.
/// Empty when there is no range, or when they differ.
std::optional<std::string> window_for_ranges(std::string_view query);

/// What a query of events gives: a speed per second, or a number of events in the range.
enum class EventForm { rate, count, unknown };
EventForm event_form(std::string_view query);

}  // namespace nines::alert
