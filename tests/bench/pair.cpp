// Times whole commands in turn (A B C A B C ...) and prints CPU, wall and memory as ratios to the
// first.
//
// Usage: pair [-n RUNS] [-w WARMUPS] [-t TITLE] [-a AIM]... NAME=COMMAND NAME=COMMAND ...
// An aim is NAME|faster|5|PEER (at least 5 times as fast), NAME|within|1.5|PEER (at most 1.5 times
// as long), NAME|ms|10 (median wall time) or NAME|mib|300 (peak memory).
// Each command runs under `sh -c` with its output thrown away; `exec` in the command saves the
// shell. On a shared machine ratios of medians of interleaved runs hold where single times do not.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Run {
  double wall = 0;  // seconds
  double cpu = 0;   // seconds, user and system, of the whole process tree waited for
  double peak = 0;  // MiB, of the largest process
  int exit = 0;
};

struct Contender {
  std::string name;
  std::string command;
  std::vector<Run> runs;
};

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

[[noreturn]] void become(const std::string& command) {
  const int null = open("/dev/null", O_RDWR);
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

Run run(const std::string& command) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) {
    std::perror("fork");
    std::exit(74);
  }
  if (child == 0) become(command);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024.0,
          WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)};
}

double median(const std::vector<Run>& runs, double Run::*field) {
  std::vector<double> values;
  for (const auto& r : runs) values.push_back(r.*field);
  std::sort(values.begin(), values.end());
  const auto n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

double ratio(double a, double b) { return b > 0 ? a / b : 0; }

void report(const std::vector<Contender>& all, const std::string& title) {
  std::printf("%s\n", title.c_str());
  std::printf("  %-34s %10s %10s %9s %8s %8s  %s\n", "command", "wall ms", "cpu ms", "peak MiB",
              "x wall", "x cpu", "exit");
  const auto& first = all.front();
  for (const auto& c : all)
    std::printf("  %-34s %10.1f %10.1f %9.1f %8.2f %8.2f  %d\n", c.name.c_str(),
                median(c.runs, &Run::wall) * 1e3, median(c.runs, &Run::cpu) * 1e3,
                median(c.runs, &Run::peak),
                ratio(median(c.runs, &Run::wall), median(first.runs, &Run::wall)),
                ratio(median(c.runs, &Run::cpu), median(first.runs, &Run::cpu)),
                c.runs.back().exit);
}

/// NAME|faster|5|PEER and its like.
struct Aim {
  std::string name;
  std::string kind;
  double limit = 0;
  std::string peer;
};

Aim aim_from(const std::string& text) {
  std::istringstream in(text);
  Aim aim;
  std::string limit;
  std::getline(in, aim.name, '|');
  std::getline(in, aim.kind, '|');
  std::getline(in, limit, '|');
  std::getline(in, aim.peer);
  aim.limit = std::atof(limit.c_str());
  return aim;
}

const Contender* find(const std::vector<Contender>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& c) { return c.name == name; });
  return found == all.end() ? nullptr : &*found;
}

bool failed(const Contender& c) {
  return std::any_of(c.runs.begin(), c.runs.end(), [](const Run& r) { return r.exit != 0; });
}

const char* outcome(bool met) { return met ? "met" : "MISSED"; }

/// One line per aim, and never silence: what could not be measured is said too.
void judge(const Aim& aim, const std::vector<Contender>& all) {
  const Contender* ours = find(all, aim.name);
  const Contender* peer = aim.peer.empty() ? ours : find(all, aim.peer);
  if (ours == nullptr || peer == nullptr || failed(*ours) || failed(*peer)) {
    std::printf("  NOT MEASURED: %s against %s\n", aim.name.c_str(), aim.peer.c_str());
    return;
  }
  const double wall = median(ours->runs, &Run::wall);
  const double peer_wall = median(peer->runs, &Run::wall);
  const double cpu = median(ours->runs, &Run::cpu);
  const double peer_cpu = median(peer->runs, &Run::cpu);
  if (aim.kind == "faster") {
    std::printf("  %s: %.2f times as fast as %s by wall, %.2f by cpu; aim: at least %g: %s\n",
                aim.name.c_str(), ratio(peer_wall, wall), aim.peer.c_str(), ratio(peer_cpu, cpu),
                aim.limit, outcome(ratio(peer_wall, wall) >= aim.limit));
  } else if (aim.kind == "within") {
    std::printf("  %s: %.2f times %s by wall, %.2f by cpu; aim: at most %g: %s\n", aim.name.c_str(),
                ratio(wall, peer_wall), aim.peer.c_str(), ratio(cpu, peer_cpu), aim.limit,
                outcome(ratio(wall, peer_wall) <= aim.limit));
  } else if (aim.kind == "ms") {
    std::printf("  %s: %.2f ms at the median; aim: at most %g: %s\n", aim.name.c_str(), wall * 1e3,
                aim.limit, outcome(wall * 1e3 <= aim.limit));
  } else {
    const double peak = median(ours->runs, &Run::peak);
    std::printf("  %s: %.0f MiB at its peak; aim: at most %g: %s\n", aim.name.c_str(), peak,
                aim.limit, outcome(peak <= aim.limit));
  }
}

}  // namespace

int main(int argc, char** argv) {
  int runs = 5;
  int warmups = 1;
  std::string title = "medians, each beside the first";
  std::vector<Contender> all;
  std::vector<Aim> aims;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "-n" && i + 1 < argc)
      runs = std::atoi(argv[++i]);
    else if (arg == "-w" && i + 1 < argc)
      warmups = std::atoi(argv[++i]);
    else if (arg == "-t" && i + 1 < argc)
      title = argv[++i];
    else if (arg == "-a" && i + 1 < argc)
      aims.push_back(aim_from(argv[++i]));
    else if (const auto equals = arg.find('='); equals != std::string::npos)
      all.push_back({arg.substr(0, equals), arg.substr(equals + 1), {}});
    else {
      std::fprintf(stderr, "pair: '%s' is not NAME=COMMAND\n", arg.c_str());
      return 2;
    }
  }
  if (all.empty() || runs < 1) {
    std::fprintf(stderr, "usage: pair [-n RUNS] [-w WARMUPS] [-t TITLE] [-a AIM]... NAME=COMMAND ...\n");
    return 2;
  }
  for (int r = -warmups; r < runs; ++r)
    for (auto& c : all) {
      const auto result = run(c.command);
      if (r >= 0) c.runs.push_back(result);
    }
  report(all, title);
  for (const auto& aim : aims) judge(aim, all);
  return 0;
}
