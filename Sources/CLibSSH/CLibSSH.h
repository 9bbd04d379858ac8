/// What Sallyport uses of libssh 0.10. Only the target LibSSH imports this.
#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/server.h>
