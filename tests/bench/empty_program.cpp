// SPDX-License-Identifier: Apache-2.0
// Does nothing, with all the libraries that the program is linked to: what a start costs before
// the first line of our own.
int main() {
  return 0;
}
