// Playbooks: filling in, filtering, judging, and what is known to change things.
#include "domain/incident/playbook.hpp"

#include <catch2/catch.hpp>

#include "domain/incident/changing_commands.hpp"
#include "domain/incident/step_result.hpp"

using namespace nines::incident;
using Words = std::vector<std::string>;

namespace {

Playbook playbook_of(Words command) {
  Playbook playbook;
  playbook.name = "p";
  playbook.parameters = {{"host", "", std::nullopt}, {"path", "", "/"}};
  playbook.steps = {{.name = "s", .command = std::move(command)}};
  return playbook;
}

std::string filled(const Words& command, const ParameterValues& values) {
  const auto playbook = playbook_of(command);
  const auto result = fill_command(playbook, playbook.steps[0], values);
  if (const auto* missing = std::get_if<Unfilled>(&result))
    return missing->parameter + " " + missing->why;
  return shown_command(std::get<Words>(result));
}

}  // namespace

TEST_CASE("whole arguments are filled in, and nothing else") {
  CHECK(filled({"dig", "{host}"}, {{"host", "example.org"}}) == "dig example.org");
  CHECK(filled({"df", "{path}"}, {}) == "df /");
  CHECK(filled({"dig", "{host}"}, {}) == "host has no value");
  CHECK(filled({"dig", "x{host}"}, {{"host", "a"}}) == "dig 'x{host}'");
  CHECK(filled({"dig", "{Host}", "{}", "{ }"}, {}) == "dig '{Host}' '{}' '{ }'");
  CHECK(filled({"dig", "{host}"}, {{"host", "a; rm -rf $(x) 'y'"}}) ==
        "dig 'a; rm -rf $(x) '\\''y'\\'''");
}

TEST_CASE("a value is never taken for an option") {
  CHECK(filled({"dig", "{host}"}, {{"host", "-f/etc/passwd"}}).starts_with("host begins with '-'"));
  CHECK(filled({"dig", "{host}"}, {{"host", ""}}) == "host is empty");
  CHECK(filled({"dig", "{host}"}, {{"host", "a\nb"}}) == "host holds a control character");
  CHECK(filled({"dig", "{host}"}, {{"host", "a\x1b[2J"}}) == "host holds a control character");
  CHECK(
      filled({"dig", "{host}"}, {{"host", std::string(2000, 'a')}}).starts_with("host is longer"));
}

TEST_CASE("placeholders inside longer arguments are found by their names only") {
  const auto playbook = playbook_of({"x"});
  CHECK(placeholder_inside(playbook, "https://{host}/") == "host");
  CHECK(placeholder_inside(playbook, "{service}-db") == "service");
  CHECK_FALSE(placeholder_inside(playbook, "{host}"));
  CHECK_FALSE(placeholder_inside(playbook, "{.items[*].name}"));
  CHECK_FALSE(placeholder_inside(playbook, "{{.Name}}"));
}

TEST_CASE("a filter lets in what shares a service, and a tag") {
  Incident incident;
  incident.services = {"checkout"};
  incident.tags = {"queue"};
  Playbook playbook;
  CHECK(applies_to(playbook, incident));
  playbook.services = {"search", "checkout"};
  CHECK(applies_to(playbook, incident));
  playbook.tags = {"disk"};
  CHECK_FALSE(applies_to(playbook, incident));
}

TEST_CASE("steps are judged by exit code, then output, and say by which") {
  PlaybookStep step{.name = "s", .command = {"df"}, .timeout = std::chrono::seconds{10}};
  step.match = "ok";
  step.exit_codes = {0, 2};
  step.on_match = {{.rule = "full", .match = "(?m)\\s100%\\s"}};
  const auto judged = [&](StepOutcome ended, int code, std::string_view output) {
    return judge_step(step, {ended, code, 9, output});
  };
  CHECK(judged(StepOutcome::expected, 2, "ok").outcome == StepOutcome::expected);
  CHECK(judged(StepOutcome::expected, 1, "ok").why == "exit code 1, expected 0 or 2");
  CHECK(judged(StepOutcome::expected, 0, "no").outcome == StepOutcome::unexpected);
  CHECK(judged(StepOutcome::timed_out, 0, "").why == "no end within 10s");
  CHECK(judged(StepOutcome::killed, 0, "").why == "ended by signal 9");
  CHECK(judged(StepOutcome::tool_missing, 0, "").why == "no program 'df' on this machine");
  CHECK(judged(StepOutcome::expected, 1, "/dev 100% /\n").conclusions.size() == 1);
  CHECK(judged(StepOutcome::expected, 0, "\xff\xfe 100% \xff").conclusions.size() == 1);
  CHECK(judged(StepOutcome::expected, 0, "ok").conclusions.empty());
}

TEST_CASE("commands that change things are known by their words") {
  const std::vector<std::pair<Words, std::string>> changing{
      {{"rm", "-r", "x"}, "rm"},
      {{"/usr/bin/sudo", "ls"}, "sudo"},
      {{"kubectl", "delete", "pods"}, "kubectl delete"},
      {{"kubectl", "rollout", "restart", "deployment/x"}, "kubectl restart"},
      {{"systemctl", "restart", "x"}, "systemctl restart"},
      {{"psql", "-c", "DELETE FROM orders"}, "psql delete"},
      {{"psql", "-c", "select pg_terminate_backend(1)"}, "psql pg_terminate_backend"},
      {{"dmesg", "-C"}, "dmesg -C"},
      {{"find", "/", "-delete"}, "find -delete"},
      {{"sysctl", "-w", "x=1"}, "sysctl -w"},
  };
  for (const auto& [command, part] : changing) {
    INFO(shown_command(command));
    CHECK(changing_part(command) == part);
  }
  for (const Words& command : {Words{"kubectl", "get", "pods"}, Words{"kubectl", "logs", "x"},
                               Words{"df", "-P"}, Words{"psql", "-c", "select 1 as updated"},
                               Words{"systemctl", "status", "x"}, Words{"openssl", "s_client"}}) {
    INFO(shown_command(command));
    CHECK_FALSE(changing_part(command));
  }
}

TEST_CASE("what only a shell would understand is found") {
  CHECK(shell_part({"df", "|", "head"}) == "|");
  CHECK(shell_part({"echo", "$(id)"}) == "$(");
  CHECK(shell_part({"echo", "$HOME"}) == "$HOME");
  CHECK(shell_part({"df -h"}) == " ");
  CHECK(shell_part({"ls", "~/x"}) == "~/");
  CHECK_FALSE(shell_part({"psql", "-c", "select a || b from t"}));
  CHECK_FALSE(shell_part({"grep", "a|b", "file"}));
}
