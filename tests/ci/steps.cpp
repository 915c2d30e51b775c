// Takes the commands out of a CI file, as the system that reads it would run them:
//   ci_steps action FILE FOLDER [INPUT=VALUE...]   composite GitHub Action
//   ci_steps gitlab FILE FOLDER                    GitLab jobs
//   ci_steps hooks FILE FOLDER                     pre-commit hooks
// Writes FOLDER/NN-NAME.sh, in order. Any expression but ${{ inputs.NAME }} and the conditions
// below is refused, so that nothing is run otherwise than it is written.
#include <yaml-cpp/yaml.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>

namespace {

using Inputs = std::map<std::string, std::string>;

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

class Folder {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}
  void write(const std::string& name, const std::string& script) {
    std::string file;
    for (const char c : name) file += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '-';
    char number[8];
    std::snprintf(number, sizeof number, "%02d-", ++count_);
    std::ofstream out(path_ + "/" + number + file + ".sh");
    out << script << '\n';
    if (!out) throw std::runtime_error("cannot write into " + path_);
  }

 private:
  std::string path_;
  int count_ = 0;
};

const std::string& input_named(const Inputs& inputs, const std::string& expression) {
  constexpr std::string_view kStart = "${{ inputs.";
  constexpr std::string_view kEnd = " }}";
  if (!expression.starts_with(kStart) || !expression.ends_with(kEnd))
    throw std::runtime_error("cannot evaluate: " + expression);
  const auto name =
      expression.substr(kStart.size(), expression.size() - kStart.size() - kEnd.size());
  const auto found = inputs.find(name);
  if (found == inputs.end()) throw std::runtime_error("no input: " + name);
  return found->second;
}

bool applies(const Inputs& inputs, const std::string& condition) {
  if (condition.empty() || condition == "${{ !cancelled() }}") return true;
  constexpr std::string_view kGiven = " != '' }}";
  if (!condition.ends_with(kGiven)) throw std::runtime_error("cannot evaluate: " + condition);
  return !input_named(inputs, condition.substr(0, condition.size() - kGiven.size()) + " }}")
              .empty();
}

void take_action(const YAML::Node& file, Folder& folder, Inputs given) {
  Inputs inputs;
  for (const auto& input : file["inputs"])
    inputs[input.first.as<std::string>()] = input.second["default"].as<std::string>();
  for (auto& [name, value] : given) {
    if (!inputs.contains(name)) throw std::runtime_error("no input: " + name);
    inputs[name] = value;
  }
  for (const auto& step : file["runs"]["steps"]) {
    if (!applies(inputs, step["if"].as<std::string>(""))) continue;
    if (step["shell"].as<std::string>() != "bash")
      throw std::runtime_error("a shell that is not bash");
    std::string script;
    for (const auto& variable : step["env"])
      script += "export " + variable.first.as<std::string>() + "=" +
                quoted(input_named(inputs, variable.second.as<std::string>())) + "\n";
    const auto run = step["run"].as<std::string>();
    if (run.find("${{") != std::string::npos)
      throw std::runtime_error("an input within the script could run as a part of it");
    folder.write(step["name"].as<std::string>(), script + run);
  }
}

void take_gitlab(const YAML::Node& file, Folder& folder) {
  std::string variables;
  for (const auto& variable : file["variables"])
    variables += "export " + variable.first.as<std::string>() + "=" +
                 quoted(variable.second.as<std::string>()) + "\n";
  for (const auto& job : file) {
    if (!job.second["script"]) continue;
    auto script = variables;
    for (const auto& line : job.second["script"]) script += line.as<std::string>() + "\n";
    folder.write(job.first.as<std::string>(), script);
  }
}

/// pre-commit runs the words of the entry without a shell, the files after them.
void take_hooks(const YAML::Node& file, Folder& folder) {
  for (const auto& hook : file)
    folder.write(
        hook["id"].as<std::string>(),
        hook["entry"].as<std::string>() + (hook["pass_filenames"].as<bool>(true) ? " \"$@\"" : ""));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (argc < 4)
      throw std::runtime_error("ci_steps action|gitlab|hooks FILE FOLDER [INPUT=VALUE...]");
    const std::string what = argv[1];
    const auto file = YAML::LoadFile(argv[2]);
    Folder folder(argv[3]);
    Inputs given;
    for (int i = 4; i < argc; ++i) {
      const std::string word = argv[i];
      given[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
    }
    if (what == "action")
      take_action(file, folder, given);
    else if (what == "gitlab")
      take_gitlab(file, folder);
    else if (what == "hooks")
      take_hooks(file, folder);
    else
      throw std::runtime_error("unknown: " + what);
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "ci_steps: " << e.what() << '\n';
    return 1;
  }
}
