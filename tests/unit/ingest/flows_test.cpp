// Edges from flow records and from the sockets of ss.
#include "ingest/flows.hpp"

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace nines;
using namespace nines::ingest;

namespace {

std::string edges_in(std::string_view text, const AddressNames& names = {}) {
  std::string all;
  for (const auto& [from, to] : read_flows(text, "f", names).edges) all += from + ">" + to + " ";
  return all;
}

const AddressNames kNames{{"10.0.0.5", "shop"},   {"10.0.0.6", "web"},
                          {"10.0.1.7", "orders"}, {"10.0.1.7:5432", "orders-db"},
                          {"java", "shop"},       {"2001:db8::9", "mail"}};

}  // namespace

TEST_CASE("sockets tell callers from callees by who listens", "[flows]") {
  const auto text =
      "Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n"
      "tcp   LISTEN 0      4096         0.0.0.0:8080        0.0.0.0:*    "
      "users:((\"java\",pid=7,fd=9))\n"
      "tcp   ESTAB  0      0      10.0.0.5:43210       10.0.1.7:5432 "
      "users:((\"java\",pid=7,fd=10))\n"
      "tcp   ESTAB  0      0  [::ffff:10.0.0.5]:8080  [::ffff:10.0.0.6]:51000\n"
      "tcp   ESTAB  0      0      10.0.0.5%eth0:8080   10.0.9.9:51001\n"
      "tcp   ESTAB  0      0      127.0.0.1:40000      127.0.0.1:6379\n"
      "tcp   ESTAB  0      0      [2001:db8::5]:40001  [2001:db8::9]:25 "
      "users:((\"java\",pid=7,fd=11))\n";
  const auto flows = read_flows(text, "ss.txt", kNames);
  CHECK(edges_in(text, kNames) == "shop>mail shop>orders-db web>shop ");
  CHECK(flows.flows == 4);
  CHECK(flows.nameless == 1);
  CHECK(flows.unnamed == std::vector<std::string>{"10.0.9.9"});
}

TEST_CASE("without a heading, without a state, and as netstat prints it", "[flows]") {
  CHECK(edges_in("0 0 10.0.0.5:43210 10.0.1.7:80\n", kNames) == "shop>orders ");
  CHECK(edges_in("Active Internet connections (w/o servers)\n"
                 "Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n"
                 "tcp 0 0 10.0.0.6:43210 10.0.0.5:8080 ESTABLISHED 12/nginx\n",
                 kNames) == "web>shop ");
}

TEST_CASE("flow records name ends by address, with ports and without", "[flows]") {
  CHECK(edges_in("srcaddr,dstaddr,srcport,dstport,bytes\r\n10.0.0.5,10.0.1.7,5432,40000,1\r\n"
                 "10.0.1.7,10.0.0.5,40000,9000,1\r\n-,-,-,-,0\r\n",
                 kNames) == "orders>shop ");
  CHECK(edges_in("version srcaddr dstaddr srcport dstport\n2 10.0.0.5 10.0.1.7 40000 5432\n",
                 kNames) == "shop>orders-db ");
  CHECK(edges_in("\xEF\xBB\xBFsource_ip;destination_ip\n10.0.0.6;10.0.0.5\n", kNames) ==
        "web>shop ");
}

TEST_CASE("edges by name pass, renamed where names are given", "[flows]") {
  CHECK(edges_in("from,to\na,b\nb,a\na,a\n") == "a>b b>a ");
  CHECK(edges_in("source,destination\n10.0.0.6,shop\n", kNames) == "web>shop ");
}

TEST_CASE("names of addresses are a table or lines of hosts", "[flows]") {
  CHECK(read_address_names("address,service\n10.0.0.5,shop\n", "n").at("10.0.0.5") == "shop");
  CHECK(read_address_names("service;ip\nshop;10.0.0.5\n", "n").at("10.0.0.5") == "shop");
  const auto hosts = read_address_names("# hosts\n10.0.0.5\tshop shop.local # main\n\n", "n");
  CHECK(hosts == AddressNames{{"10.0.0.5", "shop"}});
  CHECK_THROWS_AS(read_address_names("10.0.0.5\n", "n"), Error);
}

TEST_CASE("what is no flow is refused with its place", "[flows]") {
  CHECK_THROWS_AS(read_flows("srcaddr,dstaddr\n10.0.0.5\n", "f", {}), Error);
  CHECK_THROWS_AS(read_flows("Netid State\n", "f", {}), Error);
  CHECK_THROWS_AS(read_flows("", "f", {}), Error);
}
