// Runs nines rca logs compare: which messages are new, gone, more or fewer, and whose they are.
#include <cmath>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/text.hpp"
#include "nines/rca/log_request.hpp"
#include "nines/rca/verbs.hpp"
#include "usecases/rca/log_compare.hpp"

namespace nines::app::rca {
namespace {

using nines::rca::ShiftKind;
using usecases::ComparedService;
using usecases::ComparedTemplate;
using usecases::LogComparison;

double six_digits(double value) { return std::round(value * 1e6) / 1e6; }

double count_share(std::uint64_t count, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(count) / static_cast<double>(all);
}

std::string service_text(const std::string& name) { return name.empty() ? "(unnamed)" : name; }

std::string two_counts(const stats::TwoShares& counts) {
  return fmt::format("{} of {} lines before, {} of {} after", group_digits(counts.first),
                     group_digits(counts.first_total), group_digits(counts.second),
                     group_digits(counts.second_total));
}

/// The rule and its inputs, in words.
std::string reason_of(const ComparedTemplate& row) {
  auto text = fmt::format("{}: {}; signed root of G {:.1f}, q {:.2g}", to_string(row.shift.kind),
                          two_counts(row.counts), row.shift.root_g, row.shift.q);
  if (!row.shift.significant && row.shift.kind != ShiftKind::steady) text += ", may be chance";
  if (row.weight > 1)
    text += fmt::format("; {} counts {:g} times", to_string(row.level), row.weight);
  if (row.first_line > 0) text += "; first after at line " + group_digits(row.first_line);
  if (row.first_time) text += ", " + format_utc(*row.first_time);
  return text;
}

std::string reason_of(const ComparedService& one, const ComparedTemplate& row) {
  const char* how = one.counts.first == 0    ? "new"
                    : one.counts.second == 0 ? "vanished"
                    : one.root_g >= 0        ? "more"
                                             : "fewer";
  auto text = fmt::format("{}: {} ({}", how, row.text, two_counts(one.counts));
  if (row.weight > 1)
    text += fmt::format("; {} counts {:g} times", to_string(row.level), row.weight);
  if (!one.significant) text += "; may be chance";
  return text + ")";
}

Json compared_json(const ComparedTemplate& row) {
  const auto& counts = row.counts;
  return Json::object({{"template_id", row.id},
                       {"change", to_string(row.shift.kind)},
                       {"significant", row.shift.significant},
                       {"before", counts.first},
                       {"after", counts.second},
                       {"share_before", six_digits(count_share(counts.first, counts.first_total))},
                       {"share_after", six_digits(count_share(counts.second, counts.second_total))},
                       {"signed_root_g", six_digits(row.shift.root_g)},
                       {"log_odds", six_digits(row.shift.log_odds)},
                       {"p", row.shift.p},
                       {"q", row.shift.q},
                       {"level", to_string(row.level)},
                       {"weight", row.weight},
                       {"service", row.service.empty() ? Json() : Json(row.service)},
                       {"services", row.services},
                       {"first_line", row.first_line == 0 ? Json() : Json(row.first_line)},
                       {"first_time", row.first_time ? Json(format_utc(*row.first_time)) : Json()},
                       {"template", row.text},
                       {"reason", reason_of(row)}});
}

Json service_json(const LogComparison& found, const ComparedService& one) {
  const auto& row = found.templates[one.template_index];
  return Json::object({{"service", service_text(one.service)},
                       {"score", six_digits(one.score)},
                       {"significant", one.significant},
                       {"template_id", row.id},
                       {"before", one.counts.first},
                       {"after", one.counts.second},
                       {"reason", reason_of(one, row)}});
}

std::string comparison_text(const LogComparison& found) {
  if (!found.fewest_new)
    return fmt::format("too few lines to tell anything: {} before, {} after",
                       group_digits(found.before_lines), group_digits(found.after_lines));
  std::size_t count[6] = {};
  std::size_t moved = 0;
  for (const auto& row : found.templates) {
    if (!row.shift.significant) continue;
    ++moved;
    ++count[static_cast<std::size_t>(row.shift.kind)];
  }
  auto text = fmt::format("{} of {} moved", group_digits(moved),
                          count_of(found.templates.size(), "template"));
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < 6; ++i)
    if (count[i] > 0)
      parts.push_back(group_digits(count[i]) + " " +
                      std::string(to_string(static_cast<ShiftKind>(i))));
  if (!parts.empty()) text += ": " + join(parts, ", ");
  return text + fmt::format(
                    ". A new one needs at least {} of the {} lines after to be told from "
                    "chance",
                    group_digits(*found.fewest_new), group_digits(found.after_lines));
}

std::string number_text(double value, const char* format) {
  return std::abs(value) < 1e-12 ? "0" : fmt::format(fmt::runtime(format), value);
}

void add_tables(Context& context, const LogComparison& found, bool all, render::Page& page) {
  render::Table services{
      {{"service"}, {"score", render::Align::right}, {"because", render::Align::left, false, true}},
      {}};
  for (const auto& one : found.services) {
    if (services.rows.size() == 10 && !all) break;
    services.rows.push_back({service_text(one.service), fmt::format("{:.1f}", one.score),
                             reason_of(one, found.templates[one.template_index])});
  }
  render::Table table{{{"change"},
                       {"before", render::Align::right},
                       {"after", render::Align::right},
                       {"root G", render::Align::right},
                       {"q", render::Align::right, true},
                       {"log odds", render::Align::right, true},
                       {"level"},
                       {"service", render::Align::left, true},
                       {"line", render::Align::right},
                       {"first time (UTC)", render::Align::left, true},
                       {"id", render::Align::left, true},
                       {"template", render::Align::left, false, true}},
                      {}};
  for (const auto& row : found.templates) {
    if (!row.shift.significant && !all) continue;
    table.rows.push_back(
        {std::string(to_string(row.shift.kind)) +
             (row.shift.significant || row.shift.kind == ShiftKind::steady ? "" : "?"),
         group_digits(row.counts.first), group_digits(row.counts.second),
         fmt::format("{:+.1f}", row.shift.root_g), number_text(row.shift.q, "{:.2g}"),
         fmt::format("{:+.2f}", row.shift.log_odds),
         row.level == nines::rca::LogLevel::unknown ? "-" : std::string(to_string(row.level)),
         service_text(row.service), row.first_line == 0 ? "-" : group_digits(row.first_line),
         row.first_time ? format_utc(*row.first_time) : "-", row.id,
         row.text.empty() ? "(empty)" : row.text});
  }
  if (!found.fewest_new) return;
  if (!services.rows.empty()) {
    page.push_back(render::Heading{"Services by the message that moved most"});
    page.push_back(std::move(services));
  }
  if (!table.rows.empty()) {
    page.push_back(render::Heading{all ? "Messages" : "Messages that moved"});
    page.push_back(std::move(table));
  }
  if (!context.quiet())
    page.push_back(render::Paragraph{
        "G-test of each message's share of all lines; q is adjusted after Benjamini and Hochberg, "
        "5 %. Score = weight x root of G; errors count twice, warnings 1.5 times. Lines of one "
        "burst depend on one another: take scores as an order, not as odds.",
        render::Tone::dim});
}

}  // namespace

