// Writes a first, commented SLO document from the few facts somebody has at the start.
#include "usecases/slo/draft.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include <fmt/core.h>

#include "base/error.hpp"
#include "yaml/definitions.hpp"

namespace nines::usecases {

namespace {

/// A YAML scalar in double quotes: no text can end it or change its type.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (u < 0x20 || u == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(u));
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// As it is where that is safe, else in quotes.
std::string word(std::string_view text) {
  const bool safe =
      !text.empty() &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") ==
          std::string_view::npos;
  return safe && text.front() != '-' ? std::string(text) : in_quotes(text);
}

std::string metric_text(const DraftRequest& request, bool good) {
  if (request.good_query && request.total_query) {
    return fmt::format(
        "          metricSource:\n            type: Prometheus\n            spec:\n              "
        "query: {}\n",
        in_quotes(good ? *request.good_query : *request.total_query));
  }
  return fmt::format(
      "          metricSource:\n            metricSourceRef: {}  # the DataSource that describes "
      "the files\n"
      "            type: file\n            spec:\n              where: {}\n",
      word(request.source), in_quotes(good ? request.where : request.total));
}

std::string draft_text(const DraftRequest& request) {
  const std::string description = request.description.empty()
                                      ? "Requests to " + request.service + " succeed."
                                      : request.description;
  const std::string owner = request.owner.empty()
                                ? "    # nines.dev/owner: the team that answers for it\n"
                                : "    nines.dev/owner: " + in_quotes(request.owner) + "\n";
  return "# yaml-language-server: $schema=https://nines.dev/schemas/openslo-v1.slo.json\n"
         "apiVersion: openslo/v1\nkind: SLO\nmetadata:\n  name: " +
         word(request.name) + "\n  annotations:\n" + owner +
         "    # What counts in minutes without data: good, bad, or exclude (they are left out).\n"
         "    nines.dev/no-data: exclude\n"
         "    # nines.dev/rationale: why the target is what it is\n"
         "spec:\n"
         "  description: " +
         in_quotes(description) + "\n  service: " + word(request.service) +
         "\n  # What is measured: good events among all that count.\n"
         "  indicator:\n    metadata:\n      name: " +
         word(request.name) +
         "\n    spec:\n      ratioMetric:\n        counter: true\n        good:\n" +
         metric_text(request, true) + "        total:\n" + metric_text(request, false) +
         "  # Occurrences counts events; Timeslices counts minutes that were good enough.\n"
         "  budgetingMethod: Occurrences\n"
         "  timeWindow:\n    - duration: " +
         word(request.window) +
         "\n      isRolling: true\n"
         "  objectives:\n"
         "    # The rest to 100 is the error budget. Begin with what you reach today.\n"
         "    - targetPercent: " +
         request.target_percent.to_string() + "\n";
}

}  // namespace

std::string draft_slo(const DraftRequest& request) {
  std::string text = draft_text(request);
  for (const Finding& finding : yaml::read_definitions(text, "draft").findings) {
    if (finding.severity != Severity::error) continue;
    throw Error(ExitCode::usage,
                finding.message + (finding.path.empty() ? "" : " in " + finding.path), finding.hint,
                finding.code);
  }
  return text;
}

void write_new_file(const std::filesystem::path& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0 && errno == EEXIST) {
    throw Error(ExitCode::conflict, "'" + path.string() + "' is there already",
                "choose another name, or edit that file");
  }
  int problem = fd < 0 ? errno : 0;
  for (std::size_t done = 0; problem == 0 && done < text.size();) {
    const ssize_t put = ::write(fd, text.data() + done, text.size() - done);
    if (put < 0 && errno != EINTR) problem = errno;
    if (put > 0) done += static_cast<std::size_t>(put);
  }
  if (fd >= 0 && problem == 0 && ::fsync(fd) != 0) problem = errno;
  if (fd >= 0 && ::close(fd) != 0 && problem == 0) problem = errno;
  if (problem == 0) return;
  if (fd >= 0) ::unlink(path.c_str());
  throw Error(ExitCode::cannot_create,
              "cannot write '" + path.string() + "': " + std::strerror(problem));
}

}  // namespace nines::usecases
