// SPDX-License-Identifier: Apache-2.0
//
// A program with a fault of each kind, to see that the sanitizers tell of it: faulty
// leak|address|overflow|none.
#include <cstdlib>
#include <cstring>

int main(int count, char** words) {
  const char* fault = count > 1 ? words[1] : "none";
  char* volatile bytes = static_cast<char*>(std::malloc(8));
  if (std::strcmp(fault, "address") == 0) bytes[count * 4] = 'x';
  volatile int number = 0x7fffffff;
  if (std::strcmp(fault, "overflow") == 0) number = number + count;
  if (std::strcmp(fault, "leak") != 0) std::free(bytes);
  bytes = nullptr;
  return 0;
}
