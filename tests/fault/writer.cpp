// A small program over the store alone, for crash tests of the log without any verb:
// writer create DB | add DB NAME | state DB | verify DB.
#include <unistd.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "store/definitions.hpp"
#include "store/store.hpp"
#include "store/verify.hpp"

namespace {

using namespace nines;

Instant now() { return std::chrono::floor<Micros>(std::chrono::system_clock::now()); }

store::Store open_store(const char* path, store::Mode mode) {
  store::StoreOptions options;
  options.path = path;
  options.mode = mode;
  options.clock = now;
  return store::Store(options);
}

/// By one system call, so that the moment of the acknowledgement is a point of the sweep too.
void say(const std::string& line) {
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
    throw Error(ExitCode::io, "cannot write to standard output");
}

/// Three events in one command: a definition, its successor under another name, its retirement.
void add(const char* path, const std::string& name) {
  auto store = open_store(path, store::Mode::write);
  Json document = Json::object();
  document.set("kind", "SLO").set("text", std::string(3000, 'x'));
  store::Transaction tx(store, "ada", "writer add", "crash test");
  tx.append(store::definition_applied({.kind = "SLO",
                                       .name = name,
                                       .api_version = "openslo/v1",
                                       .path = "slo.yaml",
                                       .document = document}));
  tx.append(store::definition_applied({.kind = "SLO",
                                       .name = name + "-old",
                                       .api_version = "openslo/v1",
                                       .path = "slo.yaml",
                                       .document = document}));
  tx.append(store::definition_retired("SLO", name + "-old", name));
  tx.commit();
  say("added " + name + "\n");
}

int run(std::string_view verb, int argc, char** argv) {
  if (verb == "create") {
    open_store(argv[2], store::Mode::create);
    say("created\n");
  } else if (verb == "add" && argc > 3) {
    add(argv[2], argv[3]);
  } else if (verb == "state") {
    for (const auto& record : store::definitions(open_store(argv[2], store::Mode::read), true))
      std::printf("%s retired=%d\n", record.name.c_str(), record.retired ? 1 : 0);
  } else if (verb == "verify") {
    const auto store = open_store(argv[2], store::Mode::read);
    for (const auto& fault : store::verify_log(store).faults)
      std::printf("%s: %s\n", fault.event.c_str(), fault.what.c_str());
    for (const auto& table : store::differing_projections(store))
      std::printf("table %s differs from its log\n", table.c_str());
    return store::verify_log(store).intact() && store::differing_projections(store).empty() ? 0 : 1;
  } else {
    return 2;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return argc > 2 ? run(argv[1], argc, argv) : 2;
  } catch (const Error& error) {
    std::fprintf(stderr, "writer: %s\n", error.what());
    return static_cast<int>(error.kind());
  }
}
