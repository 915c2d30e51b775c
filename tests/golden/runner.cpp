// Runs one golden test file in process and compares, or rewrites, what its commands print.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/entropy.hpp"
#include "base/process.hpp"
#include "golden/case_file.hpp"
#include "golden/validate.hpp"
#include "nines/command.hpp"

namespace nines::golden {
namespace {

namespace fs = std::filesystem;
constexpr int kSkipped = 77;

struct Skip {
  std::string why;
};

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read '" + path.string() + "'");
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& path, std::string_view text, std::ios::openmode mode) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary | mode) << text;
}

/// The text with each \xHH as that byte.
std::string bytes_of(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text.substr(i, 2) == "\\x" && i + 3 < text.size();
    bytes += escape ? static_cast<char>(std::stoi(std::string(text.substr(i + 2, 2)), nullptr, 16))
                    : text[i];
    if (escape) i += 3;
  }
  return bytes;
}

fs::path shared_data(const fs::path& root) {
  if (const char* named = std::getenv("NINES_SHARED")) return fs::path(named) / "data";
  for (auto folder = root;; folder = folder.parent_path()) {
    if (fs::is_directory(folder / "shared" / "data")) return folder / "shared" / "data";
    if (folder == folder.parent_path()) throw Skip{"no shared/data folder above the checkout"};
  }
}

/// The folder, clock and variables that the commands of one file share.
class Stage {
 public:
  explicit Stage(fs::path root) : root_(std::move(root)) {
    std::string name = "/tmp/nines-golden-XXXXXX";  // of one length, so that columns never move
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a folder");
    folder_ = fs::canonical(name);
    fs::current_path(folder_);
    env_ = {{"NINES_NOW", "2026-11-23T09:00:00Z"},
            {"TZ", "UTC"},
            {"USER", "ada"},
            {"NINES_LIBEXEC", NINES_COMPANIONS},
            {"HOME", (folder_ / "home").string()}};
  }
  ~Stage() {
    std::error_code ignored;  // a leftover folder under /tmp must not fail the test
    fs::current_path(root_, ignored);
    fs::remove_all(folder_, ignored);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void apply(const Block& block);
  std::vector<std::string> run(const Block& block);

 private:
  std::vector<std::string> run_nines(std::vector<std::string> args);
  std::string shorten(std::string text) const;

  fs::path root_, folder_;
  app::Environment env_;
  SeededEntropy entropy_{9};
  int terminal_width_ = 0;
};

void Stage::apply(const Block& block) {
  const auto words = shell_words(block.line);
  std::string body;
  for (const auto& line : block.body) body += line + "\n";
  const auto& what = words[0];
  if (what == "@file" && words.size() == 2) {
    write_file(folder_ / words[1], body, std::ios::trunc);
  } else if (what == "@program" && words.size() == 2) {
    write_file(folder_ / words[1], body, std::ios::trunc);
    fs::permissions(folder_ / words[1], fs::perms::owner_all);
  } else if (what == "@append" && words.size() == 2) {
    write_file(folder_ / words[1], body, std::ios::app);
  } else if (what == "@bytes" && words.size() == 2) {
    write_file(folder_ / words[1], bytes_of(body), std::ios::trunc);
  } else if (what == "@repeat" && words.size() == 4) {
    std::string text;
    for (int i = std::stoi(words[2]); i > 0; --i) text += bytes_of(words[3]);
    write_file(folder_ / words[1], text, std::ios::app);
  } else if ((what == "@copy" || what == "@shared") && words.size() == 3) {
    const auto from = (what == "@copy" ? root_ : shared_data(root_)) / words[1];
    fs::create_directories((folder_ / words[2]).parent_path());
    fs::copy(from, folder_ / words[2], fs::copy_options::recursive);
  } else if (what == "@env" && words.size() == 2 && words[1].find('=') != std::string::npos) {
    const auto equals = words[1].find('=');
    auto value = words[1].substr(equals + 1);
    if (value.starts_with("TMP/")) value.replace(0, 3, folder_.string());
    env_[words[1].substr(0, equals)] = value;
    if (equals + 1 == words[1].size()) env_.erase(words[1].substr(0, equals));
  } else if (what == "@needs" && words.size() == 2) {
    if (find_program(words[1], own_environment()).empty()) throw Skip{"no program " + words[1]};
  } else if (what == "@now" && words.size() == 2) {
    env_["NINES_NOW"] = words[1];
  } else if (what == "@terminal" && words.size() == 2) {
    terminal_width_ = std::stoi(words[1]);
  } else {
    throw std::runtime_error("unknown directive '" + block.line + "'");
  }
}

std::string Stage::shorten(std::string text) const {
  const auto path = folder_.string();
  for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path, at))
    text.replace(at, path.size(), "TMP");
  return text;
}

