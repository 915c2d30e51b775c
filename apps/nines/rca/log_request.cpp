// Reads the options of two stretches, and refuses what contradicts itself.
#include "nines/rca/log_request.hpp"

#include "base/error.hpp"

namespace nines::app::rca {

void declare_log_stretches(Options& options, std::string onset_help) {
  options.positional("before", "the log, or its part before; - reads standard input");
  options.positional_optional("after", "the part after, as a file of its own");
  options.instant("onset", std::move(onset_help));
  options.instant("until", "one file: when it was over; default the end of the file");
  options.duration("lookback", "one file: how far before the onset to look; default its begin");
  auto& by = options.choice("by", {"component", "host"}, "which name of a line is its service");
  by.fallback = "component";
  options.text("service", "NAME", "all lines are of this service");
  options.text("zone", "ZONE", "zone of times without an offset, UTC unless set");
}

Zone log_zone(const Context& context) {
  const auto name = context.args.text("zone");
  if (!name) return Zone::utc();
  const auto zone = Zone::find(*name);
  if (!zone)
    throw Error(ExitCode::usage, "unknown time zone '" + *name + "'",
                "a name of the IANA database, for example 'Europe/Paris', or an offset: +02:00",
                "UNKNOWN_ZONE");
  return *zone;
}

usecases::LogCompareRequest log_stretches(Context& context) {
  const auto& args = context.args;
  usecases::LogCompareRequest request;
  const auto file = [&](const std::string& name) {
    return usecases::LogFile{name, context.resolve(name), &context.in};
  };
  request.before = file(args.required("before"));
  request.now = context.now();
  const auto rules = context.time_rules();
  if (const auto name = args.text("after")) request.after = file(*name);
  if (const auto at = args.instant("onset", rules)) request.onset = at->at;
  if (const auto at = args.instant("until", rules)) request.until = at->at;
  request.lookback = args.duration("lookback");
  request.by_host = args.text("by") == "host";
  request.service = args.text("service");
  if (request.after && request.onset)
    throw Error(ExitCode::usage, "two files and --onset exclude each other",
                "name a second file, or part one file in two with --onset TIME");
  if (request.after && (request.until || request.lookback))
    throw Error(ExitCode::usage, "--until and --lookback need --onset",
                "two files are compared whole");
  if (request.until && request.onset && *request.until <= *request.onset)
    throw Error(ExitCode::usage, "--until is not after --onset", "swap them, or leave --until out");
  if (request.after && request.before.name == "-" && request.after->name == "-")
    throw Error(ExitCode::usage, "standard input cannot be both files", "name a file for one");
  request.zone = log_zone(context);
  return request;
}

}  // namespace nines::app::rca
