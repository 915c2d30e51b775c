// The companion program nines-engine: HTTP exchanges asked for on standard input, their answers out.
#include <sys/resource.h>

#include <iostream>
#include <string>

#include "base/error.hpp"
#include "base/exit_code.hpp"
#include "base/json.hpp"
#include "engine/transfers.hpp"

namespace nines::engine {
namespace {

constexpr std::string_view kUsage =
    "usage: nines-engine < REQUESTS.json\n"
    "Asks metrics engines over HTTP and prints each answer as a line of JSON and its body;\n"
    "nines runs it for 'nines slo measure'. Credentials come on standard input only.\n";

constexpr std::size_t kMostInput = std::size_t{16} << 20;

std::string read_input() {
  std::string text(kMostInput + 1, '\0');
  std::cin.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::cin.gcount()));
  if (text.size() > kMostInput) throw Error(ExitCode::bad_data, "the requests are too large");
  return text;
}

Plan plan_of(const Json& json) {
  Plan plan;
  plan.settings.ca_file = json.text("ca_file");
  plan.settings.proxy = json.text("proxy");
  plan.parallel = static_cast<int>(std::max<std::int64_t>(1, json.integer("parallel", 4)));
  plan.deadline = std::chrono::milliseconds(json.integer("deadline_ms", 300'000));
  const Json* list = json.find("exchanges");
  if (list == nullptr || !list->is_array()) throw Error(ExitCode::bad_data, "no exchanges given");
  for (const Json& one : list->as_array()) {
    Request request;
    request.url = one.text("url");
    request.body = one.text("body");
    request.timeout = std::chrono::milliseconds(one.integer("timeout_ms", 30'000));
    request.limit = static_cast<std::size_t>(one.integer("limit", 16 << 20));
    request.tries = static_cast<int>(one.integer("tries", 4));
    if (const Json* headers = one.find("headers"); headers != nullptr && headers->is_array())
      for (const Json& header : headers->as_array())
        if (header.is_string()) request.headers.push_back(header.as_string());
    plan.requests.push_back(std::move(request));
  }
  return plan;
}

void print(const Done& done) {
  const auto line = Json::object({{"index", static_cast<std::int64_t>(done.index)},
                                  {"status", static_cast<std::int64_t>(done.answer.status)},
                                  {"type", done.answer.type},
                                  {"location", done.answer.location},
                                  {"problem", done.answer.problem},
                                  {"tries", done.tries},
                                  {"bytes", static_cast<std::int64_t>(done.answer.body.size())}});
  std::cout << line.dump() << '\n' << done.answer.body << '\n';
}

int run_all(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::cout << "nines-engine " << NINES_VERSION << "\n";
    return static_cast<int>(ExitCode::done);
  }
  if (argc != 1) {
    std::cerr << kUsage;
    return static_cast<int>(ExitCode::usage);
  }
  const rlimit cores{0, 0};  // a credential must not end in a core file
  setrlimit(RLIMIT_CORE, &cores);
  curl_global_init(CURL_GLOBAL_DEFAULT);
  run(plan_of(Json::parse(read_input(), "standard input")), [](Done&& done) { print(done); });
  std::cout.flush();
  return static_cast<int>(std::cout ? ExitCode::done : ExitCode::io);
}

}  // namespace
}  // namespace nines::engine

int main(int argc, char** argv) {
  try {
    return nines::engine::run_all(argc, argv);
  } catch (const nines::Error& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(error.kind());
  } catch (const std::exception& error) {
    std::cerr << "error: " << error.what() << "\n";
    return static_cast<int>(nines::ExitCode::bug);
  }
}