std::vector<std::string> Stage::run_nines(std::vector<std::string> args) {
  std::string input, target;
  for (std::size_t i = 0; i + 1 < args.size();) {
    if (args[i] != "<" && args[i] != ">") {
      ++i;
      continue;
    }
    (args[i] == "<" ? input : target) = args[i + 1];
    args.erase(args.begin() + static_cast<long>(i), args.begin() + static_cast<long>(i) + 2);
  }
  std::istringstream in(input.empty() ? "" : read_file(folder_ / input));
  std::ostringstream out, err;
  app::World world{.args = std::move(args),
                   .env = env_,
                   .in = in,
                   .out = out,
                   .err = err,
                   .clock = [] { return from_epoch_micros(1'795'424'400'000'000); },
                   .cwd = folder_};
  world.entropy = &entropy_;
  world.out_is_terminal = world.err_is_terminal = terminal_width_ > 0;
  if (terminal_width_ > 0) world.terminal_width = terminal_width_;
  world.in_is_terminal = terminal_width_ > 0 && !input.empty();  // typed answers
  // A choice of members is no longer what the schema describes.
  const bool whole = std::ranges::find(world.args, "--fields") == world.args.end();
  const int exit_code = app::run_program(world);
  if (const auto wrong = whole ? schema_problems(out.str(), root_ / "schemas") : ""; !wrong.empty())
    throw std::runtime_error("the output is not what its schema says:\n" + wrong + out.str());
  // out/NAME.json holds an output of that schema, which is how hygiene.schemas knows.
  const auto file = fs::path(target).filename();
  const bool named = target.starts_with("out/") && file.extension() == ".json";
  if (named && schema_named_by(out.str()) != file.stem())
    throw std::runtime_error("'" + target + "' would hold no output of that name:\n" + err.str());
  if (target.empty()) return transcript(shorten(out.str()), shorten(err.str()), exit_code);
  write_file(folder_ / target, out.str(), std::ios::trunc);
  return transcript("", shorten(err.str()), exit_code);
}

std::vector<std::string> Stage::run(const Block& block) {
  auto words = shell_words(std::string_view(block.line).substr(2));
  const auto verb = words.empty() ? std::string() : words[0];
  if (verb == "nines") return run_nines({words.begin() + 1, words.end()});
  if (verb == "cat" && words.size() == 2)
    return transcript(shorten(read_file(folder_ / words[1])), "", 0);
  if (verb == "rm" && words.size() == 2 && fs::remove_all(folder_ / words[1]) > 0) return {};
  if (verb == "mkdir" && words.size() == 2 && fs::create_directories(folder_ / words[1])) return {};
  if (verb == "cp" && words.size() == 3) {
    fs::copy(folder_ / words[1], folder_ / words[2], fs::copy_options::overwrite_existing);
    return {};
  }
  throw std::runtime_error("cannot run '" + block.line + "'");
}

void show_difference(const Block& block, const std::vector<std::string>& actual) {
  std::cout << block.line << "\n--- expected\n";
  for (const auto& line : block.body) std::cout << line << "\n";
  std::cout << "--- printed\n";
  for (const auto& line : actual) std::cout << line << "\n";
  std::cout << "---\n\n";
}

int run_file(const fs::path& file, const fs::path& root) {
  auto blocks = read_case(read_file(file));
  Stage stage(root);
  int differences = 0, commands = 0;
  for (auto& block : blocks) {
    if (block.kind == Block::Kind::directive) stage.apply(block);
    if (block.kind != Block::Kind::command) continue;
    ++commands;
    auto actual = stage.run(block);
    if (actual == block.body) continue;
    ++differences;
    show_difference(block, actual);
    block.body = std::move(actual);
  }
  if (commands == 0) throw std::runtime_error("no command in this file");
  if (differences > 0 && std::getenv("NINES_UPDATE") != nullptr) {
    write_file(file, write_case(blocks), std::ios::trunc);
    std::cout << "rewritten: " << file.string() << "\n";
    return 0;
  }
  return differences == 0 ? 0 : 1;
}

}  // namespace
}  // namespace nines::golden

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: golden_runner FILE.test REPOSITORY\n";
    return 2;
  }
  try {
    return nines::golden::run_file(std::filesystem::absolute(argv[1]),
                                   std::filesystem::canonical(argv[2]));
  } catch (const nines::golden::Skip& skip) {
    std::cout << "skipped: " << skip.why << "\n";
    return nines::golden::kSkipped;
  } catch (const std::exception& error) {
    std::cout << argv[1] << ": " << error.what() << "\n";
    return 1;
  }
}
