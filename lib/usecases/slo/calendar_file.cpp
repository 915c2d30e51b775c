// Runs the companion on the bytes that were hashed, and judges its answer as foreign input.
#include "usecases/slo/calendar_file.hpp"

#include <algorithm>
#include <csignal>
#include <initializer_list>
#include <mutex>

#include "base/error.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/process.hpp"
#include "base/read_file.hpp"
#include "base/text.hpp"
#include "base/zone.hpp"
#include "domain/slo/codes.hpp"

namespace nines::usecases {
namespace {

namespace fs = std::filesystem;
using nines::slo::Code;
using std::chrono::year;

constexpr std::size_t kMostBytes = std::size_t{4} << 20;
constexpr std::size_t kMostOutput = std::size_t{8} << 20;
constexpr std::size_t kShownProblems = 20;
constexpr std::chrono::seconds kTimeout{15};
constexpr const char* kMember = "spec.ics";

Finding finding(Code code, std::string message, std::string hint,
                Severity severity = Severity::error) {
  Finding one;
  one.severity = severity;
  one.code = nines::slo::name_of(code);
  one.message = std::move(message);
  one.hint = std::move(hint);
  one.path = kMember;
  return one;
}

std::string day_text(Day day) { return format_utc(Instant{day}).substr(0, 10); }

/// Whole years, so that the same file gives the same document all year long.
struct Years {
  Day from;
  Day until;
};

Years years_around(Instant now) {
  const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now)};
  using std::chrono::January, std::chrono::December;
  return {Day{(today.year() - std::chrono::years{2}) / January / 1},
          Day{(today.year() + std::chrono::years{5}) / December / 31}};
}

/// The members of the document that the file becomes.
class Filling {
 public:
  Filling(yaml::Definition& definition, const catalog::Calendar& calendar,
          const CalendarFiles& files)
      : definition_(definition),
        calendar_(calendar),
        files_(files),
        years_(years_around(files.now)) {}

  Findings run() {
    const auto text = read();
    if (!text) return std::move(findings_);
    const auto answer = ask(*text);
    if (!answer) return std::move(findings_);
    judge(*answer);
    if (!has_errors(findings_)) fill(*answer, *text);
    return std::move(findings_);
  }

 private:
  std::string named() const { return "'" + calendar_.ics + "'"; }

  void refuse(const std::string& what, std::string hint) {
    findings_.push_back(
        finding(Code::ics_unreadable, named() + " is not read: " + what, std::move(hint)));
  }

  std::optional<std::string> read() {
    const fs::path name(calendar_.ics);
    if (name.is_absolute()) {
      refuse("it is a place on one machine", "name it relative to this definition file");
      return std::nullopt;
    }
    const auto inside = name.lexically_normal();
    if (!inside.empty() && *inside.begin() == "..") {
      refuse("it lies outside the folder of this definition file",
             "put it beside the definition, or below it");
      return std::nullopt;
    }
    const auto path = files_.folder / inside;
    std::error_code problem;
    if (!fs::exists(path, problem)) {
      refuse("there is no such file", "names are relative to the definition file");
      return std::nullopt;
    }
    if (!fs::is_regular_file(path, problem)) {
      refuse("it is no file", "name the .ics file itself");
      return std::nullopt;
    }
    auto text = read_file(path, kMostBytes);
    if (text.empty()) {
      refuse("it is empty", "fetch the file again");
      return std::nullopt;
    }
    return text;
  }

  std::optional<Json> ask(const std::string& text) {
    if (files_.program.empty())
      throw Error(ExitCode::config, "no program 'nines-calendar' to read '" + calendar_.ics + "'",
                  "it is installed beside nines, under libexec/nines; NINES_LIBEXEC names another "
                  "folder",
                  "NO_COMPANION");
    ProcessRequest request;
    request.argv = {files_.program.string(), "--from", day_text(years_.from), "--to",
                    day_text(years_.until)};
    if (const auto zone = zone_name(); !zone.empty()) {
      request.argv.emplace_back("--zone");
      request.argv.push_back(zone);
    }
    request.env = {{"PATH", "/usr/bin:/bin"}, {"LANG", "C.UTF-8"}};
    request.folder = "/";
    request.timeout = kTimeout;
    request.output_cap = kMostOutput;
    request.input = text;
    // Files are checked on several threads, and a process that runs has the signals of all of them.
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> lock(one_at_a_time);
    return answer_of(run_process(request));
  }

