// Rows, JSON and times of incidents.
#include "nines/incident/pages.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "nines/json_or_null.hpp"

namespace nines::app::incident {
namespace {

/// "2026-11-23T02:14:03+01:00" cut to what was stated.
std::string local_text(const StatedTime& time, const Zone& zone, bool with_day) {
  const auto full = format_in(zone, time.at);
  const bool seconds = time.precision == Precision::exact;
  return (with_day ? full.substr(0, 10) + " " : "") + full.substr(11, seconds ? 8 : 5);
}

bool spans_days(const std::vector<Entry>& entries, const Zone& zone) {
  if (entries.empty()) return false;
  return format_in(zone, entries.front().when.at).substr(0, 10) !=
         format_in(zone, entries.back().when.at).substr(0, 10);
}

std::string who(const Entry& entry) {
  return entry.author + (entry.role.empty() ? "" : " (" + entry.role + ")");
}

}  // namespace

void declare_id(Options& options) {
  options.positional_optional(
      "id", "INC-42, 42, @ (the current one), @- (the one before); default the current one");
}

void declare_at(Options& options) {
  options.text("at", "TIME", "when it happened, where not now; 09:14~10m says give or take");
}

void declare_note(Options& options) {
  options.text("note", "TEXT", "a line for the timeline beside it");
}

std::optional<std::string> id_of(const Context& context) { return context.args.text("id"); }

StatedTime stated_time(const Context& context, std::string_view text) {
  const auto rules = context.time_rules();
  StatedTime time;
  auto words = text;
  if (const auto tilde = text.rfind('~'); tilde != std::string_view::npos && tilde > 0) {
    const auto spread = parse_duration(trim(text.substr(tilde + 1)));
    if (!spread)
      throw Error(ExitCode::usage, "'" + std::string(text.substr(tilde)) + "' is no duration",
                  "09:14~10m says: ten minutes either way", "BAD_VALUE");
    time.spread = *spread;
    words = trim(text.substr(0, tilde));
  }
  const auto input = parse_time_input(words, rules);
  // "10m ago" counts from a clock that shows microseconds; nobody who says it means them.
  time.at = std::chrono::floor<std::chrono::seconds>(input.at);
  time.precision = time.spread.count() > 0 ? Precision::about : input.precision;
  time.text = std::string(text);
  time.zone = input.zone;
  return time;
}

std::optional<StatedTime> stated_option(Context& context, std::string_view name) {
  const auto text = context.args.text(name);
  if (!text) return std::nullopt;
  auto time = stated_time(context, *text);
  TimeInput input{time.at, time.precision, time.zone};
  context.say(echo_time(*text, input, context.time_rules()));
  return time;
}

Json incident_json(const Incident& one) {
  return Json::object({{"name", text_or_null(one.name)},
                       {"uid", one.uid.to_string()},
                       {"title", one.title},
                       {"mode", to_string(one.mode)},
                       {"status", to_string(one.status)},
                       {"outcome", to_string(one.outcome)},
                       {"severity", to_string(one.severity)},
                       {"priority", text_or_null(one.priority)},
                       {"services", names_json(one.services)},
                       {"tags", names_json(one.tags)},
                       {"commander", text_or_null(one.commander)},
                       {"into", text_or_null(one.into)},
                       {"opened_at", format_utc(one.opened_at)},
                       {"closed_at", one.closed_at ? Json(format_utc(*one.closed_at)) : Json()}});
}

Json time_json(const StatedTime& time) {
  return Json::object({{"at", format_utc(time.at)},
                       {"precision", to_string(time.precision)},
                       {"spread_s", time.spread.count() / 1'000'000},
                       {"until", time.until ? Json(format_utc(*time.until)) : Json()},
                       {"text", text_or_null(time.text)},
                       {"zone", text_or_null(time.zone)},
                       {"clock", text_or_null(time.clock)}});
}

Json entry_json(const Entry& entry) {
  return Json::object(
      {{"entry", text_or_null(entry.name)},
       {"uid", entry.uid.to_string()},
       {"kind", to_string(entry.kind)},
       {"text", entry.text},
       {"time", time_json(entry.when)},
       {"recorded_at", format_utc(entry.recorded_at)},
       {"author", entry.author},
       {"role", text_or_null(entry.role)},
       {"visibility", to_string(entry.visibility)},
       {"estimate", entry.estimate},
       {"corrections", entry.corrections},
       {"retracted", entry.retracted},
       {"proposed", entry.proposed},
       {"line", entry.source.line > 0 ? Json(entry.source.line) : Json()},
       {"below", text_or_null(entry.source.below)},
       {"recorded_there",
        entry.source.recorded_there ? Json(format_utc(*entry.source.recorded_there)) : Json()},
       {"origin", entry.origin.system.empty()
                      ? Json()
                      : Json::object({{"system", entry.origin.system},
                                      {"reference", entry.origin.reference}})}});
}

Json names_json(const std::vector<std::string>& names) {
  auto list = Json::array();
  for (const auto& name : names) list.push(name);
  return list;
}

Json ask_json(const nines::incident::Ask& ask, Instant now) {
  const auto time = [](const std::optional<Instant>& at) {
    return at ? Json(format_utc(*at)) : Json();
  };
  return Json::object({{"ask", text_or_null(ask.name)},
                       {"kind", to_string(ask.kind)},
                       {"to", ask.to},
                       {"role", text_or_null(ask.role)},
                       {"from", text_or_null(ask.key)},
                       {"text", ask.text},
                       {"by", ask.by},
                       {"at", format_utc(ask.at)},
                       {"due", time(ask.due)},
                       {"state", state_of(ask, now)},
                       {"waited_s", waited(ask, now).count() / 1'000'000},
                       {"acknowledged_at", time(ask.acknowledged_at)},
                       {"acknowledged_by", text_or_null(ask.acknowledged_by)},
                       {"done_at", time(ask.done_at)},
                       {"outcome", text_or_null(ask.outcome)},
                       {"silent", names_json(ask.silent)},
                       {"next", names_json(ask.next)}});
}

std::string headline(const Incident& one) {
  return one.name + "  " + std::string(to_string(one.severity)) + "  " +
         std::string(to_string(one.status)) + "  " + one.title;
}

std::string time_text(const StatedTime& time, const Zone& zone, bool with_day) {
  switch (time.precision) {
    case Precision::unknown:
      return "?";
    case Precision::about:
      return "~" + local_text(time, zone, with_day);
    default:
      break;
  }
  auto text = local_text(time, zone, with_day);
  if (time.until) {
    StatedTime end = time;
    end.at = *time.until;
    text += "-" + local_text(end, zone, false);
  }
  return text;
}

namespace {

/// Status pages escape their Markdown; people read it without.
std::string shown_text(const Entry& entry) {
  if (entry.origin.system != "gcp") return entry.text;
  std::string text;
  for (std::size_t i = 0; i < entry.text.size(); ++i) {
    const bool escape =
        entry.text[i] == '\\' && i + 1 < entry.text.size() &&
        std::string_view("#>[]*_-.!|`").find(entry.text[i + 1]) != std::string_view::npos;
    if (escape) ++i;
    text += entry.text[i];
  }
  return text;
}

std::vector<std::string> marks_of(const Entry& entry) {
  std::vector<std::string> marks;
  if (entry.proposed) marks.emplace_back("proposed");
  if (entry.estimate) marks.emplace_back("estimate");
  if (entry.corrections > 0) marks.emplace_back("corrected");
  if (entry.retracted) marks.emplace_back("retracted");
  return marks;
}

}  // namespace

render::Table timeline_table(const std::vector<Entry>& entries, const Zone& zone, Marks marks) {
  const bool with_day = marks == Marks::in_kind || spans_days(entries, zone);
  render::Table table{{{"#", render::Align::right},
                       {"time (" + zone.name() + ")"},
                       {"who"},
                       {"what", render::Align::left, false, true},
                       {"kind", render::Align::left, true},
                       {"recorded (UTC)", render::Align::left, true},
                       {"as written", render::Align::left, true}},
                      {}};
  for (const auto& entry : entries) {
    auto text = marks == Marks::in_text ? shown_text(entry) : entry.text;
    auto kind = std::string(to_string(entry.kind));
    for (const auto& mark : marks_of(entry)) {
      if (marks == Marks::in_text)
        text += " (" + mark + ")";
      else
        kind += ", " + mark;
    }
    const bool state = entry.kind == nines::incident::EntryKind::state;
    const auto tone = entry.retracted || state ? render::Tone::dim : render::Tone::plain;
    table.rows.push_back({entry.name,
                          time_text(entry.when, zone, with_day),
                          who(entry),
                          {text, tone},
                          kind,
                          format_utc(entry.recorded_at),
                          entry.when.text});
  }
  return table;
}

std::string finding_line(const std::string& incident, const TimelineFinding& finding) {
  return incident + (finding.entry.empty() ? "" : " #" + finding.entry) + ": " +
         std::string(to_string(finding.severity)) + "[" + finding.code + "] " + finding.message;
}

Json findings_json(const TimelineFindings& findings) {
  auto list = Json::array();
  for (const auto& one : findings)
    list.push(Json::object({{"code", one.code},
                            {"severity", to_string(one.severity)},
                            {"message", one.message},
                            {"entry", text_or_null(one.entry)},
                            {"line", one.line > 0 ? Json(one.line) : Json()},
                            {"hint", text_or_null(one.hint)}}));
  return list;
}

std::string findings_summary(const TimelineFindings& findings) {
  std::size_t count[3] = {0, 0, 0};
  for (const auto& one : findings) ++count[static_cast<std::size_t>(one.severity)];
  std::vector<std::string> parts;
  if (count[2] > 0) parts.push_back(count_of(count[2], "error"));
  if (count[1] > 0) parts.push_back(count_of(count[1], "warning"));
  if (count[0] > 0) parts.push_back(count_of(count[0], "remark"));
  return parts.empty() ? "nothing contradicts itself" : join(parts, ", ");
}

render::Output changed(std::string schema, const Incident& incident, std::string what,
                       render::Next next) {
  render::Output output;
  output.schema = std::move(schema);
  output.data = incident_json(incident);
  output.page.push_back(render::Paragraph{std::move(what)});
  output.page.push_back(std::move(next));
  return output;
}

}  // namespace nines::app::incident
