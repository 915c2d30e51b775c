// The Merkle tree against the published vectors of RFC 6962 implementations.
#include "domain/log/merkle.hpp"

#include <catch2/catch.hpp>

using namespace nines;
using namespace nines::log;

namespace {

const std::vector<std::string> kLeaves = {
    "",
    std::string("\x00", 1),
    "\x10",
    "\x20\x21",
    "\x30\x31",
    "\x40\x41\x42\x43",
    "\x50\x51\x52\x53\x54\x55\x56\x57",
    "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"};
const char* const kRoots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                              "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                              "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                              "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                              "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                              "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                              "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                              "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

Hash256 node(int level, std::uint64_t number) {
  if (level == 0) return merkle_leaf(kLeaves[number % kLeaves.size()]);
  return merkle_node(node(level - 1, 2 * number), node(level - 1, 2 * number + 1));
}

std::vector<std::string> hex(const std::vector<Hash256>& hashes) {
  std::vector<std::string> out;
  for (const auto& h : hashes) out.push_back(to_hex(h));
  return out;
}

}  // namespace

TEST_CASE("roots of the first eight sizes", "[log]") {
  MerkleFrontier frontier;
  for (std::uint64_t size = 0; size <= 8; ++size) {
    CHECK(to_hex(merkle_root(size, node)) == kRoots[size]);
    CHECK(to_hex(frontier.root()) == kRoots[size]);
    CHECK(MerkleFrontier::from_bytes(frontier.to_bytes()) == frontier);
    if (size < 8) frontier.append(merkle_leaf(kLeaves[size]));
  }
}

TEST_CASE("published inclusion and consistency proofs", "[log]") {
  CHECK(
      hex(inclusion_proof(0, 7, node)) ==
      std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                               "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                               "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"});
  CHECK(
      hex(inclusion_proof(5, 7, node)) ==
      std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                               "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
                               "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"});
  CHECK(
      hex(consistency_proof(3, 7, node)) ==
      std::vector<std::string>{"0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
                               "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
                               "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                               "837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"});
  CHECK(
      hex(consistency_proof(4, 7, node)) ==
      std::vector<std::string>{"837dbb152e9b079010717e84e865da4ebc0fa198a806d59d31bf15accef22d0e"});
}

TEST_CASE("every proof of every small tree holds, and only for its own leaf", "[log]") {
  for (std::uint64_t size = 1; size <= 33; ++size) {
    const auto root = merkle_root(size, node);
    for (std::uint64_t index = 0; index < size; ++index) {
      auto proof = inclusion_proof(index, size, node);
      CHECK(proves_inclusion(node(0, index), index, size, proof, root));
      CHECK_FALSE(proves_inclusion(merkle_leaf("other"), index, size, proof, root));
      CHECK_FALSE(proves_inclusion(node(0, index), index + size, size, proof, root));
      if (proof.empty()) continue;
      proof.back()[0] ^= 1;
      CHECK_FALSE(proves_inclusion(node(0, index), index, size, proof, root));
    }
    for (std::uint64_t old = 1; old <= size; ++old) {
      const auto old_root = merkle_root(old, node);
      auto proof = consistency_proof(old, size, node);
      CHECK(proves_consistency(old, old_root, size, root, proof));
      if (proof.empty()) continue;
      proof.front()[0] ^= 1;
      CHECK_FALSE(proves_consistency(old, old_root, size, root, proof));
    }
  }
}
