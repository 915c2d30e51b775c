// The process around the program: arguments, environment, streams, clock, and nothing else.
#include "nines/process.hpp"

int main(int argc, char** argv) { return nines::app::run_process(argc, argv); }
