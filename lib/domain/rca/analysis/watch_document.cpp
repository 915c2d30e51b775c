// A watch as a file of Prometheus rules, as grep and LogQL, or as a playbook.
//
// Strings are written as JSON, which every YAML reader takes for what it is.
#include "base/json.hpp"
#include "base/text.hpp"
#include "domain/rca/analysis/watch.hpp"

namespace nines::rca {
namespace {

std::string quoted_json(std::string_view text) { return Json(text).dump(); }

/// One argument of a POSIX shell.
std::string shell_word(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// A pattern as a regular expression of RE2, which is one of grep -E as well.
std::string as_regex(std::string_view pattern) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.substr(i).starts_with("<*>")) {
      out += ".*";
      i += 2;
    } else if (pattern[i] == '*') {
      out += ".*";
    } else {
      if (std::string_view("\\.^$|?+()[]{}").find(pattern[i]) != std::string_view::npos) out += '\\';
      out += pattern[i];
    }
  }
  return out;
}

std::string alert_document(const Watch& watch, std::string_view hypothesis, std::string_view text) {
  if (watch.expression.empty()) return "# the rule of this alert is loaded already: nothing to add\n";
  std::string out = "groups:\n  - name: " + quoted_json("nines-" + to_lower_ascii(hypothesis));
  out += "\n    rules:\n      - alert: " + quoted_json(watch.pattern);
  out += "\n        expr: " + quoted_json(watch.expression);
  out += "\n        labels:\n          severity: info";
  if (!watch.service.empty()) out += "\n          service: " + quoted_json(watch.service);
  out += "\n          " + std::string(kWatchLabel) + ": " + quoted_json(watch_label(watch));
  out += "\n        annotations:\n          summary: " +
         quoted_json(std::string(hypothesis) + " may have struck again: " + std::string(text));
  return out + "\n";
}

std::string log_document(const Watch& watch) {
  const auto regex = as_regex(watch.pattern);
  std::string stream = watch.service.empty() ? R"({service=~".+"})"
                                             : "{service=" + quoted_json(watch.service) + "}";
  std::string out = "# on a file, or behind a tail -F\n";
  out += "grep -E -- " + shell_word(regex) + " " +
         (watch.file.empty() ? "FILE" : shell_word(watch.file)) + "\n";
  return out + "# LogQL\n" + stream + " |~ " + quoted_json(regex) + "\n";
}

/// The words of a command line: no shell reads a playbook.
std::string argument_list(std::string_view command) {
  std::string out;
  for (const auto word : split(command, ' '))
    if (!word.empty()) out += (out.empty() ? "" : ", ") + quoted_json(word);
  return "[" + out + "]";
}

std::string playbook_document(const Watch& watch, std::string_view hypothesis,
                              std::string_view text, std::string_view capture) {
  if (watch.steps.empty()) return "# the playbook is applied already: nothing to add\n";
  std::string out = "apiVersion: nines/v1\nkind: Playbook\nmetadata:\n  name: " +
                    quoted_json(watch.pattern) + "\nspec:\n  description: " +
                    quoted_json("Captures for " + std::string(hypothesis) + ": " +
                                std::string(text) +
                                (capture.empty() ? "" : ". " + std::string(capture)));
  if (!watch.service.empty()) out += "\n  services: [" + quoted_json(watch.service) + "]";
  out += "\n  steps:";
  for (std::size_t i = 0; i < watch.steps.size(); ++i)
    out += "\n    - name: \"capture-" + std::to_string(i + 1) + "\"\n      command: " +
           argument_list(watch.steps[i]) + "\n      readOnly: true\n      timeout: 60s";
  return out + "\n";
}

}  // namespace

std::string watch_document(const Watch& watch, std::string_view hypothesis, std::string_view text,
                           std::string_view capture) {
  switch (watch.kind) {
    case WatchKind::alert:
      return alert_document(watch, hypothesis, text);
    case WatchKind::log:
      return log_document(watch);
    case WatchKind::playbook:
      return playbook_document(watch, hypothesis, text, capture);
  }
  return {};
}

}  // namespace nines::rca