  std::optional<Json> answer_of(const ProcessResult& ran) {
    using End = ProcessResult::End;
    if (ran.end == End::not_found || ran.end == End::not_started)
      throw Error(ExitCode::config, "cannot run '" + files_.program.string() + "'",
                  "is nines-calendar installed whole?", "NO_COMPANION");
    if (ran.stop_asked)
      throw Error(ExitCode::interrupted, "interrupted while '" + calendar_.ics + "' was read");
    if (ran.end == End::exited && ran.exit_code == 0 && !ran.truncated) {
      try {
        auto answer = Json::parse(ran.output);
        if (const auto* refused = answer.find("refused")) {
          refuse(refused->text("what"), refused->text("hint"));
          return std::nullopt;
        }
        if (is_whole(answer)) return answer;
      } catch (const Error&) {  // said below, with what the reader printed
      }
    }
    if (ran.end == End::timed_out || (ran.end == End::signalled && ran.signal == SIGXCPU))
      refuse("its rules take too long to write out", "give the holidays alone");
    else if (ran.end == End::signalled)
      refuse("nines-calendar was ended by signal " + std::to_string(ran.signal),
             "try again; when it stays so, the file breaks it: give the holidays alone");
    else
      refuse("nines-calendar ended with " + std::to_string(ran.exit_code) + ": " +
                 fit_width(trim(ran.output), 80),
             "is it of the same version as nines?");
    return std::nullopt;
  }

  /// Lists of objects under the three names that are read: another version may have other names.
  static bool is_whole(const Json& answer) {
    const std::initializer_list<const char*> kLists{"problems", "times", "days"};
    return std::all_of(kLists.begin(), kLists.end(), [&](const char* name) {
      const auto* list = answer.find(name);
      return list != nullptr && list->is_array() &&
             std::all_of(list->as_array().begin(), list->as_array().end(),
                         [](const Json& one) { return one.is_object(); });
    });
  }

  std::string zone_name() const {
    const auto* spec = definition_.json.find("spec");
    return spec != nullptr ? spec->text("zone") : calendar_.zone;
  }

  void judge(const Json& answer) {
    std::size_t shown = 0;
    const auto& problems = answer.find("problems")->as_array();
    for (const auto& problem : problems) {
      if (++shown > kShownProblems) break;
      const auto name = problem.text("event");
      findings_.push_back(
          finding(Code::ics_event,
                  calendar_.ics + ":" + std::to_string(problem.integer("line")) + ": event " +
                      (name.empty() ? "without a name" : "'" + fit_width(name, 60) + "'") + ": " +
                      problem.text("what"),
                  problem.text("hint")));
    }
    if (problems.size() > kShownProblems)
      findings_.push_back(finding(
          Code::ics_event,
          "and " + std::to_string(problems.size() - kShownProblems) + " more events of " + named(),
          "mend these first"));
    const bool times = !answer.find("times")->as_array().empty();
    if (times && zone_name().empty())
      findings_.push_back(finding(Code::ics_event,
                                  named() + " has parts of days, and the Calendar no zone",
                                  "write 'zone: NAME' beside 'ics'"));
    if (!times && problems.empty() && answer.find("days")->as_array().empty())
      findings_.push_back(finding(
          Code::ics_empty,
          named() + " has no day from " + day_text(years_.from) + " to " + day_text(years_.until) +
              " (" + count_of(static_cast<std::uint64_t>(answer.integer("events")), "event") + ")",
          "fetch a newer file", Severity::warning));
  }

  static Json& member(Json& map, const char* name) {
    if (map.find(name) == nullptr) map.set(name, Json::array());
    for (auto& [key, value] : map.as_object())
      if (key == name) return value;
    return map;
  }

  /// "2026-12-24 12:00:00", as 'times' are written.
  static std::string wall_text(const Zone& zone, const std::string& utc) {
    auto text = format_in(zone, parse_rfc3339(utc).value_or(Instant{})).substr(0, 19);
    text[10] = ' ';
    return text;
  }

  void fill(const Json& answer, const std::string& text) {
    if (!definition_.json.is_object()) return;  // only checked
    auto& spec = member(definition_.json, "spec");
    for (const auto& day : answer.find("days")->as_array()) member(spec, "days").push(day);
    if (const auto& times = answer.find("times")->as_array(); !times.empty()) {
      const auto zone = Zone::find(zone_name()).value_or(Zone::utc());
      for (auto time : times) {
        time.set("from", wall_text(zone, time.text("from")));
        time.set("to", wall_text(zone, time.text("to")));
        member(spec, "times").push(std::move(time));
      }
    }
    std::erase_if(spec.as_object(), [](const Json::Member& m) { return m.first == "ics"; });
    spec.set("source", Json::object({{"name", calendar_.ics},
                                     {"sha256", to_hex(sha256(text))},
                                     {"from", day_text(years_.from)},
                                     {"until", day_text(years_.until)}}));
  }

  yaml::Definition& definition_;
  const catalog::Calendar& calendar_;
  const CalendarFiles& files_;
  Years years_;
  Findings findings_;
};

}  // namespace

Findings read_calendar_file(yaml::Definition& definition, const CalendarFiles& files) {
  const auto* calendar = std::get_if<catalog::Calendar>(&definition.object);
  if (calendar == nullptr || calendar->ics.empty() || !definition.valid) return {};
  return Filling(definition, *calendar, files).run();
}

}  // namespace nines::usecases