void declare_logs_compare(Options& options) {
  options.about(
      "Compares what a log says before and after: two files, or one file that --onset parts in "
      "two. "
      "For each template: new, vanished, surged, dropped or changed, with the test that says so, "
      "and "
      "the first line and time as evidence. Services (the programs that the lines name) are ranked "
      "by their message that moved most.");
  options.about(
      "A share that moved may still be the consequence and not the cause; a service that writes no "
      "log cannot be found here. With too few lines the answer is 'undecided' and the exit code "
      "6.");
  options.see_also("nines-logs(7)");
  declare_log_stretches(options, "one file: when it began");
  options.flag("all", "also what did not move");
  options.example("nines rca logs compare app.log --onset 2026-11-23T09:14:00Z --lookback 1h",
                  "the hour before against all that came after");
  options.example("nines rca logs compare good.log bad.log -o json", "two runs, for a program");
}

ExitCode run_logs_compare(Context& context) {
  const auto request = log_stretches(context);
  if (!request.after && !request.onset && !request.until && !request.lookback)
    throw Error(ExitCode::usage, "nothing to compare '" + request.before.name + "' with",
                "name a second file, or part one file in two with --onset TIME");
  if (!request.after && !request.onset)
    throw Error(ExitCode::usage, "--until and --lookback need --onset",
                "two files are compared whole");
  const auto found = usecases::compare_logs(request);
  render::Output output;
  output.schema = "nines/rca.logs.compare/v1";
  auto rows = Json::array();
  for (const auto& row : found.templates) rows.push(compared_json(row));
  auto services = Json::array();
  for (const auto& one : found.services) services.push(service_json(found, one));
  const auto time_json = [](const std::optional<Instant>& at) {
    return at ? Json(format_utc(*at)) : Json();
  };
  output.data =
      Json::object({{"verdict", found.fewest_new ? "compared" : "undecided"},
                    {"before_lines", found.before_lines},
                    {"after_lines", found.after_lines},
                    {"outside_lines", found.outside_lines},
                    {"untimed_lines", found.untimed_lines},
                    {"onset", time_json(request.onset)},
                    {"until", time_json(request.until)},
                    {"first_time", time_json(found.first_time)},
                    {"last_time", time_json(found.last_time)},
                    {"fewest_new_lines", found.fewest_new ? Json(*found.fewest_new) : Json()},
                    {"method", "G-test per template, Benjamini-Hochberg at 0.05"},
                    {"services", std::move(services)},
                    {"rows", std::move(rows)}});
  if (found.saturated)
    output.warnings.push_back(
        "more different messages than can be kept: the rest counts as one template");
  if (found.untimed_lines > 0)
    output.warnings.push_back(count_of(found.untimed_lines, "line") +
                              " before the first one with a time: not counted");
  render::Facts facts{{{"before", count_of(found.before_lines, "line")},
                       {"after", count_of(found.after_lines, "line")}}};
  if (found.first_time)
    facts.items.push_back(
        {"times", format_utc(*found.first_time) + " to " + format_utc(*found.last_time)});
  if (request.onset) facts.items.push_back({"onset", format_utc(*request.onset)});
  output.page.push_back(std::move(facts));
  output.page.push_back(render::Paragraph{comparison_text(found)});
  add_tables(context, found, context.args.flag("all"), output.page);
  if (!found.fewest_new)
    output.page.push_back(
        render::Paragraph{"undecided is not 'nothing changed': widen the windows, "
                          "or bring more of the log"});
  else
    output.page.push_back(render::Next{
        "nines rca hypothesis logs" + std::string(request.after ? " BEFORE AFTER" : " FILE"),
        "which hypotheses these speak for, with ratios"});
  context.show(output);
  return found.fewest_new ? ExitCode::done : ExitCode::undecided;
}

}  // namespace nines::app::rca
