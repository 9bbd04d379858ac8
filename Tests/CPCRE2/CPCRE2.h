/// What the tests use of PCRE2, 8 bits wide: the oracle for the masking rules and their engine. Nothing that is shipped links it.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
