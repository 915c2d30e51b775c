// The peer of slo check: reads every file of a folder and walks libyaml's events; also makes the
// files.
//
// Usage: check_events FOLDER | check_events --generate FOLDER COUNT
#include <yaml.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

namespace fs = std::filesystem;

std::string slo_text(int number) {
  const std::string n = std::to_string(number);
  std::string text =
      "# Requests of service " + n +
      " succeed.\napiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: service-" + n +
      "-availability\n  displayName: Service " + n + " availability\n  labels:\n    team: team-" +
      std::to_string(number % 40) +
      "\n    region:\n      - eu\n      - us\n  annotations:\n    nines.dev/owner: team-" +
      std::to_string(number % 40) +
      "\n    nines.dev/rationale: Users give up after two failures in a row.\n    "
      "nines.dev/no-data: exclude\nspec:\n"
      "  description: Requests of users that the service answers without an error of its own.\n  "
      "service: service-" +
      n + "\n  indicator:\n    metadata:\n      name: service-" + n +
      "-requests\n    spec:\n      description: Requests at the balancer.\n"
      "      ratioMetric:\n        counter: true\n";
  for (const char* part : {"good", "total"}) {
    text += std::string("        ") + part +
            ":\n          metricSource:\n            metricSourceRef: web-access\n            "
            "type: file\n            spec:\n              where: \"";
    text += std::string(part) == "good" ? "status < 500 and not path ^= \\\"/health\\\"\"\n"
                                        : "not path ^= \\\"/health\\\"\"\n";
  }
  text +=
      "  budgetingMethod: Occurrences\n  timeWindow:\n    - duration: 30d\n      isRolling: true\n "
      " objectives:\n"
      "    - displayName: Nearly all\n      target: 0.999\n    - displayName: All but a few\n      "
      "target: 0.9995\n"
      "  alertPolicies:\n    - kind: AlertPolicy\n      metadata:\n        name: service-" +
      n +
      "-burn\n      spec:\n"
      "        alertWhenBreaching: true\n        conditions:\n          - kind: AlertCondition\n   "
      "         metadata:\n              name: fast-" +
      n +
      "\n            spec:\n              severity: page\n              condition:\n               "
      " kind: burnrate\n                op: gte\n"
      "                threshold: 14.4\n                lookbackWindow: 1h\n                "
      "alertAfter: 2m\n"
      "        notificationTargets:\n          - kind: AlertNotificationTarget\n            "
      "metadata:\n              name: pager-" +
      n + "\n            spec:\n              target: pager\n";
  return text;
}

void generate(const fs::path& folder, int count) {
  fs::create_directories(folder);
  std::ofstream(folder / "source.yaml") << "apiVersion: openslo/v1\nkind: DataSource\nmetadata:\n  "
                                           "name: web-access\nspec:\n  type: file\n"
                                           "  connectionDetails:\n    format: combined\n";
  for (int i = 1; i < count; ++i)
    std::ofstream(folder / ("slo-" + std::to_string(i) + ".yaml")) << slo_text(i);
}

long walk(const fs::path& file) {
  std::string text(fs::file_size(file), '\0');
  std::FILE* in = std::fopen(file.c_str(), "rb");
  if (in == nullptr || std::fread(text.data(), 1, text.size(), in) != text.size()) std::exit(1);
  std::fclose(in);
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()),
                               text.size());
  long events = 0;
  for (bool more = true; more;) {
    yaml_event_t event;
    if (yaml_parser_parse(&parser, &event) == 0) {
      std::fprintf(stderr, "%s: %s\n", file.c_str(), parser.problem);
      std::exit(1);
    }
    ++events;
    more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return events;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  if (first == "--generate" && argc == 4) {
    generate(argv[2], std::atoi(argv[3]));
    return 0;
  }
  if (argc != 2) {
    std::fprintf(stderr, "usage: check_events FOLDER | check_events --generate FOLDER COUNT\n");
    return 2;
  }
  long events = 0;
  for (const auto& entry : fs::directory_iterator(first)) events += walk(entry.path());
  std::printf("%ld events\n", events);
  return 0;
}
