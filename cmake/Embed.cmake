# Run by fsim_embed: writes DIR/NAME.{hpp,cpp} with the bytes of FILE as a string.
file(READ ${FILE} hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${hex}")
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?)" "\"\\1\"\n" lines "${bytes}")
file(WRITE ${DIR}/${NAME}.hpp "#pragma once\n#include <string_view>\nnamespace embedded {\nextern const std::string_view ${NAME};\n}\n")
file(WRITE ${DIR}/${NAME}.cpp "#include \"embedded/${NAME}.hpp\"\nnamespace embedded {\nstatic const char bytes[] =\n${lines};\nextern const std::string_view ${NAME}{bytes, ${size}};\n}\n")
