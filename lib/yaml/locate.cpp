// From the path of a member back to its place in the file.
#include <algorithm>
#include <charconv>

#include "yaml/definitions.hpp"

namespace nines::yaml {

namespace {

/// Takes the first step off `path`: a name, or "[index]" as a number in `index`.
std::string_view take_step(std::string_view& path, int& index) {
  index = -1;
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.starts_with('[')) {
    const std::size_t end = std::min(path.find(']'), path.size() - 1);
    const std::string_view digits = path.substr(1, end - 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), index).ec != std::errc())
      index = -1;
    path.remove_prefix(end + 1);
    return {};
  }
  const std::string_view name = path.substr(0, path.find_first_of(".["));
  path.remove_prefix(name.size());
  return name;
}

const Node* item_at(const Node& node, int index) {
  for (const Node& item : node.items()) {
    if (index-- == 0) return &item;
  }
  return nullptr;
}

}  // namespace

Finding locate(std::string_view bytes, std::string_view file, int document, std::string_view path,
               bool key) {
  const Stream stream = parse(bytes, file);
  if (document < 0 || static_cast<std::size_t>(document) >= stream.documents.size())
    return finding_at(stream.source, 0, 0);
  const Node* node = stream.documents[static_cast<std::size_t>(document)];
  const Node* shown = node;
  std::string_view rest = path;
  while (!rest.empty()) {
    int index = -1;
    const std::string_view name = take_step(rest, index);
    const Node* name_node = name.empty() ? nullptr : node->find_key(name);
    const Node* next = name.empty()           ? item_at(*node, index)
                       : name_node != nullptr ? name_node->next
                                              : nullptr;
    if (next == nullptr) break;
    node = next;
    // A map or list is best shown by the key it stands under.
    shown = (node->is_scalar() && !key) || name_node == nullptr ? node : name_node;
  }
  Finding finding = finding_at(stream.source, shown->begin, shown->end);
  finding.document = document;
  finding.path = path;
  return finding;
}

}  // namespace nines::yaml
